"""The problems of a file, collected so that an author sees all of them at once."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from quizcnn.deck.model import Place, Problem
from quizcnn.display import one_line

LIMIT = 100
"""More problems than this are counted, not listed."""


class Problems:
    """The problems found so far; reading goes on after each of them."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._more = 0

    def add(self, place: Place, message: str, hint: str = "") -> None:
        """Note what is wrong at `place`, and how to mend it."""
        if len(self._found) < LIMIT:
            self._found.append(Problem(place, message, hint))
        else:
            self._more += 1

    @property
    def full(self) -> bool:
        """Whether further problems are only counted, so that no hint need be sought for them."""
        return len(self._found) >= LIMIT

    def __len__(self) -> int:
        return len(self._found) + self._more

    def at(self, place: Place) -> bool:
        """Whether something has been noted at this very place."""
        return any(problem.place == place for problem in self._found)

    def sorted(self) -> tuple[Problem, ...]:
        """All problems in the order of the file, and how many more there are than the limit."""
        found = sorted(self._found, key=lambda problem: problem.place)
        if self._more:
            found.append(Problem(found[-1].place, f"and {self._more} more problems in this file"))
        return tuple(found)


def quoted(text: str) -> str:
    """`text` as a message quotes it: on one line, shortened, between backticks.

    >>> quoted("two\\nlines")
    '`two lines`'
    """
    return f"`{one_line(text, 60)}`"


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A hint that names the nearest known word, or lists the known ones where they are few.

    >>> did_you_mean("tolerence", ["tolerance", "unit"])
    'did you mean `tolerance`?'
    >>> did_you_mean("size", ["n", "f"])
    'known here: `n`, `f`'
    """
    # An author's misspelling is short; comparing long texts with many words would take long.
    if len(word) <= 60 and len(known) <= 2000:
        lowered = {name.lower(): name for name in known}
        near = get_close_matches(word.lower(), lowered, n=1)
        if near:
            return f"did you mean `{lowered[near[0]]}`?"
    if 0 < len(known) <= 12:
        return "known here: " + ", ".join(f"`{name}`" for name in known)
    return ""


def listed(words: Collection[str], conjunction: str = "and") -> str:
    """Words in a sentence.

    >>> listed(["number", "shape", "array"], "or")
    '`number`, `shape` or `array`'
    """
    ticked = [f"`{word}`" for word in words]
    return f" {conjunction} ".join([", ".join(ticked[:-1]), ticked[-1]] if ticked[1:] else ticked)
