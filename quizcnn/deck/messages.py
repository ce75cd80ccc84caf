"""The problems of a file, collected so that an author sees all of them at once."""

from __future__ import annotations

from collections.abc import Collection
from heapq import nlargest
from itertools import islice, pairwise

from quizcnn.deck.place import Place, Problem
from quizcnn.display import one_line

LIMIT = 100
"""Reading stops at the next problem after so many."""

SOUGHT = 200
"""Letters of all the words together for which a near one is sought among a file's own names."""

LONGEST_WORD = 40
"""Characters of a word that may be a misspelling, and of a name that may be meant."""

MOST_NAMES = 500
"""Among more names a near one is not sought."""

FEW = 12
"""So few names are all listed in a message."""


class EnoughError(Exception):
    """There are more problems than anybody will read at once."""


class Problems:
    """The problems found so far; reading goes on after each of them, up to a limit."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._stopped = False
        self._sought = 0

    def add(self, place: Place, message: str, hint: str = "") -> None:
        """Note what is wrong at `place`, and how to mend it. Raises EnoughError at the limit."""
        if len(self._found) == LIMIT:
            self._stopped = True
            raise EnoughError
        self._found.append(Problem(place, message, hint))

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """As the function, among names that the file gives: as that takes time, not for ever."""
        self._sought += len(word)
        return did_you_mean(word, known) if self._sought <= SOUGHT else ""

    def __len__(self) -> int:
        return len(self._found)

    def back_to(self, count: int) -> None:
        """Forget all but the first `count`, where a part of the file is read once more."""
        del self._found[count:]

    def at(self, place: Place) -> bool:
        """Whether something has been noted at this very place."""
        return any(problem.place == place for problem in self._found)

    def sorted(self) -> tuple[Problem, ...]:
        """All problems in the order of the file, and whether reading stopped with them."""
        found = sorted(self._found, key=lambda problem: problem.place)
        if self._stopped:
            message = f"and more: reading stops after {LIMIT} problems"
            found.append(Problem(found[-1].place, message, "mend these first"))
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
    near = _near(word, known)
    if near:
        return f"did you mean {quoted(near)}?"
    if 0 < len(known) <= FEW:
        return f"known here: {', '.join(map(quoted, known))}"
    return ""


def listed(words: Collection[str], conjunction: str = "and") -> str:
    """Words in a sentence; of many only the first few.

    >>> listed(["number", "shape", "array"], "or")
    '`number`, `shape` or `array`'
    >>> listed(["n"] * 20)[-12:]
    '`n` and more'
    """
    ticked = [quoted(word) for word in islice(words, FEW)]
    if len(words) > FEW:
        return f"{', '.join(ticked)} {conjunction} more"
    return f" {conjunction} ".join([", ".join(ticked[:-1]), ticked[-1]] if ticked[1:] else ticked)


def _near(word: str, known: Collection[str]) -> str:
    """The known name that is most like the word, "" where none is."""
    from difflib import get_close_matches  # noqa: PLC0415 - only faults need it

    if len(word) > LONGEST_WORD or len(known) > MOST_NAMES:
        return ""
    lowered = {name.lower(): name for name in known if len(name) <= LONGEST_WORD}
    own = pairs(word.lower())
    # difflib is thorough and slow: it is shown the few names with the most pairs in common.
    likely = nlargest(3, lowered, key=lambda name: len(own & pairs(name)) / (len(name) + 1))
    near = get_close_matches(word.lower(), likely, n=1)
    return lowered[near[0]] if near else ""


def pairs(word: str) -> set[str]:
    """The pairs of neighbouring letters in a word, its ends included."""
    return set(map("".join, pairwise(f" {word} ")))
