"""Reading a check's source: what may be written, and what to write instead of the rest."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from quizcnn.check.limits import BITS, NESTING, NODES, SOURCE, TEXT, LimitError, RefusedError
from quizcnn.check.names import bound_names, free_names

ALLOWED: frozenset[type[ast.AST]] = frozenset(
    {
        ast.Module, ast.Assign, ast.AugAssign, ast.Assert, ast.For, ast.If, ast.Pass, ast.Break,
        ast.Continue, ast.Expr,
        ast.Name, ast.Load, ast.Store, ast.Constant, ast.Tuple, ast.List, ast.Attribute,
        ast.Subscript, ast.Slice, ast.Call, ast.keyword, ast.Lambda, ast.arguments, ast.arg,
        ast.IfExp, ast.ListComp, ast.GeneratorExp, ast.comprehension,
        ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.UAdd, ast.Invert,
        ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow,
        ast.MatMult, ast.LShift, ast.RShift, ast.BitAnd, ast.BitOr, ast.BitXor,
        ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot,
        ast.In, ast.NotIn,
    }
)  # fmt: skip

INSTEAD: dict[type[ast.AST], str] = {
    ast.Import: "import is not part of a check: everything it may use has a name already",
    ast.ImportFrom: "import is not part of a check: everything it may use has a name already",
    ast.FunctionDef: "def is not part of a check: write name = lambda x: ...",
    ast.AsyncFunctionDef: "def is not part of a check: write name = lambda x: ...",
    ast.ClassDef: "class is not part of a check: use tuples and arrays",
    ast.While: "while is not part of a check: write for i in range(...)",
    ast.Try: "try is not part of a check: what fails should be seen",
    ast.TryStar: "try is not part of a check: what fails should be seen",
    ast.Raise: "raise is not part of a check: write assert",
    ast.With: "with is not part of a check: it opens nothing",
    ast.AsyncWith: "with is not part of a check: it opens nothing",
    ast.AsyncFor: "async is not part of a check: write a plain for",
    ast.Await: "await is not part of a check",
    ast.Delete: "del is not part of a check: leave the name, or give the result another",
    ast.Global: "global is not part of a check: all names are in one place",
    ast.Nonlocal: "nonlocal is not part of a check: all names are in one place",
    ast.Return: "return is not part of a check: its last line is its value",
    ast.Yield: "yield is not part of a check: write a list [... for x in ...]",
    ast.YieldFrom: "yield is not part of a check: write a list [... for x in ...]",
    ast.Match: "match is not part of a check: write if and elif",
    ast.AnnAssign: "a check has no type annotations: write name = value",
    ast.NamedExpr: "`:=` is not part of a check: write the assignment on a line of its own",
    ast.Starred: "`*` before a value is not part of a check: write the values one by one",
    ast.JoinedStr: "f-strings are not part of a check: let its value be a number or a tuple",
    ast.FormattedValue: "f-strings are not part of a check: let its value be a number or a tuple",
    ast.Dict: "dicts are not part of a check: use tuples, or several names",
    ast.DictComp: "dicts are not part of a check: write a list [... for x in ...]",
    ast.Set: "sets are not part of a check: use a list, or np.unique(...)",
    ast.SetComp: "sets are not part of a check: use a list, or np.unique(...)",
}


REMEMBERED = 16
"""Programs and expressions that are kept read: who runs them many times keeps them compiled."""


@dataclass(frozen=True, slots=True)
class Program:
    """Source that is within the language.

    `last` is the final expression, if there is one. `texts` are the statements of the body as they
    are written, `last_text` the final expression; `binds` are the names that each statement gives a
    value. `free` are the uses of names that must be given, `bound` the names that the source binds.
    `pieces` is how many nodes its syntax tree has.
    """

    source: str
    body: tuple[ast.stmt, ...]
    last: ast.expr | None
    texts: tuple[str, ...]
    last_text: str
    binds: tuple[tuple[str, ...], ...]
    free: tuple[ast.Name, ...]
    bound: tuple[str, ...]
    pieces: int


@lru_cache(maxsize=REMEMBERED)
def read_program(source: str) -> Program:
    """A check's statements and its last expression; RefusedError for anything else."""
    tree = _parse(source, "exec")
    assert isinstance(tree, ast.Module)
    body = tree.body
    last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    statements = tuple(body[:-1] if last is not None else body)
    return _program(source, statements, last)


