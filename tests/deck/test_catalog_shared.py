"""Several runs with one catalog, at once or after another, and what earlier ones leave."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quizcnn.deck import sweeping
from quizcnn.deck.catalog import Catalog

Write = Callable[..., Path]
Read = Callable[..., tuple[tuple[str, ...], tuple[str, ...]]]


READER = """
import sys
from pathlib import Path
from quizcnn.deck.catalog import Catalog
for _ in range(5):
    with Catalog.open(Path(sys.argv[1])) as catalog:
        problems = catalog.read([Path(sys.argv[2])])
        assert not problems, problems
        assert len(catalog.keys()) == 30, catalog.keys()
        assert len(list(catalog.questions())) == 30
"""


def test_processes_at_once_get_in_nobody_s_way(kept: Path, write: Write) -> None:
    """Four begin on a missing catalog, read the same decks, and all of them find everything."""
    folder = [write(f"d{number}").parent for number in range(30)].pop()
    running = [
        subprocess.Popen([sys.executable, "-c", READER, str(kept), str(folder)]) for _ in range(4)
    ]
    assert [process.wait(60) for process in running] == [0] * 4
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT count(*) FROM contents").fetchone() == (30,)
        assert connection.execute("SELECT count(*) FROM selections").fetchone() == (1,)
    connection.close()


def test_threads_share_a_catalog(kept: Path, write: Write) -> None:
    folder = [write(f"d{number}").parent for number in range(5)].pop()
    with Catalog.open(kept) as catalog:
        catalog.read([folder])
        keys = catalog.keys() * 20

        def look(key: str) -> str:
            found = catalog.question(key)
            assert found is not None
            assert catalog.search("how")
            return found.key

        with ThreadPoolExecutor(4) as threads:
            assert tuple(threads.map(look, keys)) == keys


@pytest.fixture
def sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is left over is thrown away at once."""
    monkeypatch.setattr(sweeping, "FREE", -1000)


def counts(kept: Path) -> dict[str, int]:
    connection = sqlite3.connect(kept)
    try:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in (
                "contents", "files", "questions", "search", "tags", "former", "needs",
                "selections", "selected_files", "selected",
            )
        }  # fmt: skip
    finally:
        connection.close()


def test_what_is_left_over_is_thrown_away(
    kept: Path, write: Write, read_all: Read, sweeps: None
) -> None:
    """Of decks that were altered or are gone nothing stays; those in use are not touched."""
    path = write("a", "tags: [x]\nwas: [old]")
    other = write("b", "tags: [y]")
    read_all(kept, path, other)
    other.unlink()
    write("a", "tags: [z]\nwas: [older]")
    assert read_all(kept, path)[0] == ("a/one",)
    once = dict.fromkeys(counts(kept), 1) | {"needs": 0}
    assert counts(kept) == once
    assert read_all(kept, path)[0] == ("a/one",)
    connection = sqlite3.connect(kept)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_nothing_is_thrown_away_under_another_run_s_feet(
    kept: Path, write: Write, read_all: Read, sweeps: None
) -> None:
    """Who has the catalog open goes on with the decks as they were read for it."""
    path = write("a")
    with Catalog.open(kept) as running:
        running.read([path])
        write("a", "id: two")
        assert read_all(kept, path)[0] == ("a/two",)
        assert running.keys() == ("a/one",)
        assert running.question("a/one") is not None
    assert counts(kept)["selections"] == 2
    read_all(kept, path)
    assert counts(kept)["selections"] == 1


def test_little_that_is_left_over_is_left_alone(kept: Path, write: Write, read_all: Read) -> None:
    path = write("a")
    read_all(kept, path)
    write("a", "id: two")
    read_all(kept, path)
    assert counts(kept)["selections"] == 2
