"""Networks of a proof as JSON and back, with every type and bound checked on the way in."""

from __future__ import annotations

from quizcnn.check.codec_values import (
    DIMENSIONS,
    CodecError,
    Json,
    as_int,
    as_list,
    as_several,
    as_text,
    optional,
)
from quizcnn.check.proof import Network, NetworkRow

MOST_NETWORKS = 4
"""Networks of one proof."""
MOST_ROWS = 400
"""Rows of one network."""
LONGEST_NAME = 400
"""Characters of a name or of a row's layers."""


def encode_network(network: Network) -> Json:
    """A network as JSON."""
    rows = [
        [row.layers, row.output_shape, row.parameters, row.multiply_adds, row.receptive_field]
        for row in network.rows
    ]
    return [network.name, network.input_shape, rows]


def decode_networks(value: Json) -> tuple[Network, ...]:
    """The networks that JSON says; CodecError where it says none."""
    several = as_list(value)
    if len(several) > MOST_NETWORKS:
        raise CodecError("these are too many networks")
    return tuple(map(_network, several))


def _network(value: Json) -> Network:
    name, shape, rows = as_several(value, 3)
    if not 0 < len(as_list(rows)) <= MOST_ROWS:
        raise CodecError("a network has rows, and not too many")
    network = Network(_name(name), optional(_sides, shape), tuple(map(_row, rows)))
    known = network.input_shape is not None
    for row in network.rows:
        if (row.output_shape is not None) is not known or (row.multiply_adds is not None) != known:
            raise CodecError("shapes and multiply-adds are known of all rows, or of none")
    return network


def _row(value: Json) -> NetworkRow:
    layers, shape, parameters, multiply_adds, field = as_several(value, 5)
    return NetworkRow(
        _name(layers),
        optional(_sides, shape),
        _count(parameters),
        optional(_count, multiply_adds),
        optional(_sides, field),
    )


def _name(value: Json) -> str:
    name = as_text(value)
    if len(name) > LONGEST_NAME:
        raise CodecError("this name is too long")
    return name


def _count(value: Json) -> int:
    count = as_int(value)
    if count < 0:
        raise CodecError("a count is not negative")
    return count


def _sides(value: Json) -> tuple[int, ...]:
    sides = as_list(value)
    if not 0 < len(sides) <= DIMENSIONS:
        raise CodecError("a shape has sides, and not too many")
    return tuple(map(_count, sides))
