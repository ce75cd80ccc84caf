"""All decks of some files and folders, as they were read, in a file that can be searched.

Only what has changed since an earlier run is read again, and no more than one deck is ever held
in memory.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from quizcnn.deck.catalog_schema import CHOSEN, VIEWS
from quizcnn.deck.damaged import DamagedError
from quizcnn.deck.folders import deck_files
from quizcnn.deck.looking import look
from quizcnn.deck.place import Place, Problem
from quizcnn.deck.selecting import select
from quizcnn.deck.stored import Stored
from quizcnn.deck.sweeping import sweep

if TYPE_CHECKING:
    from quizcnn.deck.model import Deck, Kind, Question

T = TypeVar("T")

_CHOSEN = CHOSEN.format(where="")

TAGS = f"""
WITH RECURSIVE each(tag) AS (
    SELECT min(tag) FROM tags
    UNION ALL SELECT (SELECT min(tag) FROM tags WHERE tag > each.tag) FROM each WHERE tag NOTNULL
)
SELECT tag FROM each
WHERE EXISTS (SELECT 1 FROM tags WHERE tags.tag = each.tag AND {_CHOSEN}) ORDER BY tag
"""
"""Goes from tag to tag in their index: `DISTINCT` would look at each question's."""


class DeckEntry(NamedTuple):
    """A deck in the list of decks: `questions` can be asked, `unchecked` have no check yet."""

    name: str
    title: str
    about: str
    path: Path
    questions: int
    unchecked: int


class Hit(NamedTuple):
    """A question that a search has found; of `ask` the givens stand as in the file."""

    key: str
    ask: str
    kind: Kind
    deck: str


