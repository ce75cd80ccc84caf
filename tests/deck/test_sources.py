"""The list of the document's questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcnn.deck.model import Place, SourceEntry, Verdict
from quizcnn.deck.sources import load_sources

HEAD = "schema: 1\ndocument: faq\ntitle: A document\nentries:\n"
ENTRY = '  - {ref: "faq#1", title: Why pool, verdict: confirmed}\n'


def test_entries_are_read_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        HEAD + ENTRY + '  - {ref: "faq#9", title: Trade, verdict: off topic, reason: Economics.}\n'
    )
    entries, problems = load_sources(path)
    assert not problems
    assert entries == (
        SourceEntry("faq#1", "Why pool", Verdict.CONFIRMED, "", Place(str(path), 5, 5)),
        SourceEntry("faq#9", "Trade", Verdict.OFF_TOPIC, "Economics.", Place(str(path), 6, 5)),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "  - ‸{title: a, verdict: wrong}\n", "a source needs `ref`"),
        (HEAD + "  - ‸{ref: 'faq#1', verdict: wrong}\n", "a source needs `title`"),
        (HEAD + "  - ‸{ref: 'faq#1', title: a}\n", "a source needs `verdict`"),
        (HEAD + "  - {ref: 'faq#1', title: a, verdict: ‸so-so}\n", "`so-so` is no verdict"),
        (HEAD + "  - ‸{ref: 'faq#1', title: a, verdict: off topic}\n", "a source needs `reason`"),
        (HEAD + "  - {ref: ‸'other#1', title: a, verdict: wrong}\n", "not of this document"),
        (HEAD + ENTRY + "  - ‸{ref: 'faq#1', title: a, verdict: wrong}\n", "a second time"),
        (HEAD + "  - {ref: 'faq#1', title: a, ‸page: 3, verdict: wrong}\n", "no field `page`"),
        ("‸schema: 1\ndocument: a\ntitle: b\n", "needs `entries`"),
        ("‸document: faq\ntitle: b\nentries:\n" + ENTRY, "needs `schema`"),
        (HEAD.replace("1", "‸2") + ENTRY, "written for schema 2"),
        ("‸", "the file is empty"),
    ],
)
def test_a_fault_is_told_at_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "sources.yaml"
    before, _, after = text.partition("‸")
    path.write_text(before + after, encoding="utf-8")
    entries, (problem,) = load_sources(path)
    assert entries == ()
    assert message in problem.message
    line = before.count("\n") + 1
    assert problem.place == Place(str(path), line, len(before.rpartition("\n")[2]) + 1)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    entries, (problem,) = load_sources(tmp_path / "sources.yaml")
    assert (entries, problem.message) == ((), "there is no such file")
