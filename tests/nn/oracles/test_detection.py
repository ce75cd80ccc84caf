"""Detection against the same in PyTorch's tensors, written as torchvision writes it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcnn import nn

torch = pytest.importorskip("torch")


def box_iou(first, second):
    """torchvision.ops.box_iou: intersections by clamping, areas broadcast."""
    low = torch.max(first[:, None, :2], second[:, :2])
    high = torch.min(first[:, None, 2:], second[:, 2:])
    shared = (high - low).clamp(min=0).prod(dim=2)
    areas = [(b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) for b in (first, second)]
    union = areas[0][:, None] + areas[1] - shared
    return shared / union, union


def generalized(first, second):
    ratio, union = box_iou(first, second)
    low = torch.min(first[:, None, :2], second[:, :2])
    high = torch.max(first[:, None, 2:], second[:, 2:])
    hull = (high - low).clamp(min=0).prod(dim=2)
    return ratio - (hull - union) / hull


def nms(boxes, scores, threshold):
    """torchvision's nms on the CPU: a stable sort, then marks of what is suppressed."""
    order = scores.sort(stable=True, descending=True)[1].tolist()
    ratio = box_iou(boxes, boxes)[0]
    suppressed, kept = set(), []
    for i, best in enumerate(order):
        if best in suppressed:
            continue
        kept.append(best)
        suppressed.update(other for other in order[i + 1 :] if ratio[best, other] > threshold)
    return kept


def boxes_of(number, kind, dtype, seed):
    """Boxes with whole or broken edges, some of them without area."""
    generator = np.random.default_rng([seed, number])
    corners = generator.random((number, 2, 2)) * 10
    if kind == "whole":
        corners = np.round(corners)
    return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1).astype(dtype)


GRID = list(product((0, 1, 7, 40), ("whole", "broken"), (np.float64, np.float32), range(10)))


def test_iou(ran, close):
    for number, kind, dtype, seed in GRID:
        case = (number, kind, dtype, seed)
        first, second = boxes_of(number, kind, dtype, seed), boxes_of(9, kind, dtype, seed + 50)
        a, b = torch.from_numpy(first), torch.from_numpy(second)
        close(nn.box_iou(first, second), box_iou(a, b)[0].numpy(), case)
        close(nn.generalized_box_iou(first, second), generalized(a, b).numpy(), case)
    ran(2 * len(GRID), "box_iou")


def test_nms(ran):
    """Scores with many ties."""
    cases = 0
    for (number, kind, dtype, seed), threshold in product(GRID, (0.0, 0.1, 0.5, 0.9)):
        boxes = boxes_of(number, kind, dtype, seed)
        scores = np.random.default_rng(seed).integers(0, 5, number).astype(dtype)
        expected = nms(torch.from_numpy(boxes), torch.from_numpy(scores), threshold)
        assert nn.nms(boxes, scores, threshold).tolist() == expected, (number, kind, seed)
        cases += 1
    ran(cases)
