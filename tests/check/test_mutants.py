"""Mutants: which slips are made in a check, worked out by hand, and what holds of all of them."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from quizcnn.check import exchanges, shapes_only
from quizcnn.check import mutants as mutants_module
from quizcnn.check.exchanges import (
    ADDED,
    EXAMPLES,
    EXCHANGES,
    LOOKED_AT,
    METHOD_EXCHANGES,
    METHOD_WORDS,
    SAME_SHAPE,
    SWAPPED,
    WORDS,
)
from quizcnn.check.mutants import LIMIT, mutants
from quizcnn.check.syntax import read_program
from quizcnn.check.table import METHOD_TABLE, TABLE
from quizcnn.deck.loader import load_deck

DECKS = sorted((Path(__file__).parents[2] / "questions").glob("[!s]*.yaml"))


def changes(code: str, given: dict[str, object] | None = None, **more: object) -> dict[str, str]:
    """The mutants' names, each with the altered line."""
    return {one.name: one.after for one in mutants(code, given or {}, **more)}  # type: ignore


def test_the_mutants_of_a_strided_convolution_s_shape() -> None:
    """Nothing but the shape is looked at, so no kernel is flipped; stride 1 is stride left out."""
    assert changes("conv2d(image, kernel, stride=2).shape") == {
        "stride 2 left out": "conv2d(image, kernel).shape",
        "stride 3 in place of 2": "conv2d(image, kernel, stride=3).shape",
        "padding 1 added": "conv2d(image, kernel, stride=2, padding=1).shape",
        "dilation 2 added": "conv2d(image, kernel, stride=2, dilation=2).shape",
        "image and kernel swapped": "conv2d(kernel, image, stride=2).shape",
        "transposed instead of plain convolution": (
            "conv_transpose2d(image, kernel, stride=2).shape"
        ),
    }


def test_where_values_count_a_kernel_is_flipped_too() -> None:
    found = changes("conv2d(image, kernel)")
    assert found["a flipped kernel instead of plain convolution"] == (
        'convolve2d(image, kernel, mode="valid")'
    )


def test_the_mutants_of_max_pooling() -> None:
    """A pooling steps by its window's side: a stride of 1 is what is added."""
    assert changes("max_pool2d(x, 2)") == {
        "kernel_size 3 in place of 2": "max_pool2d(x, 3)",
        "kernel_size 1 in place of 2": "max_pool2d(x, 1)",
        "stride 1 added": "max_pool2d(x, 2, stride=1)",
        "padding 1 added": "max_pool2d(x, 2, padding=1)",
        "dilation 2 added": "max_pool2d(x, 2, dilation=2)",
        "average instead of max pooling": "avg_pool2d(x, 2)",
        "min instead of max pooling": "min_pool2d(x, 2)",
    }


def test_the_mutants_of_arithmetic_and_numbers() -> None:
    assert changes("n * 2 + f") == {
        "n * 2 - f instead of n * 2 + f": "n * 2 - f",
        "n // 2 instead of n * 2": "n // 2 + f",
        "3 in place of 2": "n * 3 + f",
        "1 in place of 2": "n * 1 + f",
    }


def test_the_mutants_of_a_comparison() -> None:
    """What is chosen with room to spare is not moved, only turned."""
    assert changes("a > 3 and not b == 4") == {
        "or instead of and": "a > 3 or not b == 4",
        "at most instead of more than": "a <= 3 and not b == 4",
        "not left out": "a > 3 and (b == 4)",
        "different instead of equal": "a > 3 and not b != 4",
        "5 in place of 4": "a > 3 and not b == 5",
        "3 in place of 4": "a > 3 and not b == 3",
    }


def test_the_mutants_of_givens() -> None:
    """Numbers are moved and doubled, truth turned, and expressions altered as code is."""
    found = mutants("f(n)", {"n": 4, "deep": True, "pool": "max_pool2d"})
    altered = [dict(one.givens({"n": 4, "deep": True, "pool": "max_pool2d"})) for one in found]
    assert [one.name for one in found if one.given] == [
        "average instead of max pooling in pool",
        "min instead of max pooling in pool",
        "n + 1 for n",
        "n - 1 for n",
        "not deep for deep",
        "2 * n for n",
    ]
    assert {"n": 8, "deep": True, "pool": "max_pool2d"} in altered
    assert {"n": 4, "deep": False, "pool": "max_pool2d"} in altered
    assert {"n": 4, "deep": True, "pool": "avg_pool2d"} in altered


def test_a_given_that_reads_otherwise_on_a_variant_is_left_as_it_is() -> None:
    [average, _] = mutants("f(pool)", {"pool": "max_pool2d"})
    assert average.givens({"pool": "lp_pool2d"}) == {"pool": "lp_pool2d"}


def test_a_verdict_is_not_expected_to_show_numbers() -> None:
    found = changes("count_nonzero(max_pool2d(x, 2)) == n", {"n": 4}, fine=False)
    assert found == {
        "average instead of max pooling": "count_nonzero(avg_pool2d(x, 2)) == n",
        "different instead of equal": "count_nonzero(max_pool2d(x, 2)) != n",
    }


