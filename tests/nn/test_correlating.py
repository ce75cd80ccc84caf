"""Sums in tiles, and whole numbers by way of doubles: nothing of it shows in the result."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn import correlating
from quizcnn.nn.arrays import equal, integers, ones
from quizcnn.nn.backward_convolution import conv2d_backward
from quizcnn.nn.convolution import conv2d, conv3d
from quizcnn.nn.correlating import exact_in_doubles, tiles
from quizcnn.nn.transposed import conv_transpose2d

side = st.integers(1, 7)


@given(st.integers(0, 3), st.lists(side, min_size=1, max_size=3), side, st.integers(1, 60))
def test_tiles_cover_everything_once(images, size, cells, block):
    seen = np.zeros((images, 1, *size), int)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correlating, "BLOCK", block)
        for tile in tiles(images, tuple(size), cells):
            seen[tile] += 1
            assert seen[tile].size * cells <= max(block, cells)
    assert (seen == 1).all()


def whole_numbers(largest, seed):
    """Numbers up to `largest` in size, both signs."""
    return lambda *shape: integers(*shape, low=-largest, high=largest + 1, seed=seed)


@pytest.mark.parametrize("largest", [3, 2**20, 2**24, 2**30])
def test_whole_numbers_are_exact_whichever_way(largest, monkeypatch):
    """As large as 2³⁰ · 2³⁰ · 9 · 8, where doubles would round and are not used."""
    monkeypatch.setattr(correlating, "SMALL", 0)
    x, weight = whole_numbers(largest, 0)(8, 9, 9), whole_numbers(largest, 1)(4, 8, 3, 3)
    out = conv2d(x, weight)
    row = sum(
        int(a) * int(b) for a, b in zip(x[:, 2:5, 4:7].ravel(), weight[3].ravel(), strict=True)
    )
    assert out.dtype == np.int64 and int(out[3, 2, 4]) == row
    sent = whole_numbers(largest, 2)(*out.shape)
    back = conv2d_backward(sent, x, weight)
    met = sum(int(a) * int(b) for a, b in zip(x[5, 1:8, 2:9].ravel(), sent[2].ravel(), strict=True))
    assert int(back.weight[2, 5, 1, 2]) == met
    assert equal(back.input, conv_transpose2d(sent, weight))


def test_doubles_serve_as_long_as_they_are_exact():
    """The smallest integer counts by its size, and floats need no such question."""
    one, low = np.array([1]), np.array([np.iinfo(np.int64).min])
    assert exact_in_doubles(one, one, 2**53 - 1)
    assert not exact_in_doubles(one, one, 2**53)
    assert not exact_in_doubles(low, one, 1)
    assert not exact_in_doubles(one * 1.0, one * 1.0, 1)
    assert not exact_in_doubles(one[:0], one, 1)


@pytest.mark.parametrize(
    "run",
    [
        lambda: conv2d(ones(8, 120, 120), ones(2, 8, 7, 7)),
        lambda: conv2d(ones(8, 120, 120), ones(8, 1, 7, 7), groups=8),
        lambda: conv3d(ones(4, 24, 40, 40), ones(2, 4, 3, 3, 3)),
        lambda: conv_transpose2d(ones(8, 60, 60), ones(8, 2, 7, 7), stride=2),
        lambda: conv2d_backward(ones(2, 114, 114), ones(8, 120, 120), ones(2, 8, 7, 7)),
    ],
)
def test_columns_need_no_more_than_a_few_tiles(run):
    """All columns at once would be millions of values, images and tiles are far fewer."""
    run()
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    largest = math.prod((8, 120, 120))
    assert peak < 8 * (4 * largest + 2 * correlating.BLOCK)
