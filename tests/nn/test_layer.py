"""What all layers share: reading sizes, refusing nonsense, being written down."""

from dataclasses import KW_ONLY, dataclass

import numpy as np
import pytest

from quizcnn.nn.layer import Layer, sides


@dataclass(frozen=True, repr=False)
class Example(Layer):
    """A layer with a field of each sort."""

    count: int
    size: int | tuple[int, ...] = 1
    switch: bool = True
    number: float = 0.5
    _: KW_ONLY
    named: int

    def __post_init__(self) -> None:
        self._count("count", "named")
        self._size("size", at_least=0, axes=3)
        self._switch("switch")
        self._number("number")


def test_a_size_counts_for_all_sides_or_for_one_each() -> None:
    assert sides(3, 1) == (3,)
    assert sides(3, 3) == (3, 3, 3)
    assert sides((3, 4), 2) == (3, 4)


def test_it_reads_as_one_writes_it() -> None:
    """Without what is left at its default, and by name what can only be given so."""
    assert repr(Example(2, named=3)) == "Example(2, named=3)"
    layer = Example(2, [1, 0, 2], np.False_, np.float32(0.25), named=np.int64(7))  # type: ignore
    assert repr(layer) == "Example(2, size=(1, 0, 2), switch=False, number=0.25, named=7)"
    assert layer == Example(2, (1, 0, 2), False, 0.25, named=7)
    assert [type(value) for value in vars(layer).values()] == [int, tuple, bool, float, int]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"count": 0}, "Example: count must be a whole number of at least 1, not 0"),
        ({"count": True}, "Example: count must be a whole number of at least 1, not True"),
        ({"count": "2"}, "Example: count must be a whole number of at least 1, not '2'"),
        ({"size": -1}, "Example: size must be a whole number of at least 0, not -1"),
        ({"size": (1, 2)}, r"Example: size is an int or \(depth, height, width\), not \(1, 2\)"),
        ({"size": (1, 2.5, 3)}, r"Example: size must be a whole number of at least 0, not 2\.5"),
        ({"switch": None}, "Example: switch must be True or False, but is None"),
        ({"number": True}, "Example: number must be a number, but is True"),
        ({"number": 1j}, "Example: number must be a number, but is 1j"),
        ({"number": float("inf")}, "Example: number must be a finite number, but is inf"),
    ],
)
def test_nonsense_is_refused(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Example(**{"count": 1, "named": 1, **fields})  # type: ignore[arg-type]
