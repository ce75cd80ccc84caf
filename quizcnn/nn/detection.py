"""Object detection: how far boxes overlap, and which of many to keep.

A box is (x1, y1, x2, y2): its left, top, right and bottom edge, x to the right and y down, in
continuous coordinates, so that its width is x2 − x1 (the original Faster R-CNN counted whole
pixels and added 1). Several boxes are (N, 4). As in torchvision.ops.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from quizcnn.nn.arguments import Array, floating, numeric, real, word

__all__ = [
    "box_area",
    "box_convert",
    "box_iou",
    "clip_boxes_to_image",
    "generalized_box_iou",
    "iou",
    "nms",
]


def box_area(boxes: ArrayLike) -> Array:
    """The area of each box: (N, 4) → (N,). Integers stay integers. Negative sides are refused.

    >>> box_area([[0, 0, 3, 2], [1, 1, 1, 5]])
    array([6, 0])
    """
    return _areas(boxes_of("box_area", boxes))


def iou(a: ArrayLike, b: ArrayLike) -> float:
    """Intersection over union of two boxes: the area that both cover over that which either does.

    1 for equal boxes, 0 for boxes that do not overlap or only touch; NaN for two without area.

    >>> iou([0, 0, 2, 2], [1, 0, 3, 2]) == 1 / 3
    True
    """
    both = [numeric("iou", box, "box") for box in (a, b)]
    if any(box.shape != (4,) for box in both):
        raise ValueError(
            "iou: takes two boxes (x1, y1, x2, y2), "
            f"but they have shapes {both[0].shape} and {both[1].shape}; box_iou takes several"
        )
    one, other = (boxes_of("iou", box[np.newaxis]) for box in both)
    return float(_iou(one, other)[0][0, 0])


def box_iou(boxes1: ArrayLike, boxes2: ArrayLike) -> Array:
    """Intersection over union of each box with each: (N, 4) and (M, 4) → (N, M).

    Two boxes without area have NaN, 0/0. As torchvision.ops.box_iou (the Jaccard index).

    >>> box_iou([[0, 0, 2, 2]], [[0, 0, 2, 2], [1, 1, 3, 3], [2, 0, 4, 2]]).round(4)
    array([[1.    , 0.1429, 0.    ]])
    """
    return _iou(boxes_of("box_iou", boxes1), boxes_of("box_iou", boxes2))[0]


def generalized_box_iou(boxes1: ArrayLike, boxes2: ArrayLike) -> Array:
    """IoU minus the share of the smallest enclosing box that neither covers: from −1 to 1.

    Unlike IoU it tells how far apart boxes are that do not overlap. (N, 4) and (M, 4) → (N, M).
    Rezatofighi et al. 2019. As torchvision.ops.generalized_box_iou.

    >>> generalized_box_iou([[0, 0, 1, 1]], [[1, 0, 2, 1], [3, 0, 4, 1]])
    array([[ 0. , -0.5]])
    """
    name = "generalized_box_iou"
    first, second = boxes_of(name, boxes1), boxes_of(name, boxes2)
    ratio, union = _iou(first, second)
    low = np.minimum(first[:, np.newaxis, :2], second[:, :2])
    high = np.maximum(first[:, np.newaxis, 2:], second[:, 2:])
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        hull = (high - low).prod(axis=2)
        general: Array = ratio - (hull - union) / hull
    return general


def nms(boxes: ArrayLike, scores: ArrayLike, iou_threshold: float) -> Array:
    """Non-maximum suppression: the indices of the boxes to keep, by falling score.

    The best box is kept, all that overlap it with an IoU of more than `iou_threshold` go (exactly
    the threshold stays), and so on with the rest. Equal scores: the lower index comes first. One
    class only: run it for each. R-CNN does so (Girshick et al. 2014). As torchvision.ops.nms.

    >>> boxes = [[0, 0, 2, 2], [0, 0, 2, 3], [5, 5, 6, 6]]
    >>> nms(boxes, [0.8, 0.9, 0.3], 0.5)
    array([1, 2])
    """
    places = boxes_of("nms", boxes)
    marks = numeric("nms", scores, "array of scores")
    threshold = real("nms", "iou_threshold", iou_threshold)
    if marks.shape != (len(places),):
        raise ValueError(
            f"nms: {len(places)} boxes need scores of shape ({len(places)},), not {marks.shape}"
        )
    if np.isnan(marks).any() or np.isnan(threshold):
        raise ValueError("nms: a score or the threshold is NaN, which cannot be compared")
    # Sorted backwards and turned round, equal scores would come last index first.
    order = np.argsort(-floating(marks), kind="stable")
    kept = []
    while len(order):
        best, rest = order[0], order[1:]
        kept.append(best)
        overlap = _iou(places[best : best + 1], places[rest])[0][0]
        # Two boxes without area have NaN, and none suppresses the other.
        order = rest[~(overlap > threshold)]
    return np.array(kept, dtype=np.int64)


def box_convert(boxes: ArrayLike, in_fmt: str, out_fmt: str) -> Array:
    """The same boxes written another way, (N, 4) → (N, 4): "xyxy", "xywh" or "cxcywh".

    "xywh" is the left top corner, width and height (COCO); "cxcywh" the centre, width and height
    (YOLO), which makes integers float64. As torchvision.ops.box_convert.

    >>> box_convert([[1, 2, 5, 4]], "xyxy", "cxcywh")
    array([[3., 3., 4., 2.]])
    >>> box_convert([[1, 2, 4, 2]], "xywh", "xyxy")
    array([[1, 2, 5, 4]])
    """
    word("box_convert", "in_fmt", in_fmt, FORMATS)
    word("box_convert", "out_fmt", out_fmt, FORMATS)
    given = four("box_convert", boxes)
    if in_fmt == "xyxy":
        corners = ordered("box_convert", given)
    else:
        size = given[:, 2:]
        if (size < 0).any():
            raise ValueError("box_convert: a width or a height is negative")
        low = given[:, :2] if in_fmt == "xywh" else given[:, :2] - size / 2
        corners = np.concatenate([low, low + size], axis=1)
    if out_fmt == "xyxy":
        return corners.copy()
    low, size = corners[:, :2], corners[:, 2:] - corners[:, :2]
    return np.concatenate([low if out_fmt == "xywh" else low + size / 2, size], axis=1)


FORMATS = ("xyxy", "xywh", "cxcywh")


def clip_boxes_to_image(boxes: ArrayLike, size: tuple[int, int]) -> Array:
    """Boxes cut off at the edges of an image of `size` (height, width): (N, 4) → (N, 4).

    As torchvision.ops.clip_boxes_to_image.

    >>> clip_boxes_to_image([[-2, 1, 9, 3]], (4, 8))
    array([[0, 1, 8, 3]])
    """
    corners = boxes_of("clip_boxes_to_image", boxes)
    sides = numeric("clip_boxes_to_image", size, "size")
    if sides.shape != (2,) or not (sides >= 0).all():
        raise ValueError(f"clip_boxes_to_image: size must be (height, width), but is {size!r}")
    edges = sides[[1, 0, 1, 0]].astype(corners.dtype)
    cut: Array = np.minimum(np.maximum(corners, corners.dtype.type(0)), edges)
    return cut


def boxes_of(operation: str, boxes: ArrayLike) -> Array:
    """`boxes` as finite numbers (N, 4), with x1 ≤ x2 and y1 ≤ y2; integers in 64 bits.

    >>> boxes_of("nms", [[3, 0, 1, 2]])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: nms: the box [3, 0, 1, 2] is not (x1, y1, x2, y2) with x1 ≤ x2 and y1 ≤ y2, ...
    """
    return ordered(operation, four(operation, boxes))


def four(operation: str, boxes: ArrayLike) -> Array:
    """`boxes` as numbers (N, 4); integers in 64 bits."""
    array = numeric(operation, boxes, "array of boxes")
    if array.size == 0 and array.ndim == 1:
        array = array.reshape(0, 4)
    if array.ndim != 2 or array.shape[1] != 4:
        raise ValueError(f"{operation}: boxes have shape (N, 4), not {array.shape}")
    return array.astype(np.int64, copy=False) if array.dtype.kind in "iu" else array


def ordered(operation: str, boxes: Array) -> Array:
    """`boxes`, unless one has its edges the wrong way round."""
    right = (boxes[:, :2] <= boxes[:, 2:]).all(axis=1) & np.isfinite(boxes).all(axis=1)
    wrong = np.flatnonzero(~right)
    if wrong.size:
        raise ValueError(
            f"{operation}: the box {boxes[wrong[0]].tolist()} is not (x1, y1, x2, y2) "
            "with x1 ≤ x2 and y1 ≤ y2, all finite"
        )
    return boxes


def _areas(boxes: Array) -> Array:
    with np.errstate(over="ignore"):
        areas: Array = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return areas


def _iou(first: Array, second: Array) -> tuple[Array, Array]:
    """The IoU of each with each, (N, M), and the union's area."""
    low = np.maximum(first[:, np.newaxis, :2], second[:, :2])
    high = np.minimum(first[:, np.newaxis, 2:], second[:, 2:])
    # Areas beyond the largest float are ∞; two boxes without area have 0/0.
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        both = np.maximum(high - low, 0).prod(axis=2)
        union = _areas(first)[:, np.newaxis] + _areas(second) - both
        return both / union, union
