"""Pieces of source by their place in the syntax tree: read, put in another's place, compared."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Piece = tuple[int, int, str]
"""Bytes from … to … of the source, and what stands there instead."""


def normalised(source: str) -> str:
    """The source with the line ends that the tree's places count by."""
    return source.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class Span:
    """Source whose pieces are found by the tree's lines and columns (which count bytes)."""

    source: str

    @cached_property
    def data(self) -> bytes:
        """The source as the tree's columns count it."""
        return self.source.encode()

    @cached_property
    def _starts(self) -> Sequence[int]:
        starts = [0]
        for line in self.data.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def at(self, line: int, column: int) -> int:
        """The byte at a line (from 1) and column (from 0)."""
        return self._starts[line - 1] + column

    def start(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        """Where a node begins."""
        return self.at(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        """Where a node ends."""
        return self.at(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def text(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """What is written for a node."""
        return self.between(self.start(node), self.end(node))

    def between(self, start: int, end: int) -> str:
        """What is written from one byte to another."""
        return self.data[start:end].decode()

    def place(self, at: int) -> tuple[int, int]:
        """A byte's line and column, both from 1, the column in characters."""
        before = self.data[:at].decode()
        line = before.count("\n") + 1
        return line, len(before) - (before.rfind("\n") + 1) + 1

    def replaced(self, pieces: Sequence[Piece]) -> str:
        """The source with other text in the place of some pieces, which do not overlap."""
        data = self.data
        for start, end, text in sorted(pieces, reverse=True):
            data = data[:start] + text.encode() + data[end:]
        return data.decode()

    def differing(self, other: str) -> tuple[str, str]:
        """The lines that differ, of this source and of the other one."""
        mine, others = self.source.split("\n"), other.split("\n")
        head = 0
        while head < min(len(mine), len(others)) - 1 and mine[head] == others[head]:
            head += 1
        tail = 0
        most = min(len(mine), len(others)) - head - 1
        while tail < most and mine[-1 - tail] == others[-1 - tail]:
            tail += 1
        return (
            "\n".join(mine[head : len(mine) - tail]),
            "\n".join(others[head : len(others) - tail]),
        )
