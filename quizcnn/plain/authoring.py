"""A new question by conversation: what it asks, its check run line by line, its wrong answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizcnn.answer.comparing import fits
from quizcnn.answer.formula import formula, listed, tupled
from quizcnn.answer.slips import distractors
from quizcnn.check.job import Checker, Given
from quizcnn.check.value import Array, Value
from quizcnn.check.wording import inline, number
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Kind, Question, Variant
from quizcnn.deck.prose import placeholders
from quizcnn.deck.skeleton import head, slug
from quizcnn.deck.variants import VariantError, variants
from quizcnn.deck.writing import WritingError, added, scalar
from quizcnn.deck.writing import field as yaml_field
from quizcnn.deck.writing import flow as yaml_flow
from quizcnn.plain.checkwriting import CheckWriter
from quizcnn.plain.talking import Talk
from quizcnn.verify.judging import judged
from quizcnn.verify.reporting import told
from quizcnn.verify.verifying import held

KINDS = (Kind.NUMBER, Kind.SHAPE, Kind.ARRAY, Kind.TRUE_FALSE, Kind.TEXT, Kind.ORDER)
"""Kinds whose answer is what the check computes. A choice and a card are written by hand."""

PROPOSED = 4
"""Wrong answers proposed, at most."""

_GIVEN = re.compile(r"(?P<first>.+?)(?:\s+in\s+(?P<all>.+))?")
_SLIP = re.compile(r"([A-Za-z]\w*) *= *([^=].*)")


@dataclass
class Draft:
    """A question as far as it has been told."""

    kind: Kind = Kind.NUMBER
    ask: str = ""
    id: str = ""
    given: dict[str, Given] = field(default_factory=dict)
    vary: dict[str, str] = field(default_factory=dict)
    where: str = ""
    check: str = ""
    answer: str = ""
    tolerance: str = ""
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    """Each `is`, "" and an expression, or `given`, a name and its value; the last is because."""
    contrast: list[tuple[str, str, str]] = field(default_factory=list)
    """Each a given's name and its other value, or "" and another check; the last is because."""
    explain: str = ""

    def lines(self) -> list[str]:
        """The question as YAML, without its indentation."""
        found = [*yaml_field("id", self.id), f"kind: {self.kind}", *yaml_field("ask", self.ask)]
        if self.given:
            found.append(f"given: {yaml_flow(self.given)}")
        if self.vary:
            found.append(f"vary: {{{', '.join(f'{n}: {v}' for n, v in self.vary.items())}}}")
        if self.where:
            found += yaml_field("where", self.where)
        found.append(f"answer: {self.answer}")
        if self.tolerance:
            found.append(f"tolerance: {{abs: {self.tolerance}}}")
        found += yaml_field("check", self.check, code=True)
        for name, entries in (("wrong", self.wrong), ("contrast", self.contrast)):
            found += [f"{name}:"] if entries else []
            for given, value, because in entries:
                plain = "is" if name == "wrong" else "check"
                stated = f"given: {{{given}: {value}}}" if given else f"{plain}: {scalar(value)}"
                found += [
                    f"  - {stated}",
                    *(f"    {line}" for line in yaml_field("because", because)),
                ]
        return found + (yaml_field("explain", self.explain) if self.explain else [])


