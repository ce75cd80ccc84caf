"""Answers held against what the check computes, by the real worker."""

from __future__ import annotations

import pytest

from quizcnn.answer.graded import Graded, Read, Ungraded
from quizcnn.answer.grading import grade
from quizcnn.answer.reading import read
from quizcnn.deck.model import Claim, Option, Pick, Place, Tolerance

PLACE = Place("deck.yaml", 1)
SIZE = {
    "ask": "An image of {n}×{n}, a kernel of {f}×{f}?",
    "answer": "(n - f + 1, n - f + 1)",
    "check": "conv2d(ramp(n, n), ones(f, f), stride=s).shape",
    "given": {"n": 8, "f": 3, "s": 1},
    "explain": "It fits in {n} − {f} + 1 places.",
    "hint": "Try {n} places.",
}


@pytest.fixture(scope="session")
def answer(asked, worker):
    """Types an answer to a question and grades it."""

    def give(text: str, kind: str, **fields):
        question = asked(kind, **fields)
        reading = read(question, text)
        assert isinstance(reading, Read), reading
        return grade(question, reading, worker)

    return give


def test_asking_fills_in_the_givens(asked):
    """Prompt and hint say the variant's values."""
    question = asked("shape", **SIZE)
    assert question.prompt == "An image of 8×8, a kernel of 3×3?"
    assert question.hint == "Try 8 places."


def test_a_right_answer(answer):
    """A right answer comes with the stored and computed value, the proof and the explanation."""
    graded = answer("6x6", "shape", **SIZE)
    assert isinstance(graded, Graded)
    assert graded.right is True
    assert (graded.stored, graded.computed, graded.because) == ("6×6", "6×6", "")
    assert graded.explain == "It fits in 8 − 3 + 1 places."
    assert graded.proof.value == (6, 6)


def test_a_wrong_answer_is_told_what_it_is_the_answer_to(answer, wrong):
    """An expression and a slip are recognised by their values; an unknown answer is not."""
    known = (
        wrong("Off by one: {n} − {f}.", expression="(n - f, n - f)"),
        wrong("That is stride 2.", given={"s": 2}),
        wrong("Never told.", expression="(n // 0, n)"),
    )
    for text, because in (("5×5", "Off by one: 8 − 3."), ("3 3", "That is stride 2."), ("9x9", "")):
        graded = answer(text, "shape", **SIZE, wrong=known)
        assert isinstance(graded, Graded)
        assert graded.right is False
        assert graded.because == because


def test_a_stored_answer_that_is_not_computed_is_not_graded(answer):
    """Where the check contradicts the stored answer nothing is graded, and both values are told."""
    ungraded = answer("5×5", "shape", **{**SIZE, "answer": "(n - f, n - f)"})
    assert isinstance(ungraded, Ungraded)
    assert ungraded.reason == "The stored answer is 5×5, but the check computes 6×6."
    assert ungraded.proof.value == (6, 6)


def test_a_check_that_fails_is_not_graded(answer):
    """A check that raises has a reason in plain words."""
    ungraded = answer("6×6", "shape", **{**SIZE, "check": "conv2d(ramp(n), ones(f)).shape"})
    assert isinstance(ungraded, Ungraded)
    assert ungraded.reason.startswith("The check cannot be computed: ")


def test_a_stored_answer_that_fails_is_not_graded(answer):
    """An answer's expression that raises is told as that."""
    ungraded = answer("6×6", "shape", **{**SIZE, "answer": "(n // 0, n)"})
    assert isinstance(ungraded, Ungraded)
    assert ungraded.reason.startswith("The stored answer cannot be computed: ")


def test_a_whole_number_must_be_exact_in_the_deck_and_near_from_a_learner(answer):
    """A tolerance lets a learner round, and does not excuse a deck that is off by one."""
    fields = {"check": "12_544", "tolerance": Tolerance(rel=0.01), "unit": "windows"}
    graded = answer("12.5k", "number", answer="12_544", **fields)
    assert isinstance(graded, Graded)
    assert graded.right is True
    assert graded.computed == "12 544 windows"
    assert isinstance(answer("12.5k", "number", answer="12_545", **fields), Ungraded)


@pytest.mark.parametrize(
    ("typed", "right"), [("0.11", True), ("1/9", True), ("0.12", False), ("11%", True)]
)
def test_a_number_within_its_tolerance_is_right(answer, typed, right):
    """Floats are right within the tolerance."""
    graded = answer(typed, "number", answer="1 / 9", check="1 / 9", tolerance=Tolerance(abs=0.005))
    assert isinstance(graded, Graded)
    assert graded.right is right


@pytest.mark.parametrize(
    ("typed", "right"),
    [("1 2; 3 4", True), ("[[1, 2], [3, 4]]", True), ("1 2 3 4", False), ("1 2; 3 5", False)],
)
def test_arrays(answer, typed, right):
    """Arrays are right with the same shape and values."""
    graded = answer(typed, "array", answer="[[1, 2], [3, 4]]", check="ramp(2, 2) + 1")
    assert isinstance(graded, Graded)
    assert graded.right is right
    assert graded.computed == "1 2; 3 4"


