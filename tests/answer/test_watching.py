"""The windows to be watched: the check's own, those of each option, those of a slip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizcnn.answer.graded import Asked
from quizcnn.answer.grading import grade
from quizcnn.answer.reading import read
from quizcnn.answer.watching import watchable, watched
from quizcnn.check.job import Checker
from quizcnn.check.sliding import Sliding
from quizcnn.deck.model import Option, Place, Wrong

Make = Callable[..., Asked]
PLACE = Place("deck.yaml", 1)


def graded(asked: Asked, typed: str, checker: Checker) -> Any:
    return grade(asked, read(asked, typed), checker)  # type: ignore[arg-type]


def test_of_a_choice_each_options_windows_are_watched(asked: Make, worker: Checker) -> None:
    """Its check runs once for each option: the strides tell whose window it is."""
    choice = asked(
        "choice",
        check="conv2d(ramp(4, 4), ones(2, 2), stride=s).shape == (2, 2)",
        answer=(Option("stride two", {"s": 2}, PLACE),),
        wrong=(Wrong("", PLACE, text="stride one", given={"s": 1}),),
    )
    found = watched(graded(choice, "a", worker))
    strides = {each.whose: each.window.stride for each in found if isinstance(each.window, Sliding)}
    assert strides == {"Option: stride two": (2, 2), "Option: stride one": (1, 1)}


def test_the_window_of_a_check_is_its_own(asked: Make, worker: Checker) -> None:
    number = asked(given={"n": 3}, answer="4", check="conv2d(ramp(n, n), ones(2, 2)).size")
    assert [each.whose for each in watched(graded(number, "4", worker))] == [""]


def test_where_nothing_slides_there_is_nothing_to_watch(asked: Make, worker: Checker) -> None:
    assert not watchable(graded(asked(), "6", worker))
    assert not watchable(None)
