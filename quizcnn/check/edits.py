"""One change of a check's source, and what it knows of the names around it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizcnn.check.entry import Entry
from quizcnn.check.exchanges import LOOKED_AT
from quizcnn.check.job import Given
from quizcnn.check.names import dotted
from quizcnn.check.spans import Piece, Span
from quizcnn.check.table import TABLE

SHORT = 32
"""Characters of source that a slip's name quotes at most."""


class SlipKind(StrEnum):
    """What kind of slip a mutant makes, the simplest first."""

    LEFT_OUT = "left out"
    EXCHANGE = "exchange"
    SWAP = "swap"
    SETTING = "setting"
    GIVEN = "given"
    DOUBLED = "doubled"
    ARITHMETIC = "arithmetic"
    COMPARISON = "comparison"
    INDEX = "index"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Edit:
    """One slip as a change of the source: the pieces replaced, its name, its line and column.

    `moved`: it moves a number, which is moved the other way by another edit at the same place.
    """

    pieces: tuple[Piece, ...]
    name: str
    kind: SlipKind
    place: tuple[int, int]
    moved: bool = False


@dataclass(frozen=True)
class Source:
    """Code to make edits of.

    `own` are names that it or its givens bind, `used` all its names, `shapes` the calls of which
    nothing but the shape is looked at. `fine`: the answer is a value that shows every change, as
    a number does, and a verdict does not.
    """

    span: Span
    given: Mapping[str, Given]
    own: frozenset[str]
    used: frozenset[str]
    shapes: frozenset[ast.AST]
    fine: bool

    def edit(self, kind: SlipKind, name: str, *pieces: Piece, moved: bool = False) -> Edit:
        """A change of these pieces."""
        return Edit(pieces, name, kind, self.span.place(min(pieces)[0]), moved)

    def put(
        self, kind: SlipKind, name: str, node: ast.expr, text: str, moved: bool = False
    ) -> Edit:
        """A change of one node to another text."""
        piece = (self.span.start(node), self.span.end(node), text)
        return self.edit(kind, name, piece, moved=moved)

    def heeds(self, setting: str, entry: Entry) -> bool:
        """Whether a layer's setting can matter to what the check asks of it."""
        is_layer = entry.room == "nn" and entry.name[0].isupper()
        return not is_layer or setting not in LOOKED_AT or bool(LOOKED_AT[setting] & self.used)

    def entry(self, node: ast.expr) -> Entry | None:
        """The operation of the table that an expression names."""
        if isinstance(node, ast.Name):
            return None if node.id in self.own else TABLE.get(node.id)
        name = dotted(node)
        return TABLE.get(name) if name else None

    def quoted(self, node: ast.expr) -> str:
        """A node's source as a slip's name quotes it: on one line, cut where it is long."""
        return shortened(self.span.text(node))


def shortened(text: str) -> str:
    """Text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def whole(node: ast.expr) -> int | None:
    """The whole number that is written there, None where something else is."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        number = whole(node.operand)
        return None if number is None else -number
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    return None
