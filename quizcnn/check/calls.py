"""Calling a name of the table: its arguments bound and looked at, its size reckoned, then run."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_

import numpy as np

from quizcnn.check.alike import Alike, Seen, alike, remember
from quizcnn.check.arguments import bind, changed_in, prepare
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
from quizcnn.check.sizes import estimate
from quizcnn.check.targets import method_targets, targets

_SEEN: dict[Alike, Seen] = {}
"""What this process has found of calls: of kinds of arguments, nothing that a check has made."""


@dataclass
class Run:
    """What one job shares: its budget, its seed, and who has drawn from the seed already.

    `networks` notes those that operations meet, None where nobody asks for them.
    """

    seed: int
    budget: Budget = field(default_factory=Budget)
    random: bool = False
    lambdas: int = 0
    drawn: dict[str, ast.AST | None] = field(default_factory=dict)
    networks: Networks | None = None


class Operation(Function):
    """An operation as a value: `max_pool2d` in `grad(max_pool2d, x, 2)`."""

    __slots__ = ("_others", "_seen", "_shape", "entry", "run")

    def __init__(self, entry: Entry, run: Run) -> None:
        self.entry = entry
        self.run = run
        self._seen: Seen | None = None
        self._shape: tuple[int, ...] = ()
        self._others: tuple[Inside, ...] = ()

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
        seen = self._seen
        if seen is not None and not keywords and self._as_before(args):
            self.run.budget.room(seen.values)
            return admit(seen.target(*args), self.run.budget, args)
        value = call(self.entry, args, keywords, self.run, None)
        self._remember(args, keywords)
        return value

    def _as_before(self, args: tuple[Inside, ...]) -> bool:
        """Whether nothing but the values of the first argument differs from the last call."""
        return (
            len(args) == len(self._others) + 1
            and type(args[0]) is np.ndarray
            and args[0].shape == self._shape
            and all(map(is_, args[1:], self._others))
        )

    def _remember(self, args: tuple[Inside, ...], keywords: dict[str, Inside]) -> None:
        """Have the next call look only whether it is like this one, where that is enough."""
        self._seen = None
        if not keywords and args and type(args[0]) is np.ndarray and self.entry.room == "nn":
            kind = alike(self.entry, args, keywords)
            seen = None if kind is None else _SEEN.get(kind)
            if seen is not None and not (seen.draws or seen.steps):
                self._seen, self._shape, self._others = seen, args[0].shape, args[1:]


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
    budget = run.budget
    kind = alike(entry, args, keywords)
    seen = None if kind is None else _SEEN.get(kind)
    if seen is None:
        seen, changed = _looked_at(entry, args, keywords, run, site)
        if kind is not None and not changed:
            remember(_SEEN, kind, seen)
    else:
        changed = None
        if seen.steps:
            budget.step(seen.steps)
    if entry.room == "builtin":
        value = seen.target(budget, *args, **keywords)
        # What is in a list, or picked from one, was looked at when it came in.
        picked = type(value) in (list, tuple, np.ndarray) and entry.name not in ("abs", "round")
        return value if picked else admit(value, budget, args)
    if seen.draws:
        changed = {**(changed or {}), "seed": _draw(entry, run, site)}
    if seen.values:
        budget.room(seen.values)
    if changed:
        args, keywords = changed_in(entry, changed, args, keywords)
    if not keywords:
        return admit(seen.target(*args), budget, args)
    return admit(seen.target(*args, **keywords), budget, [*args, *keywords.values()])


def _looked_at(
    entry: Entry,
    args: Sequence[Inside],
    keywords: Mapping[str, Inside],
    run: Run,
    site: ast.AST | None,
) -> tuple[Seen, dict[str, Inside]]:
    """What is found of a call before it is made, and the arguments that are handed on otherwise."""
    before = run.budget.steps
    arguments = bind(entry, args, keywords)
    changed = prepare(entry, arguments, run.budget)
    steps = run.budget.steps - before
    if entry.room == "builtin":
        return Seen(steps, 0, False, BUILTIN_FUNCTIONS[entry.name]), changed
    target = targets().get(entry.name)
    if target is None:
        raise RefusedError(f"`{entry.name}` is not there in this version of quizcnn")
    if run.networks is not None:
        run.networks.note(entry, arguments, site)
    values = _values(entry, arguments)
    for name in entry.functions:
        if is_function(arguments.get(name)):
            changed[name] = Handed(arguments[name], run.budget, entry.gathers)
    return Seen(steps, values, entry.seeded and "seed" not in arguments, target), changed


def call_method(
    entry: Entry, owner: Inside, args: Sequence[Inside], keywords: Mapping[str, Inside], run: Run
) -> Inside:
    """The value of `owner.name(*args, **keywords)` for an array or one of NumPy's numbers."""
    methods = method_targets()[np.ndarray if type(owner) is np.ndarray else np.generic]
    if entry.name not in methods:
        raise RefusedError(f"{describe(owner)} has no `.{entry.name}()`")
    arguments = bind(entry, args, keywords)
    changed = prepare(entry, arguments, run.budget)
    run.budget.room(_values(entry, {"a": owner, **arguments}))
    if changed:
        args, keywords = changed_in(entry, changed, args, keywords)
    return admit(methods[entry.name](owner, *args, **keywords), run.budget, (owner, *args))


def _values(entry: Entry, arguments: Mapping[str, Inside]) -> int:
    """How many values come out at most; a verdict needs something to look at."""
    if entry.vacuous and any(0 in extent(value) for value in list(arguments.values())[:2]):
        raise nothing_proved(entry.name)
    return estimate(entry.size, entry.in_full(arguments))


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
