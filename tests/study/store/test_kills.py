"""A process that is killed at any moment loses nothing that it had said was kept."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.backups import flaw, listed
from quizcnn.study.store.examining import examine
from quizcnn.study.store.schema import CURRENT
from quizcnn.study.store.store import Store

from .answering import EVENING, LATER

WORKER = Path(__file__).with_name("answering.py")
LATEST = datetime(2027, 1, 1, tzinfo=UTC)
SLOW = (pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 20))
SEEDS = pytest.mark.parametrize("seed", [0, 1, *SLOW])
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


def begun(path: Path) -> int:
    with Store.open(path) as store:
        return store.begin(Mode.STUDY, Scope(), EVENING).id


def started(what: str, path: Path, sitting: int, name: str, most: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, WORKER, what, path, str(sitting), name, str(most)],
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(what: str, path: Path, sitting: int, name: str, after: int) -> list[str]:
    """What the process had said when it was killed, soon after its line number `after`."""
    with started(what, path, sitting, name) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.read().split("\n")
    said = [line for line in lines if line and line != "ready"]
    if said and len(said[-1].split()) < 2:
        said.pop()  # cut off by the kill
    return said


def kept(path: Path) -> set[tuple[str, str]]:
    with Store.open(path) as store:
        query = "SELECT key, typed FROM reviews JOIN cards ON cards.id = card"
        return set(store.rows(query))


@POSIX
@pytest.mark.parametrize(
    "times", [5, pytest.param(200, marks=pytest.mark.slow)], ids=["five", "two hundred"]
)
def test_every_answer_that_was_acknowledged_is_there(path: Path, times: int) -> None:
    """One file, killed so many times at random moments, and sound every time."""
    chance = random.Random(times)
    sitting, known = begun(path), set()
    for kill in range(times):
        said = killed("answer", path, sitting, f"deck{kill}", chance.randrange(1, 60))
        known |= {tuple(line.split()) for line in said}
        assert examine(path, path.parent / "backups", CURRENT, LATEST) == []
        assert known <= kept(path)


@POSIX
@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 20))]
)
def test_undo_is_whole_or_not_at_all(path: Path, seed: int) -> None:
    sitting = begun(path)
    said = killed("undo", path, sitting, "deck", random.Random(seed).randrange(1, 30))
    assert examine(path, path.parent / "backups", CURRENT, LATEST) == []
    assert {tuple(line.split()) for line in said} <= kept(path)


@POSIX
@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 20))]
)
def test_a_backup_is_whole_or_not_there(path: Path, seed: int) -> None:
    sitting = begun(path)
    said = killed("backup", path, sitting, "deck", random.Random(seed).randrange(1, 12))
    folder = path.parent / "backups"
    assert examine(path, folder, CURRENT, LATEST) == []
    backups = {each.path.name: flaw(each.path) for each in listed(folder)}
    assert set(backups.values()) <= {""}
    assert {line.split()[2] for line in said} <= set(backups)


@POSIX
@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 20))]
)
def test_a_migration_is_whole_or_not_at_all(path: Path, seed: int) -> None:
    """Killed in the midst of fifty steps, the file has the old form or the new one."""
    sitting = begun(path)
    process = started("answer", path, sitting, "deck", 200)
    assert process.communicate() and process.returncode == 0
    chance = random.Random(seed)
    with started("migrate", path, sitting, "deck") as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(chance.random() * 0.06)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    with Store.open(path, LATER) as store:
        tables = store.rows("SELECT count(*) FROM sqlite_schema WHERE name GLOB 't[0-9]*'")
        assert tables == [(50,)]
        assert store.rows("SELECT count(*) FROM t49") == [(200,)]
    assert examine(path, path.parent / "backups", LATER, LATEST) == []


@pytest.mark.parametrize("name", ["same", "own"])
def test_two_processes_at_once_lose_nothing(path: Path, name: str) -> None:
    """Two answer at full speed, the same questions or each its own: every answer is in the log."""
    sitting, most = begun(path), 150
    names = ["deck", "deck" if name == "same" else "other"]
    processes = [started("answer", path, sitting, each, most) for each in names]
    said = [process.communicate(timeout=60)[0].split("\n") for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert all(len(lines) == most + 2 for lines in said)
    with Store.open(path) as store:
        assert store.rows("SELECT count(*) FROM reviews") == [(2 * most,)]
        assert store.rows("SELECT sum(reviews) FROM cards") == [(2 * most,)]
        assert store.rows("SELECT count(*) FROM actions") == [(2 * most,)]
    assert examine(path, path.parent / "backups", CURRENT, LATEST) == []


def test_many_processes_may_begin_a_file_at_once(path: Path) -> None:
    """Whoever is first makes it; the others find it made."""
    processes = [started("migrate", path, 0, "x") for _ in range(4)]
    said = [process.communicate(timeout=60)[0] for process in processes]
    assert said == ["ready\nmigrated\n"] * 4
    with Store.open(path, LATER) as store:
        assert store.rows("PRAGMA user_version") == [(2,)]
