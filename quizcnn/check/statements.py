"""Statements as functions of the scope, and programs compiled once for all jobs that run them."""

from __future__ import annotations

import ast
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from quizcnn.check.assigning import compiled_augment, compiled_target
from quizcnn.check.compiling import compiled
from quizcnn.check.evaluate import BreakReached, Code, ContinueReached, Evaluator
from quizcnn.check.functions import items
from quizcnn.check.kinds import truth
from quizcnn.check.limits import RaisedError
from quizcnn.check.scope import Scope
from quizcnn.check.syntax import Program, read_expression, read_program

PIECES_KEPT = 100_000
"""Pieces of all programs together that are kept compiled: about as much memory as two arrays."""

Do: TypeAlias = Callable[[Evaluator, Scope], None]
"""A statement, compiled: does what it says to the names of a scope."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A program with its statements and its last expression compiled."""

    program: Program
    statements: tuple[Do, ...]
    last: Code | None


def compiled_program(source: str) -> Compiled:
    """A check's statements and its last expression; RefusedError for anything else."""
    return _KEPT.find(("program", source), lambda: _compiled(read_program(source)))


def compiled_expression(source: str) -> Compiled:
    """The one expression that a given or a claim is; RefusedError for anything else."""
    return _KEPT.find(("expression", source), lambda: _compiled(read_expression(source)))


class Kept:
    """What was compiled last, for the variants of a question and those of its deck."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces = 0
        self._known: OrderedDict[tuple[str, str], Compiled] = OrderedDict()

    def find(self, key: tuple[str, str], compile_it: Callable[[], Compiled]) -> Compiled:
        """What is kept under a key, or is compiled now; what was not asked for longest goes."""
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            return known
        new = self._known[key] = compile_it()
        self._pieces += new.program.pieces
        while self._pieces > self._most and len(self._known) > 1:
            _, oldest = self._known.popitem(last=False)
            self._pieces -= oldest.program.pieces
        return new


_KEPT = Kept(PIECES_KEPT)


def _compiled(program: Program) -> Compiled:
    last = None if program.last is None else compiled(program.last)
    return Compiled(program, tuple(map(_statement, program.body)), last)


def _statement(node: ast.stmt) -> Do:
    work = _work(node)

    def do(evaluator: Evaluator, scope: Scope) -> None:
        evaluator.at = node
        evaluator.budget.step()
        work(evaluator, scope)

    return do


def _work(node: ast.stmt) -> Do:
    match node:
        case ast.Assign():
            return _assign(node)
        case ast.AugAssign():
            return compiled_augment(node, compiled)
        case ast.If():
            return _if(node)
        case ast.For():
            return _for(node)
        case ast.Assert():
            return _assert(node)
        case ast.Break():
            return _break
        case ast.Continue():
            return _continue
        case _:
            assert isinstance(node, ast.Pass)
            return _pass


def _assign(node: ast.Assign) -> Do:
    value_of = compiled(node.value)
    targets = [compiled_target(target, compiled) for target in node.targets]

    def do(evaluator: Evaluator, scope: Scope) -> None:
        value = value_of(evaluator, scope)
        for put in targets:
            put(evaluator, scope, value)

    return do


def _block(nodes: Iterable[ast.stmt]) -> Do:
    statements = [_statement(node) for node in nodes]

    def do(evaluator: Evaluator, scope: Scope) -> None:
        for statement in statements:
            statement(evaluator, scope)

    return do


def _if(node: ast.If) -> Do:
    test, then, other = compiled(node.test), _block(node.body), _block(node.orelse)

    def do(evaluator: Evaluator, scope: Scope) -> None:
        decided = test(evaluator, scope)
        evaluator.at = node
        (then if truth(decided) else other)(evaluator, scope)

    return do


def _for(node: ast.For) -> Do:
    source_of, put = compiled(node.iter), compiled_target(node.target, compiled)
    body = _block(node.body)

    def do(evaluator: Evaluator, scope: Scope) -> None:
        source = source_of(evaluator, scope)
        evaluator.at = node
        for item in items(source, evaluator.budget):
            put(evaluator, scope, item)
            try:
                body(evaluator, scope)
            except ContinueReached:
                pass
            except BreakReached:
                break
            evaluator.at = node

    return do


def _assert(node: ast.Assert) -> Do:
    test, said_of = compiled(node.test), compiled(node.msg) if node.msg is not None else None

    def do(evaluator: Evaluator, scope: Scope) -> None:
        decided = test(evaluator, scope)
        evaluator.at = node
        if truth(decided):
            return
        said = said_of(evaluator, scope) if said_of is not None else ""
        message = said if isinstance(said, str) and said else ast.unparse(node.test)[:200]
        raise RaisedError(f"this does not hold: {message}", node)

    return do


def _break(evaluator: Evaluator, scope: Scope) -> None:
    raise BreakReached


def _continue(evaluator: Evaluator, scope: Scope) -> None:
    raise ContinueReached


def _pass(evaluator: Evaluator, scope: Scope) -> None:
    """Nothing."""
