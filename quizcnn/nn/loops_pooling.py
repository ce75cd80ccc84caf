"""The backward passes of pooling once more, as loops to read: who gets how much of a gradient.

As `loops`, for readers: x is (N, C, H, W), sizes are pairs (height, width), nothing is checked, and
the tests hold the fast ones against these.
"""

from __future__ import annotations

import numpy as np

from quizcnn.nn.arguments import Array


def max_pool2d_backward_loops(
    grad_output: Array,
    x: Array,
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int] = (0, 0),
    dilation: tuple[int, int] = (1, 1),
) -> Array:
    """For each window: find the first largest value, and give its place the window's gradient.

    >>> x, grad = np.array([[[[1, 3], [3, 2]]]]), np.array([[[[10.0]]]])
    >>> max_pool2d_backward_loops(grad, x, (2, 2), (2, 2))
    array([[[[ 0., 10.],
             [ 0.,  0.]]]])
    """
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        winner = None
        for row, column in _cells(x, (i, j), kernel, stride, padding, dilation):
            if winner is None or x[n, c, row, column] > x[n, c, winner[0], winner[1]]:
                winner = row, column
        if winner is not None:
            out[n, c, winner[0], winner[1]] += grad_output[n, c, i, j]
    return out


def avg_pool2d_backward_loops(
    grad_output: Array,
    x: Array,
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int] = (0, 0),
    count_include_pad: bool = True,
) -> Array:
    """For each window: give each of its cells the same share of the window's gradient.

    >>> avg_pool2d_backward_loops(np.array([[[[8.0]]]]), np.zeros((1, 1, 2, 2)), (2, 2), (2, 2))
    array([[[[2., 2.],
             [2., 2.]]]])
    """
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        cells = _cells(x, (i, j), kernel, stride, padding)
        shares = kernel[0] * kernel[1] if count_include_pad else len(cells)
        for row, column in cells:
            out[n, c, row, column] += grad_output[n, c, i, j] / shares
    return out


def _cells(
    x: Array,
    place: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int] = (1, 1),
) -> list[tuple[int, int]]:
    """The cells of the image under a window, row by row, without the padding."""
    cells = []
    for u in range(kernel[0]):
        for v in range(kernel[1]):
            row = place[0] * stride[0] + u * dilation[0] - padding[0]
            column = place[1] * stride[1] + v * dilation[1] - padding[1]
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                cells.append((row, column))
    return cells
