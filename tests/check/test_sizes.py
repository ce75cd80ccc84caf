"""What an operation is going to make is never reckoned smaller than it turns out."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.check.arguments import bind
from quizcnn.check.limits import RaisedError
from quizcnn.check.sizes import BY_SHAPE, estimate
from quizcnn.check.table import METHOD_TABLE, TABLE
from quizcnn.check.targets import method_targets, targets

side = st.integers(0, 4)
shape = st.lists(side, max_size=3).map(tuple)
few = st.integers(-3, 9)
array = shape.map(lambda sides: np.arange(math.prod(sides), dtype=float).reshape(sides))
whole_array = shape.map(lambda sides: np.arange(math.prod(sides)).reshape(sides) % 3)
full = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(np.ones)
vector = st.integers(1, 6).map(lambda size: np.arange(size, dtype=float))
several = st.lists(few, min_size=1, max_size=3)
counts = st.one_of(
    few,
    few.map(float),
    several,
    several.map(tuple),
    several.map(np.array),
    few.map(np.int64),
    st.integers(0, 4).map(range),
    few.map(np.array),
    several.map(lambda numbers: [numbers]),
    st.tuples(several, few),
)
axis = st.one_of(st.none(), st.integers(-3, 2))
pair = st.one_of(st.integers(0, 3), st.tuples(side, side), st.tuples(side, side).map(np.array))
kernel = st.tuples(st.integers(1, 3), st.integers(1, 3)).map(np.ones)
image = st.tuples(st.integers(1, 6), st.integers(1, 6)).map(np.ones)

CALLS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "np.tile": {"A": array, "reps": counts},
    "np.repeat": {"a": array, "repeats": counts, "axis": axis},
    "np.pad": {"array": array, "pad_width": st.one_of(counts, st.lists(several, max_size=3))},
    "np.insert": {"arr": array, "obj": counts, "values": array, "axis": axis},
    "np.append": {"arr": array, "values": array, "axis": axis},
    "np.take": {"a": array, "indices": whole_array, "axis": axis},
    "np.zeros": {"shape": counts},
    "np.full": {"shape": counts, "fill_value": array},
    "np.eye": {"N": counts, "M": st.one_of(st.none(), counts), "k": few},
    "np.tri": {"N": counts, "M": st.one_of(st.none(), counts), "k": few},
    "np.hanning": {"M": counts},
    "np.indices": {"dimensions": counts},
    "np.arange": {"start": few, "stop": st.one_of(st.none(), few, st.floats(-9, 9)), "step": few},
    "np.linspace": {"start": array, "stop": array, "num": counts},
    "np.broadcast_to": {"array": array, "shape": counts},
    "np.meshgrid": {"xi": st.lists(array, max_size=3).map(tuple)},
    "np.outer": {"a": array, "b": array},
    "np.kron": {"a": array, "b": array},
    "np.cross": {"a": array, "b": array},
    "np.inner": {"a": array, "b": array},
    "np.dot": {"a": array, "b": array},
    "np.matmul": {"x1": array, "x2": array},
    "np.tensordot": {
        "a": array,
        "b": array,
        "axes": st.one_of(few, st.tuples(several, several), st.tuples(few, few)),
    },
    "np.where": {"condition": array, "x": array, "y": array},
    "np.clip": {"a": array, "a_min": array, "a_max": array},
    "np.tril": {"m": array},
    "np.diag": {"v": array, "k": few},
    "np.sum": {"a": array, "axis": axis},
    "np.any": {"a": array, "axis": axis},
    "np.argwhere": {"a": array},
    "np.nonzero": {"a": array},
    "np.quantile": {"a": array, "q": st.lists(st.floats(0, 1), max_size=3)},
    "np.bincount": {"x": whole_array, "minlength": few},
    "np.histogram": {"a": vector, "bins": counts},
    "np.polyval": {"p": array, "x": array},
    "np.ravel_multi_index": {
        "multi_index": st.lists(whole_array, max_size=2).map(tuple),
        "dims": st.just((5, 5)),
    },
    "np.unravel_index": {"indices": whole_array, "shape": st.just((3, 5))},
    "np.corrcoef": {"x": full, "y": st.one_of(st.none(), full)},
    "np.linalg.svd": {"a": array},
    "np.linalg.lstsq": {"a": full, "b": full},
    "np.linalg.solve": {
        "a": st.sampled_from([np.eye(2), np.ones((3, 1, 1)), np.stack([np.eye(2)] * 3)]),
        "b": full,
    },
    "np.linalg.pinv": {"a": full},
    "np.convolve": {"a": vector, "v": vector},
    "np.fft.fft": {"a": full, "n": st.one_of(st.none(), few), "axis": st.integers(-3, 2)},
    "np.fft.irfft": {"a": full, "n": st.one_of(st.none(), few), "axis": st.integers(-3, 2)},
    "np.fft.fft2": {
        "a": full,
        "s": st.one_of(st.none(), st.tuples(few, few)),
        "axes": st.one_of(st.just((-2, -1)), st.permutations([0, 1, 2]).map(lambda p: p[:2])),
    },
    "np.fft.fftfreq": {"n": few},
    "np.unique": {"ar": array},
    "np.stack": {"arrays": st.lists(array, max_size=3), "axis": st.integers(-2, 2)},
    "np.concatenate": {"arrays": st.lists(array, max_size=3), "axis": axis},
    "upsample": {"x": image, "factor": pair},
    "linear": {
        "x": st.sampled_from([np.ones(2), np.ones((3, 2)), np.ones((0, 2)), np.ones((4, 3, 2))]),
        "weight": side.map(lambda outputs: np.ones((outputs, 2))),
    },
    "conv2d": {
        "x": image,
        "weight": kernel,
        "stride": pair,
        "padding": st.one_of(st.integers(0, 3), st.sampled_from(["same", "valid"])),
        "dilation": st.integers(1, 3),
    },
    "conv_matrix": {
        "weight": kernel,
        "input_shape": st.tuples(st.integers(1, 6), st.integers(1, 6)),
        "padding": st.one_of(st.integers(0, 3), st.sampled_from(["same", "valid"])),
        "dilation": st.integers(1, 3),
    },
    "convolve2d": {"x": image, "kernel": kernel},
    "max_pool2d": {"x": image, "kernel_size": pair, "stride": st.one_of(st.none(), pair)},
    "box": {"size": few},
    "checkerboard": {"height": few, "width": few},
    "ramp": {"shape": st.lists(few, min_size=1, max_size=3).map(tuple)},
}
"""For entries that grow: what their arguments may be, sensible or not."""


def _made(result: Any) -> int:
    if isinstance(result, tuple | list):
        return sum(map(_made, result))
    return int(np.size(result))


@pytest.mark.parametrize("name", CALLS)
def test_no_rule_reckons_less_than_comes_out(name: str) -> None:
    """Whatever NumPy makes of arguments, sensible or not, was foreseen."""
    entry = TABLE[name]
    function = targets()[name]
    required = entry.signature.required | {entry.signature.gathered}
    known = CALLS[name]
    needed = {key: values for key, values in known.items() if key in required}
    rest = {key: values for key, values in known.items() if key not in required}
    computed = 0

    @settings(max_examples=50, database=None)
    @given(st.fixed_dictionaries(needed), st.fixed_dictionaries({}, optional=rest))
    def holds(first: dict[str, Any], keywords: dict[str, Any]) -> None:
        nonlocal computed
        gathered = first.get(entry.signature.gathered or "")
        names = [key for key in entry.signature.positional if key in first]
        values = [first[key] for key in names] if gathered is None else list(gathered)
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                result = function(*values, **keywords)
        except (ValueError, TypeError, IndexError, ZeroDivisionError, np.linalg.LinAlgError):
            return
        computed += 1
        try:
            bound = bind(entry, values, keywords)
            foreseen = estimate(entry.size, entry.in_full(bound))
        except (RaisedError, ValueError, TypeError):
            return  # refused before it is made
        assert _made(result) <= max(foreseen, 1), (foreseen, bound)

    holds()
    assert computed, "not one call succeeded: the arguments are no good"


METHODS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "repeat": {"repeats": counts, "axis": axis},
    "take": {"indices": whole_array, "axis": axis},
    "clip": {"min": array, "max": array},
    "dot": {"b": array},
    "sum": {"axis": axis},
    "any": {"axis": axis},
    "nonzero": {},
    "tolist": {},
    "diagonal": {"offset": few},
}


@pytest.mark.parametrize("name", METHODS)
def test_no_method_makes_more_than_is_reckoned(name: str) -> None:
    """The same for methods, whose array counts as their first argument."""
    entry = METHOD_TABLE[name]
    method = method_targets()[np.ndarray][name]

    @settings(max_examples=60, database=None)
    @given(array, st.fixed_dictionaries(METHODS[name]))
    def holds(owner: Any, arguments: dict[str, Any]) -> None:
        try:
            result = method(owner, *(arguments[key] for key in METHODS[name]))
            foreseen = estimate(entry.size, entry.in_full({"a": owner, **arguments}))
        except (ValueError, TypeError, IndexError):
            return
        assert _made(result) <= max(foreseen, 1), (foreseen, owner.shape, arguments)

    holds()


@pytest.mark.parametrize("sides", [(), (6, 6), (2, 3, 4, 4)])
@pytest.mark.parametrize("name", [name for name in TABLE if TABLE[name].size in BY_SHAPE])
def test_some_rules_read_no_more_than_a_shape(name: str, sides: tuple[int, ...]) -> None:
    """So an operation that is called again with other values need not be reckoned again."""
    entry = TABLE[name]
    signature = entry.signature
    shaped = signature.names[: BY_SHAPE[entry.size]]
    others = {name: 2 for name in signature.names if name in signature.required}
    foreseen = {
        estimate(entry.size, entry.in_full({**others, **dict.fromkeys(shaped, values)}))
        for values in (np.zeros(sides), np.full(sides, 1e6), np.full(sides, np.nan))
    }
    assert len(foreseen) == 1


TERMS = st.sampled_from(["", "i", "j", "ij", "ji", "ii", "...", "i...", "...j", "...ij", "i...j"])


@settings(max_examples=300, database=None)
@given(
    st.lists(TERMS, min_size=1, max_size=3),
    st.one_of(st.none(), TERMS),
    st.lists(full, min_size=1, max_size=3),
)
def test_einsum_is_foreseen(terms: list[str], output: str | None, operands: list[Any]) -> None:
    """With and without an arrow, with and without letters that occur twice."""
    subscripts = ",".join(terms) + ("" if output is None else f"->{output}")
    try:
        result = np.einsum(subscripts, *operands)
    except ValueError:
        return
    bound = {"subscripts": subscripts, "operands": tuple(operands)}
    assert np.size(result) <= max(estimate("einsum", bound), 1)
