import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.anchoring import anchors, decode_boxes, encode_boxes
from quizcnn.nn.detection import box_area, box_convert


def test_one_cell_by_hand():
    """Around (8, 8): 32 × 32; with ratio 4 twice as high and half as wide."""
    assert anchors(1, 1, 16, 32, 1).tolist() == [[-8, -8, 24, 24]]
    assert anchors(1, 1, 16, 32, 4).tolist() == [[0, -24, 16, 40]]


def test_cells_go_row_by_row():
    centres = box_convert(anchors(2, 3, (4, 8), 2, 1), "xyxy", "cxcywh")[:, :2]
    assert centres.tolist() == [[4, 2], [12, 2], [20, 2], [4, 6], [12, 6], [20, 6]]


def test_ratios_first_then_sizes():
    """Faster R-CNN's nine: three ratios by three sizes."""
    nine = anchors(1, 1, 16, (128, 256, 512))
    sides = box_convert(nine, "xyxy", "xywh")[:, 2:]
    assert np.allclose(box_area(nine), [128**2, 256**2, 512**2] * 3)
    assert np.allclose(sides[:, 1] / sides[:, 0], [0.5] * 3 + [1] * 3 + [2] * 3)


def test_how_many():
    assert anchors(38, 50, 16, (128, 256, 512)).shape == (17_100, 4)
    assert anchors(0, 5, 16, 128).shape == (0, 4)


def test_encoding_by_hand():
    """Moved right by a half of its width of 4, twice as high."""
    [[x, y, w, h]] = encode_boxes([[2, -2, 6, 6]], [[0, 0, 4, 4]])
    assert (x, y, w) == (0.5, 0, 0)
    assert h == np.log(2)


coordinate = st.floats(-50, 50)
side = st.floats(0.5, 50)
box = st.tuples(coordinate, coordinate, side, side).map(
    lambda b: [b[0], b[1], b[0] + b[2], b[1] + b[3]]
)


@given(box, box)
def test_decoding_turns_encoding_round(wanted, given_box):
    offsets = encode_boxes([wanted], [given_box])
    assert np.allclose(decode_boxes(offsets, [given_box]), [wanted], atol=1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: anchors(-1, 1, 1, 1), "anchors: height must be at least 0, but is -1"),
        (lambda: anchors(1, 1, 0, 1), "anchors: stride must be at least 1"),
        (lambda: anchors(1, 1, 1, 0), "anchors: sizes must be positive numbers, but are 0"),
        (lambda: anchors(1, 1, 1, 1, (1, -2)), "anchors: ratios must be positive"),
        (lambda: encode_boxes([[0, 0, 0, 1]], [[0, 0, 1, 1]]), "a box has no area"),
        (lambda: encode_boxes([[0, 0, 1, 1]], [[0, 0, 1, 0]]), "a proposal has no area"),
        (lambda: encode_boxes([[0, 0, 1, 1]], [[0, 0, 1, 1]] * 2), "need as many proposals"),
        (lambda: decode_boxes([[0, 0, 1, 1]], [[0, 0, 1, 1]] * 2), "need as many proposals"),
        (lambda: decode_boxes([[0, 0, 1, 1]], [[0, 0, 0, 1]]), "decode_boxes: a proposal has no"),
    ],
)
def test_what_does_not_fit_is_said(call, message):
    with pytest.raises(ValueError, match=message):
        call()
