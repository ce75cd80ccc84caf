"""Slips in a call's arguments: one left out, moved by one, added, or two swapped."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quizcnn.check.edits import SHORT, Edit, SlipKind, Source, whole
from quizcnn.check.entry import Entry
from quizcnn.check.exchanges import (
    ADDED,
    EXAMPLES,
    EXCHANGES,
    SWAPPED,
    WORDS,
    instead,
)

KEPT = frozenset(("seed", "tolerance", "key", "dtype", "axis", "where", "size", "rtol", "atol"))
"""Arguments that are neither left out nor moved: what a check does without them is another one."""


def altered_calls(node: ast.Call, source: Source) -> Iterator[Edit]:
    """The slips in the arguments of one call of an operation."""
    entry = source.entry(node.func)
    if entry is None or entry.name in EXAMPLES:
        return
    if node not in source.shapes:
        yield from _written_out(node, entry, source)
    yield from _left_out(node, entry, source)
    if source.fine:
        yield from _moved(node, entry, source)
        yield from _added(node, entry, source)
    yield from _swapped(node, entry, source)


def _named(node: ast.Call, entry: Entry) -> list[tuple[str, ast.expr]]:
    """The arguments with their names, those by position first."""
    named = list(zip(entry.signature.positional, node.args, strict=False))
    return named + [(one.arg, one.value) for one in node.keywords if one.arg]


def _written_out(node: ast.Call, entry: Entry, source: Source) -> Iterator[Edit]:
    """Exchanges that need an argument beside: a true convolution of the same extent."""
    for exchange in EXCHANGES.get(entry.name, ()):
        plain = len(node.args) == 2 and not node.keywords
        if exchange.adding and plain:
            span = source.span
            last = span.end(node.args[-1])
            words = instead(WORDS[exchange.to], WORDS[entry.name])
            yield source.edit(
                SlipKind.EXCHANGE,
                words,
                (span.start(node.func), span.end(node.func), exchange.to),
                (last, last, f", {exchange.adding}"),
            )


def _left_out(node: ast.Call, entry: Entry, source: Source) -> Iterator[Edit]:
    span, signature = source.span, entry.signature
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is None or keyword.arg in KEPT | signature.required:
            continue
        if not source.heeds(keyword.arg, entry) or _is_default(
            keyword.arg, keyword.value, entry, source
        ):
            continue
        before = [*node.args, *(one.value for one in node.keywords[:place])]
        following = node.keywords[place + 1 :]
        start = span.end(before[-1]) if before else span.start(keyword)
        end = span.end(keyword) if before or not following else span.start(following[0])
        name = f"{keyword.arg} {source.quoted(keyword.value)} left out"
        yield source.edit(SlipKind.LEFT_OUT, name, (start, end, ""))
    optional = len(node.args) - 1
    if node.keywords or optional < 1 or optional >= len(signature.positional):
        return
    name = signature.positional[optional]
    last = node.args[optional]
    if name not in KEPT | signature.required and not _is_default(name, last, entry, source):
        words = f"{name} {source.quoted(last)} left out"
        piece = (span.end(node.args[optional - 1]), span.end(last), "")
        if source.heeds(name, entry):
            yield source.edit(SlipKind.LEFT_OUT, words, piece)


def _is_default(name: str, value: ast.expr, entry: Entry, source: Source) -> bool:
    """Whether an argument says what holds without it."""
    if isinstance(value, ast.Name):
        written: object = source.given.get(value.id)
    else:
        written = value.value if isinstance(value, ast.Constant) else None
    default = entry.signature.defaults.get(name)
    return written is not None and type(written) is type(default) and written == default


def _moved(node: ast.Call, entry: Entry, source: Source) -> Iterator[Edit]:
    """Numbers written as arguments of an operation of nn, each one more and one less."""
    if entry.room != "nn":
        return
    for name, value in _named(node, entry):
        number = whole(value)
        if number is None or name in KEPT or not source.heeds(name, entry):
            continue
        for moved in (number + 1, number - 1):
            if moved < 0 <= number or moved == entry.signature.defaults.get(name):
                continue
            if moved == 0 and name not in ("padding", "output_padding", "start_dim", "x"):
                continue
            words = f"{name} {moved} in place of {number}"
            yield source.put(SlipKind.SETTING, words, value, str(moved), moved=True)


def _added(node: ast.Call, entry: Entry, source: Source) -> Iterator[Edit]:
    """A stride, padding or dilation where none is written."""
    there = {name for name, _ in _named(node, entry)}
    for name, value in ADDED.items():
        if name not in entry.signature.keywords or name in there:
            continue
        if not source.heeds(name, entry) or not (node.args or node.keywords):
            continue
        pooling = name == "stride" and entry.signature.defaults.get(name, 0) is None
        added = "1" if pooling else value
        at = max(
            source.span.end(one)
            for one in (*node.args, *(keyword.value for keyword in node.keywords))
        )
        words = f"{name} {added} added"
        yield source.edit(SlipKind.SETTING, words, (at, at, f", {name}={added}"))


def _swapped(node: ast.Call, entry: Entry, source: Source) -> Iterator[Edit]:
    """The first argument and the second, which a person may take for one another."""
    if entry.name not in SWAPPED or len(node.args) < 2:
        return
    if entry.name[0].isupper() and not source.fine:
        return  # a layer's channels swapped: its weights stay as many, but for the biases
    span = source.span
    first, second = node.args[:2]
    one, other = span.text(first), span.text(second)
    if max(len(one), len(other)) > SHORT:
        named = entry.signature.positional
        words = f"{named[0]} and {named[1]} swapped"
    else:
        words = f"{source.quoted(first)} and {source.quoted(second)} swapped"
    yield source.edit(
        SlipKind.SWAP,
        words,
        (span.start(first), span.end(first), other),
        (span.start(second), span.end(second), one),
    )
