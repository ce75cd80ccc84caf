"""The slip behind a wrong answer, on sums worked out by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from quizcnn.answer.asking import ask
from quizcnn.answer.graded import Graded, NoSlip, Read, Slip
from quizcnn.answer.grading import grade
from quizcnn.answer.naming import SLOW, name_slip, slip_behind
from quizcnn.answer.reading import read
from quizcnn.answer.unexplained import seekable, slip_words
from quizcnn.check.job import Checker, Job
from quizcnn.check.proof import Proof
from quizcnn.check.sliding import Sliding
from quizcnn.check.value import Value
from quizcnn.deck.model import Question, Variant

Make = Callable[..., Question]
Wrong = Callable[..., Any]


def slip(question: Question, value: Value, checker: Checker) -> Slip | NoSlip | None:
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
    assert isinstance(found, Slip)
    assert (found.name, found.value) == (name, value)


def test_a_slip_has_the_windows_that_it_slid(strided: Question, worker: Checker) -> None:
    """So that it can be played beside the check's own."""
    found = slip(strided, (9, 9), worker)
    assert isinstance(found, Slip)
    (window,) = found.proof.windows
    assert isinstance(window, Sliding)
    assert (window.stride, window.sides) == ((1, 1), ((1, 1), (1, 1)))
    assert window.output.shape[2:] == (9, 9)


def test_the_right_answer_is_no_slip(strided: Question, worker: Checker) -> None:
    assert slip(strided, (5, 5), worker) is None


def test_what_no_slip_gives_has_no_name(strided: Question, worker: Checker) -> None:
    found = slip(strided, (77, 77), worker)
    assert found == NoSlip("No single slip in the check gives 77×77.")


def test_one_operation_taken_for_another(question: Make, worker: Checker) -> None:
    """Of 1, 2, 3, 6 the largest is 6, the mean 3, the smallest 1."""
    pooling = question(
        answer="6", check="max_pool2d(np.array([[1, 2], [3, 6]]), 2)[0, 0]", given={}
    )
    for value, name in ((3, "average instead of max pooling"), (1, "min instead of max pooling")):
        found = slip(pooling, value, worker)
        assert isinstance(found, Slip)
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
    assert isinstance(found, Slip)
    assert found.name == "stride 2 left out"


def test_two_that_are_equally_likely_are_not_guessed_at(question: Make, worker: Checker) -> None:
    """Either stride left out gives 5: which of them it was nobody knows."""
    one = question(
        answer="3",
        given={"n": 7},
        check="conv2d(ramp(n, n), ones(3, 3), stride=2).shape[0] + "
        "conv2d(ramp(n, n), ones(3, 3), stride=2).shape[0] - 3",
    )
    found = slip(one, 5, worker)
    assert found == NoSlip("Several slips in the check give 5; none of them stands out.")


def test_a_number_of_the_check_s_own_moved_by_one_is_far_fetched(
    question: Make, worker: Checker
) -> None:
    one = question(answer="12", given={}, check="x = ramp(3)\nx.size * 4")
    assert slip(one, 15, worker) == NoSlip("No single slip in the check gives 15.")


@pytest.mark.parametrize("kind", ["true_false", "text", "recall"])
def test_a_verdict_has_no_slip_behind_it(question: Make, worker: Checker, kind: str) -> None:
    assert slip(question(kind, check="max_pool2d(ramp(2, 2), 2)[0, 0] == 3"), False, worker) is None


def test_a_check_that_contradicts_its_answer_names_nothing(question: Make, worker: Checker) -> None:
    assert slip(question(answer="7", check="max_pool2d(ramp(2, 2), 2)[0, 0]"), 1.5, worker) is None


def graded(question: Question, typed: str, checker: Checker) -> Graded:
    """What came of an answer that was typed."""
    asked = ask(question, Variant(0, question.given, question.given), random.Random(3))
    reading = read(asked, typed)
    assert isinstance(reading, Read)
    found = grade(asked, reading, checker)
    assert isinstance(found, Graded)
    return found


def explained(question: Question, typed: str, checker: Checker) -> Graded:
    """What came of it, the slip behind it too."""
    found = graded(question, typed, checker)
    return replace(found, slip=slip_behind(found, checker))


def test_a_slip_comes_with_its_proof_and_what_it_changes(
    strided: Question, worker: Checker
) -> None:
    found = explained(strided, "4x4", worker)
    assert isinstance(found.slip, Slip)
    assert found.slip.proof.value == (4, 4)
    assert [step.source for step in found.slip.proof.steps] == [
        "conv2d(ramp(n, n), ones(f, f), stride=s).shape"
    ]
    assert found.slip.before == strided.check
    assert found.slip.after == found.slip.code == found.slip.proof.steps[0].source
    assert slip_words(found) == "Your 4×4 is what one slip gives: padding p left out."


