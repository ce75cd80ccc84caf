"""A proof says which networks its check counted or ran, layer by layer."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from quizcnn.check.client import Worker
from quizcnn.check.codec import decode_proof, encode_proof
from quizcnn.check.codec_networks import MOST_NETWORKS, MOST_ROWS
from quizcnn.check.codec_values import CodecError
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.check.proof import Network, NetworkRow, Proof


def met(code: str, **given: str) -> tuple[Network, ...]:
    proof = run_job(Job(code, given))
    assert proof.failure is None, proof.failure
    assert decode_proof(encode_proof(7, proof)) == (7, proof)
    return proof.networks


def test_a_counted_network_is_told_with_shapes_parameters_and_work() -> None:
    """Worked out by hand: 6·25 + 6 weights, 6·28·28 outputs of 25 products each."""
    (network,) = met("multiply_adds(layers, (1, 32, 32))", layers="[Conv2d(1, 6, 5), MaxPool2d(2)]")
    assert network == Network(
        "layers",
        (1, 32, 32),
        (
            NetworkRow("Conv2d(1, 6, 5)", (6, 28, 28), 156, 6 * 28 * 28 * 25, (5,)),
            NetworkRow("MaxPool2d(2)", (6, 14, 14), 0, 0, (6,)),
        ),
    )
    assert (network.parameters, network.multiply_adds) == (156, 117_600)


def test_activations_normalisation_and_dropout_stand_with_the_layer_before() -> None:
    (network,) = met("parameters([Conv2d(3, 8, 3), BatchNorm2d(8), ReLU(), Dropout(), Flatten()])")
    assert [row.layers for row in network.rows] == [
        "Conv2d(3, 8, 3), BatchNorm2d(8), ReLU(), Dropout()",
        "Flatten()",
    ]
    assert network.rows[0].parameters == 3 * 8 * 9 + 8 + 16


def test_without_an_input_only_parameters_and_fields_are_known() -> None:
    (network,) = met("parameters(net)", net="lenet5()")
    assert network.input_shape is None
    assert network.multiply_adds is None
    assert network.parameters == 61_706
    assert {row.output_shape for row in network.rows} == {None}
    assert network.rows[0].receptive_field == (5,)
    assert network.rows[-1].receptive_field is None


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("forward(net, ramp(8, 8)).shape", (1, 8, 8)),
        ("forward(net, ramp(1, 8, 8)).shape", (1, 8, 8)),
        ("forward(net, ramp(5, 1, 8, 8)).shape", (1, 8, 8)),
        ("seen(net, ramp(9, 9))[0]", (1, 9, 9)),
        ("parameters(net) + multiply_adds(net, (1, 7, 7))", (1, 7, 7)),
    ],
)
def test_the_input_is_the_one_that_the_check_gives(code: str, shape: tuple[int, ...]) -> None:
    (network,) = met(code, net="[Conv2d(1, 2, 3), AvgPool2d(2)]")
    assert network.input_shape == shape


def test_networks_have_the_names_that_the_check_gives_them() -> None:
    networks = met(
        "small = [Conv2d(1, 1, 3), ReLU(), Flatten()]\n"
        "parameters(lenet5()) + parameters(small) + sum([parameters(net) for net in nets])",
        nets="[[Linear(2, 3), Linear(3, 4)], [Linear(5, 6), Linear(6, 7)]]",
    )
    assert [network.name for network in networks] == ["lenet5()", "small", "net", "net"]


def test_single_layers_and_networks_only_taken_apart_beside_others_are_not_told() -> None:
    assert met("parameters(Conv2d(1, 1, 3))") == ()
    assert met("parameters([Conv2d(1, 1, 3)])") == ()
    (front,) = met(
        "front = layers_before(lenet5(), Flatten)\noutput_shape(front, (1, 32, 32))",
    )
    assert front.name == "front"
    (whole,) = met("len(layers_of(lenet5(), Conv2d))")
    assert whole.parameters == 61_706


def test_there_are_never_more_networks_than_one_can_read() -> None:
    networks = met("sum([parameters([Linear(n, 2), Linear(2, 1)]) for n in range(1, 50)])")
    assert len(networks) == MOST_NETWORKS
    assert met(f"parameters([ReLU()] * {MOST_ROWS + 1})") == ()


@pytest.mark.parametrize(
    "code",
    [
        "output_shape([ReLU(), Tanh()], [1] * 100)",
        "output_shape([Upsample(scale_factor=2**200)] * 2, (2**200, 2**200, 2**200))",
        "parameters([Linear(2**300, 2**300), Linear(2**300, 2**300)])",
    ],
)
def test_a_network_beyond_all_measure_is_left_out_and_the_proof_stands(code: str) -> None:
    proof = run_job(Job(code))
    assert decode_proof(encode_proof(1, proof))[1] == proof


def test_where_no_steps_are_told_no_network_is() -> None:
    assert run_job(Job("parameters(lenet5())", steps=False)).networks == ()


def test_networks_cross_the_pipe() -> None:
    job = Job("parameters(net)", {"net": "lenet5()"})
    with Worker() as worker:
        (proof,) = worker.run([job])
    assert replace(proof, seconds=0) == replace(run_job(job), seconds=0)
    assert proof.networks[0].parameters == 61_706


ROW = ["Conv2d(1, 6, 5)", [6, 28, 28], 156, 117_600, [5]]


@pytest.mark.parametrize(
    "forged",
    [
        None,
        {},
        [[]],
        [["net", None, []]],
        [["net", [1, 32, 32], [ROW]] * 2],
        [["net", [1, 32, 32], [ROW[:4]]]],
        [["net", None, [ROW]]],
        [["net", [1, 32, 32], [[*ROW[:3], None, None]]]],
        [["net", [1, 32, 32], [[ROW[0], None, 156, 117_600, None]]]],
        [["net", [1, -32, 32], [ROW]]],
        [["net", [True, 32, 32], [ROW]]],
        [["net", [], [ROW]]],
        [["net", [1] * 65, [ROW]]],
        [["net", [1, 32, 32], [[*ROW[:2], -1, *ROW[3:]]]]],
        [["net", [1, 32, 32], [[*ROW[:2], 1.5, *ROW[3:]]]]],
        [["net", [1, 32, 32], [[*ROW[:2], 2**600, *ROW[3:]]]]],
        [["net", [1, 32, 32], [[7, *ROW[1:]]]]],
        [["n" * 500, [1, 32, 32], [ROW]]],
        [["net", [1, 32, 32], [ROW] * (MOST_ROWS + 1)]],
        [["net", [1, 32, 32], [ROW]]] * (MOST_NETWORKS + 1),
    ],
)
def test_a_forged_network_is_refused(forged: Any) -> None:
    message = json.loads(encode_proof(1, Proof(value=1)))
    decode_proof(json.dumps(message | {"networks": [["net", [1, 32, 32], [ROW]]]}).encode())
    with pytest.raises(CodecError):
        decode_proof(json.dumps(message | {"networks": forged}).encode())
