"""Calling a name of the table: its arguments bound and looked at, its size reckoned, then run."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from quizcnn.check.arguments import CONVERTED, INT64, bind, changed_in, prepare
from quizcnn.check.entry import Entry
from quizcnn.check.extents import extent, volume
from quizcnn.check.functions import BUILTIN_FUNCTIONS, nothing_proved
from quizcnn.check.kinds import (
    Function,
    Inside,
    admit,
    describe,
    is_function,
)
from quizcnn.check.limits import Budget, RefusedError
from quizcnn.check.networks import Networks
from quizcnn.check.sizes import BY_SHAPE, estimate
from quizcnn.check.table import TABLE
from quizcnn.check.targets import method_targets, targets

KINDS_OF_CALLS = 1_000
"""Of as many a job keeps what was foreseen."""


@dataclass
class Run:
    """What one job shares: its budget, its seed, and who has drawn from the seed already.

    `foreseen` is how many values calls make, by what they have in common. `networks` notes those
    that operations meet, None where nobody asks for them.
    """

    seed: int
    budget: Budget = field(default_factory=Budget)
    random: bool = False
    lambdas: int = 0
    drawn: dict[str, ast.AST | None] = field(default_factory=dict)
    foreseen: dict[object, int] = field(default_factory=dict)
    networks: Networks | None = None


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
    alike = _alike(entry, args, keywords)
    if alike in run.foreseen:  # arguments like these were looked at before
        run.budget.room(run.foreseen[alike])
        return admit(targets()[entry.name](*args, **keywords), run.budget, args)
    arguments = bind(entry, args, keywords)
    changed = prepare(entry, arguments, run.budget)
    if entry.room == "builtin":
        value = BUILTIN_FUNCTIONS[entry.name](run.budget, *args, **keywords)
        # What is in a list, or picked from one, was looked at when it came in.
        picked = type(value) in (list, tuple, np.ndarray) and entry.name not in ("abs", "round")
        return value if picked else admit(value, run.budget, args)
    function = targets().get(entry.name)
    if function is None:
        raise RefusedError(f"`{entry.name}` is not there in this version of quizcnn")
    if run.networks is not None:
        run.networks.note(entry, arguments, site)
    if entry.seeded and "seed" not in arguments:
        changed["seed"] = _draw(entry, run, site)
    foreseen = _look(entry, arguments, run)
    if alike is not None and len(run.foreseen) < KINDS_OF_CALLS:
        run.foreseen[alike] = foreseen
    for name in entry.functions:
        if is_function(arguments.get(name)):
            changed[name] = Handed(arguments[name], run.budget, entry.gathers)
    if changed:
        args, keywords = changed_in(entry, changed, args, keywords)
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
    changed = prepare(entry, arguments, run.budget)
    _look(entry, {"a": owner, **arguments}, run)
    if changed:
        args, keywords = changed_in(entry, changed, args, keywords)
    return admit(methods[entry.name](owner, *args, **keywords), run.budget, (owner, *args))


def _alike(
    entry: Entry, args: Sequence[Inside], keywords: Mapping[str, Inside]
) -> tuple[object, ...] | None:
    """What calls have in common of which only one need be looked at; None where each must be.

    That is all but the values of the arrays of which no more is read than the shape.
    """
    by_shape = min(_by_shape().get(entry.name, -1), len(args))
    if by_shape < 0:
        return None
    alike: list[object] = [entry.name, *keywords]
    for place, value in enumerate((*args, *keywords.values())):
        kind = type(value)
        if kind is np.ndarray and place < by_shape:
            alike.append(value.shape)
        elif kind is int and value.bit_length() <= INT64:
            alike.append(value)
        else:
            return None
    return tuple(alike)


@cache
def _by_shape() -> Mapping[str, int]:
    """For each operation whose calls can be alike how many arguments only their shape counts of."""
    return {
        name: BY_SHAPE[entry.size]
        for name, entry in TABLE.items()
        if entry.size in BY_SHAPE
        and not (entry.functions or entry.seeded or entry.vacuous or entry.room == "builtin")
        and CONVERTED.isdisjoint(entry.signature.names)
    }


def _look(entry: Entry, arguments: Mapping[str, Inside], run: Run) -> int:
    """Room for what comes out, of that size, and something to look at for a verdict."""
    foreseen = estimate(entry.size, entry.in_full(arguments))
    run.budget.room(foreseen)
    if entry.vacuous and any(0 in extent(value) for value in list(arguments.values())[:2]):
        raise nothing_proved(entry.name)
    return foreseen


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
