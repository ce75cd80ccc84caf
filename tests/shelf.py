"""A library of questions made by hand, a clock that stands still, and study over both."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from quizcnn.deck.catalog import DeckEntry, Hit
from quizcnn.deck.model import Deck, Question
from quizcnn.study.days import Calendar
from quizcnn.study.desk import Desk
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.store import Store
from quizcnn.study.study import Study

BEGIN = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""A Monday evening."""


OPENED: list[Store] = []
"""The stores of a test's learners: each test closes them at its end."""


def in_memory() -> Store:
    """A store without a file."""
    OPENED.append(Store.open(None))
    return OPENED[-1]


class Shelf:
    """Decks as a catalog would give them, without a file."""

    def __init__(self, *decks: Deck) -> None:
        self.shelved = list(decks)

    @classmethod
    def of(cls, *questions: Question) -> Shelf:
        """The decks that some questions belong to."""
        names = dict.fromkeys(question.deck for question in questions)
        return cls(
            *(
                Deck(name, name.title(), "", Path(f"{name}.yaml"), belonging)
                for name in names
                for belonging in [tuple(q for q in questions if q.deck == name)]
            )
        )

    def decks(self) -> tuple[DeckEntry, ...]:
        return tuple(
            DeckEntry(deck.name, deck.title, deck.about, deck.path, len(deck.questions), 0)
            for deck in self.shelved
        )

    def deck(self, name: str) -> Deck:
        return next(deck for deck in self.shelved if deck.name == name)

    def questions(self) -> Iterator[Question]:
        for deck in self.shelved:
            yield from deck.questions

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions() if question.key == key), None)

    def first(self, limit: int, decks: Sequence[str] = ()) -> tuple[Hit, ...]:
        found = (q for q in self.questions() if not decks or q.deck in decks)
        return tuple(Hit(q.key, q.ask, q.kind, q.deck) for q in found)[:limit]

    def search(self, text: str, limit: int = 50, decks: Sequence[str] = ()) -> tuple[Hit, ...]:
        """Plain words: the catalog's own search is tested with the catalog."""
        words = text.lower().split()
        return tuple(
            hit
            for hit in self.first(10**6, decks)
            if all(word in f"{hit.key} {hit.ask}".lower() for word in words)
        )[:limit]

    def attach(self, connection: sqlite3.Connection) -> None:
        """What `Catalog.attach` gives the queue and the statistics."""
        connection.executescript(
            """
            DROP TABLE IF EXISTS temp.chosen_questions; DROP TABLE IF EXISTS temp.chosen_tags;
            DROP TABLE IF EXISTS temp.chosen_former; DROP TABLE IF EXISTS temp.chosen_needs;
            CREATE TEMP TABLE chosen_questions (key, deck, revision, kind, level, rank);
            CREATE TEMP TABLE chosen_tags (key, tag);
            CREATE TEMP TABLE chosen_former (was, key);
            CREATE TEMP TABLE chosen_needs (key, needed);
            """
        )
        for rank, q in enumerate(self.questions()):
            row = (q.key, q.deck, q.revision, str(q.kind), q.level, rank)
            connection.execute("INSERT INTO chosen_questions VALUES (?, ?, ?, ?, ?, ?)", row)
            for table, values in (
                ("tags", [(q.key, tag) for tag in q.tags]),
                ("former", [(_full(was, q.deck), q.key) for was in q.was]),
                ("needs", [(q.key, _full(needed, q.deck)) for needed in q.needs]),
            ):
                connection.executemany(f"INSERT INTO chosen_{table} VALUES (?, ?)", values)


class Watch:
    """A clock that goes on only when it is told to."""

    def __init__(self, at: datetime = BEGIN) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **span: float) -> None:
        """Let time pass: `wait(minutes=10)`."""
        self.at += timedelta(**span)


class Learner:
    """Study over a shelf, in a store in memory unless another is given."""

    def __init__(
        self,
        shelf: Shelf,
        settings: Settings | None = None,
        store: Store | None = None,
        clock: Watch | None = None,
    ) -> None:
        self.shelf = shelf
        self.clock = clock or Watch()
        self.settings = settings or Settings(fuzz=False)
        self.store = store or in_memory()
        self.calendar = Calendar(time(4), UTC)
        self.sit_down()

    def sit_down(self, *questions: Question) -> Study:
        """Start the program, with other questions on the shelf if some are given."""
        if questions:
            self.shelf = Shelf.of(*questions)
        self.shelf.attach(self.store.connection)
        scheduler = Scheduler(self.settings, self.calendar)
        desk = Desk(self.store, self.shelf, self.settings, self.calendar, scheduler, self.clock)
        self.study = Study(desk, random.Random(3))
        return self.study

    def log(self) -> Sequence[tuple[object, ...]]:
        """The log: key, right, grade, typed."""
        return self.store.rows(
            "SELECT c.key, r.right, r.grade, r.typed FROM reviews r"
            " JOIN cards c ON c.id = r.card ORDER BY r.id"
        )


def _full(name: str, deck: str) -> str:
    return name if "/" in name else f"{deck}/{name}"