class Catalog:
    """The decks that can be used; those with problems are left out of it.

    May be used by several threads, and its file by several processes.
    """

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._paths: tuple[Path, ...] = ()
        self._selection = 0

    @classmethod
    def open(cls, path: Path | None) -> Catalog:
        """The catalog in a file; a temporary one for None or where that file cannot be written.

        A file that is damaged or of another version is thrown away: all in it can be read again.
        Raises CatalogError where not even a temporary file can be kept.
        """
        return cls(Stored(path))

    def __enter__(self) -> Catalog:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a temporary one is removed."""
        self._stored.close()

    def read(self, paths: Sequence[Path]) -> tuple[Problem, ...]:
        """Choose the decks of some files, and of the YAML files directly in some folders.

        Files that have changed are read again. Gives all problems, also those found earlier. A
        file named twice is read once; `sources.yaml` in a folder is not a deck. A deck's name and
        a question's former key may stand only once: the file that comes first keeps them.
        """
        with self._stored.lock:
            self._paths = tuple(paths)
            return self._stored.sound(self._read, lambda: None)

    def decks(self) -> tuple[DeckEntry, ...]:
        """The decks in their order."""
        return tuple(
            DeckEntry(name, title, about, Path(os.fsdecode(path)), questions, unchecked)
            for name, title, about, path, questions, unchecked in self._rows(
                "SELECT file.deck, content.title, content.about, file.path, content.questions,"
                " content.unchecked"
                " FROM selected_files file JOIN contents content ON content.id = file.content"
                " WHERE file.selection = :selection ORDER BY file.position"
            )
        )

    def deck(self, name: str) -> Deck:
        """A deck with all its questions. Raises KeyError where there is none of this name."""
        return self._sound(lambda: self._deck(name))

    def questions(self) -> Iterator[Question]:
        """The questions of all decks in their order, those without a check too; read by and by."""
        for deck in self.decks():
            yield from self.deck(deck.name).questions

    def question(self, key: str) -> Question | None:
        """The question of a key `deck/id`, None where there is none."""
        return self._sound(lambda: self._question(key))

    def find(self, text: str) -> Question | list[str]:
        """The question of a key `deck/id`, of an id that only one deck has, or of a former one.

        Otherwise the keys that may have been meant, nearest first; several decks may have the id.
        """
        found = self.question(text)
        if found is not None:
            return found
        same = self._named(text)
        if len(same) == 1:
            found = self.question(same[0])
            return [] if found is None else found
        if same:
            return same
        from quizcnn.deck.near import nearest  # noqa: PLC0415 - few keys are misspelt

        return nearest(text, self.keys(unchecked=True))

    def keys(
        self, decks: Sequence[str] = (), tags: Sequence[str] = (), unchecked: bool = False
    ) -> tuple[str, ...]:
        """The keys of the questions that can be asked, in their order.

        Of these decks and with one of these tags, where some are named. With `unchecked` also
        those that have no check yet.
        """
        sql = "SELECT key FROM selected WHERE selection = :selection"
        named: dict[str, object] = {}
        if not unchecked:
            sql += " AND checked = 1"
        for column, values in (("deck", decks), ("tag", tags)):
            if values:
                names = {f"{column}{index}": value for index, value in enumerate(values)}
                named |= names
                listed = ", ".join(f":{name}" for name in names)
                if column == "tag":
                    sql += (
                        f" AND key IN (SELECT key FROM tags WHERE tag IN ({listed}) AND {_CHOSEN})"
                    )
                else:
                    sql += f" AND deck IN ({listed})"
        return tuple(key for (key,) in self._rows(sql + " ORDER BY rank", **named))

    def tags(self) -> tuple[str, ...]:
        """The tags of all questions, in the order of the alphabet."""
        return tuple(tag for (tag,) in self._rows(TAGS))

    def search(self, text: str, limit: int = 50, decks: Sequence[str] = ()) -> tuple[Hit, ...]:
        """The questions that have all words of a text, the last of which may be a word's begin.

        They are sought in question, answers, explanation, tags and key, without regard to accents
        and case, and in these decks where some are named. The best come first; a text without a
        word finds nothing.
        """
        from quizcnn.deck.searching import SEARCH, expression  # noqa: PLC0415 - as in `first`

        words = expression(text)
        if not words:
            return ()
        rows = self._rows(SEARCH, words=words, limit=limit, decks=json.dumps(list(decks)))
        return _hits(rows)

    def first(self, limit: int, decks: Sequence[str] = ()) -> tuple[Hit, ...]:
        """The first questions of some decks, or of all, in their order."""
        from quizcnn.deck.searching import FIRST  # noqa: PLC0415 - the first frame lists no hits

        return _hits(self._rows(FIRST, limit=limit, decks=json.dumps(list(decks))))

    def attach(self, connection: sqlite3.Connection) -> None:
        """Show the decks chosen by `read` to another database's connection, as views.

        `chosen_questions`, `chosen_tags`, `chosen_former` and `chosen_needs` read this catalog,
        which the connection cannot write. It must have been opened with `uri=True`. To be called
        again after each `read`.
        """
        with self._stored.lock:
            for view in VIEWS:
                connection.execute(f"DROP VIEW IF EXISTS temp.{view}")
            if "catalog" in {row[1] for row in connection.execute("PRAGMA database_list")}:
                connection.execute("DETACH catalog")
            file = f"{self._stored.path.resolve().as_uri()}?mode=ro"
            connection.execute("ATTACH ? AS catalog", (file,))
            for view, sql in VIEWS.items():
                query = sql.replace(":selection", str(self._selection))
                connection.execute(f"CREATE TEMP VIEW {view} AS {query}")

    def _sound(self, work: Callable[[], T]) -> T:
        """What `work` gives; after damage the decks are read anew, and it is tried once more."""
        with self._stored.lock:
            return self._stored.sound(work, self._read)

    def _rows(self, sql: str, **named: object) -> list[tuple[Any, ...]]:
        return self._sound(lambda: self._stored.rows(sql, {"selection": self._selection, **named}))

    def _read(self) -> tuple[Problem, ...]:
        problems: list[Problem] = []
        files = deck_files(self._paths, problems)
        contents = look(self._stored, files, problems)
        self._selection, found = select(self._stored, tuple(contents.items()))
        sweep(self._stored, self._selection)
        return (*problems, *found)

    def _deck(self, name: str) -> Deck:
        found = self._stored.rows(
            "SELECT content.id, content.title, content.about, content.line, content.place_column,"
            " file.path FROM selected_files file JOIN contents content ON content.id = file.content"
            " WHERE file.selection = ? AND file.deck = ?",
            (self._selection, name),
        )
        if not found:
            raise KeyError(name)
        from quizcnn.deck.model import Deck  # noqa: PLC0415 - the first frame shows no question

        content, title, about, line, column, path = found[0]
        file = os.fsdecode(path)
        bodies = self._stored.rows(
            "SELECT name, body FROM questions WHERE id >= :content << 16"
            " AND id < (:content + 1) << 16 ORDER BY id",
            {"content": content},
        )
        return Deck(
            name=name,
            title=title,
            about=about,
            path=Path(file),
            questions=tuple(_decoded(body, file, f"{name}/{id_}") for id_, body in bodies),
            place=None if line is None else Place(file, line, column),
        )

    def _question(self, key: str) -> Question | None:
        found = self._stored.rows(
            "SELECT question.body, file.path FROM selected chosen"
            " JOIN questions question ON question.id = chosen.question"
            " JOIN selected_files file"
            " ON file.selection = chosen.selection AND file.content = question.id >> 16"
            " WHERE chosen.selection = ? AND chosen.key = ?",
            (self._selection, key),
        )
        if not found:
            return None
        body, path = found[0]
        return _decoded(body, os.fsdecode(path), key)

    def _named(self, text: str) -> list[str]:
        """The keys of the questions that have this id, or else that had this key."""
        same = self._rows(
            "SELECT chosen.key FROM questions question JOIN selected chosen"
            " ON chosen.selection = :selection AND chosen.question = question.id"
            " WHERE question.name = :text ORDER BY chosen.rank",
            text=text,
        ) or self._rows(
            "SELECT chosen.key FROM former JOIN selected chosen"
            " ON chosen.selection = :selection AND chosen.key = former.key"
            f" WHERE former.was = :text AND {_CHOSEN} ORDER BY chosen.rank",
            text=text,
        )
        return [key for (key,) in same]


def _decoded(body: bytes, file: str, key: str) -> Question:
    """The question of this key; DamagedError where another stands in its row."""
    from quizcnn.deck.codec import decode  # noqa: PLC0415 - as in `_deck`

    question = decode(body, file)
    if question.key != key:
        raise DamagedError(key)
    return question


def _hits(rows: Sequence[tuple[Any, ...]]) -> tuple[Hit, ...]:
    from quizcnn.deck.model import Kind  # noqa: PLC0415 - as in `_deck`

    return tuple(Hit(key, ask, Kind(kind), deck) for key, ask, kind, deck in rows)
