"""Anchors: the boxes that a detector starts from, and how it says what to change about them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, Each, each, floating, numeric, whole
from quizcnn.nn.detection import boxes_of, four

__all__ = ["anchors", "decode_boxes", "encode_boxes"]


def anchors(
    height: int,
    width: int,
    stride: Each,
    sizes: float | Sequence[float],
    ratios: float | Sequence[float] = (0.5, 1.0, 2.0),
) -> Array:
    """Faster R-CNN's anchors on a feature map of `height` × `width`: (height·width·k, 4).

    Around the middle of each cell stand k = len(ratios) · len(sizes) boxes. A box of size s and
    ratio r has the area s², and is r times as high as wide: height s·√r, width s / √r. Cells go
    row by row, in each the ratios, with each ratio the sizes. Coordinates are (x1, y1, x2, y2) in
    pixels of the image; `stride` is how many of them a cell spans, a number or (down, across).

    Ren, He, Girshick & Sun 2015. torchvision's AnchorGenerator has the same order, but centres the
    boxes on the cells' upper left corners and rounds their sides.

    >>> anchors(1, 2, 16, 32, 1)
    array([[-8., -8., 24., 24.],
           [ 8., -8., 40., 24.]])
    """
    rows, columns = whole("anchors", "height", height, 0), whole("anchors", "width", width, 0)
    down, across = each("anchors", "stride", stride, 2, 1)
    scales, shapes = _positive("sizes", sizes), np.sqrt(_positive("ratios", ratios))
    heights = (shapes[:, np.newaxis] * scales).ravel()
    widths = (scales / shapes[:, np.newaxis]).ravel()
    boxes = np.stack([-widths, -heights, widths, heights], axis=1) / 2
    x = (np.arange(columns) + 0.5) * across
    y = (np.arange(rows) + 0.5) * down
    middles = np.stack(np.broadcast_arrays(x, y[:, np.newaxis]), axis=2)
    around: Array = np.tile(middles, 2)[:, :, np.newaxis] + boxes
    return around.reshape(-1, 4)


def encode_boxes(boxes: ArrayLike, proposals: ArrayLike) -> Array:
    """What a regressor has to say to turn each proposal into its box: (N, 4), (N, 4) → (N, 4).

    (tx, ty, tw, th): how far the centre moves, in widths and heights of the proposal, and the
    logarithm of how many times as wide and high the box is. All must have an area. R-CNN
    (Girshick et al. 2014); torchvision's BoxCoder with weights (1, 1, 1, 1).

    >>> encode_boxes([[2, 0, 6, 4]], [[0, 0, 4, 4]])
    array([[0.5, 0. , 0. , 0. ]])
    """
    name = "encode_boxes"
    wanted, given = floating(boxes_of(name, boxes)), floating(boxes_of(name, proposals))
    if wanted.shape != given.shape:
        raise ValueError(f"{name}: {len(wanted)} boxes need as many proposals, not {len(given)}")
    (middle, size), (start, room) = _middles("box", wanted), _middles("proposal", given)
    return np.concatenate([(middle - start) / room, np.log(size / room)], axis=1)


def decode_boxes(offsets: ArrayLike, proposals: ArrayLike) -> Array:
    """The boxes that a regressor means: `encode_boxes` turned round, (N, 4), (N, 4) → (N, 4).

    Nothing is clipped (torchvision lets no box grow more than 1000/16 times).

    >>> decode_boxes([[0.5, 0.0, 0.0, 0.0]], [[0, 0, 4, 4]])
    array([[2., 0., 6., 4.]])
    """
    name = "decode_boxes"
    moves, given = floating(four(name, offsets)), floating(boxes_of(name, proposals))
    if moves.shape != given.shape:
        raise ValueError(f"{name}: {len(moves)} offsets need as many proposals, not {len(given)}")
    start, room = _middles("proposal", given, name)
    # e to the power of what is large is ∞.
    with np.errstate(over="ignore", invalid="ignore"):
        middle, half = start + moves[:, :2] * room, np.exp(moves[:, 2:]) * room / 2
        return np.concatenate([middle - half, middle + half], axis=1)


def _middles(what: str, boxes: Array, operation: str = "encode_boxes") -> tuple[Array, Array]:
    """The centres of boxes and their (width, height), none of them 0."""
    size = boxes[:, 2:] - boxes[:, :2]
    if not (size > 0).all():
        raise ValueError(f"{operation}: a {what} has no area")
    return boxes[:, :2] + size / 2, size


def _positive(name: str, values: float | Sequence[float]) -> Array:
    numbers = np.atleast_1d(numeric("anchors", values, name)).astype(np.float64)
    if numbers.ndim != 1 or not (numbers > 0).all():
        raise ValueError(f"anchors: {name} must be positive numbers, but are {values!r}")
    return numbers
