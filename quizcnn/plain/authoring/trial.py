"""What is told of a question so far, tried at once: read as a deck, computed, verified."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quizcnn.answer.comparing import fits
from quizcnn.answer.computing import WANTED
from quizcnn.check.job import Checker, Given, Job
from quizcnn.check.proof import Proof
from quizcnn.check.value import Value
from quizcnn.check.wording import inline
from quizcnn.deck.draft import Draft, Entry
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Deck, Kind, Question, Variant
from quizcnn.deck.variants import VariantError, variants
from quizcnn.deck.writing import WritingError, added
from quizcnn.verify.judging import judged
from quizcnn.verify.report import Finding, Result
from quizcnn.verify.verifying import held

ANSWER = frozenset(
    {"variants", "check", "time", "answer", "claim", "circular", "seed", "typed", "tolerance"}
)
"""Codes of what is wrong with an answer."""

OPTIONS = ANSWER | {"wrong", "message"}
"""Codes of what is wrong with a choice's options."""

TEETH = frozenset({"toothless", "untested"})
"""Codes of what a contrast mends."""

_NUMBER = re.compile(r"-?[0-9]{1,15}")
_FLOAT = re.compile(r"-?[0-9]*\.[0-9]+(e-?[0-9]+)?")
_NAMED = re.compile(r"\s*([A-Za-z]\w*)\s*=(?!=)(.+)", re.DOTALL)


class NotYetError(Exception):
    """What is told so far cannot be tried; the text says why."""


class Trial:
    """Reads drafts as the question that they will be in the deck, and runs them."""

    def __init__(self, checker: Checker, path: Path, text: str) -> None:
        self._checker = checker
        self._path = path
        self._text = text

    @property
    def checker(self) -> Checker:
        """Whatever runs the checks."""
        return self._checker

    def ids(self) -> frozenset[str]:
        """The ids that the deck's questions have."""
        deck, _ = read_deck(self._text.encode(), self._path)
        return frozenset(one.id for one in deck.questions) if deck else frozenset()

    def written(self, draft: Draft) -> tuple[str, Deck]:
        """The deck's text with the draft in it, and that deck. Raises NotYetError."""
        if not draft.id:
            draft = replace(draft, id=max(self.ids(), key=len, default="new") + "-1")
        try:
            return added(self._text, draft.lines(), self._path)
        except WritingError as error:
            told = [one.message + (f" ({one.hint})" if one.hint else "") for one in error.problems]
            raise NotYetError("; ".join(told) or str(error)) from None

    def question(self, draft: Draft) -> Question:
        """The draft as a question. Raises NotYetError."""
        return self.written(draft)[1].questions[-1]

    def variants(self, draft: Draft) -> tuple[Variant, ...]:
        """The variants of what is given. Raises NotYetError where one cannot be computed."""
        try:
            return tuple(variants(self.question(draft), self._checker))
        except VariantError as error:
            hint = f" ({error.problem.hint})" if error.problem.hint else ""
            raise NotYetError(error.problem.message + hint) from None

    def objection(self, draft: Draft) -> str:
        """Why what is given cannot be taken, "" where it can."""
        try:
            self.variants(draft)
        except NotYetError as error:
            return str(error)
        return ""

    def run(
        self, code: str, given: Mapping[str, Given], claims: Sequence[str] = (), value: bool = True
    ) -> Proof:
        """What some code comes to."""
        [proof] = self._checker.run([Job(code, given, tuple(claims), needs_value=value)], 30.0)
        return proof

    def values(self, draft: Draft, met: Sequence[Variant]) -> list[Value]:
        """What the check computes on the variants. Raises NotYetError for the first that fails."""
        jobs = [Job(draft.check, variant.given, steps=False) for variant in met]
        found = []
        for variant, proof in zip(met, self._checker.run(jobs, 30.0), strict=True):
            named = ", ".join(f"{name} = {inline(one)}" for name, one in variant.values.items())
            under = f"With {named} " if named else "Here "
            if proof.failure:
                raise NotYetError(f"{under}it cannot be computed: {ended(proof.failure.message)}")
            if not fits(draft.kind, proof.value):
                shown = inline(proof.value)
                raise NotYetError(f"{under}the check gives {shown}, not {WANTED[draft.kind]}.")
            found.append(proof.value)
        return found

    def shown(self, draft: Draft, entry: Entry) -> str:
        """What an entry is in the first situation, in words; "" where that needs no words."""
        given = {**draft.given, **entry.given}
        if entry.way == "is":
            proof = self.run(entry.words, given)
        elif entry.way == "check" or entry.given:
            code = entry.words if entry.way == "check" else draft.check
            proof = self.run(code, given, value=draft.kind is not Kind.RECALL)
        else:
            return ""
        if proof.failure:
            return f"That cannot be computed: {ended(proof.failure.message)}"
        return f"That gives {inline(proof.value)}." if proof.value is not None else ""

    def result(self, draft: Draft) -> Result:
        """The draft held against all rules. Raises NotYetError."""
        deck = self.written(draft)[1]
        question = deck.questions[-1]
        return held(question, judged(question, self._checker), known=deck.questions)

    def amiss(self, draft: Draft, codes: frozenset[str] = ANSWER) -> str:
        """What the rules find of the answer and the claims; "" where they hold."""
        try:
            found = self.result(draft).problems
        except NotYetError as error:
            return str(error)
        return " ".join(plainly(one) for one in found if one.code in codes)

    def worse(self, before: Draft, after: Draft) -> str:
        """What the rules find in one draft and not in the other; "" where nothing."""
        try:
            known = {plainly(one) for one in self.result(before).problems}
            found = self.result(after).problems
        except NotYetError as error:
            return str(error)
        return " ".join(told for one in found if (told := plainly(one)) not in known)

    def lacking(self, draft: Draft) -> list[str]:
        """What the draft needs still that shows that the check can fail. Raises NotYetError."""
        return [plainly(one) for one in self.result(draft).problems if one.code in TEETH]


def plainly(finding: Finding) -> str:
    """A finding without the question's name, which is not settled yet."""
    told = finding.message.removeprefix(finding.key).removeprefix(":").strip()
    return told[:1].upper() + told[1:]


def ended(message: str) -> str:
    """A message with a full stop, unless it ends with a mark of its own.

    >>> ended("did you mean `x`?"), ended("no shape")
    ('did you mean `x`?', 'no shape.')
    """
    return message if message.endswith((".", "?", "!")) else f"{message}."


def given_value(text: str) -> Given:
    """A given as it is typed: a number or truth value as it stands, else an expression.

    >>> given_value("8"), given_value("0.5"), given_value("true"), given_value("n - 1")
    (8, 0.5, True, 'n - 1')
    """
    text = text.strip()
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if _NUMBER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def assigned(text: str) -> dict[str, Given] | None:
    """Names with their values, as `s = 1, p = 0`; None for all else.

    >>> assigned("s = 1, layer = Conv2d(1, 1, 3, padding=1)")
    {'s': 1, 'layer': 'Conv2d(1, 1, 3, padding=1)'}
    >>> assigned("n - k == 1"), assigned("f(s=1)")
    (None, None)
    """
    parts, depth, quote = [""], 0, ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        else:
            depth += (character in "([{") - (character in ")]}")
        if character == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += character
    merged: list[str] = []
    for part in parts:
        if _NAMED.fullmatch(part) or not merged:
            merged.append(part)
        else:
            merged[-1] += f",{part}"  # a lambda's comma
    found = [_NAMED.fullmatch(part) for part in merged]
    if not all(found):
        return None
    return {one[1]: given_value(one[2]) for one in found if one}
