"""The variants of a question: its givens as they stand, and all that `vary` and `where` allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice, product
from typing import TYPE_CHECKING

from quizcnn.deck.messages import quoted
from quizcnn.deck.model import MANY, Givens, Place, Problem, Question, Variant
from quizcnn.deck.prose import in_prose
from quizcnn.display import one_line

if TYPE_CHECKING:
    from quizcnn.check.job import Checker, Given
    from quizcnn.check.proof import Failure, Proof

_ALWAYS = "True"


class VariantError(Exception):
    """The givens of a question cannot be computed, or do not meet its `where`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def plain(question: Question) -> bool:
    """Whether all variants are known as they stand: plain givens, and no `where`."""
    values = chain(question.given.values(), *question.vary.values())
    return question.where is None and not any(isinstance(value, str) for value in values)


def variants(question: Question, checker: Checker) -> tuple[Variant, ...]:
    """All variants, the canonical one first, the others in the order of the grid.

    The checker evaluates all givens and `where` in one call; where the question is `plain` it is
    not needed. Raises VariantError with the place of the given or
    the `where` that fails, that is no truth value, or that the canonical givens do not meet.
    """
    choices = list(islice(_choices(question), MANY + 1))
    if len(choices) > MANY:
        message = f"`vary` makes more than {MANY} variants"
        raise VariantError(Problem(_place(question, "vary"), message, "vary less of it"))
    if plain(question):
        return tuple(Variant(index, choice, dict(choice)) for index, choice in enumerate(choices))
    from quizcnn.check.job import Job  # noqa: PLC0415 - many questions are plain

    jobs = [Job(question.where or _ALWAYS, choice, deck=question.deck) for choice in choices]
    kept: list[Variant] = []
    for choice, proof in zip(choices, checker.run(jobs, question.timeout), strict=True):
        if _met(question, choice, proof):
            kept.append(Variant(len(kept), choice, dict(proof.given)))
        elif not kept:
            raise VariantError(
                Problem(
                    _place(question, "where"),
                    "the question's own `given` does not meet its `where`",
                    "alter one of them",
                )
            )
    return tuple(kept)


def _choices(question: Question) -> chain[Givens]:
    """The question's givens, then those of the grid that differ from them."""
    names = tuple(question.vary)
    own = _types(question.given)
    grid: chain[Givens] = chain.from_iterable(
        [{**question.given, **dict(zip(names, values, strict=True))}]
        for values in product(*question.vary.values())
    )
    return chain([question.given], (choice for choice in grid if _types(choice) != own))


def _types(given: Givens) -> Sequence[tuple[str, type, Given]]:
    # 1, 1.0 and True are equal in Python, and different givens all the same.
    return [(name, type(value), value) for name, value in given.items()]


def _met(question: Question, choice: Givens, proof: Proof) -> bool:
    if proof.failure is not None:
        raise VariantError(_problem(question, choice, proof.failure))
    if not isinstance(proof.value, bool):
        message = f"`where` must be true or false, not {quoted(in_prose(proof.value))}"
        raise VariantError(
            Problem(_place(question, "where"), message, "write a comparison, such as f <= n")
        )
    return proof.value


def _problem(question: Question, choice: Givens, failure: Failure) -> Problem:
    """A failure at its place in the file, and under which givens it comes."""
    if failure.given is None:
        place = _place(question, "where")
    else:
        place = _place(question, *_paths(question, choice, failure.given))
    if failure.line is not None:
        column = place.column + (failure.column or 1) - 1
        place = Place(place.file, place.line + failure.line - 1, column)
    under = ", ".join(f"{name} = {one_line(str(value), 40)}" for name, value in choice.items())
    told = [f"with {under}"] if question.vary else []
    value = choice.get(failure.given or "")
    if isinstance(value, str) and value.isidentifier():
        told.append(f"a text is written '\"{one_line(value, 40)}\"'")
    return Problem(place, failure.message, "; ".join(told))


def _paths(question: Question, choice: Givens, name: str) -> Sequence[str]:
    """Where a given's value may stand: in `vary`'s list, its range, or `given`."""
    values = question.vary.get(name, ())
    if name not in choice or choice[name] == question.given.get(name) or choice[name] not in values:
        return (f"given.{name}",)
    return f"vary.{name}.{values.index(choice[name])}", f"vary.{name}", f"given.{name}"


def _place(question: Question, *paths: str) -> Place:
    places: Mapping[str, Place] = question.places
    return next((places[path] for path in paths if path in places), question.place)
