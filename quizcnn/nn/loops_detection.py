"""Object detection once more, as loops to read: one box, one pair of boxes at a time.

As `loops`, for readers: nothing is checked, and the tests hold the fast ones against these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Box: TypeAlias = Sequence[float]


def iou_loops(a: Box, b: Box) -> float:
    """The area that two boxes (x1, y1, x2, y2) share over the area that they cover together.

    >>> iou_loops([0, 0, 2, 2], [1, 0, 3, 2]) == 2 / 6
    True
    """
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    # Boxes that lie apart have a negative "width" or "height" in common.
    shared = width * height if width > 0 and height > 0 else 0.0
    together = _area(a) + _area(b) - shared
    return shared / together if together else float("nan")


def nms_loops(boxes: Sequence[Box], scores: Sequence[float], iou_threshold: float) -> list[int]:
    """From the best box to the worst: it is kept unless one kept before overlaps it too much.

    >>> nms_loops([[0, 0, 2, 2], [0, 0, 2, 3], [5, 5, 6, 6]], [0.8, 0.9, 0.3], 0.5)
    [1, 2]
    """
    kept: list[int] = []
    while len(kept) < len(boxes):
        best = None
        for candidate in range(len(boxes)):
            if candidate in kept:
                continue
            overlaps = False
            for other in kept:
                if iou_loops(boxes[candidate], boxes[other]) > iou_threshold:
                    overlaps = True
            if not overlaps and (best is None or scores[candidate] > scores[best]):
                best = candidate
        if best is None:
            break
        kept.append(best)
    return kept


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
