"""Wrong answers made by slips, on sums worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizcnn.answer.comparing import same
from quizcnn.answer.slips import Distractor, distractors
from quizcnn.check.job import Checker
from quizcnn.check.value import Value
from quizcnn.deck.model import Kind, Question
from quizcnn.deck.variants import variants

Make = Callable[..., Question]
Wrong = Callable[..., Any]


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
