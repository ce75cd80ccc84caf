"""Calling a name of the table: its arguments bound and looked at, its size reckoned, then run."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from quizcnn.check.entry import Entry
from quizcnn.check.extents import extent, volume
from quizcnn.check.functions import BUILTIN_FUNCTIONS, nothing_proved
from quizcnn.check.kinds import (
    Function,
    Inside,
    Stream,
    admit,
    describe,
    is_function,
    is_record,
    weigh,
)
from quizcnn.check.limits import ITEMS, Budget, LimitError, RaisedError, RefusedError
from quizcnn.check.sizes import estimate
from quizcnn.check.table import did_you_mean
from quizcnn.check.targets import dtype_of, method_targets, targets

ALWAYS = frozenset((np.ndarray, float, bool))
"""Types that any argument may have, as far as this looks; the operation knows better."""

INT64 = 63
"""Bits of NumPy's integers, the sign apart."""

KINDS = ("kind", "then", "only")
"""Arguments that are a kind of layer."""


@dataclass
class Run:
    """What one job shares: its budget, its seed, and who has drawn from the seed already."""

    seed: int
    budget: Budget = field(default_factory=Budget)
    random: bool = False
    lambdas: int = 0
    drawn: dict[str, ast.AST | None] = field(default_factory=dict)


class Operation(Function):
    """An operation as a value: `max_pool2d` in `grad(max_pool2d, x, 2)`."""

    __slots__ = ("entry", "run")

    def __init__(self, entry: Entry, run: Run) -> None:
        self.entry = entry
        self.run = run

    @property
    def text(self) -> str:
        """Its name."""
        return self.entry.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Operation) and self.entry.name == other.entry.name

    def __hash__(self) -> int:
        return hash(self.entry.name)

    def __call__(self, /, *args: Inside, **keywords: Inside) -> Inside:
        """Called by an operation that was given this one: every draw has the check's seed."""
        return call(self.entry, args, keywords, self.run, None)


