"""Calls that are alike are looked at once: nothing gets by that a look would have stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from quizcnn.check import calls
from quizcnn.check.alike import ARGUMENTS, LETTERS, MOST, Alike, Seen, alike, remember
from quizcnn.check.calls import Run, call
from quizcnn.check.limits import LimitError, RaisedError
from quizcnn.check.table import TABLE


def _alike(name: str, *args: Any, **keywords: Any) -> Alike | None:
    return alike(TABLE[name], args, keywords)


def test_values_of_one_shape_are_alike() -> None:
    """Of the arrays only their shape counts where the size is reckoned from that alone."""
    one, other = np.ones((4, 4)), np.zeros((4, 4))
    assert _alike("max_pool2d", one, 2) == _alike("max_pool2d", other, 2) is not None
    assert _alike("max_pool2d", one, 2) != _alike("max_pool2d", one[:3], 2)
    assert _alike("max_pool2d", one, 2) != _alike("avg_pool2d", one, 2)


def test_equal_values_of_other_types_are_not_alike() -> None:
    """1, 1.0 and True are equal to Python; a shape and a tuple of its sides are, too."""
    kinds = [_alike("ramp", value) for value in (1, 1.0, True, None, "1", (1,))]
    assert len(set(kinds)) == len(kinds)
    shaped, sides = np.ones((4, 4)), (4, 4)
    assert _alike("np.abs", shaped) != _alike("np.abs", sides)
    assert _alike("full", (2, 2), 1) != _alike("full", (2, 2), value=1)


@pytest.mark.parametrize(
    "args",
    [
        ([1, 2],),
        (np.float64(1.0),),
        ((1, (2, 3)),),
        ((1, 2.0),),
        (2**63,),
        ("x" * (LETTERS + 1),),
        (1,) * (ARGUMENTS + 1),
        (object(),),
    ],
)
def test_whatever_must_be_looked_at_is_like_nothing(args: tuple[Any, ...]) -> None:
    """Lists, large integers, long texts, and all that is neither number, text nor array."""
    assert _alike("ramp", *args) is None


def test_arrays_whose_values_count_are_like_nothing() -> None:
    """How often an array is repeated may stand in another one."""
    assert _alike("np.repeat", np.ones(3), np.array([1, 2, 3])) is None
    assert _alike("np.repeat", np.ones(3), repeats=np.array([1, 2, 3])) is None


def test_the_second_of_two_alike_is_bounded_as_the_first() -> None:
    """Room is asked for and values are counted at each call, and what fails is never kept."""
    run = Run(0)
    for _ in range(32):
        call(TABLE["ones"], (1000, 1000), {}, run, None)
    with pytest.raises(LimitError, match="values together"):
        call(TABLE["ones"], (1000, 1000), {}, run, None)
    for _ in range(2):
        with pytest.raises(LimitError, match="at once"):
            call(TABLE["ones"], (3000, 3000), {}, Run(0), None)
        with pytest.raises(RaisedError, match="no text"):
            call(TABLE["np.abs"], ("text",), {}, Run(0), None)


def test_a_look_costs_the_same_steps_each_time() -> None:
    """A tuple that is gone through counts as often as it is given."""
    spent = []
    calls._SEEN.clear()
    for _ in range(3):
        run = Run(0)
        call(TABLE["ones"], ((2, 3),), {}, run, None)
        spent.append(run.budget.steps)
    assert len(set(spent)) == 1
    assert spent[0] > 0


def test_what_was_seen_once_still_draws_from_its_own_seed(value: Callable[..., Any]) -> None:
    """Two jobs with the same call and other seeds draw other numbers."""
    first, second = (value("normal(2, 2)", seed=seed) for seed in (1, 2))
    assert first != second
    assert first == value("normal(2, 2)", seed=1)


def test_an_operation_handed_on_is_looked_at_anew_where_its_arguments_change(
    value: Callable[..., Any],
) -> None:
    """A lambda may give an operation another shape at each call."""
    code = "f = lambda g, x: g(x, 2).size\n[f(max_pool2d, ramp(n, n)) for n in (4, 6, 4, 8)]"
    assert value(code) == (4, 9, 4, 16)
    handed = "grad(max_pool2d, ramp(2, 2), 2), grad(max_pool2d, ramp(4, 4), 2).sum()"
    assert value(handed)[1] == 4.0


def test_there_are_only_so_many() -> None:
    """When there are too many kinds of calls, it begins anew."""
    found: dict[Alike, Seen] = {}
    for index in range(MOST + 1):
        remember(found, (index,), Seen(0, 0, False, len))
    assert len(found) == 1
