"""A store to try, and the shortest way to answer in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizcnn.study.days import Calendar
from quizcnn.study.grading import as_asked, graded
from quizcnn.study.records import Card, Grade, Mode, Review, Scope
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.store import Store

EVENING = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
LATER = EVENING + timedelta(days=40)
SCHEDULER = Scheduler(Settings(fuzz=False), Calendar(zone=UTC))

Change = Callable[[Card], Card]


def after(minutes: float) -> datetime:
    """A moment so many minutes into the evening."""
    return EVENING + timedelta(minutes=minutes)


def scheduled(review: Review) -> Change:
    """What a study session makes of a card."""
    assert review.grade is not None
    grade = review.grade

    def change(card: Card) -> Card:
        return graded(as_asked(card, review.revision), grade, review.at, SCHEDULER, 8)

    return change


def answer(
    store: Store,
    sitting: int,
    key: str,
    at: datetime = EVENING,
    grade: Grade | None = Grade.GOOD,
    **more: object,
) -> Review:
    """Answer a question: with a grade as study does, without one as cram does."""
    review = Review(key, at, right=grade is not Grade.AGAIN, grade=grade, **more)  # type: ignore[arg-type]
    return store.answer(sitting, review, None if grade is None else scheduled(review))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress" / "progress.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / "backups"


@pytest.fixture
def kept(path: Path) -> Path:
    """A file with one answer in it."""
    with Store.open(path) as store:
        answer(store, store.begin(Mode.STUDY, Scope(), EVENING).id, "a/b")
    return path


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some weeks of practice, with nothing left in the write-ahead log."""
    path = tmp_path_factory.mktemp("practised") / "progress.sqlite"
    from .histories import practise

    with Store.open(path) as store:
        practise(store, sessions=12, answers=40)
    return path


@pytest.fixture
def file(practised: Path, path: Path) -> Path:
    path.parent.mkdir()
    shutil.copyfile(practised, path)
    return path
