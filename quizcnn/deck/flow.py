"""Commas within braces and brackets end a text: `{layer: Conv2d(1, 1, 3)}` is read in three pieces.

The pieces are recognised and put together again, for a message that says what to quote.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.deck.messages import Problems, quoted
from quizcnn.deck.nodes import BrokenNode, Node, ScalarNode, cut_off
from quizcnn.display import one_line


def join_pairs(pairs: Sequence[tuple[Node, Node]], problems: Problems) -> list[tuple[Node, Node]]:
    """The pairs of a flow mapping, without those that a comma cut off the text before them."""
    joined: list[tuple[Node, Node]] = []
    at = 0
    while at < len(pairs):
        key, value = pairs[at]
        at += 1
        pieces = [value.text] if isinstance(value, ScalarNode) and value.plain else []
        while pieces and pieces[0] and at < len(pairs):
            stray, nothing = pairs[at]
            if not cut_off(stray, nothing):
                break
            pieces.append(_text(stray))
            at += 1
        if len(pieces) > 1:
            name = f"{key.text}: " if isinstance(key, ScalarNode) else ""
            _cut(value, name, pieces, problems)
            value = BrokenNode(value.place)
        joined.append((key, value))
    return joined


def join_items(items: Sequence[Node], problems: Problems) -> list[Node]:
    """The items of a flow sequence, with those between parentheses as the one that was meant."""
    joined: list[Node] = []
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        pieces = [_text(item)]
        unclosed = _unclosed(pieces[0])
        while unclosed > 0 and at < len(items) and _text(items[at]):
            pieces.append(_text(items[at]))
            unclosed += _unclosed(pieces[-1])
            at += 1
        if len(pieces) > 1:
            _cut(item, "", pieces, problems)
            item = BrokenNode(item.place)
        joined.append(item)
    return joined


def _text(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) and node.plain else ""


def _unclosed(text: str) -> int:
    return text.count("(") - text.count(")")


def _cut(node: Node, name: str, pieces: Sequence[str], problems: Problems) -> None:
    whole = one_line(", ".join(pieces[:20]).replace('"', '\\"'), 60)
    problems.add(
        node.place,
        f"the text ends at its comma, as {quoted(pieces[0])}",
        f'quote this: {name}"{whole}"',
    )
