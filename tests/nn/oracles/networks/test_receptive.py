"""Receptive fields worked out, against what each of PyTorch's outputs depends on."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from quizcnn.nn.blocks import Residual  # noqa: E402
from quizcnn.nn.layer import Layer  # noqa: E402
from quizcnn.nn.layers import Conv2d, ConvTranspose2d  # noqa: E402
from quizcnn.nn.layers_pooling import AvgPool2d, Upsample  # noqa: E402
from quizcnn.nn.receptive import (  # noqa: E402
    jump,
    receptive_field,
    receptive_field_start,
    through,
)

Ends = tuple[int, int] | None


def measured(module: Any, size: int) -> tuple[list[Ends], list[Ends]]:
    """For each row and each column of the output, the first and the last input it depends on.

    With weights of 1 nothing cancels: one bright row at a time lights up all that see it.
    """
    for name, weight in module.named_parameters():
        torch.nn.init.constant_(weight, 0.0 if name.endswith("bias") else 1.0)
    rows = torch.eye(size, dtype=torch.float64).reshape(size, 1, size, 1).expand(-1, -1, -1, size)
    with torch.no_grad():
        lit = (module(rows).sum(dim=(1, 3)) > 0, module(rows.mT).sum(dim=(1, 2)) > 0)
    down, across = ([_ends(place) for place in axis.T] for axis in lit)
    return down, across


def _ends(seen: Any) -> Ends:
    touched = seen.nonzero().ravel().tolist()
    return (touched[0], touched[-1]) if touched else None


def fields() -> Iterator[list[Layer]]:
    """Networks that only slide: sums and averages, so that every path shows."""
    moves = [
        Conv2d(1, 1, 3, padding=1),
        Conv2d(1, 1, (3, 2), stride=(2, 1)),
        Conv2d(1, 1, 2, padding="same"),
        Conv2d(1, 1, 3, dilation=2, padding=2),
        AvgPool2d(2),
        AvgPool2d(3, stride=2, padding=1),
        ConvTranspose2d(1, 1, 2, stride=2),
        ConvTranspose2d(1, 1, 3, stride=2, padding=1, output_padding=1),
        ConvTranspose2d(1, 1, 4, stride=(1, 3), padding=1),
        Upsample(scale_factor=(2, 3)),
        Residual([Conv2d(1, 1, 3, padding=1), Conv2d(1, 1, 3, padding=1)]),
        Residual([Conv2d(1, 1, 5, 2, 2)], [Conv2d(1, 1, 1, 2)]),
    ]
    yield from map(list, itertools.product(moves, repeat=2))
    yield from map(list, itertools.product(moves[3:], moves[6:8], moves[:4]))


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_receptive_fields_are_those_of_pytorchs_outputs(kit: Any, ran: Callable[..., None]) -> None:
    """What each output sees is worked out exactly, wherever it lies wholly inside the image."""
    number = 0
    size = 24
    for layers in fields():
        per_axis = measured(kit.chain(layers).double(), size)
        *_, (_, _, views) = through(layers)
        each = list(zip(per_axis, views, strict=True))
        for found, view in each:
            inside = [
                output
                for output in range(len(found))
                if view.start(output) >= 0 and view.end(output) < size
            ]
            assert len(inside) > 1, layers
            for output in inside:
                assert found[output] == (view.start(output), view.end(output)), layers
            number += len(inside)
        worked_out = receptive_field(layers), receptive_field_start(layers), jump(layers)
        field, start, step = (
            value if isinstance(value, tuple) else (value, value) for value in worked_out
        )
        for axis, (found, view) in enumerate(each):
            widths = {last - first + 1 for first, last in filter(None, found)}
            assert field[axis] == max(widths), layers
            assert start[axis] == view.start(0), layers
            moved = view.start(36) - view.start(0)
            assert step[axis] * 36 == pytest.approx(moved, rel=1e-12), layers
    ran(number, "receptive fields of outputs:")