class Author:
    """Asks for a question and gives the deck's text with it. Raises EndError where input ends."""

    def __init__(self, talk: Talk, checker: Checker, path: Path, text: str) -> None:
        self._talk = talk
        self._checker = checker
        self._path = path
        self._text = text or head(slug(path.stem) or "mine", path.stem)
        self._draft = Draft()

    def write(self) -> tuple[str, Question] | None:
        """The deck's text with the new question; None where it does not hold, which is told."""
        draft, talk = self._draft, self._talk
        names = ", ".join(KINDS)
        draft.kind = Kind(
            talk.ask(f"Kind: {names}", "number", lambda text: text in set(KINDS), f"one of {names}")
        )
        draft.ask = talk.ask(
            "The question; {n} stands for the given n",
            "",
            self._is_prose,
            "a text; braces stand round a given's name, as {n}",
        )
        self._givens()
        draft.check = CheckWriter(talk, self._checker).write(draft.given)
        question, met, values = self._compute()
        if question is None:
            return None
        self._answer(met, values)
        self._wrong()
        draft.explain = talk.ask("What is read after the answer (Enter: nothing)", "")
        taken = {one.id for one in self._deck_questions()}
        proposed = slug(draft.ask.split("?")[0][-80:]) or "question"
        draft.id = talk.ask(
            "Its id, which stays",
            proposed,
            lambda text: self._is_id(text, taken),
            "lowercase words joined by -, which no other question has",
        )
        return self._finish()

    def _is_prose(self, text: str) -> bool:
        return bool(text) and all(name.isidentifier() for _, name in placeholders(text))

    def _is_id(self, text: str, taken: set[str]) -> bool:
        return bool(text) and slug(text, 20) == text and text not in taken

    def _deck_questions(self) -> Sequence[Question]:
        deck, _ = read_deck(self._text.encode(), self._path)
        return deck.questions if deck else ()

    def _givens(self) -> None:
        names = dict.fromkeys(name for _, name in placeholders(self._draft.ask))
        how = "a value, and what else it may be: 8, or 8 in 4..12, or 3 in [3, 5, 7]"
        for name in names:
            self._given(name, self._talk.ask(f"{name}: {how}", "", bool))
        while more := self._talk.ask("Another given, such as s = 2 in 1..3 (Enter: none)", ""):
            if found := _SLIP.fullmatch(more):
                self._given(found[1], found[2])
            else:
                self._talk.say("Write it as a name, =, and its value.")
        if self._draft.vary:
            self._draft.where = self._talk.ask("A condition on them, as f <= n (Enter: none)", "")

    def _given(self, name: str, text: str) -> None:
        found = _GIVEN.fullmatch(text.strip())
        first, other = (found["first"], found["all"]) if found else (text, None)
        number = re.fullmatch(r"-?[0-9]{1,15}", first)
        self._draft.given[name] = int(first) if number else first
        if other:
            self._draft.vary[name] = other.strip()

    def _read(self) -> Question | None:
        """The draft as a question; None where the deck has problems with it, which are told."""
        draft = self._draft
        draft.id = draft.id or "new-question"
        try:
            _, deck = added(self._text, draft.lines(), self._path)
        except WritingError as error:
            self._talk.say(str(error), *(str(problem) for problem in error.problems))
            return None
        return deck.questions[-1]

    def _compute(self) -> tuple[Question | None, Sequence[Variant], Sequence[Value]]:
        """The draft on all its variants, with what its check computes there."""
        self._draft.answer = {Kind.TRUE_FALSE: "true", Kind.ORDER: "[a, b]"}.get(
            self._draft.kind, "0"
        )
        question = self._read()
        if question is None:
            return None, (), ()
        try:
            met = variants(question, self._checker)
        except VariantError as error:
            self._talk.say(str(error))
            return None, (), ()
        jobs = CheckWriter.jobs(self._draft.check, [variant.given for variant in met])
        values = []
        for variant, proof in zip(met, self._checker.run(jobs), strict=True):
            under = ", ".join(f"{name} = {value}" for name, value in variant.given.items())
            if proof.failure:
                self._talk.say(f"With {under} it cannot be computed: {proof.failure.message}")
                return None, (), ()
            if not fits(self._draft.kind, proof.value):
                shown = inline(proof.value)
                self._talk.say(f"With {under} it gives {shown}, and that is no {self._draft.kind}.")
                return None, (), ()
            values.append(proof.value)
        return question, met, values

    def _answer(self, met: Sequence[Variant], values: Sequence[Value]) -> None:
        """The answer: a formula that holds on every variant, or the value that all have."""
        found = self._expressed(met, values)
        on = f"on all {len(values)} variants" if len(values) > 1 else "here"
        if found:
            self._talk.say(f"The check gives {found} {on}.")
        else:
            self._talk.say("No simple formula gives these values; write the answer yourself.")
        self._draft.answer = self._talk.ask("The answer", found, bool)
        if any(isinstance(value, float) and value % 1 for value in values):
            wanted = "How far a learner may be off"
            self._draft.tolerance = self._talk.ask(wanted, "0.01", _positive, "a number above 0")

    def _expressed(self, met: Sequence[Variant], values: Sequence[Value]) -> str:
        if len({repr(value) for value in values}) == 1:
            return literal(values[0])
        return formula([variant.values for variant in met], values) or ""

    def _wrong(self) -> None:
        talk, draft = self._talk, self._draft
        question = self._read()
        if question is not None and draft.kind in (Kind.NUMBER, Kind.SHAPE, Kind.ARRAY):
            met = variants(question, self._checker)
            for one in distractors(question, self._checker, PROPOSED):
                expression = self._expressed(met, one.values)
                if expression:
                    talk.say(f"{expression} is what comes of a slip: {one.name}.")
                    if why := talk.ask(
                        "Why is that wrong? (Enter: leave it out)",
                        "",
                        self._new,
                        "a reason of its own",
                    ):
                        draft.wrong.append(("", expression, why))
            how = "A wrong answer, as an expression or as a slip such as s = 1 (Enter: none)"
            while more := talk.ask(how, ""):
                slip = _SLIP.fullmatch(more)
                given, value = (slip[1], slip[2]) if slip else ("", more)
                why = talk.ask(
                    "Why is it wrong?",
                    "",
                    lambda text: text and self._new(text),
                    "a reason of its own",
                )
                draft.wrong.append((given, value, why))
        self._contrasts()

    def _new(self, because: str) -> bool:
        """Whether no other wrong answer has this reason: each is told for its own slip."""
        return all(because != other for *_, other in self._draft.wrong)

    def _contrasts(self) -> None:
        """What shows that the check can fail, unless a slip does."""
        talk, draft = self._talk, self._draft
        how = "What would change the answer: a given's other value (s = 1), or another check"
        while True:
            more = talk.ask(f"{how} (Enter: none)", "")
            if more:
                slip = _SLIP.fullmatch(more)
                given, value = (slip[1], slip[2]) if slip else ("", more)
                draft.contrast.append((given, value, talk.ask("Why?", "", bool)))
            elif draft.contrast or any(given for given, _, _ in draft.wrong):
                return
            else:
                talk.say("One is needed: a check that cannot come out otherwise proves nothing.")

    def _finish(self) -> tuple[str, Question] | None:
        """Verify what is to be written, as it will be read."""
        question = self._read()
        if question is None:
            return None
        text, deck = added(self._text, self._draft.lines(), self._path)
        result = held(question, judged(question, self._checker), known=deck.questions)
        self._talk.say(*told(result, warnings=True))
        if result.ok:
            self._talk.say(f"It holds on {result.variants} variants.")
            return text, question
        self._talk.say("It does not hold, so nothing is written. This is what you have:", "")
        self._talk.say(*self._draft.lines())
        return None


def literal(value: Value) -> str:
    """A computed value as a deck states it.

    >>> literal((6, 6)), literal(True), literal(("a", "b"))
    ('(6, 6)', 'true', '[a, b]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        if value and all(isinstance(each, str) for each in value):
            return f"[{', '.join(scalar(str(each), True) for each in value)}]"
        return tupled([str(each) for each in value])
    if isinstance(value, Array):
        return listed([number(each) for each in value.data or ()], value.shape)
    return scalar(value) if isinstance(value, int | float | str) else ""


def _positive(text: str) -> bool:
    try:
        return float(text) > 0
    except ValueError:
        return False
