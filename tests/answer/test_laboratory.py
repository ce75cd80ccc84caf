"""The lab without its screen: what a changed given or line comes to, on sums worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from quizcnn.answer.graded import Graded, Read, Slip
from quizcnn.answer.laboratory import (
    SEED,
    Bench,
    Fault,
    Setup,
    Trial,
    as_python,
    asked_words,
    begin,
    bench_of,
    givens_of,
    options_of,
    trial,
    with_slip,
)
from quizcnn.check.job import Checker
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Claim, Option, Pick, Place, Question, Variant

Make = Callable[..., Question]
PLACE = Place("deck.yaml", 1)


def bench_for(question: Question, option: int = 0) -> Bench:
    return Bench(question, Variant(0, question.given, question.given), option=option)


def changed(setup: Setup, code: str | None = None, **given: str) -> Setup:
    """A setup with some givens, or its code, typed otherwise."""
    typed = {**setup.given, **given}
    return replace(setup, given=typed, code=setup.code if code is None else code)


def run(question: Question, checker: Checker, code: str | None = None, **given: str) -> Trial:
    bench = bench_for(question)
    return trial(bench, changed(begin(bench), code, **given), checker)


def test_it_begins_with_the_question_as_it_was_asked(strided: Question, worker: Checker) -> None:
    setup = begin(bench_for(strided))
    assert setup.given == {"n": "9", "f": "3", "s": "2", "p": "1", SEED: "0"}
    assert setup.code == strided.check
    found = trial(bench_for(strided), setup, worker)
    assert (found.fault, found.holds) == (None, True)
    answer = "answer ((n + 2*p - f) // s + 1, (n + 2*p - f) // s + 1) = 5×5"
    assert found.verdict == f"holds: {answer}"


def test_another_given_is_computed_and_the_formula_with_it(
    strided: Question, worker: Checker
) -> None:
    """(13 + 2 − 3) // 2 + 1 = 7."""
    found = run(strided, worker, n="13")
    assert found.proof.value == (7, 7)
    assert found.holds is True
    assert found.verdict.endswith("= 7×7")


def test_another_line_is_held_against_the_same_formula(strided: Question, worker: Checker) -> None:
    """Without padding (9 − 3) // 2 + 1 = 4, where the formula says 5."""
    found = run(strided, worker, strided.check.replace(", padding=p", ""))
    assert found.holds is False
    assert found.verdict.startswith("does not hold, the check gives 4×4: answer (")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault("there is no value here.", "n")),
        ("1e999", Fault("`1e999` is not a finite number.", "n")),
        ("8\x1b]52;c;x\x07", Fault("U+001B, a control character, has no place here.", "n")),
        ("\u202e8", Fault("U+202E, an invisible format character, has no place here.", "n")),
        ("8 +", Fault("this is not Python: this must be one expression of Python.", "n", 1, 1)),
    ],
)
def test_a_given_that_is_none_is_told_at_its_field(
    strided: Question, worker: Checker, typed: str, fault: Fault
) -> None:
    found = run(strided, worker, n=typed)
    assert (found.fault, found.holds) == (fault, None)


@pytest.mark.parametrize("typed", ["open('/etc/passwd')", "().__class__", "9**9**9"])
def test_what_is_typed_is_no_more_than_a_deck_may(
    strided: Question, worker: Checker, typed: str
) -> None:
    for found in (run(strided, worker, n=typed), run(strided, worker, typed)):
        assert found.fault is not None
        assert found.fault.line == 1


def test_a_line_that_fails_is_told_at_its_line(strided: Question, worker: Checker) -> None:
    found = run(strided, worker, "x = ramp(n, n)\nconv2d(x, ones(99, 99)).shape")
    assert found.fault is not None
    assert (found.fault.given, found.fault.line, found.fault.column) == ("", 2, 1)
    assert "does not fit" in found.fault.message
    assert [step.name for step in found.proof.steps] == ["x"]


def test_characters_that_nobody_sees_are_told_at_their_place(
    strided: Question, worker: Checker
) -> None:
    found = run(strided, worker, "x = 1\nx\t+ 1")
    assert found.fault == Fault("a tab: use spaces.", "", 2, 2)


def test_a_value_that_is_no_answer_is_no_value(strided: Question, worker: Checker) -> None:
    found = run(strided, worker, "True")
    assert found.fault == Fault("the check gives true, not a shape.")


def test_a_formula_that_cannot_be_computed_does_not_hold(question: Make, worker: Checker) -> None:
    one = question(given={"n": 4}, answer="8 // n", check="2 + 0 * n")
    found = run(one, worker, n="0")
    assert found.holds is False
    assert "8 // n" in found.verdict


def test_givens_are_read_as_a_deck_reads_them() -> None:
    setup = Setup({"n": "0x10", "b": "true", "pool": "max_pool2d", SEED: "3"}, "1")
    assert givens_of(setup) == ({"n": 16, "b": True, "pool": "max_pool2d"}, 3)
    bad = givens_of(replace(setup, given={**setup.given, SEED: "x"}))
    assert bad == Fault("the seed is a whole number, 0 or more.", SEED)


