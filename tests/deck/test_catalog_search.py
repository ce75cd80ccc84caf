"""Searching the catalog, and showing it to another database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.deck import searching
from quizcnn.deck.catalog import Catalog, Hit
from quizcnn.deck.model import Kind

FIRST = """\
schema: 1
deck: first
title: First
about: One.
questions:
  - id: valid-size
    kind: number
    ask: A kernel of {n}×{n} slides over Müller's photograph. How many columns?
    given: {n: 7, k: n + 1}
    answer: n - 1
    check: n - 1
    explain: Because the kernél fits so often.
    wrong: [{is: k * 12345, because: No.}]
    tags: [geometry, sizes]
    level: 2
    revision: 3
  - id: who
    kind: choice
    ask: Who was it?
    answer: {text: the maximum, given: {k: 1}}
    check: k == 1
    wrong: [{text: the average, given: {k: 0}, because: No.}]
    needs: [valid-size]
    was: [whom, second/old]
  - id: later
    kind: recall
    ask: A kernel that has no check.
    answer: Not yet.
    check: none yet
    tags: [unwritten, sizes]
"""

SECOND = """\
schema: 1
deck: second
title: Second
questions:
  - id: kernel
    kind: true_false
    ask: Kernel kernel kernel.
    answer: true
    check: 1 == 1
    tags: [geometry]
    needs: [first/who]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two decks, one of them with a question that has no check."""
    (tmp_path / "a.yaml").write_text(FIRST, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(SECOND, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalog(folder: Path, kept: Path) -> Iterator[Catalog]:
    with Catalog.open(kept) as opened:
        assert not opened.read([folder])
        yield opened


def keys(hits: tuple[Hit, ...]) -> set[str]:
    return {hit.key for hit in hits}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("photograph", {"first/valid-size"}),
        ("PHOTOGRAPH columns", {"first/valid-size"}),
        ("photo", {"first/valid-size"}),
        ("photo columns", set()),
        ("7×7", {"first/valid-size"}),
        ("muller", {"first/valid-size"}),
        ("müllers", set()),
        ("fits so often", {"first/valid-size"}),
        ("maximum", {"first/who"}),
        ("average", {"first/who"}),
        ("12345", {"first/valid-size"}),
        ("true", {"second/kernel"}),
        ("geometry", {"first/valid-size", "second/kernel"}),
        ("valid-size", {"first/valid-size"}),
        ("first/who", {"first/who"}),
        ("not yet", {"first/later"}),
        ("k", {"first/valid-size", "first/later", "second/kernel"}),
        ("kernel photograph", {"first/valid-size"}),
        ("", set()),
        ("?!", set()),
    ],
)
def test_all_words_must_be_there_and_the_last_may_be_a_beginning(
    catalog: Catalog, text: str, found: set[str]
) -> None:
    """In question, answers right and wrong, explanation, tags and key; accents and case aside."""
    assert keys(catalog.search(text)) == found


def test_a_hit_says_what_a_list_shows(catalog: Catalog) -> None:
    (hit,) = catalog.search("photograph")
    assert hit == Hit(
        "first/valid-size",
        "A kernel of 7×7 slides over Müller's photograph. How many columns?",
        Kind.NUMBER,
        "first",
    )


def test_the_best_come_first_and_no_more_than_are_wanted(catalog: Catalog) -> None:
    """The one that says it most often, and in its key."""
    assert next(hit.key for hit in catalog.search("kernel", limit=2)) == "second/kernel"
    assert len(catalog.search("kernel", limit=2)) == 2
    assert keys(catalog.search("kernel", decks=["first"])) == {"first/valid-size", "first/later"}


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "AND",
        "NOT kernel",
        "kernel OR",
        "prompt: x",
        "NEAR(a b",
        "a* ^b + {c}",
        "nu\0ll",
        "'",
        "\udcff",
    ],
)
def test_nothing_that_is_typed_is_a_fault(catalog: Catalog, text: str) -> None:
    catalog.search(text)


@given(st.text(st.characters(), max_size=300))
@settings(max_examples=100)
def test_any_text_is_an_expression(text: str) -> None:
    """FTS5 itself takes it, whatever was typed; it is bounded."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5 (words, tags)")
    expression = searching.expression(text)
    assert len(expression) < 2000
    if expression:
        connection.execute("SELECT * FROM search WHERE search MATCH ?", (expression,)).fetchall()
    connection.close()


def test_only_decks_of_this_run_are_found(catalog: Catalog, folder: Path) -> None:
    """What the file holds of other runs does not show."""
    catalog.read([folder / "b.yaml"])
    assert keys(catalog.search("kernel")) == {"second/kernel"}
    assert catalog.question("first/who") is None
    assert catalog.find("who") == []
    assert catalog.tags() == ("geometry",)
    assert catalog.keys(tags=["sizes"]) == ()
    with pytest.raises(KeyError):
        catalog.deck("first")


