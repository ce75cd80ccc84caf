"""Results are kept for questions that have not changed, and for no others."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import pytest

from quizcnn.check.job import Job
from quizcnn.check.proof import Failure, Proof
from quizcnn.deck.model import Place
from quizcnn.verify.judging import judged
from quizcnn.verify.keeping import Kept, content, engine_digest
from quizcnn.verify.verifying import verify_questions

GOOD = """
    id: good
    kind: number
    ask: How many values has an image of {n}×{n}, all 17 of them?
    given: {n: 4}
    vary: {n: [2, 3, 4]}
    answer: n * n
    check: |
      image = ramp(n, n)
      image.size
    wrong:
      - {is: 2 * n, because: That is two sides.}
    contrast:
      - {given: {n: 5}, because: "Another size."}
    """
BAD = GOOD.replace("id: good", "id: bad").replace("answer: n * n", "answer: n + n")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "verified.sqlite"


def test_what_was_kept_is_what_was_found(deck, worker, path):
    """A result that holds, and one that fails with its places, proof, warnings and notes."""
    for question in deck(GOOD, BAD).questions:
        found = judged(question, worker)
        assert found.result.warnings
        with Kept(path, "engine") as kept:
            assert kept.find(question) is None
            kept.keep(question, found)
        with Kept(path, "engine") as kept:
            assert kept.find(question) == found


def test_a_question_that_moved_keeps_its_result_and_its_findings_move_along(deck, worker, path):
    """Lines added above it, or another file, change nothing but the places."""
    before = deck(BAD).questions[0]
    after = deck(GOOD, BAD).questions[1]
    assert content(before) == content(after)
    assert before.place.line != after.place.line
    with Kept(path, "engine") as kept:
        kept.keep(before, judged(before, worker))
        assert kept.find(after) == judged(after, worker)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("answer: n * n", "answer: n ** 2"),
        ("given: {n: 4}", "given: {n: 4.0}"),
        ("That is two sides.", "Those are two sides."),
        ("      image.size", "      image.shape[0] * n"),
    ],
)
def test_a_question_that_says_anything_else_has_no_result(deck, worker, path, old, new):
    """Whatever changes in it, it is verified anew."""
    question = deck(GOOD).questions[0]
    with Kept(path, "engine") as kept:
        kept.keep(question, judged(question, worker))
        assert kept.find(deck(GOOD.replace(old, new)).questions[0]) is None


def test_another_engine_has_none_of_the_results(deck, worker, path):
    """What was found by other sources or versions is not taken."""
    question = deck(GOOD).questions[0]
    with Kept(path, "one") as kept:
        kept.keep(question, judged(question, worker))
    with Kept(path, "another") as kept:
        assert kept.find(question) is None


def test_the_engine_is_all_sources_and_versions(monkeypatch, tmp_path):
    """A changed source, NumPy or Python is another engine."""
    digests = {engine_digest()}
    monkeypatch.setattr("quizcnn.verify.keeping.metadata.version", lambda _: "0.0")
    digests.add(engine_digest())
    (tmp_path / "nn").mkdir()
    monkeypatch.setattr("quizcnn.verify.keeping.PACKAGE", tmp_path)
    for text in ("x = 1\n", "x = 2\n"):
        (tmp_path / "nn" / "pooling.py").write_text(text)
        digests.add(engine_digest())
    monkeypatch.setattr("quizcnn.verify.keeping.sys.version", "3.99")
    digests.add(engine_digest())
    assert len(digests) == 5


class Lost:
    """A checker whose process ends on every job."""

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        return [Proof(failure=Failure("died", "killed")) for _ in jobs]


def test_what_a_lost_process_left_open_is_not_kept(deck, path):
    """It may come out otherwise another time."""
    question = deck(GOOD).questions[0]
    with Kept(path, "engine") as kept:
        kept.keep(question, judged(question, Lost()))
        assert kept.find(question) is None


@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000, b""])
def test_a_damaged_file_is_replaced(deck, worker, path, damage):
    """Nothing fails, and the next run keeps results again."""
    path.parent.mkdir()
    path.write_bytes(damage)
    question = deck(GOOD).questions[0]
    found = judged(question, worker)
    for _ in range(2):
        with Kept(path, "engine") as kept:
            kept.find(question)
            kept.keep(question, found)
    with Kept(path, "engine") as kept:
        assert kept.find(question) == found


def test_a_damaged_result_is_computed_again(deck, worker, path):
    """A row with other bytes than were written is no result."""
    question = deck(GOOD).questions[0]
    with Kept(path, "engine") as kept:
        kept.keep(question, judged(question, worker))
    with sqlite3.connect(path) as file:
        file.execute("UPDATE results SET body = zeroblob(100)")
    file.close()
    with Kept(path, "engine") as kept:
        assert kept.find(question) is None


def test_a_file_that_cannot_be_written_is_not_used(deck, worker, tmp_path):
    """Where the folder is none, everything is computed."""
    (tmp_path / "file").write_text("")
    question = deck(GOOD).questions[0]
    with Kept(tmp_path / "file" / "verified.sqlite", "engine") as kept:
        kept.keep(question, judged(question, worker))
        assert kept.find(question) is None


def test_a_report_says_how_many_were_kept(deck, path):
    """The second run computes only what is new, and comes to the same."""
    first = deck(GOOD, BAD).questions
    with Kept(path, "engine") as kept:
        before = verify_questions(first, kept=kept)
        assert before.kept == 0
        assert before.isolation
        after = verify_questions(first, kept=kept)
        assert after == replace(before, kept=2, isolation="")
        changed = deck(GOOD, BAD.replace("n + n", "n + 2")).questions
        assert verify_questions(changed, kept=kept).kept == 1


def test_places_are_counted_from_the_question(deck):
    """The content of a question does not hang on its file or line, but on all else."""
    question = deck(GOOD).questions[0]
    moved = replace(question, check_place=Place("x.yaml", question.check_place.line + 1))
    assert content(moved) != content(question)
    assert "test.yaml" not in content(question)


def test_kept_results_go_beyond_their_number(deck, worker, path, monkeypatch):
    """The oldest make room."""
    monkeypatch.setattr("quizcnn.verify.keeping.MOST", 1)
    one, two = deck(GOOD, BAD).questions
    with Kept(path, "engine") as kept:
        kept.keep(one, judged(one, worker))
        kept.keep(two, judged(two, worker))
    with Kept(path, "engine") as kept:
        assert kept.find(one) is None
        assert kept.find(two) is not None
