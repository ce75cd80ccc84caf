"""Calling a name of the table: its arguments bound and looked at, its size reckoned, then run."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from quizcnn.check.arguments import CONVERTED, bind, changed_in, prepare
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
from quizcnn.check.sizes import BY_SHAPE, estimate
from quizcnn.check.targets import Target, method_targets, targets


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
    operation gathers. What was looked at for one call is not looked at again for the next, where
    only the values of its first array are others.
    """

    __slots__ = ("_before", "_budget", "_function", "_gathered", "_gathers", "_operation")

    def __init__(self, function: Function, budget: Budget, gathers: bool) -> None:
        self._function = function
        self._budget = budget
        self._gathers = gathers
        self._gathered = 0
        self._operation = _by_shape_alone(function)
        self._before: tuple[Inside, ...] | None = None

    @property
    def text(self) -> str:
        """The function as it is written."""
        return self._function.text

    def __call__(self, /, *args: Inside, **keywords: Inside) -> Inside:
        """The function's value."""
        before = self._budget.elements
        if self._operation is not None and not keywords and self._alike(args):
            self._budget.step()
            result = admit(self._operation(*args), self._budget, args)
        else:
            result = self._function(*args, **keywords)
            self._before = None if keywords else args
        self._budget.elements = before
        if self._gathers:
            self._gathered += volume(result)
            self._budget.room(self._gathered // 2)  # differences of two results, or less
        return result

    def _alike(self, args: tuple[Inside, ...]) -> bool:
        """Whether these are the arguments of the call before, but for the values of the first."""
        before = self._before
        if before is None or len(before) != len(args) or not args:
            return False
        new, old = args[0], before[0]
        if type(new) is not np.ndarray or type(old) is not np.ndarray:
            return False
        same = new.shape == old.shape and new.dtype == old.dtype
        return same and all(map(operator.is_, args[1:], before[1:]))


def _by_shape_alone(function: Function) -> Target | None:
    """What an operation runs, if the shape of its first array is all that is looked at in it."""
    if not isinstance(function, Operation):
        return None
    entry = function.entry
    plain = not (entry.functions or entry.seeded or entry.vacuous or entry.room == "builtin")
    if not plain or entry.size not in BY_SHAPE or not CONVERTED.isdisjoint(entry.signature.names):
        return None
    return targets().get(entry.name)


def call(
    entry: Entry,
    args: Sequence[Inside],
    keywords: Mapping[str, Inside],
    run: Run,
    site: ast.AST | None,
) -> Inside:
    """The value of `entry(*args, **keywords)`, written at `site`."""
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
    if entry.seeded and "seed" not in arguments:
        changed["seed"] = _draw(entry, run, site)
    _look(entry, arguments, run)
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
