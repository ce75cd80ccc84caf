"""The nodes of a located YAML tree.

Nobody alters one; they are not frozen because making them would take twice as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizcnn.deck.model import Place

Style: TypeAlias = Literal["plain", "quoted", "literal", "folded"]


@dataclass(slots=True)
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
        start = self.start
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return Place(start.file, start.line + line, start.column + column)


@dataclass(slots=True)
class SequenceNode:
    """A list; `flow` where it is written with brackets."""

    items: tuple[Node, ...]
    place: Place
    flow: bool


@dataclass(slots=True)
class MappingNode:
    """Keys and values in the order of the file, no key twice; `flow` where written with braces."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    place: Place
    flow: bool

    def get(self, key: str) -> Node | None:
        """The value of a key, None where the key is missing."""
        return next((value for name, value in self.entries if name.text == key), None)


@dataclass(slots=True)
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


def places(node: Node) -> dict[str, Place]:
    """Where everything below a node stands, by dotted path: `answer`, `given.n`, `wrong.0.is`.

    Of a text it is the place of its first character (not of its quote), so that a line and column
    within an expression can be added to it; of a list or mapping it is its begin.
    """
    found: dict[str, Place] = {}
    _note(node, "", found)
    return found


def _note(node: Node, path: str, found: dict[str, Place]) -> None:
    """Note the places of what is directly below a node at `path`, and of what is below that."""
    below: Iterable[tuple[str, Node]] = ()
    if isinstance(node, SequenceNode):
        below = zip(map(str, range(len(node.items))), node.items, strict=True)
    elif isinstance(node, MappingNode):
        below = ((key.text, value) for key, value in node.entries)
    for name, child in below:
        if isinstance(child, ScalarNode):
            indent = len(child.text) - len(child.text.lstrip(" "))
            found[path + name] = child.at(indent) if indent else child.start
        else:
            found[path + name] = child.place
            _note(child, f"{path}{name}.", found)
