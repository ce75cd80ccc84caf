"""Throwing away what earlier runs have left in the catalog and no run will need again."""

from __future__ import annotations

import os

from quizcnn.deck.stored import Stored

FREE = 10_000
"""So many rows of other selections are left alone, beside four times as many as this one has."""

_BELONGS = """
DELETE FROM questions WHERE id >= :content << 16 AND id < (:content + 1) << 16;
DELETE FROM search WHERE rowid >= :content << 16 AND rowid < (:content + 1) << 16;
DELETE FROM tags WHERE content = :content;
DELETE FROM former WHERE content = :content;
DELETE FROM needs WHERE content = :content;
DELETE FROM contents WHERE id = :content
"""


def sweep(stored: Stored, selection: int) -> bool:
    """Throw away what is left over, if that is much; gives whether it was.

    Other runs may be reading what is left over from this one's point of view: so it is done only
    by who has the file to itself, and by another run later where that cannot be.
    """
    sizes = stored.rows("SELECT id, questions FROM selections ORDER BY used DESC, id DESC")
    own = sum(size for number, size in sizes if number == selection)
    others = sum(size for number, size in sizes if number != selection)
    if others <= FREE + 4 * own:
        return False
    with stored.alone() as alone:
        if alone:
            with stored.transaction():
                _sweep(stored, selection, own)
    return alone


def _sweep(stored: Stored, selection: int, own: int) -> None:
    room = FREE + own
    for number, size in stored.rows(
        "SELECT id, questions FROM selections WHERE id <> ? ORDER BY used DESC, id DESC",
        (selection,),
    ):
        room -= size
        if room < 0:
            for table, column in (
                ("selected", "selection"),
                ("selected_files", "selection"),
                ("selections", "id"),
            ):
                stored.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
    gone = [row for row in stored.rows("SELECT path FROM files") if not os.path.lexists(row[0])]
    stored.executemany("DELETE FROM files WHERE path = ?", gone)
    for (content,) in stored.rows(
        "SELECT id FROM contents WHERE id NOT IN (SELECT content FROM files)"
        " AND id NOT IN (SELECT content FROM selected_files)"
    ):
        for statement in _BELONGS.split(";"):
            stored.execute(statement, {"content": content})
