"""Formulas are found where they are simple, and hold on all that was shown."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.answer import formula as module
from quizcnn.answer.formula import formula


def grid(**values: Any) -> list[dict[str, Any]]:
    return [dict(zip(values, each, strict=True)) for each in product(*values.values())]


@pytest.mark.parametrize(
    ("seen", "value", "found"),
    [
        (grid(n=range(5, 9), f=[2, 3]), lambda n, f: n - f + 1, "n - f + 1"),
        (grid(k=[3, 5, 7, 9]), lambda k: 2 * k, "2*k"),
        (grid(k=[3, 5, 7, 9]), lambda k: k * k, "k*k"),
        (grid(k=[3, 5, 7, 9]), lambda k: 7, "7"),
        (grid(h=[3, 4], w=[5, 7], k=[2, 3]), lambda h, w, k: h * w, "h*w"),
        (grid(c=[1, 3], m=[4, 8], k=[3, 5]), lambda c, m, k: m * c * k * k + m, None),
        (
            grid(n=range(6, 12), f=[2, 3], s=[1, 2, 3]),
            lambda n, f, s: (n - f) // s + 1,
            "(n - f) // s + 1",
        ),
        (
            grid(n=range(6, 10), f=[2, 3], p=[0, 1], s=[1, 2]),
            lambda n, f, p, s: (n + 2 * p - f) // s + 1,
            "(n + 2*p - f) // s + 1",
        ),
        (grid(n=range(5, 9), k=[2, 3]), lambda n, k: n // k, "n // k"),
        (grid(n=range(4, 9)), lambda n: -n, "-n"),
        (grid(c=[8, 12, 20], r=[3, 4]), lambda c, r: 2 * c * c // r, "2*c*c // r"),
    ],
)
def test_usual_formulas_are_found(
    seen: list[dict[str, int]], value: Callable[..., int], found: str | None
) -> None:
    """As one would write them; of a longer one it only counts that it is right."""
    values = [value(**one) for one in seen]
    text = formula(seen, values)
    assert text is not None
    assert found is None or text == found
    assert [eval(text, {}, dict(one)) for one in seen] == values


def test_each_number_of_a_shape_has_its_own() -> None:
    seen = grid(h=[4, 6, 8], w=[5, 7])
    assert formula(seen, [(3, one["h"], one["w"] - 1) for one in seen]) == "(3, h, w - 1)"
    assert formula(seen, [(one["h"],) for one in seen]) == "(h,)"


def test_where_there_is_none_none_is_claimed() -> None:
    seen = grid(n=range(4, 12))
    assert formula(seen, [2 ** one["n"] for one in seen]) is None
    assert formula(seen, [one["n"] / 3 for one in seen]) is None
    assert formula(seen, [True] * len(seen)) is None
    assert formula(seen, ["text"] * len(seen)) is None
    assert formula(seen, [float("nan")] * len(seen)) is None
    assert formula(seen, [(1,), (1, 2)] * 4) is None
    assert formula([], []) is None


def test_two_values_do_not_make_a_line() -> None:
    """Too few variants fit anything, so nothing is said."""
    assert formula(grid(n=[4, 5]), [9, 14]) is None


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), min_size=1, max_size=12, unique=True),
    st.data(),
)
def test_what_is_found_holds_on_all_that_was_shown(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    seen = [{"n": n, "k": k} for n, k in pairs]
    values = data.draw(st.lists(st.integers(0, 20), min_size=len(seen), max_size=len(seen)))
    text = formula(seen, values)
    if text is not None:
        assert [eval(text, {}, dict(one)) for one in seen] == values


def test_the_docstrings_examples_run() -> None:
    assert doctest.testmod(module).failed == 0
