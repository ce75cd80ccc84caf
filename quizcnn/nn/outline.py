"""A network in as few rows as show it: each layer with what follows it and keeps the shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizcnn.nn.blocks import Layers, listed
from quizcnn.nn.counting import multiply_adds_by_layer, parameters_by_layer
from quizcnn.nn.geometry import Shape, read_shape, shapes
from quizcnn.nn.inference import example_rank
from quizcnn.nn.parts import IN_BETWEEN
from quizcnn.nn.receptive import Unclear, same, through


@dataclass(frozen=True)
class OutlineRow:
    """A layer, with the activation, normalisation and dropout after it.

    `output_shape` and `multiply_adds` are None where no input's shape is known, `receptive_field`
    once a layer has looked at its whole input.
    """

    layers: str
    output_shape: Shape | None
    parameters: int
    multiply_adds: int | None
    receptive_field: int | tuple[int, ...] | None


def outline(layers: Layers, shape: Sequence[int] | None = None) -> list[OutlineRow]:
    """The rows of a network from top to bottom; blocks such as Residual are one row each.

    `shape` is that of one example, (C, H, W). Raises ValueError where the layers do not fit it.

    >>> for row in outline([Conv2d(1, 6, 5), ReLU(), MaxPool2d(2)], (1, 32, 32)):
    ...     print(row.layers, row.output_shape, row.parameters, row.receptive_field)
    Conv2d(1, 6, 5), ReLU() (6, 28, 28) 156 5
    MaxPool2d(2) (6, 14, 14) 0 6
    """
    several = listed(layers)
    known = shape is not None
    after = shapes(several, shape) if shape is not None else [None] * len(several)
    work = multiply_adds_by_layer(several, shape) if shape is not None else [0] * len(several)
    fields = [
        None if isinstance(views, Unclear) else same([view.field for view in views])
        for _, inside, views in through(several)
        if not inside
    ]
    rows: list[OutlineRow] = []
    for layer, made, weights, adds, field in zip(
        several, after, parameters_by_layer(several), work, fields, strict=True
    ):
        if rows and isinstance(layer, IN_BETWEEN):
            last = rows[-1]
            rows[-1] = replace(
                last, layers=f"{last.layers}, {layer}", parameters=last.parameters + weights
            )
        else:
            rows.append(OutlineRow(str(layer), made, weights, adds if known else None, field))
    return rows


def example_shape(layers: Layers, shape: Sequence[int]) -> Shape:
    """The shape of one example in an input that `forward` takes: an image, a batch, a vector.

    >>> example_shape([Conv2d(3, 8, 3)], (10, 3, 32, 32)), example_shape([MaxPool2d(2)], (4, 4))
    ((3, 32, 32), (1, 4, 4))
    """
    rank = example_rank(layers)
    if len(shape) == rank + 1:
        shape = shape[1:]
    elif len(shape) == 2 and rank == 3:
        shape = (1, *shape)
    return read_shape(shape)
