"""The networks that a check's operations meet, and with which input: for the picture of them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from quizcnn.check.codec_networks import LONGEST_NAME, MOST_NETWORKS, MOST_ROWS
from quizcnn.check.codec_values import DIMENSIONS
from quizcnn.check.entry import Entry
from quizcnn.check.kinds import Inside
from quizcnn.check.limits import BITS
from quizcnn.check.proof import Network, NetworkRow
from quizcnn.nn.blocks import Layers, Sequential, listed
from quizcnn.nn.layer import Layer
from quizcnn.nn.outline import example_shape, outline

MOST_MET = 100
"""Calls with a network that are looked at; later ones of a long loop are not."""

TAKING_APART = frozenset({"layers_of", "layers_before", "layers_after", "without", "followed_by"})
"""Operations that only look for layers: what they are given is shown where nothing else is met."""

Known = tuple[Layer, ...]


@dataclass
class _Meeting:
    """With which input a network was met first, how it was written there, and what for."""

    written: str
    shape: tuple[int, ...] | None
    counted: bool


class Networks:
    """Notes networks of two layers and more as they come by; `met` tells them."""

    def __init__(self) -> None:
        self._met: dict[Known, _Meeting] = {}
        self._looks = 0

    def note(self, entry: Entry, arguments: Mapping[str, Inside], site: ast.AST | None) -> None:
        """Look for a network among the arguments of a call, and for the input it is to have."""
        if entry.room != "nn" or self._looks >= MOST_MET:
            return
        layers = _network(arguments.get("layers", arguments.get("f")))
        if layers is None:
            return
        self._looks += 1
        meeting = self._met.setdefault(layers, _Meeting(_written(site), None, False))
        meeting.counted = meeting.counted or entry.name not in TAKING_APART
        if meeting.shape is None:
            meeting.shape = _input(layers, arguments)

    def met(self, names: Mapping[str, Inside]) -> tuple[Network, ...]:
        """The networks, those first that were met first, by the names that they have."""
        named = {layers: name for name, value in names.items() if (layers := _network(value))}
        met = list(self._met.items())
        chosen = [pair for pair in met if pair[1].counted] or met
        told = (
            _told(layers, named.get(layers, meeting.written), meeting.shape)
            for layers, meeting in chosen[:MOST_NETWORKS]
        )
        return tuple(network for network in told if network is not None)


def _network(value: Inside) -> Known | None:
    """The layers of a value that is a list of two and more of them, None for anything else."""
    if not isinstance(value, list | tuple | Sequential):
        return None
    if not isinstance(value, Sequential) and not 0 < len(value) <= MOST_ROWS:
        return None
    if not isinstance(value, Sequential) and not isinstance(value[0], Layer | list | tuple):
        return None
    try:
        layers = tuple(listed(value))
    except ValueError:
        return None
    return layers if 1 < len(layers) <= MOST_ROWS else None


def _input(layers: Layers, arguments: Mapping[str, Inside]) -> tuple[int, ...] | None:
    """The shape of the example that a call gives a network."""
    shape = arguments.get("shape")
    try:
        if isinstance(shape, tuple | list):
            return tuple(int(side) for side in shape)
        for value in arguments.values():
            if type(value) is np.ndarray and value.ndim:
                return example_shape(layers, value.shape)
    except (ValueError, TypeError, OverflowError):
        return None
    return None


def _written(site: ast.AST | None) -> str:
    """How the network of a call is written: its first argument."""
    if isinstance(site, ast.Call) and site.args:
        return ast.unparse(site.args[0])[:LONGEST_NAME]
    return ""


def _told(layers: Known, name: str, shape: tuple[int, ...] | None) -> Network | None:
    """A network in rows; without a shape where the layers do not fit it."""
    for known in (shape, None) if shape else (None,):
        try:
            rows = tuple(
                NetworkRow(
                    row.layers[:LONGEST_NAME],
                    row.output_shape,
                    row.parameters,
                    row.multiply_adds,
                    _field(row.receptive_field),
                )
                for row in outline(layers, known)
            )
        except ValueError:
            continue
        if all(map(_bounded, rows)) and len(known or ()) <= DIMENSIONS:
            return Network(name, known, rows)
    return None


def _bounded(row: NetworkRow) -> bool:
    """Whether the parent would read a row: no number is beyond all measure."""
    sides = (*(row.output_shape or ()), *(row.receptive_field or ()))
    numbers = (*sides, row.parameters, row.multiply_adds or 0)
    return len(sides) <= DIMENSIONS and max(number.bit_length() for number in numbers) <= BITS


def _field(sides: int | Iterable[int] | None) -> tuple[int, ...] | None:
    return None if sides is None else (sides,) if isinstance(sides, int) else tuple(sides)
