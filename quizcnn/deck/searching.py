"""What a person types into a search, as an expression of SQLite's FTS5."""

from __future__ import annotations

import re

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


def expression(text: str) -> str:
    """Each word quoted, so that none is an operator, and the last one as a begin; "" without one.

    >>> expression('stride OR "pad')
    '"stride" "OR" "pad"*'
    >>> expression("?")
    ''
    """
    words = [word[:LONGEST] for word in re.findall(r"\w+", text)[:WORDS]]
    return " ".join(f'"{word}"' for word in words) + ("*" if words else "")
