"""The slip behind a wrong answer, and wrong answers made by slips, on sums worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quizcnn.answer.comparing import same
from quizcnn.answer.slips import Distractor, Slip, distractors, name_slip
from quizcnn.check.job import Checker
from quizcnn.check.value import Value
from quizcnn.deck.model import Kind, Question, Variant
from quizcnn.deck.variants import variants

Make = Callable[..., Question]
Wrong = Callable[..., Any]


@pytest.fixture
def strided(question: Make) -> Question:
    """An image of 9×9, a kernel of 3×3, stride 2, padding 1: (9 + 2 − 3) // 2 + 1 = 5."""
    return question(
        "shape",
        given={"n": 9, "f": 3, "s": 2, "p": 1},
        vary={"n": range(9, 12)},
        answer="((n + 2*p - f) // s + 1, (n + 2*p - f) // s + 1)",
        check="conv2d(ramp(n, n), ones(f, f), stride=s, padding=p).shape",
    )


def slip(question: Question, value: Value, checker: Checker) -> Slip | None:
    return name_slip(question, Variant(0, question.given, question.given), 0, value, checker)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ((9, 9), "stride s left out"),  # 9 + 2 − 3 + 1
        ((4, 4), "padding p left out"),  # (9 − 3) // 2 + 1
    ],
)
def test_the_slip_behind_a_size(
    strided: Question, worker: Checker, value: Value, name: str
) -> None:
    found = slip(strided, value, worker)
    assert found is not None
    assert (found.name, found.value) == (name, value)


def test_the_right_answer_is_no_slip(strided: Question, worker: Checker) -> None:
    assert slip(strided, (5, 5), worker) is None


def test_what_no_slip_gives_has_no_name(strided: Question, worker: Checker) -> None:
    assert slip(strided, (77, 77), worker) is None


def test_one_operation_taken_for_another(question: Make, worker: Checker) -> None:
    """Of 1, 2, 3, 6 the largest is 6, the mean 3, the smallest 1."""
    pooling = question(
        answer="6", check="max_pool2d(np.array([[1, 2], [3, 6]]), 2)[0, 0]", given={}
    )
    for value, name in ((3, "average instead of max pooling"), (1, "min instead of max pooling")):
        found = slip(pooling, value, worker)
        assert found is not None
        assert found.name == name


def test_the_simplest_of_several_is_told(question: Make, worker: Checker) -> None:
    """With n = 4, stride 2 left out gives 4 + 0: so does n moved; the setting is told."""
    one = question(
        "shape",
        answer="(2, 2)",
        given={"n": 4},
        check="conv2d(ramp(n, n), ones(1, 1), stride=2).shape",
    )
    found = slip(one, (4, 4), worker)
    assert found is not None
    assert found.name == "stride 2 left out"


def test_two_that_are_equally_likely_are_not_guessed_at(question: Make, worker: Checker) -> None:
    """Either stride left out gives 5: which of them it was nobody knows."""
    one = question(
        answer="3",
        given={"n": 7},
        check="conv2d(ramp(n, n), ones(3, 3), stride=2).shape[0] + "
        "conv2d(ramp(n, n), ones(3, 3), stride=2).shape[0] - 3",
    )
    assert slip(one, 5, worker) is None


def test_a_number_of_the_check_s_own_moved_by_one_is_far_fetched(
    question: Make, worker: Checker
) -> None:
    one = question(answer="12", given={}, check="x = ramp(3)\nx.size * 4")
    assert slip(one, 15, worker) is None


@pytest.mark.parametrize("kind", ["true_false", "text", "recall"])
def test_a_verdict_has_no_slip_behind_it(question: Make, worker: Checker, kind: str) -> None:
    assert slip(question(kind, check="max_pool2d(ramp(2, 2), 2)[0, 0] == 3"), False, worker) is None


def test_a_check_that_contradicts_its_answer_names_nothing(question: Make, worker: Checker) -> None:
    assert slip(question(answer="7", check="max_pool2d(ramp(2, 2), 2)[0, 0]"), 1.5, worker) is None


def test_wrong_answers_come_from_slips_and_all_differ(strided: Question, worker: Checker) -> None:
    found = distractors(strided, worker)
    assert [(one.name, one.value) for one in found[:2]] == [
        ("stride s left out", (9, 9)),
        ("padding p left out", (4, 4)),
    ]
    assert len({one.value for one in found}) == len(found) == 3


def test_they_are_wrong_on_every_variant(strided: Question, worker: Checker) -> None:
    rights: list[Value] = [((n - 1) // 2 + 1,) * 2 for n in (9, 10, 11)]
    for one in distractors(strided, worker, limit=20):
        assert len(one.values) == len(variants(strided, worker)) == len(rights)
        assert not any(map(lambda a, b: same(Kind.SHAPE, a, b), one.values, rights))


def test_what_is_right_on_one_variant_is_none(question: Make, worker: Checker) -> None:
    """At p = 0 there is no padding to leave out."""
    one = question(
        "shape",
        given={"n": 6, "p": 1},
        vary={"p": range(3)},
        answer="(n + 2*p - 2, n + 2*p - 2)",
        check="conv2d(ramp(n, n), ones(3, 3), padding=p).shape",
    )
    names = [distractor.name for distractor in distractors(one, worker, limit=20)]
    assert "padding p left out" not in names
    assert "stride 2 added" in names


def test_what_the_question_lists_already_is_not_proposed(
    question: Make, wrong: Wrong, strided: Question, worker: Checker
) -> None:
    listed = question(
        "shape",
        given=strided.given,
        vary=strided.vary,
        answer=strided.answer,
        check=strided.check,
        wrong=(wrong("The stride was left out.", given={"s": 1}),),
    )
    found: tuple[Distractor, ...] = distractors(listed, worker)
    assert (9, 9) not in [one.value for one in found]


def test_a_verdict_has_no_wrong_answers_but_one(question: Make, worker: Checker) -> None:
    assert distractors(question("true_false", check="True"), worker) == ()
