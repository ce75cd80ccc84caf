"""Mutants that a question marks as computing the same, and marks that do not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quizcnn.check.mutants import Mutant
from quizcnn.deck.messages import did_you_mean, quoted
from quizcnn.deck.model import Equivalent, Place, Question
from quizcnn.display import one_line
from quizcnn.verify.report import Finding
from quizcnn.verify.teeth import Catch, Survivor, Teeth


def marked(
    question: Question,
    made: Sequence[Mutant],
    unnoticed: Sequence[Mutant],
    caught: tuple[tuple[Mutant, Catch], ...],
) -> Teeth:
    """The teeth of a question, the survivors that it marks as equivalent set apart."""
    reasons: dict[Mutant, str] = {}
    problems = []
    for mark in question.equivalent:
        meant = [one for one in made if _reads(mark.change) in (_reads(one.name), _line(one))]
        message = _unfit(mark, meant, made, unnoticed)
        if message:
            told = f"{question.key}: {one_line(message, 600)}"
            problems.append(Finding("equivalent", question.key, told, mark.place))
        else:
            reasons.update((one, mark.because) for one in meant if one in unnoticed)
    named = Counter(one.name for one in made)
    excused = {one.site for one in reasons}
    first = {one.site: one for one in reversed(unnoticed) if one.site not in excused}
    survivors = tuple(
        Survivor(one, _place(question, one), one.name if named[one.name] == 1 else _line(one))
        for one in unnoticed
        if first.get(one.site) is one
    )
    return Teeth(
        question.key,
        question.place,
        caught,
        survivors,
        tuple(reasons.items()),
        tuple(problems),
    )


def _reads(text: str) -> str:
    """A mark as it is compared: spaces and the sign of minus do not matter."""
    return " ".join(text.split()).replace("−", "-")


def _line(mutant: Mutant) -> str:
    return _reads(mutant.after)


def _unfit(
    mark: Equivalent, meant: Sequence[Mutant], made: Sequence[Mutant], unnoticed: Sequence[Mutant]
) -> str:
    """What is wrong with a mark, "" where it fits."""
    what = quoted(mark.change)
    if not meant:
        hint = did_you_mean(_reads(mark.change), [one.name for one in made])
        listed = hint or "run `quizcnn verify --mutants` to see what they are called"
        return f"No change of this check is called {what}: {listed}"
    if not any(one in unnoticed for one in meant):
        return f"{what} is marked equivalent, but the question notices it: delete the mark."
    if len({_line(one) for one in meant}) > 1:
        lines = " or ".join(quoted(_line(one)) for one in meant if one in unnoticed)
        return f"Several changes are called {what}: write the altered line instead, {lines}"
    return ""


def _place(question: Question, mutant: Mutant) -> Place:
    """Where in the file a mutant's change would be made."""
    if mutant.given is not None:
        start = question.places.get(f"given.{mutant.given}", question.place)
    else:
        start = question.check_place
    return Place(start.file, start.line + mutant.line - 1, start.column + mutant.column - 1)
