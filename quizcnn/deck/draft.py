"""A question that is being written: what is told of it so far, and that as YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from quizcnn.check.job import Given
from quizcnn.deck.model import Kind, Pick
from quizcnn.deck.questions import NONE_YET
from quizcnn.deck.writing import field as yaml_field
from quizcnn.deck.writing import flow, scalar, sequence


@dataclass(frozen=True, slots=True)
class Entry:
    """A wrong answer, an option or a contrast: what it is, its givens, and why it is wrong.

    `words` are an expression (`is`), an option's or a word's `text`, or another `check`. A right
    option has no `because`.
    """

    way: Literal["is", "text", "check", ""]
    words: str
    given: Mapping[str, Given] = field(default_factory=dict)
    because: str = ""

    def lines(self) -> list[str]:
        """Its fields as YAML."""
        found = yaml_field(self.way, self.words, self.way == "check") if self.way else []
        found += [f"given: {flow(self.given)}"] if self.given else []
        return found + (yaml_field("because", self.because) if self.because else [])


@dataclass
class Draft:
    """A question as far as it has been told. `answer` is a text, or spellings or items in order."""

    kind: Kind = Kind.NUMBER
    ask: str = ""
    id: str = ""
    given: dict[str, Given] = field(default_factory=dict)
    vary: dict[str, str] = field(default_factory=dict)
    where: str = ""
    check: str = ""
    answer: str | tuple[str, ...] = ""
    pick: Pick = Pick.TRUE
    tolerance: str = ""
    unit: str = ""
    layout: str = ""
    right: list[Entry] = field(default_factory=list)
    """The right options of a choice."""
    wrong: list[Entry] = field(default_factory=list)
    claims: list[tuple[str, str]] = field(default_factory=list)
    """Each what it says, and the expression."""
    contrast: list[Entry] = field(default_factory=list)
    hint: str = ""
    explain: str = ""
    tags: tuple[str, ...] = ()
    level: str = ""

    def lines(self) -> list[str]:
        """The question as YAML, without its indentation. What is not told yet stands in it as
        something that can be read."""
        told = self._filled()
        found = [*yaml_field("id", told.id), f"kind: {told.kind}"]
        found += _named(unit=told.unit, layout=told.layout)
        found += [f"pick: {told.pick}"] if told.pick is not Pick.TRUE else []
        found += yaml_field("ask", told.ask)
        found += [f"given: {flow(told.given)}"] if told.given else []
        if told.vary:
            found.append(f"vary: {{{', '.join(f'{n}: {v}' for n, v in told.vary.items())}}}")
        found += _named(where=told.where)
        found += _answer(told)
        found += [f"tolerance: {{abs: {told.tolerance}}}"] if told.tolerance else []
        found += yaml_field("check", told.check, code=told.check != NONE_YET)
        found += _list("claims", [_named(say=say, that=that) for say, that in told.claims])
        found += _list("wrong", [one.lines() for one in told.wrong])
        found += _list("contrast", [one.lines() for one in told.contrast])
        found += _named(hint=told.hint, explain=told.explain)
        found += [f"tags: {sequence(told.tags)}"] if told.tags else []
        return found + ([f"level: {told.level}"] if told.level else [])

    def _filled(self) -> Draft:
        """The draft with something readable in the place of what every question has."""
        option = Entry("text", "a")
        answers: Mapping[Kind, str | tuple[str, ...]] = {
            Kind.TRUE_FALSE: "true",
            Kind.ORDER: ("a", "b"),
            Kind.TEXT: "a",
            Kind.RECALL: "a",
        }
        choice = self.kind is Kind.CHOICE
        claimed = self.claims or self.kind is not Kind.RECALL or not self.check
        return replace(
            self,
            id=self.id or "new-question",
            ask=self.ask or "a",
            check=self.check or NONE_YET,
            answer=self.answer or answers.get(self.kind, "0"),
            right=self.right or ([option] if choice else []),
            wrong=self.wrong or ([Entry("text", "b", {}, "c")] if choice else []),
            claims=self.claims if claimed else [("a", "1 == 1")],
        )


def _named(**texts: str) -> list[str]:
    return [line for name, text in texts.items() if text for line in yaml_field(name, text)]


def _list(name: str, entries: Sequence[Sequence[str]]) -> list[str]:
    found = [f"{name}:"] if entries else []
    for first, *others in entries:
        found += [f"  - {first}", *(f"    {line}" if line else "" for line in others)]
    return found


def _answer(draft: Draft) -> list[str]:
    if draft.kind is Kind.CHOICE:
        entries = [one.lines() for one in draft.right]
        if len(entries) > 1:
            return _list("answer", entries)
        return ["answer:", *(f"  {line}" for line in entries[0])]
    if isinstance(draft.answer, tuple):
        return [f"answer: {sequence(draft.answer)}"]
    if draft.kind is Kind.TRUE_FALSE:
        return [f"answer: {draft.answer}"]
    if draft.kind in (Kind.TEXT, Kind.RECALL):
        return yaml_field("answer", draft.answer)
    # a list's text is read as YAML's list, unless a call's comma would end one of its items
    plain = draft.answer.startswith("[") and not set(draft.answer) & set("(){}\"'#:&*!|>%@`")
    return [f"answer: {draft.answer if plain else expression(draft.answer)}"]


def expression(text: str) -> str:
    """An expression as YAML; a number is not quoted.

    >>> expression("-3"), expression("n - 1"), expression("[f(n, 1), 2]")
    ('-3', 'n - 1', '"[f(n, 1), 2]"')
    """
    try:
        float(text)
    except ValueError:
        return scalar(text)
    return text
