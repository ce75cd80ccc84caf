"""The table of names agrees with what it names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from quizcnn import nn
from quizcnn.check.entry import Entry
from quizcnn.check.table import METHOD_TABLE, SEEDED, TABLE, did_you_mean
from quizcnn.check.table_builtins import BUILTINS
from quizcnn.check.table_nn import NN
from quizcnn.check.targets import dtype_of, method_targets, targets


def test_every_public_name_of_nn_is_in_the_table_and_no_other() -> None:
    """A new operation must be given its row, a row must have its operation."""
    assert {entry.name for entry in NN} == set(nn.__all__) - {"np"}


def test_the_table_knows_who_draws() -> None:
    """The parent knows it without importing NumPy."""
    assert SEEDED == nn.SEEDED


@pytest.mark.parametrize("entry", NN, ids=lambda entry: entry.name)
def test_arguments_are_those_of_nn(entry: Entry) -> None:
    """Names, order, defaults, gathering and keywords agree with the function."""
    theirs = inspect.signature(vars(nn)[entry.name]).parameters.values()
    ours = entry.signature
    by_position = [p.name for p in theirs if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert list(ours.positional) == by_position
    assert list(ours.keyword_only) == [p.name for p in theirs if p.kind is p.KEYWORD_ONLY]
    assert [ours.gathered] == ([p.name for p in theirs if p.kind is p.VAR_POSITIONAL] or [None])
    gathered = {p.name for p in theirs if p.kind is p.VAR_POSITIONAL}
    assert ours.required == {p.name for p in theirs if p.default is p.empty} - gathered
    defaults = [f"{p.name}={p.default!r}" for p in theirs if p.default is not p.empty]
    written = entry.arguments.replace("'", '"').replace("1e-9", "1e-09")
    assert [text for text in defaults if text.replace("'", '"') not in written] == []


def _arguments(function: Any) -> set[str] | None:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return None
    return {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}


@pytest.mark.parametrize(
    "entry", [entry for entry in TABLE.values() if entry.room == "np"], ids=lambda entry: entry.name
)
def test_keywords_of_numpy_exist(entry: Entry) -> None:
    """What the table calls a keyword is one, so no author is told of arguments that are not."""
    theirs = _arguments(targets()[entry.name])
    if theirs is None or not entry.signature.keyword_only:
        return
    assert set(entry.signature.keyword_only) <= theirs


def test_nothing_writes_into_what_it_is_given() -> None:
    """No entry has `out`, `where=`, `order`, `casting` or anything that reaches beyond a value."""
    forbidden = {"out", "casting", "order", "subok", "like", "file", "optimize", "dtype_", "sep"}
    for entry in (*TABLE.values(), *METHOD_TABLE.values()):
        named = {*entry.signature.positional, *entry.signature.keyword_only}
        assert not named & (forbidden - ({"order"} if entry.name == "sorted" else set())), entry


def test_names_are_plain_and_explained() -> None:
    """One line of help each, and names as one writes them."""
    for entry in (*TABLE.values(), *METHOD_TABLE.values()):
        assert re.fullmatch(r"(np\.)?([a-z]+\.)?[A-Za-z]\w*", entry.name)
        assert entry.help
        assert "\n" not in entry.help


def test_every_row_has_its_function() -> None:
    """nn and NumPy have what the table names; builtins are the table's own."""
    named = {name for name, entry in TABLE.items() if entry.room != "builtin"}
    assert set(targets()) == named
    for methods in method_targets().values():
        assert set(methods) <= set(METHOD_TABLE)
    assert {entry.name for entry in BUILTINS} == set(TABLE) - named


def test_dtypes() -> None:
    """`dtype=` takes Python's number types and NumPy's."""
    assert dtype_of("int") is int
    assert dtype_of("np.uint8") is nn.np.uint8
    assert dtype_of("np.mean") is None
    assert dtype_of("len") is None


