"""A network as a table: what each layer makes, holds, costs and sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from quizcnn.nn.arguments import flag, whole
from quizcnn.nn.blocks import Layers
from quizcnn.nn.counting import activations_of, multiply_adds_of, parameters_of
from quizcnn.nn.geometry import Shape, read_shape, walk
from quizcnn.nn.layer import Layer
from quizcnn.nn.receptive import Unclear, same, through

__all__ = ["Summary", "SummaryRow", "summary"]

Sides: TypeAlias = "int | float | tuple[int | float, ...] | None"

WIDTH = 80
"""Columns of a terminal."""


@dataclass(frozen=True)
class SummaryRow:
    """One layer of a summary. `depth` says how many blocks it stands in.

    `bytes` are those of its parameters and activations. `receptive_field` and `jump` are None once
    a layer has looked at its whole input.
    """

    layer: Layer
    depth: int
    output_shape: Shape
    parameters: int
    multiply_adds: int
    activations: int
    bytes: int
    receptive_field: Sides
    jump: Sides


@dataclass(frozen=True)
class Summary:
    """What `summary` returns; printed, it is a table."""

    input_shape: Shape
    output_shape: Shape
    rows: tuple[SummaryRow, ...]
    parameters: int
    multiply_adds: int
    activations: int
    bytes: int
    itemsize: int

    def __str__(self) -> str:
        head = ["layer", "output", "parameters", "multiply-adds", "field", "jump"]
        table = [
            [
                "  " * row.depth + str(row.layer),
                _by(row.output_shape),
                f"{row.parameters:,}",
                f"{row.multiply_adds:,}",
                _by(row.receptive_field),
                _by(row.jump),
            ]
            for row in self.rows
        ]
        total = ["total", "", f"{self.parameters:,}", f"{self.multiply_adds:,}", "", ""]
        widths = [max(map(len, column)) for column in zip(head, *table, total, strict=True)]
        widths[0] = min(widths[0], max(WIDTH - sum(widths[1:]) - 2 * len(widths[1:]), 16))
        rule = "─" * (sum(widths) + 2 * len(widths[1:]))
        lines = [_line(cells, widths) for cells in (head, *table, total)]
        memory = (
            f"{self.activations:,} activations; with the parameters {self.bytes:,} bytes "
            f"at {self.itemsize} each"
        )
        return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1], memory])


def summary(
    layers: Layers, shape: Sequence[int], itemsize: int = 4, inside: bool = False
) -> Summary:
    """What each layer makes of one example of `shape` (C, H, W), as a table with totals.

    The counts are those of `parameters`, `multiply_adds`, `activations`, `receptive_field` and
    `jump`; `itemsize` is the bytes of one number. A block such as Residual is one row, or with
    `inside=True` a row for each layer in it, and below them one for what it makes itself.

    >>> print(summary([Conv2d(1, 6, 5), ReLU(), MaxPool2d(2)], (1, 32, 32)))
    layer            output   parameters  multiply-adds  field  jump
    ────────────────────────────────────────────────────────────────
    Conv2d(1, 6, 5)  6×28×28         156        117,600      5     1
    ReLU()           6×28×28           0              0      5     1
    MaxPool2d(2)     6×14×14           0              0      6     2
    ────────────────────────────────────────────────────────────────
    total                            156        117,600
    10,584 activations; with the parameters 42,960 bytes at 4 each
    >>> summary(vgg16(), (3, 224, 224)).rows[0].parameters
    1792
    """
    size = whole("summary", "itemsize", itemsize, 1)
    opened = flag("summary", "inside", inside)
    rows = []
    weights = work = values = 0
    for step, (layer, _, views) in zip(walk(layers, shape), through(layers), strict=True):
        weights += parameters_of(layer)
        work += multiply_adds_of(step)
        values += activations_of(step)
        if step.inside and not opened:
            continue
        rows.append(
            SummaryRow(
                layer=layer,
                depth=len(step.inside),
                output_shape=step.after,
                parameters=weights,
                multiply_adds=work,
                activations=values,
                bytes=size * (weights + values),
                receptive_field=None
                if isinstance(views, Unclear)
                else same([v.field for v in views]),
                jump=None if isinstance(views, Unclear) else same([v.jump for v in views]),
            )
        )
        weights = work = values = 0
    first = read_shape(shape)
    return Summary(
        first,
        rows[-1].output_shape if rows else first,
        tuple(rows),
        sum(row.parameters for row in rows),
        sum(row.multiply_adds for row in rows),
        sum(row.activations for row in rows),
        sum(row.bytes for row in rows),
        size,
    )


def _by(sides: Sides | Shape) -> str:
    """A size for people: 6×28×28, 0.5, or a dash where there is none."""
    if sides is None:
        return "–"
    several = sides if isinstance(sides, tuple) else (sides,)
    return "×".join(f"{side:g}" if isinstance(side, float) else str(side) for side in several)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """A row of the table: the first two columns to the left, numbers to the right."""
    name = cells[0] if len(cells[0]) <= widths[0] else cells[0][: widths[0] - 1] + "…"
    rest = [
        cell.ljust(width) if column == 0 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells[1:], widths[1:], strict=True))
    ]
    return "  ".join([name.ljust(widths[0]), *rest]).rstrip()
