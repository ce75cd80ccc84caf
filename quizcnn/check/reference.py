"""The reference of the check language, written from the table of names and the limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from quizcnn.check import (
    limits,
    table_convolution,
    table_losses,
    table_networks,
    table_nn,
    table_numpy,
    table_pooling,
)
from quizcnn.check.entry import Entry
from quizcnn.check.table import ATTRIBUTES, CONSTANTS
from quizcnn.check.table_builtins import BUILTINS, METHODS

BEGIN = "<!-- from here to the end mark: written by scripts/reference.py -->"
END = "<!-- the end mark of what scripts/reference.py writes -->"

OPERATIONS: Mapping[str, Sequence[Entry]] = {
    "Data": table_nn.ARRAYS,
    "Convolution": table_convolution.CONVOLUTION,
    "Pooling": table_pooling.POOLING,
    "Activations and dense layers": table_pooling.DENSE,
    "Normalisation": table_pooling.NORMALIZATION,
    "Losses": table_losses.LOSSES,
    "Object detection": table_losses.DETECTION,
    "Gradients and influence": table_nn.GRADIENTS,
    "Layers": table_networks.LAYERS,
    "Networks, and counting in them": table_networks.COUNTING,
    "Formulas": table_networks.FORMULAS,
    "Learning": table_nn.LEARNING,
}
"""The names of `quizcnn.nn`, by what they are about."""

NUMPY: Mapping[str, Sequence[Entry]] = {
    "Value by value": table_numpy.VALUE_BY_VALUE,
    "Summaries": table_numpy.SUMMARIES,
    "Order and places": table_numpy.ORDER,
    "Shape": table_numpy.SHAPING,
    "New arrays": table_numpy.MAKING,
    "Linear algebra": table_numpy.ALGEBRA,
    "Spectra": table_numpy.FOURIER,
    "Types": table_numpy.DTYPES,
}
"""NumPy's functions, by what they are for."""


def reference() -> str:
    """The reference as Markdown, folded up into a line for each part."""
    return "\n\n".join(_sections()) + "\n"


def put_in(document: str) -> str:
    """`document` with the reference between its two marks. Raises ValueError without them.

    >>> put_in("no marks")
    Traceback (most recent call last):
    ...
    ValueError: the document has no place for the reference: BEGIN and END are missing
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the document has no place for the reference: BEGIN and END are missing")
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _sections() -> Iterator[str]:
    yield from _folded("Operations of <code>quizcnn.nn</code>", _operations())
    yield from _folded("NumPy", _numpy())
    yield from _folded("Python's own, and what an array has", _python())
    yield from _folded("Limits of a check", [_table("what", "at most", _limits())])


def _folded(title: str, sections: Iterable[str]) -> Iterator[str]:
    """Sections that a reader opens when they are wanted."""
    yield f"<details><summary>{title}</summary>"
    yield from sections
    yield "</details>"


def _operations() -> Iterator[str]:
    yield (
        "Their arguments are PyTorch's where PyTorch has the operation. Where ⚄ stands, random "
        "numbers are drawn from `seed`, which need not be written. `f` is an operation, a layer, a "
        "list of layers or a `lambda`."
    )
    yield from _tables(OPERATIONS)
    yield (
        "Results of several values have named fields: `experiment(…).train`, `bars(…).images`. "
        "They are the arguments of the results' own rows, such as `Experiment`, `Dataset` and "
        "`ConvolutionGradients`."
    )


def _numpy() -> Iterator[str]:
    yield "As NumPy has them, with the arguments that stand here and no others."
    yield from _tables(NUMPY)
    yield f"Constants: {_listed(CONSTANTS)}."


def _python() -> Iterator[str]:
    yield from _tables({"Builtins": BUILTINS})
    yield "**Of an array `x`**"
    attributes = [(f"`x.{name}`", says) for name, says in ATTRIBUTES.items()]
    yield _table("written", "gives", [*attributes, *_rows(METHODS, "x.")])


def _tables(groups: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
    for title, entries in groups.items():
        yield f"**{title}**"
        yield _table("written", "gives", _rows(entries))


def _rows(entries: Iterable[Entry], before: str = "") -> Iterator[tuple[str, str]]:
    """A row for each entry; neighbours that are called alike and say the same share one."""
    for (arguments, says), alike in groupby(entries, lambda entry: (entry.arguments, _says(entry))):
        *names, last = [f"{before}{entry.name}" for entry in alike]
        yield ", ".join([*(f"`{name}`" for name in names), f"`{last}({arguments})`"]), says


def _says(entry: Entry) -> str:
    """An entry's line of help, with the words that it takes."""
    drawn = "⚄ " if entry.seeded else ""
    words = ", ".join(f'`"{word}"`' for word in entry.words)
    return f"{drawn}{entry.help}" + (f": {words}" if words else "")


def _limits() -> list[tuple[str, str]]:
    return [
        ("source of a check, a claim or a given", f"{limits.SOURCE:,} bytes"),
        ("nesting of expressions and blocks", f"{limits.NESTING}"),
        ("pieces of a check, a claim or a given", f"{limits.NODES:,} nodes of its syntax tree"),
        ("lambdas that call each other", f"{limits.DEPTH} deep"),
        ("steps, each piece of an expression being one", f"{limits.STEPS:,}"),
        ("values of one array", f"{limits.ELEMENTS:,}"),
        ("axes of one array", f"{limits.AXES}"),
        ("values of all arrays of a check", f"{limits.TOTAL_ELEMENTS:,}"),
        ("a whole number", f"{limits.BITS} bits, about 154 digits"),
        ("a text", f"{limits.TEXT:,} characters"),
        ("a list or tuple", f"{limits.ITEMS:,} values"),
        ("time", "2 seconds, or the question's `timeout` up to 30"),
    ]


def _table(first: str, second: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {_cell(left)} | {_cell(right)} |" for left, right in rows]
    return "\n".join([f"| {first} | {second} |", "|---|---|", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
