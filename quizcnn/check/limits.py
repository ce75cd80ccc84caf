"""How much a check may do, and what is raised where it wants more."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from quizcnn.check.proof import FailureKind

SOURCE = 16_384
"""Bytes of source (UTF-8) in a check, a claim or a given."""
NESTING = 60
"""How deep one expression or block may stand inside another."""
NODES = 5_000
"""Pieces (nodes of the syntax tree) of a check, a claim or a given."""
DEPTH = 150
"""How deep evaluation may go, lambdas that call each other included."""
STEPS = 1_000_000
"""Steps of one job: each piece of an expression is one, and each item that `for` goes through."""
ELEMENTS = 4_000_000
"""Values of one array."""
AXES = 16
"""Axes of one array."""
TOTAL_ELEMENTS = 32_000_000
"""Values of all arrays that one job makes."""
BITS = 512
"""Bits of an integer."""
TEXT = 1_000
"""Characters of a text."""
ITEMS = 1_000_000
"""Values in a list or tuple, those inside its items included."""


class CheckError(Exception):
    """Something that ends a check; `node` is the place in its source."""

    kind: FailureKind = "raised"

    def __init__(self, message: str, node: ast.AST | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.node = node

    def at(self, node: ast.AST) -> CheckError:
        """The same error, with a place unless it has one already."""
        if self.node is None:
            self.node = node
        return self


class RefusedError(CheckError):
    """The language does not allow it."""

    kind: FailureKind = "refused"


class RaisedError(CheckError):
    """An operation complained."""


class LimitError(CheckError):
    """More steps, values, bits or nesting than a check may use."""

    kind: FailureKind = "limit"


@dataclass(slots=True)
class Budget:
    """What one job has used up so far. Once it is over a limit, it stays so.

    `depth` is how many expressions stand inside each other that are at work.
    """

    steps: int = 0
    elements: int = 0
    depth: int = field(default=0)

    def step(self, count: int = 1) -> None:
        """Count steps."""
        self.steps += count
        if self.steps > STEPS:
            raise LimitError(f"the check takes more than {STEPS:,} steps: use smaller sizes")

    def look(self, count: int) -> None:
        """Count looking at so many items, which is quicker than computing them."""
        self.step(1 + count // 8)

    def room(self, elements: int) -> None:
        """Refuse an array of so many values before it is made."""
        if elements > ELEMENTS:
            raise LimitError(
                f"this would make {_amount(elements)} values at once; "
                f"an array may have {ELEMENTS:,}: use smaller sizes"
            )
        if self.elements + elements > TOTAL_ELEMENTS:
            self._over()

    def spend(self, elements: int) -> None:
        """Count the values of an array that was made."""
        self.elements += elements
        if self.elements > TOTAL_ELEMENTS:
            self._over()

    def _over(self) -> None:
        raise LimitError(
            f"the check's arrays have more than {TOTAL_ELEMENTS:,} values together: "
            "use smaller sizes"
        )

    def too_deep(self) -> None:
        """Refuse to go one level deeper."""
        raise LimitError("the check nests too deep: do lambdas call each other in a circle?")


def _amount(number: int) -> str:
    return f"{number:,}" if number < 10**15 else "more than 10**15"


def whole(number: int) -> int:
    """`number`, unless it has more bits than an integer may have."""
    if number.bit_length() > BITS:
        raise LimitError(f"an integer may have {BITS} bits, about 154 digits; this is larger")
    return number


def short(text: str) -> str:
    """`text`, unless it is longer than a text may be."""
    if len(text) > TEXT:
        raise LimitError(f"a text may have {TEXT:,} characters, this one would have {len(text):,}")
    return text
