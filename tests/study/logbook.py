"""A log of answers written by hand into the real tables, with plain tables for the decks."""

import sqlite3
import weakref
from datetime import UTC, datetime
from typing import Any

from quizcnn.study.store.schema import TABLES

CHOSEN = """
CREATE TEMP TABLE chosen_questions (key TEXT PRIMARY KEY, deck TEXT, revision INTEGER, kind TEXT,
    level INTEGER, rank INTEGER);
CREATE TEMP TABLE chosen_tags (key TEXT, tag TEXT);
"""


def ms(at: datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1000)


class Logbook:
    """Questions, cards and answers, and the queries over them."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self.connection.close)  # Python 3.13 warns of what is left open
        self.connection.executescript(TABLES + CHOSEN)
        self.connection.execute(
            "INSERT INTO sessions (id, mode, scope, began) VALUES (1, 'study', '{}', 0)"
        )

    def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, parameters).fetchall()

    def question(self, key: str, *tags: str, revision: int = 1) -> None:
        """A question that can be asked, ranked after those before."""
        ((rank,),) = self.rows("SELECT count(*) FROM chosen_questions")
        row = (key, key.split("/", maxsplit=1)[0], revision, "number", 1, rank)
        self.connection.execute("INSERT INTO chosen_questions VALUES (?, ?, ?, ?, ?, ?)", row)
        self.connection.executemany(
            "INSERT INTO chosen_tags VALUES (?, ?)", [(key, tag) for tag in tags]
        )

    def card(
        self,
        key: str,
        stage: int | None = None,
        last: datetime | None = None,
        due: datetime | None = None,
        stability: float = 10.0,
        **more: Any,
    ) -> None:
        """What is known of a question: new without a stage."""
        known = stage is not None
        columns = {
            "key": key,
            "stage": stage,
            "step": 0 if stage in (1, 3) else None,
            "stability": stability if known else None,
            "difficulty": 5.0 if known else None,
            "due": ms(due),
            "last_review": ms(last),
            **more,
        }
        self._insert("cards", columns)

    def answer(
        self,
        key: str,
        at: datetime,
        grade: int | None = 3,
        before: int | None = None,
        due: datetime | None = None,
        **more: Any,
    ) -> None:
        """An answer; without a grade one of cram or an exam. It is right unless it is AGAIN."""
        found = self.rows("SELECT id FROM cards WHERE key = ?", (key,))
        if not found:
            self.card(key)
            found = self.rows("SELECT id FROM cards WHERE key = ?", (key,))
        graded = grade is not None
        columns = {
            "card": found[0][0],
            "session": 1,
            "revision": 1,
            "at": ms(at),
            "right": int(grade != 1),
            "grade": grade,
            "typed": "6x6",
            "computed": "(6, 6)",
            "slip": "",
            "variant": "{}",
            "took": 10_000,
            "before": before,
            "stage": (3 if grade == 1 else 2) if graded else None,
            "due": ms(due or at) if graded else None,
            **more,
        }
        self._insert("reviews", columns)

    def _insert(self, table: str, columns: dict[str, Any]) -> None:
        marks = ", ".join("?" * len(columns))
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
        )


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[arg-type, misc]
