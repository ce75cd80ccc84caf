"""A catalog's file that is damaged, of another version, or cannot be kept at all."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.deck import catalog_schema
from quizcnn.deck.catalog import Catalog
from quizcnn.deck.loader import load_deck
from quizcnn.deck.model import Question
from quizcnn.deck.stored import CatalogError

Write = Callable[..., Path]
Read = Callable[..., tuple[tuple[str, ...], tuple[str, ...]]]


def not_a_database(kept: Path) -> None:
    kept.write_bytes(b"no database at all, but long enough to be taken for one" * 100)


def cut_off(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:5000])


def bytes_altered(kept: Path) -> None:
    data = bytearray(kept.read_bytes())
    for at in range(4096, len(data), 7):
        data[at] ^= 0xFF
    kept.write_bytes(data)


def another_format(kept: Path) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute(f"PRAGMA user_version = {catalog_schema.FORMAT + 1}")
    connection.close()


def another_program_s(kept: Path) -> None:
    kept.unlink()
    with sqlite3.connect(kept) as connection:
        connection.execute("CREATE TABLE selections (x)")
    connection.close()


def a_table_lost(kept: Path) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("DROP TABLE former")
    connection.close()


def a_question_altered(kept: Path) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE questions SET body = x'78'")
    connection.close()


def questions_exchanged(kept: Path) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute(
            "UPDATE questions SET body = (SELECT body FROM questions other"
            " WHERE other.id <> questions.id)"
        )
    connection.close()


def empty(kept: Path) -> None:
    kept.write_bytes(b"")


@pytest.mark.parametrize(
    "damage",
    [
        not_a_database,
        cut_off,
        bytes_altered,
        another_format,
        another_program_s,
        a_table_lost,
        a_question_altered,
        questions_exchanged,
        empty,
    ],
)
def test_damage_is_mended_by_reading_again(
    kept: Path, write: Write, read_all: Read, damage: Callable[[Path], None]
) -> None:
    """The file is thrown away and made anew; nobody sees more of it than the time it takes."""
    folder = write("a", "tags: [x]").parent
    write("b", "id: two\nwas: [old]")
    read_all(kept, folder)
    damage(kept)
    for _ in range(2):
        with Catalog.open(kept) as catalog:
            assert catalog.read([folder]) == ()
            assert [deck.name for deck in catalog.decks()] == ["a", "b"]
            found = catalog.question("b/two")
            assert found is not None
            assert found.key == "b/two"
            assert catalog.deck("a") == load_deck(folder / "a.yaml")[0]
            assert {hit.key for hit in catalog.search("how")} == {"a/one", "b/two"}
            assert isinstance(catalog.find("b/old"), Question)
            assert catalog.tags() == ("x",)


def test_damage_under_way_is_mended_too(kept: Path, write: Write) -> None:
    """A row that cannot be read while the app runs: the decks are read anew, and it goes on."""
    path = write("a")
    with Catalog.open(kept) as catalog:
        catalog.read([path])
        a_question_altered(kept)
        assert catalog.deck("a") == load_deck(path)[0]
        a_question_altered(kept)
        assert catalog.question("a/one") is not None


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be closed like this there")
def test_without_a_folder_to_write_in_a_temporary_file_serves(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is gone when the catalog is closed."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    path = write("a")
    (tmp_path / "file").write_text("in the way")
    for place in (None, tmp_path / "file" / "catalog.sqlite", tmp_path / "decks"):
        with Catalog.open(place) as catalog:
            assert catalog.read([path]) == ()
            assert catalog.keys() == ("a/one",)
            assert list(temporary.rglob("catalog.sqlite"))
        assert not list(temporary.iterdir())
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_catalog_that_can_only_be_read_is_left_alone(
    kept: Path, write: Write, read_all: Read
) -> None:
    """SQLite says so at the first thing to write; a temporary file takes its place."""
    path = write("a")
    read_all(kept, path)
    before = kept.read_bytes()
    with Catalog.open(kept) as catalog:
        catalog._stored.execute("PRAGMA query_only = 1")  # as of a medium that is read only
        write("b")
        assert catalog.read([path.parent]) == ()
        assert catalog.keys() == ("a/one", "b/one")
    assert kept.read_bytes()[:100] == before[:100]


def test_no_room_at_all_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(CatalogError, match=r"No catalog of the decks can be kept: .* some room"):
        Catalog.open(None)


def test_a_closed_catalog_says_so(kept: Path) -> None:
    catalog = Catalog.open(kept)
    catalog.close()
    catalog.close()
    with pytest.raises(ValueError, match="closed"):
        catalog.decks()
