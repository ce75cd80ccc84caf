"""Each meeting has a fresh variant; the same comes again only after the others."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from quizcnn.answer.graded import Asked
from quizcnn.check.job import Checker
from quizcnn.deck.model import Question
from quizcnn.study.meeting import meet, name_of

Make = Callable[..., Question]


def meetings(
    question: Question, checker: Checker, number: int, met: tuple[str, ...] = ()
) -> list[str]:
    found = list(met)
    for _ in range(number):
        asked = meet(question, found, checker)
        assert isinstance(asked, Asked)
        found.append(name_of(asked.variant.given))
    return found[len(met) :]


def test_the_first_meeting_has_the_questions_own_givens(checker: Checker, question: Make) -> None:
    varied = question(given={"n": 2}, vary={"n": (1, 2, 3)})
    assert meetings(varied, checker, 1) == ['{"n":2}']


def test_every_variant_comes_once_before_any_comes_twice(checker: Checker, question: Make) -> None:
    varied = question(given={"n": 1}, vary={"n": tuple(range(1, 6))})
    met = meetings(varied, checker, 15)
    for lap in (met[:5], met[5:10], met[10:]):
        assert len(set(lap)) == 5
    assert met[:5] != met[5:10]


def test_variants_that_are_gone_do_not_count(checker: Checker, question: Make) -> None:
    varied = question(given={"n": 1}, vary={"n": (1, 2)})
    assert meetings(varied, checker, 1, ('{"n":1}', '{"n":99}')) == ['{"n":2}']


def test_a_question_without_variants_is_always_the_same(checker: Checker, question: Make) -> None:
    assert meetings(question(), checker, 3) == ["{}"] * 3


@given(st.integers(0, 30))
def test_the_same_meeting_is_the_same_however_often_asked(
    checker: Checker, question: Make, number: int
) -> None:
    choice = question(
        "order",
        given={"n": 1},
        vary={"n": tuple(range(9))},
        answer=("one", "two", "three"),
        check="('one', 'two', 'three')",
    )
    met = ["{}"] * number
    assert meet(choice, met, checker) == meet(choice, met, checker)


def test_options_stand_in_another_order_at_another_meeting(
    checker: Checker, question: Make
) -> None:
    order = question("order", answer=tuple("abcdef"), check="1")
    found = {meet(order, ["{}"] * number, checker).options for number in range(10)}  # type: ignore[union-attr]
    assert len(found) > 5
