"""Boxes by hand, then against the loops, then what has to hold whatever the boxes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.detection import (
    box_area,
    box_convert,
    box_iou,
    clip_boxes_to_image,
    generalized_box_iou,
    iou,
    nms,
)
from quizcnn.nn.loops_detection import iou_loops, nms_loops


def test_iou_by_hand():
    """Two 2×2 boxes that share a 1×1 corner: 1 / (4 + 4 − 1)."""
    assert iou([0, 0, 2, 2], [1, 1, 3, 3]) == 1 / 7
    assert iou([0, 0, 4, 4], [1, 1, 3, 3]) == 4 / 16
    assert iou([0, 0, 2, 2], [0, 0, 2, 2]) == 1
    assert iou([0, 0, 2, 2], [2, 0, 4, 2]) == 0, "they only touch"
    assert iou([0, 0, 1, 1], [5, 5, 6, 6]) == 0
    assert math.isnan(iou([1, 1, 1, 1], [1, 1, 1, 1]))


def test_areas_by_hand():
    assert box_area([[0, 0, 3, 2], [1, 1, 1, 5]]).tolist() == [6, 0]
    assert box_area([[0, 0, 200, 200]]).dtype == np.int64
    assert box_area(np.array([[0, 0, 200, 200]], np.uint8)).tolist() == [40_000]
    assert box_area([]).shape == (0,)


def test_generalized_iou_by_hand():
    """Two unit boxes 2 apart: the hull is 4 wide, half of it is neither."""
    assert generalized_box_iou([[0, 0, 1, 1]], [[3, 0, 4, 1]]).tolist() == [[-0.5]]
    assert generalized_box_iou([[0, 0, 1, 1]], [[0, 0, 1, 1]]).tolist() == [[1.0]]


def test_nms_by_hand():
    """The best suppresses its neighbour, the far one stays."""
    boxes = [[0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30]]
    assert nms(boxes, [0.9, 0.8, 0.7], 0.5).tolist() == [0, 2]
    assert nms(boxes, [0.8, 0.9, 0.95], 0.5).tolist() == [2, 1]
    assert nms(boxes, [0.9, 0.8, 0.7], 0.7).tolist() == [0, 1, 2]


def test_an_iou_of_exactly_the_threshold_is_not_suppressed():
    """[0, 2] and [1, 2] share half of what they cover."""
    assert nms([[0, 0, 2, 1], [1, 0, 2, 1]], [1, 0], 0.5).tolist() == [0, 1]
    assert nms([[0, 0, 2, 1], [1, 0, 2, 1]], [1, 0], 0.49).tolist() == [0]


def test_of_equal_scores_the_lower_index_comes_first():
    far = [[10 * i, 0, 10 * i + 1, 1] for i in range(30)]
    assert nms(far, [0.5] * 30, 0.5).tolist() == list(range(30))
    assert nms([[0, 0, 1, 1]] * 3, [1, 1, 1], 0.5).tolist() == [0]


def test_a_suppressed_box_suppresses_none():
    """The middle one goes, so the last stays, which only overlaps the middle one."""
    boxes = [[0, 0, 4, 1], [1, 0, 5, 1], [2, 0, 6, 1]]
    assert nms(boxes, [3, 2, 1], 0.5).tolist() == [0, 2]


def test_no_boxes():
    assert nms([], [], 0.5).tolist() == []
    assert nms(np.zeros((0, 4)), np.zeros(0), 0.5).dtype == np.int64
    assert box_iou(np.zeros((0, 4)), [[0, 0, 1, 1]]).shape == (0, 1)


def test_formats_by_hand():
    assert box_convert([[1, 2, 5, 4]], "xyxy", "xywh").tolist() == [[1, 2, 4, 2]]
    assert box_convert([[1, 2, 4, 2]], "xywh", "cxcywh").tolist() == [[3, 3, 4, 2]]
    assert box_convert([[3, 3, 4, 2]], "cxcywh", "xyxy").tolist() == [[1, 2, 5, 4]]


def test_clipping_by_hand():
    """The size is (height, width), the boxes are x first."""
    assert clip_boxes_to_image([[-1, -1, 9, 9]], (4, 6)).tolist() == [[0, 0, 6, 4]]


numbers = st.integers(0, 12)
box = st.tuples(numbers, numbers, numbers, numbers).map(
    lambda c: [min(c[0], c[2]), min(c[1], c[3]), max(c[0], c[2]), max(c[1], c[3])]
)
boxes = st.lists(box, min_size=1, max_size=8)


@given(boxes, boxes)
def test_iou_is_the_loops(first, second):
    expected = [[iou_loops(a, b) for b in second] for a in first]
    assert np.array_equal(box_iou(first, second), expected, equal_nan=True)
    assert np.array_equal(iou(first[0], second[0]), expected[0][0], equal_nan=True)


@given(boxes, st.randoms(use_true_random=False), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
def test_nms_is_the_loops(several, random, threshold):
    scores = [random.randint(0, 3) for _ in several]
    assert nms(several, scores, threshold).tolist() == nms_loops(several, scores, threshold)


@given(boxes, boxes)
def test_generalized_iou_is_iou_at_most(first, second):
    ratio, general = box_iou(first, second), generalized_box_iou(first, second)
    known = ~np.isnan(general)
    assert (general[known] <= ratio[known] + 1e-12).all()
    assert (general[known] >= -1).all()


@given(boxes)
def test_formats_lead_back(several):
    for between in ("xywh", "cxcywh"):
        there = box_convert(several, "xyxy", between)
        assert box_convert(there, between, "xyxy").tolist() == several


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: box_iou([[0, 0, 1]], [[0, 0, 1, 1]]), r"box_iou: boxes have shape \(N, 4\)"),
        (lambda: nms([[2, 0, 1, 1]], [1], 0.5), r"nms: the box \[2, 0, 1, 1\] is not"),
        (lambda: nms([[0, 0, 1, 1]], [1, 2], 0.5), r"1 boxes need scores of shape \(1,\)"),
        (lambda: nms([[0, 0, 1, 1]], [np.nan], 0.5), "NaN, which cannot be compared"),
        (lambda: iou([[0, 0, 1, 1]], [0, 0, 1, 1]), "iou: takes two boxes"),
        (lambda: iou([0, 0, 1], [0, 0, 1, 1]), "iou: takes two boxes"),
        (lambda: iou([0, np.nan, 1, 1], [0, 0, 1, 1]), "iou: the box .* is not"),
        (lambda: iou([0, 0, np.inf, 1], [0, 0, 1, 1]), "iou: the box .* is not"),
        (lambda: box_area("box"), "box_area: the array of boxes must be numbers"),
        (
            lambda: box_convert([[0, 0, 1, 1]], "xxyy", "xyxy"),
            "in_fmt must be",
        ),
        (lambda: box_convert([[0, 0, -1, 1]], "xywh", "xyxy"), "a width or a height is negative"),
        (lambda: clip_boxes_to_image([[0, 0, 1, 1]], (1, 2, 3)), "size must be"),
    ],
)
def test_what_is_no_box_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
