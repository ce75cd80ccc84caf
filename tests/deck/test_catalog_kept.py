"""What the catalog reads again and what it does not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.deck import loader, looking, reader, storing
from quizcnn.deck.catalog import Catalog
from quizcnn.deck.loader import load_deck, read_deck

Write = Callable[..., Path]
Read = Callable[..., tuple[tuple[str, ...], tuple[str, ...]]]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were parsed so far."""
    names: list[str] = []

    def watched(data: bytes, path: Path):
        names.append(path.name)
        return read_deck(data, path)

    monkeypatch.setattr(loader, "read_deck", watched)
    return names


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose bytes were looked at so far; all are settled at once."""
    names: list[str] = []
    original = storing.read_bytes

    def watched(path: Path, problems):
        names.append(path.name)
        return original(path, problems)

    monkeypatch.setattr(storing, "read_bytes", watched)
    monkeypatch.setattr(looking, "SETTLED", -(10**12))
    return names


def test_only_what_has_changed_is_read_again(
    kept: Path, write: Write, read_all: Read, parsed: list[str], opened: list[str]
) -> None:
    folder = write("a").parent
    write("b")
    assert read_all(kept, folder) == (("a/one", "b/one"), ())
    assert read_all(kept, folder) == (("a/one", "b/one"), ())
    assert parsed == opened == ["a.yaml", "b.yaml"]
    write("b", "id: two")
    assert read_all(kept, folder)[0] == ("a/one", "b/two")
    assert parsed[2:] == opened[2:] == ["b.yaml"]


def test_a_bad_file_is_not_parsed_again_and_its_problems_are_told_each_time(
    kept: Path, write: Write, read_all: Read, parsed: list[str], opened: list[str]
) -> None:
    bad = write("bad", "level: 7\nsize: 3")
    first = read_all(kept, bad)
    assert first[0] == ()
    assert len(first[1]) == 2
    assert all(problem.startswith(f"{bad}:1") for problem in first[1])
    assert read_all(kept, bad) == first
    assert parsed == opened == ["bad.yaml"]


def test_a_file_that_cannot_be_opened_is_looked_at_each_time(
    kept: Path, write: Write, read_all: Read
) -> None:
    missing = write("a").with_name("b.yaml")
    assert "no such file" in read_all(kept, missing)[1][0]
    write("b")
    assert read_all(kept, missing) == (("b/one",), ())
    missing.unlink()
    assert "no such file" in read_all(kept, missing)[1][0]


def test_a_moved_deck_is_not_parsed_again_and_has_its_new_places(
    kept: Path, write: Write, read_all: Read, parsed: list[str], tmp_path: Path
) -> None:
    """The content is what counts: another folder, another checkout."""
    path = write("a")
    read_all(kept, path)
    there = tmp_path / "moved" / "a.yaml"
    there.parent.mkdir()
    path.rename(there)
    with Catalog.open(kept) as catalog:
        assert not catalog.read([there])
        found = catalog.deck("a")
    assert parsed == ["a.yaml"]
    assert found == load_deck(there)[0]


def test_a_file_altered_a_moment_ago_is_looked_into(
    kept: Path, write: Write, read_all: Read
) -> None:
    """With the same size and, where clocks are coarse, the same times: not seen from outside."""
    path = write("a", "answer: 5")
    state = path.stat()
    read_all(kept, path)
    path.write_text(path.read_text().replace("answer: 5", "answer: 6"))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    with Catalog.open(kept) as catalog:
        catalog.read([path])
        assert catalog.deck("a").questions[0].answer == "6"


def test_a_copied_time_does_not_hide_a_change(
    kept: Path, write: Write, read_all: Read, opened: list[str]
) -> None:
    """`cp -p` over a deck brings size and time of change; inode or time of arrival differ."""
    path = write("a", "answer: 5")
    state = path.stat()
    read_all(kept, path)
    other = path.with_name("other")
    other.write_text(path.read_text().replace("answer: 5", "answer: 6"))
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(path)
    with Catalog.open(kept) as catalog:
        catalog.read([path])
        assert catalog.deck("a").questions[0].answer == "6"


def test_another_release_parses_anew(
    kept: Path, write: Write, read_all: Read, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the first one finds its own readings again."""
    path = write("a")
    read_all(kept, path)
    monkeypatch.setattr(storing, "reader", lambda: "another")
    monkeypatch.setattr(looking, "reader", lambda: "another")
    read_all(kept, path)
    read_all(kept, path)
    assert parsed == ["a.yaml"] * 2
    monkeypatch.undo()


def test_the_reader_is_this_version_and_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who works on the loader sees at once what a change does."""
    reader.reader.cache_clear()
    before = reader.reader()
    reader.reader.cache_clear()
    assert reader.reader() == before
    reader.reader.cache_clear()
    monkeypatch.setattr(reader, "__version__", "99.0")
    assert reader.reader() != before
    reader.reader.cache_clear()
