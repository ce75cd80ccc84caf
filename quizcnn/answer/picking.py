"""Options picked or put in order: by letters, or by their own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from quizcnn.answer.folding import folded, spelling

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class NotAPick(ValueError):  # noqa: N818 - it says what the text is
    """The text names no options; the message says why, for the person who typed it."""


def picks(text: str, options: Sequence[str]) -> tuple[int, ...]:
    """The options that `text` names, in its order, repeated ones included. Raises NotAPick.

    An option's own words win over letters where the text is both.

    >>> picks("b, a", ["max pooling", "a dense layer"]), picks("Max Pooling", ["max pooling"])
    ((1, 0), (0,))
    """
    exact = {folded(option): index for index, option in enumerate(options)}
    whole = folded(text)
    if whole in exact and len(whole) > 1:
        return (exact[whole],)
    lettered = letters(text, len(options))
    if lettered is not None:
        return lettered
    for fold in (folded, spelling):
        named = _words(text, {fold(option): index for index, option in enumerate(options)}, fold)
        if named is not None:
            return named
    raise NotAPick(_why_not(text, len(options)))


def letters(text: str, count: int) -> tuple[int, ...] | None:
    """The letters of `text` as indices, None where it is not letters of `count` options alone.

    >>> letters("b and a", 2), letters("c", 2)
    ((1, 0), None)
    """
    bare = re.sub(r"\band\b|[\s,;.()/&+>→\-]", "", text.lower())
    allowed = LETTERS[:count]
    if not bare or any(letter not in allowed for letter in bare):
        return None
    return tuple(allowed.index(letter) for letter in bare)


def _words(text: str, known: dict[str, int], fold: Callable[[str], str]) -> tuple[int, ...] | None:
    """Options named by their words, between separators that options may hold themselves."""
    cuts = [match.span() for match in re.finditer(r"[,;\n]|→|->|>", text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    # found[i] is how the text's first i pieces were read, None where they cannot be
    found: list[tuple[int, ...] | None] = [()] + [None] * len(starts)
    for stop in range(1, len(found)):
        for start in range(stop):
            before = found[start]
            index = known.get(fold(text[starts[start] : ends[stop - 1]]))
            if before is not None and index is not None:
                found[stop] = (*before, index)
                break
    return found[-1]


def _why_not(text: str, count: int) -> str:
    last = LETTERS[count - 1] if count else "a"
    if re.fullmatch(r"[A-Za-z]", text.strip()):
        return f"the options are a to {last}"
    return f"it names none of the options; type letters from a to {last}"