def test_the_author_s_slip_is_the_one_that_is_shown(
    strided: Question, wrong: Wrong, worker: Checker
) -> None:
    """At stride 1 it is 9 + 2 − 3 + 1 = 9; the author's own words stand for it."""
    listed = wrong("That is at stride 1.", given={"s": 1})
    found = explained(replace(strided, wrong=(listed,)), "9x9", worker)
    assert isinstance(found.slip, Slip)
    assert found.slip.name == "s = 1 in place of 2"
    assert (found.slip.before, found.slip.after) == ("s = 2", "s = 1")
    assert dict(found.slip.given) == {"n": 9, "f": 3, "s": 1, "p": 1}
    assert found.slip.proof.value == (9, 9)
    assert (found.because, slip_words(found)) == ("That is at stride 1.", "")


def test_what_the_author_has_explained_in_words_is_not_explained_otherwise(
    strided: Question, wrong: Wrong, worker: Checker
) -> None:
    listed = wrong("Counted without padding.", expression="(4, 4)")
    found = graded(replace(strided, wrong=(listed,)), "4x4", worker)
    assert found.because == "Counted without padding."
    assert not seekable(found)
    assert slip_behind(found, worker) is None


def test_a_given_that_is_moved_is_shown_as_it_was_and_is(question: Make, worker: Checker) -> None:
    """2·3 + 1 = 7; with n moved to 4, and with no other slip, 2·4 + 1 = 9."""
    one = question(given={"n": 3}, answer="7", check="np.sum(ones(n)) * 2 + 1")
    found = explained(one, "9", worker).slip
    assert isinstance(found, Slip)
    assert (found.name, found.before, found.after) == ("n + 1 for n", "n = 3", "n = 4")


def test_a_given_that_is_doubled_is_far_fetched(question: Make, worker: Checker) -> None:
    """With n doubled, and with no other slip, 2·6 + 1 = 13."""
    one = question(given={"n": 3}, answer="7", check="np.sum(ones(n)) * 2 + 1")
    assert explained(one, "13", worker).slip == NoSlip("No single slip in the check gives 13.")


def test_likely_slips_that_give_the_same_are_all_named(question: Make, worker: Checker) -> None:
    """Sides of 4 and 3: 4·4 + 3·3 = 25. With either stride left out 4·7 + 3·3 = 4·4 + 3·7 = 37."""
    one = question(
        given={"n": 7},
        answer="25",
        check="4 * conv2d(ramp(n, n), ones(1, 1), stride=2).shape[0]"
        " + 3 * conv2d(ramp(n, n), ones(1, 1), stride=3).shape[0]",
    )
    found = explained(one, "37", worker)
    words = "Any of several slips gives 37: stride 2 left out or stride 3 left out."
    assert found.slip == NoSlip(words)
    assert slip_words(found) == words


def test_a_right_answer_and_a_card_have_no_slip(
    strided: Question, question: Make, worker: Checker
) -> None:
    assert not seekable(graded(strided, "5x5", worker))
    assert not seekable(graded(question("recall", check="True"), "", worker))


def test_a_row_without_brackets_is_looked_for_as_a_row(question: Make, worker: Checker) -> None:
    """The maxima of 1 2 and 3 6 are 6; the mean is 3, typed as one value for a 1×1 array."""
    one = question("array", answer="[[6]]", check="max_pool2d(np.array([[1, 2], [3, 6]]), 2)")
    found = explained(one, "3", worker).slip
    assert isinstance(found, Slip)
    assert found.name == "average instead of max pooling"


class Counting:
    """Counts the jobs, and says of each that it took so many seconds."""

    def __init__(self, checker: Checker, seconds: float = 0.0) -> None:
        self.checker, self.seconds, self.jobs = checker, seconds, 0

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        self.jobs += len(jobs)
        return [replace(p, seconds=self.seconds) for p in self.checker.run(jobs, timeout)]


def test_nothing_is_run_for_somebody_who_has_gone_on(strided: Question, worker: Checker) -> None:
    found, counting = graded(strided, "4x4", worker), Counting(worker)
    assert slip_behind(found, counting, lambda: counting.jobs < 5) is None
    assert counting.jobs == 5


def test_the_slips_of_a_slow_check_are_not_tried(strided: Question, worker: Checker) -> None:
    slow = Counting(worker, 2 * SLOW)
    found = name_slip(strided, Variant(0, strided.given, strided.given), 0, (4, 4), slow)
    assert found == NoSlip("This check takes too long to be tried with every slip.")
    assert slow.jobs == 2
