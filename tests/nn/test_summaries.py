"""A network as a table: its rows add up, and it prints well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.nn.blocks import Parallel, Residual
from quizcnn.nn.counting import activation_count, memory, multiply_adds, parameters
from quizcnn.nn.geometry import output_shape
from quizcnn.nn.layers import Conv2d, ConvTranspose2d, Linear
from quizcnn.nn.layers_pointwise import BatchNorm2d, Flatten, ReLU
from quizcnn.nn.layers_pooling import MaxPool2d
from quizcnn.nn.networks import alexnet, lenet5, mobilenet, vgg16, vgg19
from quizcnn.nn.networks_branching import googlenet, resnet18, resnet50
from quizcnn.nn.receptive import receptive_fields
from quizcnn.nn.summaries import summary

NETWORKS = [
    (lenet5(), (1, 32, 32)),
    (alexnet(), (3, 227, 227)),
    (vgg16(), (3, 224, 224)),
    (vgg19(), (3, 224, 224)),
    (googlenet(), (3, 224, 224)),
    (resnet18(), (3, 224, 224)),
    (resnet50(), (3, 224, 224)),
    (mobilenet(), (3, 224, 224)),
]

TABLE = """\
layer                            output  parameters  multiply-adds  field   jump
────────────────────────────────────────────────────────────────────────────────
ConvTranspose2d(1, 2, 2, strid…  2×6×6           10             72      1    0.5
Conv2d(2, 1, (3, 1), stride=(2…  1×2×6            7             72    2×1  1×0.5
────────────────────────────────────────────────────────────────────────────────
total                                            17            144
84 activations; with the parameters 404 bytes at 4 each"""


@pytest.mark.parametrize(("network", "shape"), NETWORKS)
@pytest.mark.parametrize("inside", [False, True])
def test_rows_add_up_to_the_totals(network, shape, inside: bool) -> None:
    table = summary(network, shape, inside=inside)
    assert table.parameters == parameters(network) == sum(row.parameters for row in table.rows)
    work = multiply_adds(network, shape)
    assert table.multiply_adds == work == sum(row.multiply_adds for row in table.rows)
    values = activation_count(network, shape)
    assert table.activations == values == sum(row.activations for row in table.rows)
    assert table.bytes == memory(network, shape).total == sum(row.bytes for row in table.rows)
    assert (table.input_shape, table.output_shape) == (shape, output_shape(network, shape))


@pytest.mark.parametrize(("network", "shape"), NETWORKS)
@pytest.mark.parametrize("inside", [False, True])
def test_it_fits_into_80_columns_and_is_aligned(network, shape, inside: bool) -> None:
    lines = str(summary(network, shape, inside=inside)).splitlines()
    assert max(map(len, lines)) <= 80
    head, rule, *rows, end, total, memory_line = lines
    assert set(rule) == set(end) == {"─"}
    assert len(rule) == len(end)
    right = head.index("parameters") + len("parameters")
    for row in [*rows, total]:
        assert row[right - 1].isdigit()
        assert row[right : right + 2] == "  "
    assert "activations" in memory_line


def test_rows_by_hand() -> None:
    layers = [Conv2d(1, 6, 5), ReLU(), MaxPool2d(2), Flatten(), Linear(1176, 10)]
    table = summary(layers, (1, 32, 32), itemsize=8)
    assert [row.layer for row in table.rows] == layers
    assert [row.output_shape for row in table.rows] == [
        (6, 28, 28),
        (6, 28, 28),
        (6, 14, 14),
        (1176,),
        (10,),
    ]
    assert [row.parameters for row in table.rows] == [156, 0, 0, 0, 11_770]
    assert [row.multiply_adds for row in table.rows] == [117_600, 0, 0, 0, 11_760]
    assert [row.activations for row in table.rows] == [4704, 4704, 1176, 0, 10]
    assert [row.bytes for row in table.rows] == [8 * 4860, 8 * 4704, 8 * 1176, 0, 8 * 11_780]
    assert [row.receptive_field for row in table.rows] == [5, 5, 6, None, None]
    assert [row.jump for row in table.rows] == [1, 1, 2, None, None]


def test_inside_blocks_each_layer_has_its_row() -> None:
    body = [Conv2d(2, 2, 3, padding=1, bias=False), BatchNorm2d(2)]
    layers = [Residual(body), Parallel([], Conv2d(2, 1, 1))]
    closed, opened = (summary(layers, (2, 4, 4), inside=inside) for inside in (False, True))
    assert [row.depth for row in opened.rows] == [1, 1, 0, 1, 0]
    assert [row.parameters for row in opened.rows] == [36, 4, 0, 3, 0]
    assert [row.activations for row in opened.rows] == [32, 32, 32, 16, 0]
    assert [row.parameters for row in closed.rows] == [40, 3]
    assert [row.activations for row in closed.rows] == [96, 16]
    assert str(opened).splitlines()[2].startswith("  Conv2d(2, 2, 3,")
    assert str(opened).splitlines()[4].startswith("Residual(2 layers)")


def test_the_table_of_a_small_network() -> None:
    layers = [ConvTranspose2d(1, 2, 2, stride=2), Conv2d(2, 1, (3, 1), stride=(2, 1))]
    assert str(summary(layers, (1, 3, 3))) == TABLE


def test_no_layers_make_a_table_without_rows() -> None:
    table = summary([], (3, 8, 8))
    assert (table.rows, table.output_shape, table.parameters) == ((), (3, 8, 8), 0)
    assert str(table).splitlines()[-1] == "0 activations; with the parameters 0 bytes at 4 each"


@given(st.integers(1, 4), st.integers(1, 3), st.integers(4, 9))
def test_fields_are_those_of_receptive_fields(kernel: int, layers: int, side: int) -> None:
    stack = [Conv2d(1, 1, kernel, padding=kernel // 2)] * layers
    rows = summary(stack, (1, side, side)).rows
    assert [row.receptive_field for row in rows] == receptive_fields(stack)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((Linear(3, 2), (4,)), "expects 3 values"),
        (([ReLU()], (4,), 0), "summary: itemsize must be at least 1"),
        ((ReLU, (4,)), r"write ReLU\(\.\.\.\)"),
    ],
)
def test_nonsense_is_refused(arguments, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        summary(*arguments)
