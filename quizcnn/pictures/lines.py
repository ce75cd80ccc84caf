"""Lines that are drawn when they are looked at: of a tall picture only what is on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quizcnn.pictures.pieces import Line


class Lines:
    """So many lines that `line` draws, and some more that are drawn already.

    >>> lines = Lines(2, lambda y: (str(y),), [("end",)])
    >>> len(lines), lines[1], list(lines)
    (3, ('1',), [('0',), ('1',), ('end',)])
    """

    def __init__(
        self, height: int, line: Callable[[int], Line], below: Sequence[Line] = ()
    ) -> None:
        self._height = height
        self._line = line
        self._below = below

    def and_then(self, more: Sequence[Line]) -> Lines:
        """These lines and some beneath them."""
        return Lines(self._height, self._line, [*self._below, *more])

    def __len__(self) -> int:
        return self._height + len(self._below)

    def __getitem__(self, y: int) -> Line:
        if y < 0:
            y += len(self)
        return self._line(y) if y < self._height else self._below[y - self._height]

    def __iter__(self) -> Iterator[Line]:
        return (self[y] for y in range(len(self)))


def fixed(lines: Sequence[Line]) -> Lines:
    """Lines that are drawn already."""
    return Lines(0, lambda y: (), lines)
