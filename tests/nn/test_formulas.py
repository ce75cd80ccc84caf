"""Formulas are tested by putting in numbers, all of a grid."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.arrays import ones
from quizcnn.nn.convolution import conv2d
from quizcnn.nn.formulas import agree, counterexample
from quizcnn.nn.layers import Conv2d
from quizcnn.nn.receptive import receptive_field


def output_size(n: int, k: int, s: int, p: int) -> tuple[int, int]:
    side = (n + 2 * p - k) // s + 1
    return side, side


def really(n: int, k: int, s: int, p: int) -> tuple[int, ...]:
    return conv2d(ones(n, n), ones(k, k), stride=s, padding=p).shape


def test_the_output_size_of_a_convolution_is_its_formula() -> None:
    assert agree(output_size, really, range(4, 9), range(1, 5), range(1, 4), range(3))


def test_a_formula_that_forgets_the_stride_fails_at_the_first_stride_of_2() -> None:
    values = counterexample(
        lambda n, k, s, p: (n + 2 * p - k + 1,) * 2, really, [6, 7], [3], [1, 2, 3], [0, 1]
    )
    assert values == (6, 3, 2, 0)


def test_receptive_field_of_a_stack_of_equal_convolutions() -> None:
    assert agree(
        lambda n, k: n * (k - 1) + 1,
        lambda n, k: receptive_field([Conv2d(1, 1, k)] * n),
        range(1, 20),
        [1, 2, 3, 5, 7],
    )


def test_where_leaves_out_what_is_not_meant() -> None:
    """A kernel larger than its image has no place to stand; what is raised there is passed on."""
    valid = lambda n, k: (n - k + 1,) * 2  # noqa: E731
    measured = lambda n, k: conv2d(ones(n, n), ones(k, k)).shape  # noqa: E731
    assert agree(valid, measured, range(1, 6), range(1, 6), where=lambda n, k: k <= n)
    with pytest.raises(ValueError, match="does not fit"):
        agree(valid, measured, range(1, 6), range(1, 6))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (3, 3, True),
        (3, 3.0, True),
        (10**40, 10**40 + 1, False),
        (10**40, float(10**40), True),
        (2**53 + 1, 2**53, False),
        (0.1 + 0.2, 0.3, True),
        (1e-12, 0, True),
        (1e12, 1e12 + 1, True),
        (1.0, 1.001, False),
        (math.inf, math.inf, True),
        (math.inf, 1e300, False),
        (math.nan, math.nan, False),
        (True, np.True_, True),
        (True, False, False),
        (np.int64(3), 3, True),
        ((6, 6), [6, 6], True),
        ((6, 6), (6, 6, 6), False),
        ((6, (1, 0.1 + 0.2)), (6, (1, 0.3)), True),
        ((6, 6), np.array([6, 6]), True),
        (np.ones((2, 2)), np.ones((2, 2)) + 1e-12, True),
        (np.ones((2, 2)), np.ones(4), False),
        (np.ones(1), 1, False),
        ("same", "same", True),
        ("same", "valid", False),
        (None, 3, False),
        (Conv2d(1, 1, 3), Conv2d(1, 1, 3), True),
        ((), (), True),
    ],
)
def test_what_counts_as_equal(a: object, b: object, same: bool) -> None:
    assert agree(lambda n: a, lambda n: b, [1]) is same
    assert counterexample(lambda n: b, lambda n: a, [7]) == (None if same else (7,))


def test_tolerance_can_be_given() -> None:
    assert agree(lambda n: n, lambda n: n + 0.01, [1.0, 2.0], tolerance=0.02)
    assert not agree(lambda n: n, lambda n: n + 0.01, [1.0, 2.0], tolerance=0)


def test_ranges_may_be_lists_tuples_arrays_of_anything() -> None:
    assert agree(
        lambda n, p, f: f(n),
        lambda n, p, f: abs(n),
        np.array([-1, 2]),
        ("same", "valid"),
        [abs, lambda n: max(n, -n)],
    )


@pytest.mark.parametrize(
    ("ranges", "options", "message"),
    [
        ([], {}, "a range for each argument is needed"),
        ([5], {}, "a range lists the values of one argument"),
        (["abc"], {}, "a range lists the values of one argument"),
        ([np.array(3)], {}, "is one number"),
        ([[]], {}, "proves nothing"),
        ([[1, 2]], {"where": lambda n: n > 5}, "proves nothing"),
        ([[1, 2]], {"where": lambda n: n}, "where must be True or False, but is 1"),
        ([range(101), range(100)], {}, "10,100 combinations, 10,000 are tried"),
        ([range(10**12)], {}, "are tried at most"),
        ([[1]], {"tolerance": -1}, "tolerance must be a number of at least 0"),
        ([[1]], {"tolerance": math.nan}, "tolerance must be a number of at least 0"),
    ],
)
def test_what_proves_nothing_or_takes_too_long_is_refused(ranges, options, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        agree(lambda *n: 0, lambda *n: 0, *ranges, **options)


def test_what_is_compared_are_functions() -> None:
    with pytest.raises(ValueError, match=r"agree compares functions, such as .* but here is 5"):
        agree(lambda n: n, 5, [5])  # type: ignore[arg-type]


def test_ten_thousand_combinations_are_tried() -> None:
    tried = []
    assert agree(lambda a, b: tried.append((a, b)), lambda a, b: None, range(100), range(100))
    assert len(set(tried)) == 10_000


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=4), st.integers(-9, 9), st.integers(0, 3))
def test_polynomials_that_differ_are_told_apart(
    coefficients: list[int], change: int, place: int
) -> None:
    """Two polynomials of degree d that agree at d + 1 places are the same."""
    other = list(coefficients)
    other[place % len(other)] += change

    def value(polynomial: list[int], n: int) -> int:
        return sum(c * n**power for power, c in enumerate(polynomial))

    same = agree(
        lambda n: value(coefficients, n), lambda n: value(other, n), range(len(coefficients) + 1)
    )
    assert same == (change == 0)