@lru_cache(maxsize=REMEMBERED)
def read_expression(source: str) -> Program:
    """The one expression that a given or a claim is; RefusedError for anything else."""
    source = source.strip()
    tree = _parse(source, "eval")
    assert isinstance(tree, ast.Expression)
    return _program(source, (), tree.body)


def _program(source: str, body: tuple[ast.stmt, ...], last: ast.expr | None) -> Program:
    everything: tuple[ast.AST, ...] = body if last is None else (*body, last)
    pieces = _count(everything)
    for node in everything:
        _walk(node, 0)
    binds = tuple(tuple(bound_names(node)) for node in body)
    bound = dict.fromkeys(name for names in binds for name in names)
    *texts, last_text = _texts(source, (*body, last))
    free = free_names(everything)
    return Program(source, body, last, tuple(texts), last_text, binds, free, tuple(bound), pieces)


def _texts(source: str, nodes: Iterable[ast.stmt | ast.expr | None]) -> Iterator[str]:
    """What stands in the source for each node, its lines split once for all."""
    lines = [line.encode() for line in source.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    for node in nodes:
        if node is None:
            yield ""
            continue
        assert node.end_lineno is not None
        covered = lines[node.lineno - 1 : node.end_lineno]
        covered[-1] = covered[-1][: node.end_col_offset]
        covered[0] = covered[0][node.col_offset :]
        yield b"\n".join(covered).decode()


def _count(nodes: tuple[ast.AST, ...]) -> int:
    """Refuse a tree that has too many pieces, which are what it costs to keep and to walk."""
    pieces = sum(1 for top in nodes for _ in ast.walk(top))
    if pieces > NODES:
        raise LimitError(f"this has more than {NODES:,} pieces: write loops, or take it apart")
    return pieces


def _parse(source: str, mode: str) -> ast.AST:
    try:
        size = len(source.encode())
    except UnicodeEncodeError:
        raise RefusedError("this is not proper Unicode text") from None
    if size > SOURCE:
        raise LimitError(f"this is {size:,} bytes of source; {SOURCE:,} are allowed")
    if "\0" in source:
        raise RefusedError("this holds a null character")
    if not source.strip():
        raise RefusedError("there is nothing here to compute")
    try:
        return ast.parse(source, mode=mode)
    except SyntaxError as error:
        raise RefusedError(*_syntax_error(error, mode)) from None
    except ValueError as error:  # an integer of thousands of digits
        raise RefusedError(str(error)) from None
    except (RecursionError, MemoryError):
        raise LimitError("this nests too deep: take it apart with names of its own") from None


def _syntax_error(error: SyntaxError, mode: str) -> tuple[str, ast.AST]:
    message = error.msg.partition(". Perhaps you forgot")[0]
    if mode == "eval" and "invalid syntax" in message:
        message = "this must be one expression of Python"
    before = (error.text or "")[: max((error.offset or 1) - 1, 0)]
    place = ast.Pass(lineno=error.lineno or 1, col_offset=len(before.encode()))
    return f"this is not Python: {message}", place


def _walk(node: ast.AST, depth: int) -> None:
    """Refuse whatever is not on the list, the outermost first."""
    if type(node) not in ALLOWED:
        raise RefusedError(_instead(node), node)
    if depth > NESTING:
        raise LimitError("this nests too deep: take it apart with names of its own", node)
    check = _CHECKS.get(type(node))
    if check is not None:
        check(node)
    for child in ast.iter_child_nodes(node):
        _walk(child, depth + 1)


def _instead(node: ast.AST) -> str:
    known = INSTEAD.get(type(node))
    return known or f"{type(node).__name__} is not part of a check"


def _check_name(node: ast.AST) -> None:
    assert isinstance(node, ast.Name)
    _plain_name(node.id, node)


def _plain_name(name: str, node: ast.AST) -> None:
    if name.startswith("__"):
        raise RefusedError(f"`{name}` is not part of a check: names begin with a letter", node)


def _check_attribute(node: ast.AST) -> None:
    assert isinstance(node, ast.Attribute)
    if node.attr.startswith("_"):
        raise RefusedError(f"`.{node.attr}` is not part of a check", node)


def _check_constant(node: ast.AST) -> None:
    assert isinstance(node, ast.Constant)
    value = node.value
    if value is ...:
        return
    if type(value) not in (bool, int, float, complex, str, type(None)):
        raise RefusedError(f"{type(value).__name__} is not part of a check", node)
    if type(value) is int and value.bit_length() > BITS:
        raise LimitError(f"an integer may have {BITS} bits, about 154 digits", node)
    if type(value) is str and len(value) > TEXT:
        raise LimitError(f"a text may have {TEXT:,} characters", node)
    if type(value) is str and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise RefusedError("this text is not proper Unicode", node)


def _check_lambda(node: ast.AST) -> None:
    assert isinstance(node, ast.Lambda)
    arguments = node.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.posonlyargs:
        raise RefusedError("a lambda in a check takes plain names: lambda x, y: ...", node)
    for argument in arguments.args:
        _plain_name(argument.arg, node)


def _check_call(node: ast.AST) -> None:
    assert isinstance(node, ast.Call)
    if any(keyword.arg is None for keyword in node.keywords):
        raise RefusedError("`**` before an argument is not part of a check: write it out", node)


def _check_statement(node: ast.AST) -> None:
    """An expression on a line of its own that is not the last one is lost."""
    assert isinstance(node, ast.Expr)
    called = node.value.func if isinstance(node.value, ast.Call) else None
    if isinstance(called, ast.Attribute) and called.attr in ("append", "extend"):
        raise RefusedError("a list does not grow in place: write values = values + [more]", node)
    raise RefusedError(
        "this line's value is lost: give it a name, put assert before it, or delete it", node
    )


def _check_for(node: ast.AST) -> None:
    assert isinstance(node, ast.For)
    if node.orelse:
        raise RefusedError("else after for is not part of a check: write if", node)
    _names_only(node.target)


def _check_comprehension(node: ast.AST) -> None:
    assert isinstance(node, ast.comprehension)
    if node.is_async:
        raise RefusedError("async is not part of a check")
    _names_only(node.target)


def _names_only(target: ast.expr) -> None:
    """A for goes through its items by name, not by places in arrays."""
    for part in ast.walk(target):
        if isinstance(part, ast.Subscript | ast.Attribute):
            raise RefusedError("after for stands a name: for x in ...", part)


def _check_assign(node: ast.AST) -> None:
    assert isinstance(node, ast.Assign | ast.AugAssign)
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        for part in ast.walk(target):
            if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                raise RefusedError(f"`.{part.attr} =` is not part of a check: fields stay", part)
            if isinstance(part, ast.Starred):
                raise RefusedError(INSTEAD[ast.Starred], part)


_CHECKS = {
    ast.Name: _check_name,
    ast.Attribute: _check_attribute,
    ast.Constant: _check_constant,
    ast.Lambda: _check_lambda,
    ast.Call: _check_call,
    ast.Expr: _check_statement,
    ast.For: _check_for,
    ast.comprehension: _check_comprehension,
    ast.Assign: _check_assign,
    ast.AugAssign: _check_assign,
}
