"""The nodes of a located YAML tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from quizcnn.deck.model import Place

Style: TypeAlias = Literal["plain", "quoted", "literal", "folded"]


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text of the file, not yet typed.

    `place` is where it begins in the file, its quote included; `start` is where the first
    character of `text` stands. `exact` says whether text and file agree character by character, so
    that `at` is exact; a text folded from several lines or with escapes is not.
    """

    text: str
    style: Style
    place: Place
    start: Place
    exact: bool
    one_line: bool

    @property
    def plain(self) -> bool:
        """Whether the text stands without quotes, so that it may be a number or a truth value."""
        return self.style == "plain"

    def at(self, offset: int) -> Place:
        """The place of a character of the text, or of its start where that cannot be known."""
        if not self.exact:
            return self.start
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return replace(self.start, line=self.start.line + line, column=self.start.column + column)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list; `flow` where it is written with brackets."""

    items: tuple[Node, ...]
    place: Place
    flow: bool


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values in the order of the file, no key twice; `flow` where written with braces."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    place: Place
    flow: bool

    def get(self, key: str) -> Node | None:
        """The value of a key, None where the key is missing."""
        return next((value for name, value in self.entries if name.text == key), None)


@dataclass(frozen=True, slots=True)
class BrokenNode:
    """Something that has been reported already; whoever meets it stays silent."""

    place: Place


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode | BrokenNode


def cut_off(key: Node, value: Node) -> bool:
    """Whether a "key" without colon and value is what stands after a text's comma.

    YAML reads `{say: a, b}` as `say: a` and a key `b` with nothing.
    """
    return (
        isinstance(key, ScalarNode)
        and isinstance(value, ScalarNode)
        and key.plain
        and value.plain
        and not value.text
        and value.place == key.at(len(key.text))
    )


def places(node: Node, path: str = "") -> dict[str, Place]:
    """Where everything below a node stands, by dotted path: `answer`, `given.n`, `wrong.0.is`.

    Of a text it is the place of its first character (not of its quote), so that a line and column
    within an expression can be added to it; of a list or mapping it is its begin.
    """
    found: dict[str, Place] = {}
    if path:
        found[path] = node.at(_indent(node.text)) if isinstance(node, ScalarNode) else node.place
    below: list[tuple[str, Node]] = []
    if isinstance(node, SequenceNode):
        below = [(str(index), item) for index, item in enumerate(node.items)]
    elif isinstance(node, MappingNode):
        below = [(key.text, value) for key, value in node.entries]
    for name, child in below:
        found |= places(child, f"{path}.{name}" if path else name)
    return found


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