@pytest.mark.parametrize(
    ("check", "typed"), [("ramp(1, 3)", "0 1 2"), ("ones(1, 1)", "1"), ("ones(1)", "1")]
)
def test_a_lone_row_means_what_the_answer_has(answer, check, typed):
    """A row typed without brackets is taken for an array of one row too."""
    graded = answer(typed, "array", answer=check, check=check)
    assert isinstance(graded, Graded)
    assert graded.right is True


LAYERS = {
    "check": "parameters(layer)",
    "pick": Pick.MIN,
    "answer": (
        Option("max pooling", {"layer": "MaxPool2d(2)"}, PLACE),
        Option("ReLU", {"layer": "ReLU()"}, PLACE),
    ),
}


def test_several_options_are_right_together_and_in_any_order(answer, asked, wrong):
    """All right options and no other make a right answer; the chosen wrong one says why."""
    fields = {
        **LAYERS,
        "wrong": (
            wrong("Nine weights.", text="convolution", given={"layer": "Conv2d(1, 1, 3)"}),
            wrong("Eight weights.", text="dense", given={"layer": "Linear(4, 2)"}),
        ),
    }
    both = answer("relu, max pooling, relu", "choice", **fields)
    assert isinstance(both, Graded)
    assert both.right is True
    assert tuple(option.text for option in both.options) == asked("choice", **fields).options
    assert {option.text: option.value for option in both.options}["convolution"] == 10
    one = answer("relu", "choice", **fields)
    assert isinstance(one, Graded)
    assert (one.right, one.because) == (False, "")
    mixed = answer("relu, max pooling, dense", "choice", **fields)
    assert isinstance(mixed, Graded)
    assert (mixed.right, mixed.because) == (False, "Eight weights.")


def test_a_wrong_option_that_is_right_is_not_graded(answer, wrong):
    """Where the check finds a wrong option right, nothing is graded."""
    extra = wrong("No.", text="flatten", given={"layer": "Flatten()"})
    ungraded = answer("relu", "choice", **LAYERS, wrong=(extra,))
    assert isinstance(ungraded, Ungraded)
    assert "“flatten” is listed as wrong" in ungraded.reason


def test_true_or_false_with_a_message(answer, wrong):
    """The other truth value may have a message of its own."""
    fields = {
        "check": "max_pool2d(ramp(4, 4), 2).size == 4",
        "wrong": (wrong("A quarter.", expression="False"),),
    }
    graded = answer("f", "true_false", **fields)
    assert isinstance(graded, Graded)
    assert (graded.right, graded.because) == (False, "A quarter.")


def test_texts_in_any_accepted_spelling(answer, wrong):
    """Every accepted spelling is right, a known wrong text is told its message."""
    fields = {
        "answer": ("max pooling", "maximum pooling"),
        "check": '"max pooling"',
        "wrong": (wrong("It mixes.", text="average pooling"),),
    }
    for text, right, because in (
        ("Max-Pooling", True, ""),
        ("maximum pooling", True, ""),
        ("Average Pooling", False, "It mixes."),
        ("min pooling", False, ""),
    ):
        graded = answer(text, "text", **fields)
        assert isinstance(graded, Graded)
        assert (graded.right, graded.because) == (right, because)


def test_orders(answer, wrong):
    """An order is right when every item stands where the check puts it."""
    fields = {
        "check": '("convolution", "ReLU", "pooling")',
        "wrong": (wrong("Backwards.", expression='("pooling", "ReLU", "convolution")'),),
    }
    for text, right, because in (
        ("convolution, relu, pooling", True, ""),
        ("pooling, relu, convolution", False, "Backwards."),
        ("relu, pooling, convolution", False, ""),
    ):
        graded = answer(text, "order", **fields)
        assert isinstance(graded, Graded)
        assert (graded.right, graded.because) == (right, because)


def test_a_recall_card_leaves_the_verdict_to_the_learner(answer):
    """The claims are computed all the same, and a card whose claim fails is not graded."""
    fields = {"check": "pooled = max_pool2d(ramp(4, 4), 2)", "given": {"k": 2}}
    holds = Claim("It shrinks to {k}×{k}", "pooled.shape == (k, k)", PLACE)
    graded = answer("", "recall", **fields, claims=(holds,))
    assert isinstance(graded, Graded)
    assert graded.right is None
    assert (graded.stored, graded.computed) == ("It shrinks the map.", "the claim holds")
    fails = Claim("It grows past {k}", "pooled.size > 16", PLACE)
    ungraded = answer("", "recall", **fields, claims=(holds, fails))
    assert isinstance(ungraded, Ungraded)
    assert ungraded.reason == "A claim fails: “It grows past 2” does not hold."
