"""Where in its file a question fails: the answer, the claim, the option, the line of the check."""

from __future__ import annotations

from collections.abc import Iterator

from quizcnn.answer.computing import Computed
from quizcnn.answer.offering import right_options
from quizcnn.answer.working import Trouble, Working
from quizcnn.check.proof import ClaimResult, Failure, Proof
from quizcnn.deck.model import Claim, Contrast, Place, Question
from quizcnn.deck.prose import fill


def trouble_place(working: Working, trouble: Trouble) -> Place:
    """The place of what keeps a question from being confirmed."""
    question, proof = working.question, trouble.proof
    failure = proof.failure
    match trouble.code:
        case "claim":
            return next((place for _, _, place in unheld(question, proof)), question.place)
        case "wrong":
            return _option(working, trouble.reason) or _field(question, "wrong")
        case "answer":
            start = _field(question, "answer")
            return start if failure is None or failure.given else moved(start, failure)
        case _:
            return check_place(working, trouble.reason, failure)


def check_place(working: Working, reason: str, failure: Failure | None) -> Place:
    """Where a check failed: at its line and column, or in the given that cannot be computed."""
    question = working.question
    if failure is None:
        return question.check_place
    if failure.given is None:
        return moved(question.check_place, failure)
    path = f"given.{failure.given}"
    option = _option_path(working, reason)
    for name in (f"{option}.{path}", path):
        if name in question.places:
            return moved(question.places[name], failure)
    return question.check_place


def contrast_place(question: Question, index: int, contrast: Contrast, computed: Computed) -> Place:
    """Where a contrast is wrong: in its own check where that cannot be computed."""
    failure = computed.proof.failure
    if not computed.failure or failure is None:
        return contrast.place
    if failure.given is not None:
        return question.places.get(f"contrast.{index}.given.{failure.given}", contrast.place)
    if contrast.check is None or contrast.check_place is None:
        return contrast.place
    return moved(contrast.check_place, failure)


def moved(start: Place, failure: Failure) -> Place:
    """The place of a failure in code that begins at `start`."""
    if failure.line is None:
        return start
    column = start.column + (failure.column or 1) - 1
    return Place(start.file, start.line + failure.line - 1, column)


def unheld(question: Question, proof: Proof) -> Iterator[tuple[Claim, ClaimResult, Place]]:
    """The claims that do not hold, each with its place, or where in it the language is left."""
    for index, (claim, result) in enumerate(zip(question.claims, proof.claims, strict=False)):
        if result.holds is not True:
            start = _field(question, f"claims.{index}.that", claim.place)
            yield claim, result, moved(start, result.failure) if result.failure else start


def _option(working: Working, reason: str) -> Place | None:
    path = _option_path(working, reason)
    question = working.question
    return question.places.get(f"{path}.text", question.places.get(path)) if path else None


def _option_path(working: Working, reason: str) -> str:
    """The dotted path of the option that a reason speaks of first, "" where it names none."""
    question, values = working.question, working.variant.values
    named: list[tuple[int, str]] = []
    texts = [
        (f"wrong.{index}", wrong.text)
        for index, wrong in enumerate(question.wrong)
        if wrong.text is not None
    ]
    for index, option in enumerate(right_options(question.answer)):
        several = f"answer.{index}" in question.places
        texts.append((f"answer.{index}" if several else "answer", option.text))
    for path, text in texts:
        at = reason.find(f"“{fill(text, values)}”")
        if at >= 0:
            named.append((at, path))
    return min(named)[1] if named else ""


def _field(question: Question, name: str, otherwise: Place | None = None) -> Place:
    return question.places.get(name, otherwise or question.place)
