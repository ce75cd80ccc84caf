"""The same collection for quizcnn and for Anki, and the same work on both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from anki.collection import AddNoteRequest, Collection
from anki.collection import Card as AnkiCard
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer

from quizcnn.deck.catalog import Catalog
from quizcnn.study.days import Calendar, now
from quizcnn.study.desk import Desk
from quizcnn.study.grading import change
from quizcnn.study.queue import StudyQueue
from quizcnn.study.records import Grade, Mode, Review, Scope
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.backups import make
from quizcnn.study.store.examining import examine
from quizcnn.study.store.schema import CURRENT
from quizcnn.study.store.store import Store
from quizcnn.study.study import Study

OF_A_DECK = 1000
RARE = "dilation"
"""The word that one question of a hundred has."""

DECK = "schema: 1\ndeck: deck{0}\ntitle: Deck {0}\nabout: Sums of ramps.\nquestions:\n"
QUESTION = """\
  - id: question-{0}
    kind: number
    ask: {1}
    answer: 6
    check: ramp(4).sum()
    tags: [ramps, group-{2}]
"""


def prompt(number: int) -> str:
    """What question `number` asks."""
    word = RARE if number % 100 == 7 else "stride"
    return f"What is the sum of the first values of ramp {number}, whatever its {word} may be?"


class Side(Protocol):
    """One of the two, with a collection of which nine questions of ten are due today."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def due(self) -> object: ...

    def begin(self) -> None: ...

    def next_and_answer(self) -> None: ...

    def undo(self) -> None: ...

    def search(self) -> int: ...

    def check(self) -> None: ...

    def backup(self) -> None: ...


class Ours:
    """quizcnn: the catalog of decks and the progress."""

    def __init__(self, folder: Path, cards: int) -> None:
        self._folder, self._cards = folder, cards
        self._decks = folder / "decks"
        self._path = folder / "progress.sqlite"
        self._decks.mkdir()
        for number in range(0, cards, OF_A_DECK):
            name = number // OF_A_DECK
            questions = (
                QUESTION.format(each, prompt(each), each % 50)
                for each in range(number, min(number + OF_A_DECK, cards))
            )
            text = DECK.format(name) + "".join(questions)
            (self._decks / f"deck{name:03}.yaml").write_text(text, encoding="utf-8")
        self.open()
        self._practised()
        self.close()

    def _practised(self) -> None:
        """Nine questions of ten were answered a week ago and are due today."""
        at = now() - timedelta(days=7)
        met, due = (round(each.timestamp() * 1000) for each in (at, now() - timedelta(hours=12)))
        sitting = self._store.begin(Mode.STUDY, Scope(), at).id
        keys = [f"deck{each // OF_A_DECK}/question-{each}" for each in range(self._cards)]
        old = [(each, key) for each, key in enumerate(keys, 1) if each % 10]
        connection = self._store.connection
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO cards (id, key, stage, stability, difficulty, due, last_review, reviews) "
            "VALUES (?, ?, 2, 7.0, 5.0, ?, ?, 1)",
            [(id_, key, due, met + id_) for id_, key in old],
        )
        connection.executemany(
            "INSERT INTO reviews (card, session, revision, at, right, grade, typed, computed, "
            "slip, variant, took, stage, stability, difficulty, due) "
            "VALUES (?, ?, 1, ?, 1, 3, '6', '6', '', '{}', 5000, 2, 7.0, 5.0, ?)",
            [(id_, sitting, met + id_, due) for id_, _ in old],
        )
        connection.execute("COMMIT")

    def open(self) -> None:
        settings, calendar = Settings(), Calendar(zone=UTC)
        self._catalog = Catalog.open(self._folder / "catalog.sqlite")
        problems = self._catalog.read([self._decks])
        assert not problems, problems
        self._store = Store.open(self._path)
        self._catalog.attach(self._store.connection)
        scheduler = Scheduler(settings, calendar)
        self._desk = Desk(self._store, self._catalog, settings, calendar, scheduler, now)

    def close(self) -> None:
        self._store.close()
        self._catalog.close()

    def due(self) -> object:
        return Study(self._desk).standing()

    def begin(self) -> None:
        self._sitting = self._store.begin(Mode.STUDY, Scope(), now()).id
        self._queue = StudyQueue(
            self._store.rows, self._desk.settings, self._desk.calendar, Scope()
        )

    def next_and_answer(self) -> None:
        """What a session does, but for running the check."""
        at = now()
        key = self._queue.next(at, ())
        assert key is not None
        question = self._catalog.question(key)
        assert question is not None
        self._store.card(key)
        self._store.variants(key)
        review = Review(key, at, True, Grade.GOOD, "6", "6", seconds=5.0)
        kept = change(question.revision, Grade.GOOD, at, self._desk)
        self._store.answer(self._sitting, replace(review, revision=question.revision), kept)
        self._queue.answered(key, True)

    def undo(self) -> None:
        assert self._store.undo(self._sitting) is not None

    def search(self) -> int:
        return len(self._catalog.search(RARE, limit=self._cards))

    def check(self) -> None:
        found = examine(self._path, self._folder / "backups", CURRENT, now())
        assert found == [], found

    def backup(self) -> None:
        make(self._path, self._folder / "backups", datetime.now(UTC))


class Anki:
    """The `anki` package: the library that the desktop program runs on, with FSRS on."""

    def __init__(self, folder: Path, cards: int) -> None:
        self._folder, self._cards = folder, cards
        self._path = str(folder / "collection.anki2")
        (folder / "backups").mkdir()
        self.open()
        self._col.set_config("fsrs", True)
        kind = self._col.models.by_name("Basic")
        requests = []
        for number in range(cards):
            note = self._col.new_note(kind)
            note["Front"], note["Back"] = prompt(number), "6"
            note.tags = ["ramps", f"group-{number % 50}"]
            requests.append(AddNoteRequest(note, self._deck(number // OF_A_DECK)))
        self._col.add_notes(requests)
        old = [each for each in self._col.db.list("SELECT id FROM cards") if each % 10]
        self._col.sched.set_due_date(old, "0")
        self.close()

    def _deck(self, number: int) -> DeckId:
        found = self._col.decks.id(f"All::deck{number}")
        assert found is not None
        return found

    def open(self) -> None:
        self._col = Collection(self._path)

    def close(self) -> None:
        self._col.close()

    def due(self) -> object:
        return self._col.sched.deck_due_tree()

    def begin(self) -> None:
        deck = self._col.decks.id("All")
        assert deck is not None
        self._col.decks.select(deck)

    def next_and_answer(self) -> None:
        (queued,) = self._col.sched.get_queued_cards(fetch_limit=1).cards
        card = AnkiCard(self._col, backend_card=queued.card)
        card.start_timer()
        answer = self._col.sched.build_answer(
            card=card, states=queued.states, rating=CardAnswer.GOOD
        )
        self._col.sched.answer_card(answer)

    def undo(self) -> None:
        self._col.undo()

    def search(self) -> int:
        return len(self._col.find_cards(RARE))

    def check(self) -> None:
        self._col.fix_integrity()  # which rebuilds what it checks too

    def backup(self) -> None:
        made = self._col.create_backup(
            backup_folder=str(self._folder / "backups"), force=True, wait_for_completion=True
        )
        assert made


SIDES: dict[str, Callable[[Path, int], Any]] = {"quizcnn": Ours, "anki": Anki}
