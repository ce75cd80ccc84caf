"""Which picture a value gets is decided by the value alone."""

from __future__ import annotations

import math

import pytest

from quizcnn.check.proof import Step
from quizcnn.check.value import Array, Name, Record, Value
from quizcnn.pictures.bars import Bars
from quizcnn.pictures.choosing import Curve, Labelled, pictures_of, step_pictures

SQUARE = Array((2, 2), "float64", (0.0, 1.0, 2.0, 3.0), 0.0, 3.0)
OTHER = Array((2, 2), "float64", (4.0, 5.0, 6.0, 7.0), 4.0, 7.0)
VECTOR = Array((3,), "int64", (1, 2, 3), 1, 3)


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        2.5,
        "max",
        (6, 6),
        (3, 224, 224),
        (True, False, True, True, True),
        (Name("ReLU()"), Name("Flatten()")),
        ("a", "b", "c", "d", "e"),
        ((1, "one"), (-2, "two")),
        ((1, "one"), (True, "two")),
        ((1, "one"), (math.inf, "two")),
        (SQUARE, 7),
        (),
        Array((), "float64", (1.0,), 1.0, 1.0),
        Record("Fit", (("residual", 0.5), ("intercept", 2.0))),
    ],
)
def test_words_shapes_and_single_numbers_need_no_picture(value: Value) -> None:
    assert pictures_of(value) == ()


def test_lists_of_numbers_are_a_curve() -> None:
    assert pictures_of((3, 5, 6, 10, 14)) == (Labelled("", Curve((3, 5, 6, 10, 14))),)


def test_numbers_with_their_names_are_bars() -> None:
    """Whichever of the two stands first."""
    bars = Bars((("none", 0.5), ("both", 2)))
    assert pictures_of(((0.5, "none"), (2, "both"))) == (Labelled("", bars),)
    assert pictures_of((("none", 0.5), ("both", 2))) == (Labelled("", bars),)


def test_arrays_of_one_shape_are_drawn_as_one() -> None:
    ((label, picture),) = pictures_of((SQUARE, OTHER))
    assert label == ""
    assert picture == Array(
        (2, 2, 2), "float64", (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), 0.0, 7.0
    )


def test_arrays_of_unlike_shapes_are_drawn_one_by_one() -> None:
    assert pictures_of((SQUARE, VECTOR)) == (Labelled("[0]", SQUARE), Labelled("[1]", VECTOR))


def test_of_a_result_its_arrays_are_drawn_by_their_names() -> None:
    fit = Record("LearnedKernel", (("kernel", SQUARE), ("loss", 0.5), ("losses", VECTOR)))
    assert pictures_of(fit) == (Labelled(".kernel", SQUARE), Labelled(".losses", VECTOR))


def test_of_a_spectrum_its_magnitude_is_drawn() -> None:
    """|3 + 4i| = 5."""
    real, imag = (Array((2,), "float64", data, 0.0, 4.0) for data in ((3.0, 0.0), (4.0, 0.0)))
    assert pictures_of(Record("complex", (("real", real), ("imag", imag)))) == (
        Labelled(": magnitude", Array((2,), "float64", (5.0, 0.0), 0.0, 5.0)),
    )


def step(name: str, value: Value) -> Step:
    return Step(f"{name} = …", 1, name, value)


def test_accuracies_of_several_results_stand_together_where_the_last_is_known() -> None:
    def result(train: float, test: float) -> Value:
        return Record("Experiment", (("train", train), ("test", test), ("features", 200)))

    steps = [step("plain", result(1.0, 0.625)), step("pooled", result(1.0, 0.5)), step("gap", 0.5)]
    assert step_pictures(steps) == [
        (),
        (
            Labelled(
                "",
                Bars(
                    (
                        ("plain train", 1.0),
                        ("plain test", 0.625),
                        ("pooled train", 1.0),
                        ("pooled test", 0.5),
                    ),
                    most=1,
                ),
            ),
        ),
        (),
    ]


def test_numbers_take_the_names_that_another_step_has_as_many_of() -> None:
    steps = [step("counts", (5, 0, 9)), step("names", ("C", "P", "C P")), step("two", (1, 2))]
    assert step_pictures(steps) == [
        (Labelled("", Bars((("C", 5), ("P", 0), ("C P", 9)))),),
        (),
        (),
    ]
