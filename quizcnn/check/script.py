"""A check as a Python script that runs by itself, without the evaluator and the worker."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator, Mapping, Sequence

from quizcnn.check.job import Given
from quizcnn.check.table import SEEDED

HEAD = "from quizcnn.nn import *"


def script(code: str, given: Mapping[str, Given], seed: int = 0, claims: Sequence[str] = ()) -> str:
    """The check as a script: givens, `seed`, the code, its last expression and claims printed.

    Operations that draw random numbers are written with `seed=seed` where the check leaves it out,
    as the evaluator fills it in. Code that is not Python is passed on as it is.

    >>> print(script("conv2d(ramp(n, n), ones(3, 3)).shape", {"n": 8}))
    from quizcnn.nn import *
    <BLANKLINE>
    seed = 0
    n = 8
    <BLANKLINE>
    print(conv2d(ramp(n, n), ones(3, 3)).shape)
    <BLANKLINE>
    """
    lines = [HEAD, "", f"seed = {seed!r}"]
    lines += [f"{name} = {_given(value)}" for name, value in given.items()]
    body = printed(seeded(code.strip("\n")))
    lines += ["", *body.splitlines()]
    if claims:
        lines.append("")
    for that in claims:
        lines.append(f"print({'claim'!r}, {that!r}, {_in_brackets(seeded(that))})")
    return "\n".join(lines) + "\n"


def _given(value: Given) -> str:
    if isinstance(value, str):
        return _in_brackets(seeded(value))
    if isinstance(value, float) and value - value != 0.0:
        return f'float("{value}")'
    return repr(value)


def _in_brackets(expression: str) -> str:
    """An expression that may stand anywhere: in brackets where it goes over several lines."""
    text = expression.strip()
    return f"({text})" if "\n" in text else text


def seeded(code: str) -> str:
    """`code` with `seed=seed` in each call that draws and was not given a seed.

    >>> seeded("x = normal(4, 4) + uniform(4, seed=1) + dropout(ones(3,),)")
    'x = normal(4, 4, seed=seed) + uniform(4, seed=1) + dropout(ones(3,), seed=seed)'
    """
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code
    ends = {_end(node) for node in ast.walk(tree) if isinstance(node, ast.Call) and _draws(node)}
    lines = code.splitlines(keepends=True)
    for (row, column), addition in sorted(_additions(lines, ends), reverse=True):
        lines[row] = lines[row][:column] + addition + lines[row][column:]
    return "".join(lines)


def _additions(
    lines: list[str], ends: set[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], str]]:
    """What to add where (row from 0, column in characters): after a call's last argument."""
    before: tokenize.TokenInfo | None = None
    for token in tokenize.generate_tokens(iter(lines).__next__):
        if token.type in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE):
            continue
        if token.string == ")" and before is not None:
            row, column = token.end[0] - 1, token.end[1]
            if (row, len(lines[row][:column].encode())) in ends:
                addition = {"(": "seed=seed", ",": " seed=seed"}.get(before.string, ", seed=seed")
                yield (before.end[0] - 1, before.end[1]), addition
        before = token


def _draws(node: ast.Call) -> bool:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    return name in SEEDED and all(given.arg != "seed" for given in node.keywords)


def _end(node: ast.Call) -> tuple[int, int]:
    return (node.end_lineno or 1) - 1, node.end_col_offset or 1


def printed(code: str) -> str:
    """`code` with its last expression inside `print(...)`.

    >>> printed("x = 3\\nx + 1  # four")
    'x = 3\\nprint(x + 1)  # four'
    """
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code
    if not body or not isinstance(body[-1], ast.Expr):
        return code
    last = body[-1]
    lines = [line.encode() for line in code.splitlines(keepends=True)]
    end, column = (last.end_lineno or 1) - 1, last.end_col_offset or 0
    lines[end] = lines[end][:column] + b")" + lines[end][column:]
    begin = last.lineno - 1
    lines[begin] = lines[begin][: last.col_offset] + b"print(" + lines[begin][last.col_offset :]
    return b"".join(lines).decode()
