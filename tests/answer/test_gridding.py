"""A check tried on every variant, up to the first that contradicts the stored answer."""

from __future__ import annotations

from collections.abc import Callable

from quizcnn.answer import gridding
from quizcnn.answer.gridding import Sweep, sweep
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question

Make = Callable[..., Question]


def test_a_check_that_holds_everywhere(strided: Question, worker: Checker) -> None:
    found = sweep(strided, strided.check, worker)
    assert found == Sweep("it holds on all 3 variants", 3, 3)


def test_the_first_variant_that_contradicts_it_is_told(question: Make, worker: Checker) -> None:
    """4 + 4 and 4 · 4 differ, 2 + 2 and 2 · 2 do not: so from n = 2 on the first is n = 3."""
    one = question(given={"n": 2}, vary={"n": range(2, 6)}, answer="n * n", check="n * n")
    found = sweep(one, "n + n", worker)
    assert found is not None
    assert found.against is not None
    assert found.against.given == {"n": 3}
    assert found.words == (
        "first fails at n = 3: The stored answer is 9, but the check computes 6."
    )


def test_where_it_cannot_be_computed_it_contradicts_nothing(
    question: Make, worker: Checker
) -> None:
    """A kernel of 4×4 fits into images of 4 and 5, and not into one of 3."""
    one = question(given={"n": 5}, vary={"n": range(3, 6)}, answer="n", check="n")
    code = "n + 0 * conv2d(ramp(n, n), ones(4, 4)).size"
    found = sweep(one, code, worker)
    assert found is not None
    assert found.words == "it holds on 2 of all 3 variants, and cannot be computed on the others"
    found = sweep(one, "conv2d(ones(2, 2), ones(4, 4)).size", worker)
    assert found is not None
    assert found.words == "it can be computed on no variant"


def test_a_large_grid_is_tried_in_part_and_that_is_said(
    question: Make, worker: Checker, monkeypatch: object
) -> None:
    one = question(given={"n": 0}, vary={"n": range(gridding.MOST + 5)}, answer="n", check="n")
    found = sweep(one, "n", worker)
    assert found is not None
    assert found.words == "it holds on the first 400 of 405 variants"


def test_one_that_is_not_wanted_any_more_is_dropped(question: Make, worker: Checker) -> None:
    one = question(given={"n": 0}, vary={"n": range(50)}, answer="n", check="n")
    asked: list[int] = []

    def wanted() -> bool:
        asked.append(1)
        return len(asked) < 3

    assert sweep(one, "n", worker, wanted) is None
    assert len(asked) == 3


def test_a_question_without_a_grid_says_so(question: Make, worker: Checker) -> None:
    found = sweep(question(), "6", worker)
    assert found is not None
    assert found.words == "it holds on the question's only variant"
    found = sweep(question(given={"n": "m"}), "6", worker)
    assert found is not None
    assert found.words.startswith("the variants cannot be computed: ")
