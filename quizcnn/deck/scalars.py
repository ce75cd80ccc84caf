"""Scalars typed by YAML 1.2's core schema, where PyYAML would follow YAML 1.1.

`no` and `on` are texts, `3:30` and `1_000` are texts, `012` is twelve. Only a text without quotes
can be a number or a truth value.
"""

from __future__ import annotations

import math
import re

from quizcnn.check.job import Given
from quizcnn.deck.messages import Problems, quoted
from quizcnn.deck.nodes import BrokenNode, MappingNode, Node, ScalarNode, SequenceNode

_BOOLEANS = {word: value for value in (True, False) for word in (
    str(value), str(value).lower(), str(value).upper()
)}  # fmt: skip
_NULLS = frozenset({"~", "null", "Null", "NULL"})
_BASED = {"0o": 8, "0x": 16}
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LARGEST = 1 << 512

LONGEST = 5_000
"""Characters of a text, at most; a screen of 80×24 has 1 920."""

LONGEST_LINE = 300
"""Characters of a text of one line, at most."""


def core(node: ScalarNode, problems: Problems) -> Given | None:
    """A scalar as YAML 1.2 types it: a truth value, a number or else its text.

    None after a problem: nothing there, null, or a number that is not finite or beyond 512 bits.
    """
    text = node.text.strip()
    if not text or (node.plain and text in _NULLS):
        problems.add(node.place, "there is no value here", "write one, or leave the field out")
        return None
    if not node.plain:
        return text
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _WHOLE.fullmatch(text):
        whole = int(text, _BASED.get(text[:2], 10)) if len(text) < 160 else _LARGEST
        if abs(whole) < _LARGEST:
            return whole
        problems.add(node.place, "a number beyond 512 bits", "write it as a power: 2**500")
        return None
    if _NOT_FINITE.fullmatch(text) or _FLOAT.fullmatch(text):
        number = math.inf if _NOT_FINITE.fullmatch(text) else float(text)
        if math.isfinite(number):
            return number
        problems.add(node.place, f"{quoted(text)} is not a finite number", "write a finite one")
        return None
    return text


def wrong_type(node: Node, name: str, wanted: str, problems: Problems, hint: str = "") -> None:
    """Report that a field is not what it should be, with YAML's trap where it is one."""
    if isinstance(node, BrokenNode):
        return
    found, trap = kind_of(node)
    problems.add(node.place, f"`{name}` must be {wanted}, not {found}", hint or trap)


def kind_of(node: Node) -> tuple[str, str]:
    """What a node is, in words, and the hint where a text was meant perhaps."""
    if isinstance(node, MappingNode):
        trap = "quote a text that begins with `{`" if node.flow else ""
        return "a mapping", trap
    if isinstance(node, SequenceNode):
        return "a list", "quote a text that begins with `[`" if node.flow else ""
    if isinstance(node, ScalarNode):
        return (quoted(node.text), "") if node.text else ("empty", "")
    return "unreadable", ""


def text(node: Node, name: str, problems: Problems) -> str:
    """A text as it stands, whatever it looks like: `no`, `1.0` and `null` are texts here."""
    if not isinstance(node, ScalarNode):
        wrong_type(node, name, "a text", problems)
        return ""
    if not node.text.strip():
        problems.add(node.place, f"`{name}` is empty", "write a text, or leave the field out")
    return bounded(node.text.strip(), LONGEST, name, node, problems)


def line(node: Node, name: str, problems: Problems) -> str:
    """A text of one line."""
    words = text(node, name, problems)
    if "\n" in words:
        problems.add(node.place, f"`{name}` must be one line", "shorten it")
    return bounded(words, LONGEST_LINE, name, node, problems)


def bounded(words: str, most: int, name: str, node: Node, problems: Problems) -> str:
    """`words`, reported and cut off where they are longer than a learner can be asked to read."""
    if len(words) > most:
        problems.add(node.place, f"`{name}` has more than {most:,} characters", "shorten it")
    return words[:most]


def boolean(node: Node, name: str, problems: Problems) -> bool:
    """A truth value: `true` or `false`, without quotes."""
    if isinstance(node, ScalarNode):
        value = core(node, problems) if node.plain and node.text else node.text
        if isinstance(value, bool):
            return value
        if value is None:
            return False
    hint = "write true or false, without quotes"
    wrong_type(node, name, "true or false", problems, hint)
    return False


def whole(node: Node, name: str, problems: Problems, least: int, most: int | None = None) -> int:
    """A whole number within bounds; the least one after a problem."""
    value = _number(node, name, "a whole number", problems)
    if value is None:
        return least
    if isinstance(value, float):
        wrong_type(node, name, "a whole number", problems)
        return least
    if value < least or (most is not None and value > most):
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        wrong_type(node, name, f"a whole number {bounds}", problems)
    return value


def number(node: Node, name: str, problems: Problems, most: float = math.inf) -> float:
    """A number above zero and up to `most`; `most` after a problem."""
    value = _number(node, name, "a number", problems)
    if value is None:
        return most
    if not 0 < value <= most:
        bounds = "above 0" if most == math.inf else f"above 0 and up to {most:g}"
        wrong_type(node, name, f"a number {bounds}", problems)
    return value


def _number(node: Node, name: str, wanted: str, problems: Problems) -> int | float | None:
    if isinstance(node, ScalarNode) and node.text:
        value = core(node, problems)
        if value is None:
            return None
        if not isinstance(value, bool | str):
            return value
        looks = not node.plain and _FLOAT.fullmatch(node.text)
        wrong_type(node, name, wanted, problems, "write it without quotes" if looks else "")
        return None
    wrong_type(node, name, wanted, problems)
    return None