def test_keys_are_those_that_can_be_asked(catalog: Catalog) -> None:
    everything = ("first/valid-size", "first/who", "first/later", "second/kernel")
    assert catalog.keys(unchecked=True) == everything
    assert catalog.keys() == tuple(key for key in everything if key != "first/later")
    assert catalog.keys(tags=["geometry", "none"]) == ("first/valid-size", "second/kernel")
    assert catalog.keys(["second", "none"], ["geometry"]) == ("second/kernel",)
    assert catalog.keys(tags=["unwritten"]) == ()
    assert [(deck.questions, deck.unchecked) for deck in catalog.decks()] == [(2, 1), (1, 0)]


@pytest.fixture
def progress(catalog: Catalog) -> Iterator[sqlite3.Connection]:
    """Another database, to which the catalog is shown."""
    connection = sqlite3.connect(":memory:", uri=True, isolation_level=None)
    catalog.attach(connection)
    yield connection
    connection.close()


def test_the_chosen_questions_are_shown_in_order(progress: sqlite3.Connection) -> None:
    """Without those that have no check yet."""
    rows = progress.execute(
        "SELECT key, deck, revision, kind, level FROM chosen_questions ORDER BY rank"
    ).fetchall()
    assert rows == [
        ("first/valid-size", "first", 3, "number", 2),
        ("first/who", "first", 1, "choice", None),
        ("second/kernel", "second", 1, "true_false", None),
    ]


def test_tags_former_keys_and_needs_are_shown_with_full_keys(progress: sqlite3.Connection) -> None:
    former = progress.execute("SELECT was, key FROM chosen_former ORDER BY was").fetchall()
    assert former == [("first/whom", "first/who"), ("second/old", "first/who")]
    needs = progress.execute("SELECT key, needed FROM chosen_needs ORDER BY key").fetchall()
    assert needs == [("first/who", "first/valid-size"), ("second/kernel", "first/who")]
    tags = progress.execute("SELECT key, tag FROM chosen_tags WHERE tag = 'geometry'").fetchall()
    assert sorted(tags) == [("first/valid-size", "geometry"), ("second/kernel", "geometry")]


def test_what_is_shown_follows_the_next_choice(
    catalog: Catalog, progress: sqlite3.Connection, folder: Path
) -> None:
    """After `attach` has been called again."""
    catalog.read([folder / "b.yaml"])
    catalog.attach(progress)
    for view in ("questions", "tags"):
        rows = progress.execute(f"SELECT DISTINCT key FROM chosen_{view}").fetchall()
        assert rows == [("second/kernel",)]
    assert progress.execute("SELECT count(*) FROM chosen_former").fetchone() == (0,)


def test_the_catalog_cannot_be_written_through_another_database(
    progress: sqlite3.Connection, catalog: Catalog
) -> None:
    """And a transaction there, which writes, does not keep the catalog from being written."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        progress.execute("DELETE FROM catalog.questions")
    progress.execute("BEGIN IMMEDIATE")
    catalog._stored.execute("PRAGMA busy_timeout = 0")
    with catalog._stored.transaction():
        catalog._stored.execute("UPDATE selections SET used = 0")
    progress.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT * FROM chosen_questions WHERE key = 'x'", "selected_key (selection=? AND key=?)"),
        ("SELECT key FROM chosen_questions ORDER BY rank LIMIT 1", "PRIMARY KEY (selection=?)"),
        (
            "SELECT key FROM chosen_questions WHERE deck = 'x' ORDER BY rank",
            "selected_deck (selection=? AND deck=?)",
        ),
        (
            "SELECT tag FROM cards LEFT JOIN chosen_tags USING (key)",
            "catalog.tags USING PRIMARY KEY (key=?)",
        ),
        (
            "SELECT rank FROM cards LEFT JOIN chosen_questions USING (key)",
            "selected_key (selection=? AND key=?)",
        ),
        ("SELECT key FROM chosen_former WHERE was = 'x'", "PRIMARY KEY (was=?)"),
        ("SELECT needed FROM chosen_needs WHERE key = 'x'", "PRIMARY KEY (key=?)"),
    ],
)
def test_what_the_queue_asks_for_is_indexed(
    progress: sqlite3.Connection, sql: str, index: str
) -> None:
    """With 100 000 questions nothing is gone through one by one, and nothing sorted."""
    progress.execute("CREATE TABLE cards (key TEXT)")
    plan = [row[3] for row in progress.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any(index in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_the_first_questions_come_in_their_order(catalog: Catalog) -> None:
    assert [hit.key for hit in catalog.first(2)] == ["first/valid-size", "first/who"]
    assert [hit.key for hit in catalog.first(5, ["second"])][:1] == ["second/kernel"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#geometry", {"first/valid-size", "second/kernel"}),
        ("#geometry photo", {"first/valid-size"}),
        ("photograph #geometry", {"first/valid-size"}),
        ("#photograph", set()),
    ],
)
def test_a_tag_is_sought_among_the_tags_alone(catalog: Catalog, text: str, found: set[str]) -> None:
    assert keys(catalog.search(text)) == found
