"""A process of its own that works on a progress file, and says after each call that it is done.

It is run as a script: `answering.py WHAT PATH SESSION NAME`. Each line that it prints was printed
after the call returned, so what the line names has to be on the disk. WHAT is `answer` (keys of
its own NAME), `same` (keys that every process answers), `undo`, `backup`, or `migrate`.
"""

# ruff: noqa: T201

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from quizcnn.study.records import Card, Grade, Memory, Review, Stage
from quizcnn.study.store.backups import make
from quizcnn.study.store.schema import CURRENT, Schema
from quizcnn.study.store.store import Store

EVENING = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
CARDS = 40
STEPS = "\n".join(
    f"CREATE TABLE t{each} (a); INSERT INTO t{each} SELECT id FROM reviews;" for each in range(50)
)
LATER = Schema(2, CURRENT.tables, {1: STEPS})


def change(card: Card) -> Card:
    """What an answer does to a card: FSRS itself would be most of the time."""
    stability = 1.0 if card.memory is None else card.memory.stability + 1
    memory = Memory(Stage.REVIEW, None, stability, 5.0, EVENING, EVENING)
    return replace(card, memory=memory, reviews=card.reviews + 1)


def answer(store: Store, sitting: int, key: str, number: int) -> Review:
    """One answer; its number is in what was typed."""
    at = EVENING + timedelta(seconds=number)
    review = Review(key, at, True, Grade.GOOD, typed=str(number), computed="(6, 6)")
    return store.answer(sitting, review, change)


def answers(store: Store, path: Path, sitting: int, name: str) -> Iterator[str]:
    """Answers without end."""
    for number in count():
        key = f"{name}/{number % CARDS}"
        answer(store, sitting, key, number)
        yield f"{key} {number}"


def undone(store: Store, path: Path, sitting: int, name: str) -> Iterator[str]:
    """Three answers, and two of them taken back, without end."""
    for number in count():
        for more in range(3):
            answer(store, sitting, f"{name}/{more}", 3 * number + more)
        store.undo(sitting)
        store.undo(sitting)
        yield f"{name}/0 {3 * number}"


def backups(store: Store, path: Path, sitting: int, name: str) -> Iterator[str]:
    """An answer and a backup, without end."""
    for number in count():
        answer(store, sitting, f"{name}/0", number)
        made = make(path, path.parent / "backups", EVENING + timedelta(seconds=number))
        yield f"{name}/0 {number} {made.name}"


WORK: dict[str, Callable[[Store, Path, int, str], Iterator[str]]] = {
    "answer": answers,
    "same": answers,
    "undo": undone,
    "backup": backups,
}


def main(what: str, path: Path, sitting: int, name: str, most: int) -> None:
    """Work, and say so."""
    print("ready", flush=True)
    if what == "migrate":
        Store.open(path, LATER).close()
        print("migrated", flush=True)
        return
    with Store.open(path) as store:
        for number, line in enumerate(WORK[what](store, path, sitting, name)):
            print(line, flush=True)
            if number + 1 == most:
                return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
