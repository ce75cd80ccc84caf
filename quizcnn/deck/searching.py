"""What a person types into a search, as an expression of SQLite's FTS5."""

from __future__ import annotations

import re
from collections.abc import Sequence

WORDS = 16
"""Words of a search, at most."""

LONGEST = 60
"""Letters of a word, at most."""

MANY = 2_000
"""Of more questions found only so many are put in order: the rest would take long to weigh."""

SEARCH = f"""
SELECT chosen.key, search.prompt, chosen.kind, chosen.deck
FROM (
    SELECT rank, id FROM (
        SELECT (file.position << 16) | (search.rowid & 65535) AS rank, search.rowid AS id,
            bm25(search, 4.0, 2.0, 1.0, 3.0, 3.0) AS score
        FROM search JOIN selected_files file
            ON file.selection = :selection AND file.content = search.rowid >> 16
        WHERE search MATCH :words
            AND (:decks = '[]' OR file.deck IN (SELECT value FROM json_each(:decks)))
        LIMIT {MANY}
    )
    ORDER BY score, rank LIMIT :limit
) AS hit
JOIN selected chosen ON chosen.selection = :selection AND chosen.rank = hit.rank
JOIN search ON search.rowid = hit.id
"""
"""Prompt, answers, explanation, tags and key weigh 4, 2, 1, 3 and 3. Least is best in `bm25`."""


FIRST = """
SELECT chosen.key, search.prompt, chosen.kind, chosen.deck
FROM selected chosen JOIN search ON search.rowid = chosen.question
WHERE chosen.selection = :selection
    AND (:decks = '[]' OR chosen.deck IN (SELECT value FROM json_each(:decks)))
ORDER BY chosen.rank LIMIT :limit
"""
"""The first questions of some decks, or of all."""


def expression(text: str) -> str:
    """Each word quoted, so that none is an operator, and the last one as a begin; "" without one.

    A word after `#` is sought among the tags alone.

    >>> expression('stride OR "pad')
    '"stride" "OR" "pad"*'
    >>> expression("?")
    ''
    >>> expression("#output-size padding")
    'tags : "output size" AND "padding"*'
    """
    found: list[str] = []
    for mark, word in re.findall(r"(#?)(\w+(?:-\w+)*)", text)[:WORDS]:
        parts = [part[:LONGEST] for part in re.findall(r"\w+", word)]
        if mark:
            found.append(f'tags : "{" ".join(parts)}"')
        else:
            found += [f'"{part}"' for part in parts]
    joined = (" AND " if any(":" in each for each in found) else " ").join(found)
    return joined + ("*" if found else "")


def scoped(text: str, decks: Sequence[str]) -> tuple[str, list[str]]:
    """A search line without its words `deck:name`, and the decks that these begin to name.

    >>> scoped("deck:con stride", ["convolution", "pooling"])
    ('stride', ['convolution'])
    """
    named = re.findall(r"(?:^|\s)deck:(\S*)", text)
    rest = re.sub(r"(?:^|\s)deck:\S*", " ", text).strip()
    return rest, [deck for deck in decks if any(deck.startswith(name) for name in named)]