def layers(question: Make, **fields: Any) -> Question:
    """Which layer has nothing to learn: a pool has not, a convolution has 9 + 1."""
    wrong = fields.pop("wrong")
    return question(
        "choice",
        answer=(Option("a pool", {"layer": "MaxPool2d(2)"}, PLACE),),
        check="parameters(layer) == 0",
        wrong=(wrong("It learns.", text="a convolution", given={"layer": "Conv2d(1, 1, 3)"}),),
        **fields,
    )


def test_a_choice_runs_for_one_of_its_options(
    question: Make, wrong: Callable[..., Any], worker: Checker
) -> None:
    one = layers(question, wrong=wrong)
    assert [option.text for option in options_of(bench_for(one))] == ["a pool", "a convolution"]
    bench = bench_for(one, option=1)
    setup = begin(bench)
    assert setup.given["layer"] == "Conv2d(1, 1, 3)"
    found = trial(bench, setup, worker)
    said = "holds: the check gives false, and the option is listed as wrong"
    assert (found.holds, found.verdict) == (True, said)
    found = trial(bench, changed(setup, layer="ReLU()"), worker)
    said = "does not hold: the check gives true, and the option is listed as wrong"
    assert (found.holds, found.verdict) == (False, said)


def test_a_given_of_all_options_is_changed_for_all(
    question: Make, wrong: Callable[..., Any], worker: Checker
) -> None:
    """With n = 10 the convolution has n parameters, and not the pool."""
    one = layers(question, wrong=wrong, given={"n": 0})
    one = replace(one, check="parameters(layer) == n")
    for option in (0, 1):
        bench = bench_for(one, option)
        assert trial(bench, begin(bench), worker).holds is True
        found = trial(bench, changed(begin(bench), n="10"), worker)
        assert (found.holds, found.proof.value) == (False, option == 1)


def test_an_option_is_picked_among_all(
    question: Make, wrong: Callable[..., Any], worker: Checker
) -> None:
    """Of 0 and 10 parameters the pool has the fewest; a pool with 20 in its place has not."""
    one = replace(layers(question, wrong=wrong), check="parameters(layer)", pick=Pick.MIN)
    bench = bench_for(one)
    assert trial(bench, begin(bench), worker).holds is True
    assert trial(bench, changed(begin(bench), layer="Linear(4, 4)"), worker).holds is False


def test_a_card_s_claims_are_judged(question: Make, worker: Checker) -> None:
    one = question(
        "recall",
        given={"n": 4},
        check="x = n * n",
        claims=(Claim("{n} is small", "x < 20", PLACE),),
    )
    assert run(one, worker).verdict == "every claim holds"
    found = run(one, worker, n="5")
    assert (found.holds, found.verdict) == (False, "does not hold: “5 is small” does not hold")
    assert run(one, worker, n="m").fault is not None


@pytest.mark.parametrize(
    ("kind", "check", "other"),
    [
        ("true_false", "n > 3", "does not hold, the check gives false: answer true"),
        ("text", '"max pooling" if n > 3 else "ReLU"', "does not hold, the check gives ReLU: "),
        ("order", '("convolution", "ReLU", "pooling")[: n - 1]', "does not hold, the check gives "),
    ],
)
def test_other_kinds_are_held_against_their_stored_answer(
    question: Make, worker: Checker, kind: str, check: str, other: str
) -> None:
    one = question(kind, given={"n": 4}, check=check)
    assert run(one, worker).holds is True
    found = run(one, worker, n="3")
    assert found.holds is False
    assert found.verdict.startswith(other)


def test_it_is_copied_as_the_script_that_show_prints(strided: Question) -> None:
    bench = bench_for(strided)
    setup = changed(begin(bench), "x = ramp(n)\nx.size", n="f * 2", s="bad\x1b")
    assert as_python(bench, setup).splitlines() == [
        "from quizcnn.nn import *", "", "seed = 0", "n = f * 2", "f = 3", "s = bad\x1b", "p = 1",
        "", "x = ramp(n)", "print(x.size)",
    ]  # fmt: skip


def test_the_question_is_told_with_the_givens_at_hand(question: Make, worker: Checker) -> None:
    one = question(given={"n": 4}, ask="What is {n} more than 2?", check="n + 2", answer="n + 2")
    bench = bench_for(one)
    assert asked_words(bench) == "What is 4 more than 2?"
    found = trial(bench, changed(begin(bench), n="5"), worker)
    assert asked_words(bench, found) == "What is 5 more than 2?"


def test_it_takes_the_option_that_was_chosen_and_the_slip_along(
    question: Make, asked: Callable[..., Any], strided: Question, wrong: Callable[..., Any]
) -> None:
    one = layers(question, wrong=wrong)
    choice = asked()._replace(question=one, options=("a convolution", "a pool"))
    graded = Graded(choice, Read("a", (0,), "a"), False, "", "", Proof())
    assert bench_of(graded).option == 1
    slip = Slip("padding p left out", (4, 4), Proof(), "1", {**strided.given, "p": 0}, "", "")
    bench = bench_of(replace(graded, slip=slip))
    assert bench.slip == slip
    setup = with_slip(bench_for(strided), slip)
    assert (setup.given["p"], setup.code) == ("0", "1")
