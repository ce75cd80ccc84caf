"""How many values losses and object detection in `quizcnn.nn` make."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizcnn.check.extents import EXPANDING, Arguments, count, extent, largest, volume


def _one_hot(a: Arguments) -> int:
    return volume(a["target"]) * max(count(a.get("num_classes")), largest(a["target"]) + 1)


def _pairs(a: Arguments) -> int:
    """For each pair of boxes the corners of what they share, and a few areas."""
    first, second = extent(a["boxes1"]), extent(a["boxes2"])
    return 8 * (first[0] if first else 1) * (second[0] if second else 1)


def _suppression(a: Arguments) -> int:
    """A share of all pairs of boxes: they are looked at one box after another."""
    boxes = extent(a["boxes"])
    number = boxes[0] if boxes else 1
    return max(8 * number, number**2 // EXPANDING)


def _anchors(a: Arguments) -> int:
    """Four numbers for each anchor, and as many for the middle that it stands around."""
    kinds = max(volume(a["sizes"]), 1) * max(volume(a.get("ratios", (1, 1, 1))), 1)
    return 4 * max(count(a["height"]), 1) * max(count(a["width"]), 1) * (kinds + 2)


LOSS_RULES: Mapping[str, Callable[[Arguments], int]] = {
    "one hot": _one_hot,
    "pairs of boxes": _pairs,
    "suppression": _suppression,
    "anchors": _anchors,
}