def test_the_numbers_of_examples_seeds_and_tolerances_stay() -> None:
    assert changes("x = normal(4, 4, seed=seed + 1)\nallclose(x, y, tolerance=1e-6)") == {}


def test_what_claims_look_at_counts_as_looked_at() -> None:
    code = "y = max_pool2d(x, k)\ny.shape"
    name = "average instead of max pooling"
    assert name not in changes(code)
    assert name in changes(code, claims=("y.sum() > 3",))


def test_a_name_that_the_check_binds_is_no_operation() -> None:
    assert changes("jump = 3\nf(jump)") == {
        "4 in place of 3": "jump = 4",
        "2 in place of 3": "jump = 2",
    }


def test_one_place_differs_and_is_told() -> None:
    code = "image = ramp(n, n)\nsides = f(conv2d(image, kernel, padding=p))\nsides.max()"
    [left_out] = [one for one in mutants(code, {}) if one.name == "padding p left out"]
    assert (left_out.line, left_out.column) == (2, 31)
    assert left_out.diff == (
        "- sides = f(conv2d(image, kernel, padding=p))",
        "+ sides = f(conv2d(image, kernel))",
    )


def test_letters_beyond_ascii_do_not_shift_anything() -> None:
    assert changes('assert ok, "3×3 – größer"; f("×", a + b)')["a - b instead of a + b"] == (
        'assert ok, "3×3 – größer"; f("×", a - b)'
    )


@pytest.mark.parametrize("code", ["", "import os", "f(", "x = 1\n\0", "(" * 500, "x" * 20_000])
def test_what_is_no_check_has_no_mutants(code: str) -> None:
    assert mutants(code, {"n": "f("}) == ()


def test_they_are_bounded_and_every_kind_keeps_its_share() -> None:
    code = "\n".join(f"x = max_pool2d(x, {size}) + x" for size in range(2, 40)) + "\nx"
    found = mutants(code, {"n": 3})
    assert len(found) == LIMIT
    assert {one.kind for one in found} >= {"setting", "exchange", "arithmetic", "given"}


def test_every_name_is_in_the_evaluator_s_table() -> None:
    exchanged = [exchange.to for among in EXCHANGES.values() for exchange in among]
    settings_ = [name for names in LOOKED_AT.values() for name in names]
    named = [*WORDS, *EXCHANGES, *exchanged, *SWAPPED, *EXAMPLES, *SAME_SHAPE, *settings_]
    assert [name for name in named if name not in TABLE] == []
    assert [name for name in (*EXCHANGES, *exchanged) if name not in WORDS] == []
    assert [name for name in METHOD_EXCHANGES if name not in METHOD_TABLE] == []
    assert METHOD_WORDS.keys() == METHOD_EXCHANGES.keys()
    assert all(name in TABLE["conv2d"].signature.keywords for name in ADDED)


def test_no_operation_is_exchanged_for_itself() -> None:
    assert all(name != one.to for name, among in EXCHANGES.items() for one in among)


@pytest.mark.parametrize("file", DECKS, ids=lambda file: file.stem)
def test_the_mutants_of_our_own_checks_are_checks_and_all_differ(file: Path) -> None:
    deck, _ = load_deck(file)
    assert deck is not None
    for question in deck.questions:
        found = mutants(question.check, question.given)
        assert len(found) <= LIMIT
        trees = [ast.dump(ast.parse(one.code)) for one in found if one.given is None]
        assert len(set(trees)) == len(trees)
        assert ast.dump(ast.parse(question.check)) not in trees
        assert all(read_program(one.code) for one in found)
        for one in found:
            assert one.given is None or one.givens(question.given) != question.given
            assert one.before != one.after
        assert found == mutants(question.check, question.given)


PIECES = st.recursive(
    st.sampled_from(["n", "x", "3", "-2", "0", "True", '"valid"', "2.5", "x.shape"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "//", "<", "==", "and"]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        ),
        st.tuples(
            st.sampled_from(["max_pool2d", "conv2d", "np.sum", "Conv2d", "sum", "x.max"]),
            st.lists(inner, max_size=3),
        ).map(lambda parts: f"{parts[0]}({', '.join(parts[1])})"),
        inner.map(lambda one: f"conv2d(x, k, stride={one}, padding=1)"),
        st.tuples(inner, inner).map(lambda parts: f"[{parts[0]}, {parts[1]}][0]"),
    ),
    max_leaves=8,
)


@drawn(PIECES)
@settings(max_examples=150)
def test_whatever_the_check_its_mutants_are_checks_that_differ(code: str) -> None:
    original = ast.dump(ast.parse(code))
    trees = [ast.dump(ast.parse(one.code)) for one in mutants(code, {})]
    assert original not in trees
    assert len(set(trees)) == len(trees)
    assert len(trees) <= LIMIT


def test_making_them_imports_no_numpy() -> None:
    code = (
        "import sys; from quizcnn.check.mutants import mutants; "
        "assert mutants('max_pool2d(x, 2)', {}); sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("module", [exchanges, mutants_module, shapes_only])
def test_the_examples_in_the_docstrings_come_out_as_written(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)