class Handed(Function):
    """A function of the check as an operation calls it, again and again.

    Nothing that one call makes is left after it but its result, so only results count that the
    operation gathers.
    """

    __slots__ = ("_budget", "_function", "_gathered", "_gathers")

    def __init__(self, function: Function, budget: Budget, gathers: bool) -> None:
        self._function = function
        self._budget = budget
        self._gathers = gathers
        self._gathered = 0

    @property
    def text(self) -> str:
        """The function as it is written."""
        return self._function.text

    def __call__(self, /, *args: Inside, **keywords: Inside) -> Inside:
        """The function's value."""
        before = self._budget.elements
        result = self._function(*args, **keywords)
        self._budget.elements = before
        if self._gathers:
            self._gathered += volume(result)
            self._budget.room(self._gathered // 2)  # differences of two results, or less
        return result


def call(
    entry: Entry,
    args: Sequence[Inside],
    keywords: Mapping[str, Inside],
    run: Run,
    site: ast.AST | None,
) -> Inside:
    """The value of `entry(*args, **keywords)`, written at `site`."""
    arguments = bind(entry, args, keywords)
    changed = _prepare(entry, arguments, run)
    if entry.room == "builtin":
        value = BUILTIN_FUNCTIONS[entry.name](run.budget, *args, **keywords)
        # What is in a list, or picked from one, was looked at when it came in.
        picked = type(value) in (list, tuple, np.ndarray) and entry.name not in ("abs", "round")
        return value if picked else admit(value, run.budget, args)
    function = targets().get(entry.name)
    if function is None:
        raise RefusedError(f"`{entry.name}` is not there in this version of quizcnn")
    if entry.seeded and "seed" not in arguments:
        changed["seed"] = _draw(entry, run, site)
    _look(entry, arguments, run)
    for name in entry.functions:
        if is_function(arguments.get(name)):
            changed[name] = Handed(arguments[name], run.budget, entry.gathers)
    if changed:
        args, keywords = _with(entry, changed, args, keywords)
    owners = [*args, *keywords.values()] if keywords else args
    return admit(function(*args, **keywords), run.budget, owners)


def call_method(
    entry: Entry, owner: Inside, args: Sequence[Inside], keywords: Mapping[str, Inside], run: Run
) -> Inside:
    """The value of `owner.name(*args, **keywords)` for an array or one of NumPy's numbers."""
    methods = method_targets()[np.ndarray if type(owner) is np.ndarray else np.generic]
    if entry.name not in methods:
        raise RefusedError(f"{describe(owner)} has no `.{entry.name}()`")
    arguments = bind(entry, args, keywords)
    changed = _prepare(entry, arguments, run)
    _look(entry, {"a": owner, **arguments}, run)
    if changed:
        args, keywords = _with(entry, changed, args, keywords)
    return admit(methods[entry.name](owner, *args, **keywords), run.budget, (owner, *args))


def bind(entry: Entry, args: Sequence[Inside], keywords: Mapping[str, Inside]) -> dict[str, Inside]:
    """The arguments by name, in the order of the signature; `*shape` as a tuple."""
    signature = entry.signature
    bound = dict(zip(signature.positional, args, strict=False))
    if signature.gathered is not None:
        bound[signature.gathered] = tuple(args[len(signature.positional) :])
    elif len(args) > len(signature.positional):
        limit = len(signature.positional)
        raise RaisedError(
            f"{entry.name} takes {limit or 'no'} argument{'s' if limit != 1 else ''} by position, "
            f"here are {len(args)}: {entry.usage}"
        )
    for name, value in keywords.items():
        if name not in signature.keywords:
            near = did_you_mean(name, signature.keywords)
            raise RaisedError(f"{entry.name} has no argument `{name}`{near}: {entry.usage}")
        if name in bound:
            raise RaisedError(f"{entry.name} is given `{name}` twice: {entry.usage}")
        bound[name] = value
    if not bound.keys() >= signature.required:
        missing = [name for name in signature.positional if name in signature.required - set(bound)]
        if missing:
            raise RaisedError(f"{entry.name} is missing `{missing[0]}`: {entry.usage}")
    if not keywords:
        return bound
    return {name: bound[name] for name in signature.names if name in bound}


def _with(
    entry: Entry,
    changed: Mapping[str, Inside],
    args: Sequence[Inside],
    keywords: Mapping[str, Inside],
) -> tuple[list[Inside], dict[str, Inside]]:
    """The arguments with some changed; by position what was by position, as NumPy wants it."""
    changed = dict(changed)
    given = list(args)
    for place, name in enumerate(entry.signature.positional[: len(given)]):
        if name in changed:
            given[place] = changed.pop(name)
    return given, {**keywords, **changed}


def _prepare(entry: Entry, arguments: dict[str, Inside], run: Run) -> dict[str, Inside]:
    """Look at the arguments of an operation; those that are handed on as something else."""
    changed: dict[str, Inside] = {}
    for name, value in arguments.items():
        if name == "dtype" and value is not None:
            changed[name] = _dtype(entry, value)
        elif name in KINDS and value is not None:
            changed[name] = _kind_of_layer(entry, name, value)
        elif type(value) not in ALWAYS:
            _look_at(entry, name, value, run)
    return changed


def _dtype(entry: Entry, value: Inside) -> type:
    """The type behind `int` or `np.float32`; NumPy reads a dtype off many other values."""
    if type(value) is str:
        raise RaisedError(f"{entry.name} takes no text as `dtype`: {entry.usage}")
    dtype = dtype_of(value.text) if isinstance(value, Operation) else None
    if dtype is None:
        raise RaisedError(f"{describe(value)} is no dtype: use int, float, bool or np.float32")
    return dtype


def _kind_of_layer(entry: Entry, name: str, value: Inside) -> type:
    """The class behind `Conv2d`, for `layers_of(layers, Conv2d)`."""
    kind = targets().get(value.text) if isinstance(value, Operation) else None
    if not isinstance(kind, type):
        raise RaisedError(
            f"{entry.name} takes a kind of layer as `{name}`, such as Conv2d, not {describe(value)}"
        )
    return kind


def _look_at(entry: Entry, name: str, value: Inside, run: Run) -> None:
    if type(value) is int and value.bit_length() <= INT64:
        return
    rights = entry.rights[name]
    numpy = entry.room in ("np", "method")
    top: tuple[Inside, ...] = value if name == entry.signature.gathered else (value,)
    waiting: list[Any] = [value]
    total = 0
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind in (list, tuple):
            run.budget.look(len(item))
            total += len(item)
            if total > ITEMS:
                raise LimitError(f"a list or tuple may hold {ITEMS:,} values in all")
            waiting.extend(item)
        elif kind in ALWAYS or (kind is int and item.bit_length() <= INT64):
            continue
        elif kind is str and not rights.text:
            raise RaisedError(f"{entry.name} takes no text as `{name}`: {entry.usage}")
        elif kind is str and entry.words and item not in entry.words:
            raise RaisedError(f"{entry.name} has `{name}` {', '.join(entry.words)}, not {item!r}")
        elif is_function(item) and not rights.function:
            raise RaisedError(f"{entry.name} takes no function as `{name}`: {entry.usage}")
        elif kind is Stream and entry.room != "builtin":
            raise RefusedError(f"{entry.name} takes a list here: put list(...) or [...] round it")
        elif is_record(item) and numpy:
            raise RaisedError(f"{entry.name} takes numbers, not {describe(item)}")
        elif is_record(item) and entry.room == "nn":
            total += weigh(item, run.budget)
            if total > ITEMS:
                raise LimitError(f"a value may hold {ITEMS:,} others in all")
        elif item is None and numpy and not (rights.none and any(item is whole for whole in top)):
            raise RaisedError(f"{entry.name} takes numbers, not None")
        elif kind is int and entry.room != "builtin":
            raise RaisedError("NumPy's integers have 64 bits, this one has more: use a float")


def _look(entry: Entry, arguments: Mapping[str, Inside], run: Run) -> None:
    """Room for what comes out, and something to look at for a verdict."""
    run.budget.room(estimate(entry.size, entry.in_full(arguments)))
    if entry.vacuous and any(0 in extent(value) for value in list(arguments.values())[:2]):
        raise nothing_proved(entry.name)


def _draw(entry: Entry, run: Run, site: ast.AST | None) -> int:
    """The check's seed, for an operation that draws and was not given one."""
    run.random = True
    if site is not None:
        again = entry.name in run.drawn
        if again and not (run.lambdas and run.drawn[entry.name] is site):
            raise RefusedError(
                f"this {entry.name}(...) would draw the same numbers as the one before: write "
                "seed=seed + 1, or seed=seed where they are meant to be the same"
            )
        run.drawn[entry.name] = site
    return run.seed