CALLS = """
np.abs([-1]) | np.round([1.26], 1) | np.clip([1, 5], 2, 3) | np.isclose(1.0, 1.0) | np.where([1], 2, 3)
np.sum([[1, 2]], axis=1, keepdims=True) | np.var([1.0, 2.0], ddof=1) | np.std([1.0, 2.0]) | np.ptp([1, 4])
np.average([1, 2], weights=[1, 3]) | np.quantile([1, 2], 0.5) | np.percentile([1, 2], [5, 95])
np.median([1, 2, 3]) | np.histogram([1, 2], bins=2) | np.bincount([1, 1]) | np.corrcoef([1, 2], [2, 4])
np.sort([2, 1]) | np.searchsorted([1, 2], 1.5) | np.argwhere([0, 1]) | np.isin([1], [1, 2])
np.union1d([1], [2]) | np.intersect1d([1], [1]) | np.setdiff1d([1, 2], [1]) | np.unravel_index(5, (2, 3))
np.ravel_multi_index((1, 2), (2, 3)) | np.take([5, 6], [1]) | np.take_along_axis(ramp(2, 2), np.array([[0], [1]]), 1)
np.moveaxis(ramp(2, 3), 0, 1) | np.swapaxes(ramp(2, 3), 0, 1) | np.squeeze(ramp(1, 2)) | np.expand_dims([1], 0)
np.flip([1, 2]) | np.fliplr(ramp(2, 2)) | np.flipud(ramp(2, 2)) | np.rot90(ramp(2, 2), 2) | np.roll([1, 2], 1)
np.vstack([[1], [2]]) | np.hstack([[1], [2]]) | np.dstack([[1], [2]]) | np.column_stack([[1], [2]])
np.split(ramp(4), 2) | np.array_split([1, 2, 3], 2) | np.broadcast_to([1], (2, 1)) | np.atleast_2d([1])
np.diag([1, 2]) | np.diagonal(ramp(2, 2)) | np.tril(ramp(2, 2)) | np.triu(ramp(2, 2), k=1)
np.append([1], [2]) | np.delete([1, 2], 0) | np.insert([1, 2], 1, 5) | np.zeros_like([1]) | np.full_like([1], 5)
np.linspace(0, 1, num=3) | np.geomspace(1, 4, 3) | np.indices((2, 2)) | np.meshgrid([1, 2], [3], indexing="ij")
np.hanning(3) | np.vdot([1], [2]) | np.inner([1], [2]) | np.cross([1, 0, 0], [0, 1, 0]) | np.interp(1.5, [1, 2], [3, 4])
np.polyval([1, 2], 3) | np.linalg.det(np.eye(2)) | np.linalg.inv(np.eye(2)) | np.linalg.pinv(np.eye(2))
np.linalg.solve(np.eye(2), [1.0, 2.0]) | np.linalg.qr(np.eye(2)) | np.linalg.cond(np.eye(2)) | np.linalg.norm([[3.0]], ord="fro")
np.linalg.matrix_power(np.eye(2), 3) | np.linalg.eigvalsh(np.eye(2)) | np.linalg.svd(np.eye(2), compute_uv=False)
np.abs(np.fft.rfft([1.0, 2.0], n=4)) | np.fft.irfft2(np.fft.rfft2(ramp(2, 2))) | np.fft.fftshift([1, 2]) | np.fft.fftfreq(4)
np.einsum("ii", ramp(2, 2)) | np.convolve([1, 2], [1], mode="same") | np.cov([[1, 2], [3, 5]]) | np.nan_to_num([np.nan])
ramp(2, 2).prod(axis=0) | ramp(3).cumsum() | ramp(3).clip(max=1) | ramp(2, 2).swapaxes(0, 1) | ramp(1, 2).squeeze()
ramp(2).item(0) | ramp(2, 2).trace() | ramp(2).repeat(2) | ramp(2).take([1]) | ramp(2).nonzero() | ramp(2).conj()
ramp(2, 2).diagonal() | ramp(2).argsort() | ramp(2, 2).std(axis=0, ddof=0) | ramp(2).round(decimals=1) | ramp(2).min(keepdims=True)
ramp(3).sum().round(2) | ramp(3).sum().item() | np.uint8(300 % 256) | np.float32(0.1) | np.unique([1, 1], return_counts=True)
convolve2d(ramp(2, 2), ones(2, 2), mode="same") | correlate2d(ramp(2, 2), ones(2, 2)) | conv_matrix(ones(2, 2), (3, 3)).shape
min_pool2d(ramp(4, 4), 2) | avg_pool2d(ramp(4, 4), 2, padding=1, count_include_pad=False) | upsample(ramp(2, 2), 2)
global_max_pool2d(ramp(2, 2, 2)) | softmax(ramp(3)) | sigmoid(0.0) | linear(ramp(2), ramp(3, 2), bias=ones(3)) | flatten(ramp(2, 2))
jacobian(relu, ramp(2)) | step_edge(3, 4, 2) | square(4, 4, 1, 1, 2) | dot(3, 3, 1, 1) | checkerboard(2, 2) | full((2, 2), 3.0)
integers(3, low=2, high=5) | uniform(2, low=1.0, high=2.0) | shapes(lenet5(), (1, 32, 32)) | multiply_adds(lenet5(), (1, 32, 32))
comparisons([MaxPool2d(2)], (1, 4, 4)) | receptive_fields([Conv2d(1, 1, 3)]) | jump([MaxPool2d(2)]) | without(lenet5(), ReLU)
layers_before(lenet5(), Flatten) | layers_after(vgg16(), MaxPool2d) | followed_by(vgg16(), Conv2d, MaxPool2d) | parameters_by_layer([Linear(2, 2)])
forward([Conv2d(1, 2, 3), ReLU()], ramp(1, 5, 5)).shape | expected_under_dropout(lambda x: avg_pool2d(x, 2), ramp(2, 2))
pooled_features(ones(2, 6, 6), pool="2x2").shape | pixel_features(ones(2, 6, 6)).shape | predict(least_squares(ramp(4, 2), ramp(4)), ramp(4, 2))
accuracy([1, 0], [1, 1]) | fit_kernel(normal(5, 6, 6), ones(5, 4, 4), 3).windows | similarity([1.0, 2.0], [2.0, 4.0]) | correlation([1.0, 2.0], [2.0, 5.0])
learn_kernel(edges(3).images, edges(3, seed=seed).labels, size=3, steps=2).kernel.shape | random_labels(3).labels.size
expected_dropout_loss(ramp(3, 2), ramp(2), ramp(3)) | dropout_loss(ramp(3, 2), ramp(2), ramp(3), draws=3) > 0 | shape_anywhere(2, noise=0.0).images.sum()
min([3, 1], key=lambda v: -v) | sorted("ba") | pow(2, 3) | complex(1, 2).real | float(True) | bool(0) | list("ab") | tuple([1])
"""  # noqa: E501 - a line is a shelf of calls


@pytest.mark.parametrize(
    "code", [call.strip() for line in CALLS.strip().splitlines() for call in line.split(" | ")]
)
def test_calls_work_as_in_plain_python(
    code: str,
    value: Callable[..., Any],
    run_plainly: Callable[..., Any],
    agrees: Callable[[Any, Any], bool],
) -> None:
    """A call of nearly every row, with its keywords."""
    assert agrees(value(code), run_plainly(code))


def test_did_you_mean() -> None:
    """The nearest name, or nothing."""
    assert did_you_mean("con2d", TABLE) == ": did you mean `conv2d`?"
    assert did_you_mean("qqqq", TABLE) == ""
