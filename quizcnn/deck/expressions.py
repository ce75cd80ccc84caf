"""Expressions and code of the check language, as text with its place; the worker parses them."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from itertools import islice

from quizcnn.check.job import Given
from quizcnn.deck.messages import Problems, quoted
from quizcnn.deck.model import MANY, Place
from quizcnn.deck.nodes import BrokenNode, MappingNode, Node, ScalarNode, SequenceNode
from quizcnn.deck.scalars import core, wrong_type

_RANGE = re.compile(r"([-+]?[0-9]{1,15}) *\.\. *([-+]?[0-9]{1,15})")


def code(node: Node, name: str, problems: Problems) -> tuple[str, Place]:
    """A check's code and the place of its first character.

    Line L, column c of the code stand at the place's line + L − 1, column + c − 1 of the file:
    leading blank lines are kept, and code of several lines must stand in a `|` block.
    """
    if not isinstance(node, ScalarNode):
        hint = f"write `{name}: |`, and the code on the lines below"
        wrong_type(node, name, "code", problems, hint)
        return "", node.place
    if not node.text.strip():
        hint = "write the code that computes the answer, or `none yet`"
        problems.add(node.place, f"`{name}` is empty", hint)
        return "", node.place
    if node.style == "literal":
        return node.text.rstrip(), node.start
    if not node.one_line or node.style == "folded" or "\n" in node.text:
        problems.add(
            node.place,
            f"YAML would join or shift the lines of `{name}`",
            f"write `{name}: |` and the code on the lines below",
        )
    return node.text.strip(), node.at(len(node.text) - len(node.text.lstrip(" ")))


def expression(node: Node, name: str, problems: Problems) -> str:
    """An expression as text. Numbers and truth values are written as Python writes them.

    A list, as `[1, 2]` or with a dash on each line, becomes a list's text.
    """
    if isinstance(node, SequenceNode):
        items = [expression(item, name, problems) for item in node.items]
        return "[" + ", ".join(items) + "]"
    value = _value(node, name, problems)
    return value if isinstance(value, str) else repr(value)


def given(node: Node, name: str, problems: Problems) -> Given:
    """A given: a number or truth value as it stands, all else an expression as text."""
    if isinstance(node, SequenceNode):
        return expression(node, name, problems)
    return _value(node, name, problems)


def _value(node: Node, name: str, problems: Problems) -> Given:
    if isinstance(node, MappingNode):
        hint = "write a given's name without braces" if node.flow else ""
        wrong_type(node, name, "a number or an expression", problems, hint)
    if not isinstance(node, ScalarNode):
        return ""
    value = core(node, problems)
    return "" if value is None else value


def givens(node: Node | None, problems: Problems, name: str = "given") -> dict[str, Given]:
    """Names with their givens, in the order of the file."""
    found: dict[str, Given] = {}
    if node is None or isinstance(node, BrokenNode):
        return found
    if not isinstance(node, MappingNode):
        wrong_type(node, name, "a mapping of names to values", problems, "such as {n: 8, f: 3}")
        return found
    for key, value in node.entries:
        fault = _name_fault(key.text)
        if fault:
            problems.add(key.place, *fault)
        found[key.text] = given(value, key.text, problems)
    return found


def _name_fault(name: str) -> tuple[str, str] | None:
    if name == "seed":
        return "`seed` cannot be given", "every check has it already"
    if keyword.iskeyword(name):
        return f"{quoted(name)} is a word of Python's own", "choose another name"
    if not (name.isascii() and name.isidentifier()) or name.startswith("_"):
        return f"{quoted(name)} cannot be a name", "letters a to z, digits and `_`, a letter first"
    return None


def vary(node: Node | None, problems: Problems) -> dict[str, Sequence[Given]]:
    """Names with all values that they take: a list, or a range `4..32` that includes both ends."""
    found: dict[str, Sequence[Given]] = {}
    if node is None or isinstance(node, BrokenNode):
        return found
    if not isinstance(node, MappingNode):
        wrong_type(node, "vary", "a mapping of names to values", problems, "such as {n: 4..32}")
        return found
    grid = 1
    for key, value in node.entries:
        found[key.text] = _values(value, key.text, problems)
        grid = min(grid * max(len(found[key.text]), 1), MANY + 1)
    if grid > MANY:
        problems.add(node.place, f"`vary` makes more than {MANY} variants", "vary less of it")
    return found


def _values(node: Node, name: str, problems: Problems) -> Sequence[Given]:
    wanted = "a list or a range"
    hint = "write [3, 5, 7] or 4..32"
    if isinstance(node, SequenceNode):
        if not node.items:
            problems.add(node.place, f"{quoted(name)} has no values to take", hint)
        if len(node.items) > MANY:
            problems.add(node.place, f"{quoted(name)} takes more than {MANY} values", "take fewer")
        return tuple(given(item, name, problems) for item in islice(node.items, MANY))
    if isinstance(node, ScalarNode):
        ends = _RANGE.fullmatch(node.text.strip())
        if ends:
            first, last = int(ends[1]), int(ends[2])
            if first > last:
                problems.add(node.place, "this range is empty", f"write {last}..{first}")
            elif last - first >= MANY:
                problems.add(node.place, f"this range has more than {MANY} values", "take fewer")
            else:
                return range(first, last + 1)
            return ()
    wrong_type(node, name, wanted, problems, hint)
    return ()
