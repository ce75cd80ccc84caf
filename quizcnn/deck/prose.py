"""Givens in prose: `{n}` is a given's value, `{{` and `}}` are braces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from quizcnn.display import one_line

if TYPE_CHECKING:
    from quizcnn.check.value import Value

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_LONGEST = 500
"""Characters that a value in prose may have; an exact count of 512 bits has 155."""


def placeholders(text: str) -> Iterator[tuple[int, str]]:
    """The offset of each placeholder and what stands between its braces.

    A brace without its partner counts as a placeholder of nothing.

    >>> list(placeholders("{n}×{n} {{so}} }"))
    [(0, 'n'), (4, 'n'), (15, '')]
    """
    for match in _BRACES.finditer(text):
        if match[0] not in {"{{", "}}"}:
            yield match.start(), (match[1] or "").strip()


def fill(text: str, values: Mapping[str, Value]) -> str:
    """`text` with the values of its givens put in. Raises KeyError for a name without a value.

    >>> fill("{n}×{n} pixels, {{kept}}", {"n": 8})
    '8×8 pixels, {kept}'
    """

    def put(match: re.Match[str]) -> str:
        if match[0] in {"{{", "}}"}:
            return match[0][0]
        return in_prose(values[(match[1] or "").strip()])

    return _BRACES.sub(put, text)


def in_prose(value: Value) -> str:
    """A value as a sentence shows it: floats to six digits, operations and layers by their name.

    >>> from quizcnn.check.value import Name
    >>> in_prose(0.1 + 0.2), in_prose((2, 3.0)), in_prose(Name("max_pool2d"))
    ('0.3', '(2, 3)', 'max_pool2d')
    """
    if type(value) is int:
        return one_line(str(value), _LONGEST)
    from quizcnn.check.wording import inline  # noqa: PLC0415 - most givens are whole numbers

    return inline(value, _LONGEST)
