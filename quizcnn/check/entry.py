"""One row of the table of names: what a check may call it with, and how large it can grow."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

Room = Literal["nn", "np", "builtin", "method"]
Weighs = Literal["convolution", "depthwise", "correlation", "transposed"]
Pools = Literal["max", "min", "mean", "power", "adaptive", "overall"]
Composed = Literal["separable", "octave", "layers"]
Unplayed = Literal["volume", "varying"]
Slides = Literal["", Weighs, Pools, Composed, Unplayed]
"""Which window an operation slides, "" where it slides none."""


@dataclass(frozen=True)
class Signature:
    """The arguments of an operation. `gathered` is the name of `*shape`, if it has one."""

    positional: tuple[str, ...]
    keyword_only: tuple[str, ...]
    required: frozenset[str]
    gathered: str | None
    defaults: Mapping[str, object]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All of them in their order."""
        gathered = () if self.gathered is None else (self.gathered,)
        return (*self.positional, *gathered, *self.keyword_only)

    @cached_property
    def keywords(self) -> frozenset[str]:
        """The names that may be written as `name=`."""
        return frozenset(self.positional + self.keyword_only)


class Rights(NamedTuple):
    """What an argument may be, beside numbers and arrays."""

    text: bool
    function: bool
    none: bool


@dataclass(frozen=True)
class Entry:
    """An operation as checks may call it.

    `arguments` reads as after `def`. `size` names the rule (in sizes.py) that says how many values
    it makes, "" where it makes no more than it is given. `text` and `functions` are the arguments
    that may be text, and operations or lambdas; `words` are the only texts there, if there are any.
    `gathers`: it keeps what its function returns, call by call. `seeded`: it draws random numbers.
    `vacuous`: over nothing it is true (or false) whatever was meant, so nothing is refused.
    `slides`: it slides a window, or several, which `tracing` records in this way.
    """

    name: str
    arguments: str
    help: str
    size: str = ""
    text: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    gathers: bool = False
    seeded: bool = False
    vacuous: bool = False
    slides: Slides = ""
    room: Room = "np"

    @cached_property
    def signature(self) -> Signature:
        """The arguments, read."""
        tree = ast.parse(f"lambda {self.arguments}: 0", mode="eval").body
        assert isinstance(tree, ast.Lambda)
        given = tree.args
        positional = tuple(argument.arg for argument in given.args)
        optional = len(given.defaults)
        required = set(positional[: len(positional) - optional])
        keyword_only = tuple(argument.arg for argument in given.kwonlyargs)
        for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
            if default is None:
                required.add(argument.arg)
        gathered = given.vararg.arg if given.vararg else None
        named = [*given.args[len(positional) - optional :], *given.kwonlyargs]
        values = [*given.defaults, *given.kw_defaults]
        defaults = {
            argument.arg: value.value
            for argument, value in zip(named, values, strict=True)
            if isinstance(value, ast.Constant)
        }
        return Signature(positional, keyword_only, frozenset(required), gathered, defaults)

    @cached_property
    def rights(self) -> Mapping[str, Rights]:
        """What each argument may be beside numbers and arrays."""
        every = "*" in self.text
        return {
            name: Rights(
                text=every or name in self.text,
                function=every or "*" in self.functions or name in self.functions,
                none=name not in self.signature.required or name == "axis",
            )
            for name in self.signature.names
        }

    def in_full(self, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """The arguments with the defaults of those that were left out (where they are plain)."""
        full = dict(arguments)
        for name, default in self.signature.defaults.items():
            full.setdefault(name, default)
        return full

    @property
    def usage(self) -> str:
        """How it is written: `normal(*shape, seed=0)`."""
        return f"{self.name}({self.arguments})"
