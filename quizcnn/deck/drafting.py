"""A question as a draft, so that it can be written anew."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.check.job import Given
from quizcnn.deck.draft import Draft, Entry
from quizcnn.deck.model import Answer, Contrast, Option, Question, Wrong
from quizcnn.deck.writing import scalar


def draft_of(question: Question) -> Draft:
    """The question as a draft.

    What belongs to the question in its own deck is left out: its source, former ids, revision,
    needs, allowances, and the mutants marked as equivalent.
    """
    tolerance, answer = question.tolerance, question.answer
    listed = answer if isinstance(answer, tuple) else ()
    options = [one for one in listed if isinstance(one, Option)]
    return Draft(
        kind=question.kind,
        ask=question.ask,
        id=question.id,
        given=dict(question.given),
        vary={name: _values(values) for name, values in question.vary.items()},
        where=question.where or "",
        check=question.check,
        answer="" if options else _answer(answer),
        pick=question.pick,
        tolerance=repr(tolerance.abs) if tolerance and tolerance.abs else "",
        unit=question.unit or "",
        layout=question.layout or "",
        right=[Entry("text", one.text, one.given) for one in options],
        wrong=[_wrong(one) for one in question.wrong],
        claims=[(one.say, one.that) for one in question.claims],
        contrast=[_contrast(one) for one in question.contrast],
        hint=question.hint or "",
        explain=question.explain or "",
        tags=question.tags,
        level="" if question.level is None else str(question.level),
    )


def lines_of(question: Question) -> list[str]:
    """The question as YAML, without its indentation; see `draft_of` for what is left out."""
    found, tolerance = draft_of(question).lines(), question.tolerance
    if tolerance and tolerance.rel:
        both = f"abs: {tolerance.abs!r}, " if tolerance.abs else ""
        found = [line for line in found if not line.startswith("tolerance: ")]
        found.append(f"tolerance: {{{both}rel: {tolerance.rel!r}}}")
    return found + ([f"timeout: {question.timeout:g}"] if question.timeout != 2.0 else [])


def _answer(answer: Answer) -> str | tuple[str, ...]:
    if isinstance(answer, bool):
        return str(answer).lower()
    return answer if isinstance(answer, str) else tuple(map(str, answer))


def _values(values: Sequence[Given]) -> str:
    """What a given takes, as a range or a list."""
    if isinstance(values, range):
        return f"{values[0]}..{values[-1]}"
    return f"[{', '.join(scalar(value, True) for value in values)}]"


def _wrong(wrong: Wrong) -> Entry:
    if wrong.expression is not None:
        return Entry("is", wrong.expression, {}, wrong.because)
    if wrong.text is not None:
        return Entry("text", wrong.text, wrong.given, wrong.because)
    return Entry("", "", wrong.given, wrong.because)


def _contrast(contrast: Contrast) -> Entry:
    if contrast.check is None:
        return Entry("", "", contrast.given, contrast.because)
    return Entry("check", contrast.check, contrast.given, contrast.because)
