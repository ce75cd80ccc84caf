"""The answer by conversation: what the check computes, as a formula where one can be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizcnn.answer.stating import expressed, literal
from quizcnn.check.value import Array, Value
from quizcnn.check.wording import inline
from quizcnn.deck.draft import Draft
from quizcnn.deck.model import Kind, Variant
from quizcnn.plain.authoring.trial import NotYetError, Trial
from quizcnn.plain.talking import BackError, Talk, needed

COMPUTED = frozenset({Kind.NUMBER, Kind.SHAPE, Kind.ARRAY})
"""Kinds whose answer is an expression."""

MORE = """\
The answer as you would explain it: an expression over the givens, as (n - k + 1, n - k + 1).
It is compared with what the check computes, on every variant. < goes back to the check."""


class Answers:
    """Asks for the answer of a question whose check computes it."""

    def __init__(self, talk: Talk, trial: Trial) -> None:
        self._talk = talk
        self._trial = trial

    def ask(self, draft: Draft) -> None:
        """The answer and what belongs to it. Raises BackError where the check gives none."""
        try:
            met = self._trial.variants(draft)
            values = self._trial.values(draft, met)
        except NotYetError as error:
            self._talk.say(f"  {error}")
            raise BackError from None
        match draft.kind:
            case Kind.TRUE_FALSE:
                self._verdict(draft, met, values)
            case Kind.TEXT | Kind.ORDER:
                self._words(draft, values)
            case _:
                self._expression(draft, met, values)

    def _verdict(self, draft: Draft, met: Sequence[Variant], values: Sequence[Value]) -> None:
        other = next((one for one, value in zip(met, values, strict=True) if value != values[0]), 0)
        if isinstance(other, Variant):
            named = ", ".join(f"{name} = {inline(one)}" for name, one in other.values.items())
            self._talk.say(
                f"  The check gives {inline(values[0])} in the first situation, and the opposite "
                f"with {named}; a verdict is the same on all variants."
            )
            raise BackError
        computed = literal(values[0])
        self._talk.say(f"  The check gives {computed}{_everywhere(values)}.")
        told = {"t": "true", "f": "false"}

        def same(text: str) -> str:
            agreed = told.get(text.lower(), text.lower()) == computed
            return "" if agreed else f"The check gives {computed}. < goes back to it."

        typed = self._talk.ask("The answer, true or false", computed, same, MORE)
        draft.answer = told.get(typed.lower(), typed.lower())

    def _words(self, draft: Draft, values: Sequence[Value]) -> None:
        self._talk.say(f"  The check gives {inline(values[0])}{_everywhere(values)}.")
        order = draft.kind is Kind.ORDER
        before = draft.answer if isinstance(draft.answer, tuple) else ()
        computed = tuple(map(str, values[0])) if isinstance(values[0], tuple) else (str(values[0]),)
        what = "The items in their right order" if order else "The word, and other spellings"

        def fits(text: str) -> str:
            return needed(text) or self._amiss(replace(draft, answer=items(text)))

        found = self._talk.ask(
            f"{what}, commas between them", ", ".join(before or computed), fits, MORE
        )
        draft.answer = items(found)

    def _expression(self, draft: Draft, met: Sequence[Variant], values: Sequence[Value]) -> None:
        if any(_broken(value) for value in values):
            draft.tolerance = self._talk.ask(
                "The values are not whole. How far may a learner be off",
                draft.tolerance or "0.01",
                _positive,
                "A number above 0.",
            )
        else:
            draft.tolerance = ""
        found = expressed(met, values)
        if found:
            self._talk.say(f"  The check gives {found}{_everywhere(values)}.")
        else:
            few = [
                ", ".join(f"{name} = {inline(one)}" for name, one in variant.values.items())
                + f": {inline(value)}"
                for variant, value in list(zip(met, values, strict=True))[:3]
            ]
            self._talk.say(
                "  No simple formula gives these values:", *(f"    {one}" for one in few)
            )

        def fits(text: str) -> str:
            return needed(text) or self._amiss(replace(draft, answer=text))

        before = draft.answer if isinstance(draft.answer, str) else ""
        kept = before if before and not fits(before) else found
        draft.answer = self._talk.ask("The answer", kept, fits, MORE)
        self._axes(draft, values)

    def _amiss(self, draft: Draft) -> str:
        """Why the draft's answer cannot be taken, "" where it can."""
        why = self._trial.amiss(draft)
        return f"{why} (< goes back to the check)" if why else ""

    def _axes(self, draft: Draft, values: Sequence[Value]) -> None:
        """A shape's layout, or a number's unit."""
        if draft.kind is Kind.SHAPE:
            sides = len(values[0]) if isinstance(values[0], tuple) else 2
            if sides == 2 and not draft.layout:
                return
            draft.layout = self._talk.optional(
                "What its axes are, as C×H×W",
                draft.layout,
                lambda text: self._trial.amiss(replace(draft, layout=text)),
                "Names with × between them; height × width if nothing is said.",
            )
        else:
            draft.unit = self._talk.optional(
                "Its unit, as parameters", draft.unit, more="It stands behind the answer."
            )


def items(text: str) -> tuple[str, ...]:
    """Texts with commas between them.

    >>> items("LeNet-5, AlexNet")
    ('LeNet-5', 'AlexNet')
    """
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _everywhere(values: Sequence[Value]) -> str:
    return f" on all {len(values)} variants" if len(values) > 1 else ""


def _broken(value: Value) -> bool:
    cells = (value.data or ()) if isinstance(value, Array) else (value,)
    return any(isinstance(cell, float) and cell % 1 for cell in cells)


def _positive(text: str) -> str:
    try:
        return "" if float(text) > 0 else "Please write a number above 0."
    except ValueError:
        return "Please write a number above 0."
