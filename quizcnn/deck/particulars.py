"""A question's smaller fields: names, words from a fixed list, tolerance, source, reasons."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from quizcnn.deck.fields import Fields, lines, mapping, mappings
from quizcnn.deck.messages import Problems, did_you_mean, quoted
from quizcnn.deck.model import Equivalent, Source, Tolerance, Verdict
from quizcnn.deck.nodes import Node, ScalarNode, SequenceNode
from quizcnn.deck.scalars import line, number, text

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
JUDGED = (Verdict.QUALIFIED, Verdict.OVERSTATED, Verdict.WRONG)
"""Verdicts that come with what the document says and what holds instead."""

Word = TypeVar("Word", bound=StrEnum)


def name(node: Node, field: str, problems: Problems) -> str:
    """A permanent name: lowercase words joined by `-`."""
    words = line(node, field, problems)
    if words and not _NAME.fullmatch(words):
        _unfit(node, words, problems)
    return words


def names(node: Node | None, field: str, problems: Problems) -> tuple[str, ...]:
    """A list of names, each perhaps with its deck before it: `pooling/no-parameters`."""
    found = lines(node, field, problems)
    for item, words in zip(
        node.items if isinstance(node, SequenceNode) else (), found, strict=True
    ):
        if words and not all(_NAME.fullmatch(part) for part in words.split("/", 1)):
            _unfit(item, words, problems)
    return found


def _unfit(node: Node, words: str, problems: Problems) -> None:
    fitting = "-".join(re.findall("[a-z0-9]+", words.lower()))
    hint = f"write `{fitting}`" if fitting else "such as `valid-output-size`"
    problems.add(
        node.place, f"{quoted(words)} is not a name of lowercase words joined by `-`", hint
    )


def word(node: Node | None, field: str, among: type[Word], problems: Problems) -> Word | None:
    """A word from a fixed list, None where it is left out or after a problem."""
    if node is None:
        return None
    found = line(node, field, problems)
    if found in list(among):
        return among(found)
    if found:
        hint = did_you_mean(found, [entry.value for entry in among])
        problems.add(node.place, f"{quoted(found)} is no {field}", hint)
    return None


def tolerance(node: Node | None, problems: Problems) -> Tolerance | None:
    """How far a computed number may be off: `{abs: …}`, `{rel: …}` or both."""
    found = None if node is None else mapping(node, "tolerance", problems)
    if found is None:
        return None
    fields = Fields(found, "a tolerance", ("abs", "rel"), problems)
    if "abs" not in fields and "rel" not in fields:
        problems.add(found.place, "a tolerance needs `abs` or `rel`", "such as {abs: 0.01}")
    absolute, relative = fields.get("abs"), fields.get("rel")
    return Tolerance(
        abs=0.0 if absolute is None else float(number(absolute, "abs", problems)),
        rel=0.0 if relative is None else float(number(relative, "rel", problems)),
    )


def source(node: Node | None, problems: Problems) -> Source | None:
    """What a question was drawn from; a claim that does not hold comes with what does."""
    found = None if node is None else mapping(node, "source", problems)
    if found is None:
        return None
    fields = Fields(found, "a source", ("ref", "verdict", "says", "correction"), problems)
    fields.need("ref", "such as `pooling-faq#23`")
    verdict = word(fields.get("verdict"), "verdict", Verdict, problems)
    if verdict in JUDGED:
        fields.need("says", f"what the document says, as the verdict is `{verdict}`")
        fields.need("correction", f"what we find instead, as the verdict is `{verdict}`")
    return Source(
        ref=fields.line("ref") or "",
        verdict=verdict,
        says=fields.text("says") or "",
        correction=fields.text("correction") or "",
    )


def reasons(node: Node | None, problems: Problems) -> dict[str, str]:
    """The warnings that are meant, each with its reason."""
    found = None if node is None else mapping(node, "allow", problems)
    if found is None:
        return {}
    return {key.text: text(value, key.text, problems) for key, value in found.entries}


def equivalent(node: Node | None, problems: Problems) -> tuple[Equivalent, ...]:
    """The changes of the check that change nothing, each with its reason and none twice."""
    found: dict[str, Equivalent] = {}
    for entry in mappings(node, "equivalent", problems):
        fields = Fields(entry, "an equivalent change", ("change", "because"), problems)
        hint = "the change's name or altered line, as `quizcnn verify --mutants` shows it"
        change = fields.need("change", hint)
        because = fields.need("because", "why the check computes the same with it")
        if change is None or because is None:
            continue
        words = " ".join(text(change, "change", problems).split())
        reason = text(because, "because", problems)
        if words in found:
            message = f"{quoted(words)} stands in `equivalent` twice"
            problems.add(change.place, message, "keep one")
        found[words] = Equivalent(words, reason, change.place)
    return tuple(found.values())


def check_needs(
    node: Node | None, own: str, known: Collection[str], deck: str, problems: Problems
) -> None:
    """The questions that a question needs must be there, as far as they are of its own deck."""
    for item in node.items if isinstance(node, SequenceNode) else ():
        words = item.text.strip().removeprefix(f"{deck}/") if isinstance(item, ScalarNode) else ""
        if words and words == own:
            problems.add(item.place, "a question cannot need itself", "delete it here")
        elif _NAME.fullmatch(words) and words not in known:
            hint = problems.did_you_mean(words, known)
            problems.add(item.place, f"there is no question {quoted(words)} in this deck", hint)
