"""A network from top to bottom: its layers with shapes, parameters and multiply-adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quizcnn.check.proof import Network, NetworkRow
from quizcnn.pictures.numerals import compact
from quizcnn.pictures.pieces import THIN, Line, Piece, Tone, bar, fitted, line, quiet, wrapped

WIDE = 60
"""Columns from which a layer is one line."""
ROOMY = 96
"""Columns from which the receptive field stands beside the shape, where one is known."""
FULL = 80
"""Columns from which counts stand in full."""
LONGEST = 44
"""Columns that layers take at most."""
MOST_BAR = 14


def draw_network(network: Network, width: int) -> list[Line]:
    """A line for each layer with bars of its shares, and the totals; below 60 columns two lines."""
    if width < WIDE:
        return list(_beneath(network, width))
    return list(_beside(network, width))


def title(network: Network) -> str:
    """How a network is called, and what it is given.

    >>> title(Network("net", (1, 32, 32), ()))
    'net, for an input of 1×32×32'
    """
    name = network.name or "a network"
    given = f", for an input of {by(network.input_shape)}" if network.input_shape else ""
    return f"{name}{given}"


def by(sides: Sequence[int] | None) -> str:
    """A shape for people; a dash where none is known.

    >>> by((6, 28, 28)), by(None)
    ('6×28×28', '–')
    """
    return "×".join(map(str, sides)) if sides else "–"


def _beside(network: Network, width: int) -> Iterator[Line]:
    """Names, shapes and counts in columns."""
    said: Callable[[int], str] = "{:,}".format if width >= FULL else compact
    counted = network.input_shape is not None
    shapes = [by(row.output_shape) for row in network.rows] if counted else []
    seen = width >= ROOMY or not counted
    fields = [_field(row) for row in network.rows] if seen else []
    weights = [said(row.parameters) for row in network.rows]
    work = [said(row.multiply_adds or 0) for row in network.rows] if counted else []
    total = said(network.parameters), said(network.multiply_adds or 0)
    sizes = [
        max(map(len, ["output", *shapes])) + 2 if counted else 0,
        max(map(len, ["sees", *fields])) + 2 if fields else 0,
        max(map(len, ["parameters", *weights, total[0]])) + 2,
        max(map(len, ["multiply-adds", *work, total[1]])) + 2 if counted else 0,
    ]
    bars = 2 if counted else 1
    longest = max(len(row.layers) for row in network.rows)
    name = min(max(longest, 5), LONGEST, width - sum(sizes) - bars * 5)
    room = min((width - name - sum(sizes)) // bars - 1, MOST_BAR)
    most = max((row.parameters for row in network.rows), default=0)
    most_work = max((row.multiply_adds or 0 for row in network.rows), default=0)

    def columns(texts: Sequence[str]) -> list[str]:
        return [text.rjust(size) if size else "" for text, size in zip(texts, sizes, strict=True)]

    output, sees, held, done = columns(["output", "sees", "parameters", "multiply-adds"])
    yield line(quiet(" " * name + output + sees + held + " " * (room + 1) + done))
    for number, row in enumerate(network.rows):
        output, sees, held, done = columns(
            [
                shapes[number] if counted else "",
                fields[number] if fields else "",
                weights[number],
                work[number] if counted else "",
            ]
        )
        yield line(
            fitted(row.layers, name),
            quiet(output + sees),
            held,
            _share(row.parameters, most, room),
            done,
            _share(row.multiply_adds or 0, most_work, room),
        )
    held, done = (text.rjust(size) for text, size in zip(total, sizes[2:], strict=True))
    gap = " " * (sizes[0] + sizes[1])
    told = held + " " * (room + 1) + (done if counted else "")
    yield line(Piece("total".ljust(name), Tone.STRONG), gap, Piece(told, Tone.STRONG))


def _share(number: int, most: int, room: int) -> Piece:
    return Piece(f" {bar(number, most, room, THIN):<{room}}", Tone.BAR)


def _field(row: NetworkRow) -> str:
    sides = row.receptive_field
    return "all" if sides is None else by(sides * 2 if len(sides) == 1 else sides)


def _beneath(network: Network, width: int) -> Iterator[Line]:
    """The counts and bars of a layer under its name, where there is little room."""
    room = max(min((width - 22) // 2, MOST_BAR), 2)
    most = max((row.parameters for row in network.rows), default=0)
    most_work = max((row.multiply_adds or 0 for row in network.rows), default=0)
    counted = network.input_shape is not None
    said = "parameters and multiply-adds" if counted else "parameters"
    yield from wrapped(f"{said} of each layer:", width)
    for row in network.rows:
        shape = f" → {by(row.output_shape)}" if counted else ""
        yield line(fitted(row.layers, max(width - len(shape), 8)).rstrip(), quiet(shape))
        yield _counts(row.parameters, row.multiply_adds, (most, most_work), room)
    yield line(Piece("total", Tone.STRONG))
    yield _counts(network.parameters, network.multiply_adds, (0, 0), room)


def _counts(weights: int, work: int | None, most: tuple[int, int], room: int) -> Line:
    pieces = [Piece(f"  {compact(weights):>6}"), _share(weights, most[0], room)]
    if work is not None:
        pieces += [Piece(f" {compact(work):>6}"), _share(work, most[1], room)]
    return tuple(pieces)


def network_lines(network: Network) -> Iterator[str]:
    """The network in sentences, a layer each, with its share of the whole.

    >>> row = NetworkRow("Linear(4, 2)", (2,), 10, 8, None)
    >>> for told in network_lines(Network("net", (4,), (row, row))):
    ...     print(told)
    net, for an input of 4: 20 parameters, 16 multiply-adds
      1. Linear(4, 2): output 2; 10 parameters (50%), 8 multiply-adds (50%)
      2. Linear(4, 2): output 2; 10 parameters (50%), 8 multiply-adds (50%)
    """
    yield f"{title(network)}: {_in_words(network.parameters, network.multiply_adds)}"
    for number, row in enumerate(network.rows, 1):
        shape = f"output {by(row.output_shape)}; " if row.output_shape is not None else ""
        whole = (network.parameters, network.multiply_adds or 0)
        counts = _in_words(row.parameters, row.multiply_adds, whole)
        yield f"  {number}. {row.layers}: {shape}{counts}"


def _in_words(weights: int, work: int | None, whole: tuple[int, int] = (0, 0)) -> str:
    texts = [f"{weights:,} parameters{_percent(weights, whole[0])}"]
    if work is not None:
        texts.append(f"{work:,} multiply-adds{_percent(work, whole[1])}")
    return ", ".join(texts)


def _percent(part: int, whole: int) -> str:
    return f" ({part / whole:.0%})" if part and whole else ""
