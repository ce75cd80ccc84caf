"""What a worker took away from itself before its first job, as frozen plain data."""

from __future__ import annotations

from dataclasses import dataclass

MEMORY = 2 * 1024**3
"""Bytes that a worker may have: of address space on Linux, else of memory that the parent sees."""


@dataclass(frozen=True, slots=True)
class Isolation:
    """The walls that stand (`parts`) and those that this system does not have (`missing`).

    >>> print(Isolation(("limits", "Landlock 7", "seccomp"), ()))
    fully isolated (limits, Landlock 7, seccomp)
    >>> print(Isolation(("limits",), ("no Landlock in this kernel",)))
    partly isolated (limits; missing: no Landlock in this kernel)
    """

    parts: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def __str__(self) -> str:
        parts = ", ".join(self.parts) or "nothing"
        if self.full:
            return f"fully isolated ({parts})"
        return f"partly isolated ({parts}; missing: {'; '.join(self.missing)})"
