"""`quizcnn verify --watch` verifies what changes when a deck is saved, and says nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.proof import Proof
from quizcnn.cli import watching
from quizcnn.verify.watching import Change, Watch


class Counting:
    """Runs checks and remembers of which decks."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.jobs = 0

    def run(self, jobs: list[Job], timeout: float = 2.0) -> list[Proof]:
        self.jobs += len(jobs)
        return self._worker.run(jobs, timeout)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


@pytest.fixture
def look(folder: Path, worker: Worker) -> Callable[[], list[Change]]:
    """Looks twice, as a file must look the same twice; the first look is over."""
    watched = Watch([folder], worker)
    assert [change.file for change in watched.look()] == [folder / "sizes.yaml"]
    assert watched.questions == 2
    return lambda: [*watched.look(), *watched.look()]


def save(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    state = file.stat()
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 10**9))  # clocks may be coarse


def test_only_questions_whose_content_has_changed_are_verified(folder: Path, look) -> None:
    file = folder / "sizes.yaml"
    assert look() == []
    save(file, ("What size comes out?", "What size will it be?"))
    (change,) = look()
    assert [(one.key, one.ok) for one in change.results] == [("sizes/valid-size", True)]
    assert look() == []


def test_what_only_moves_to_another_line_is_not_verified_again(folder: Path, look) -> None:
    save(folder / "sizes.yaml", ("schema: 1", "# a comment\n\nschema: 1"))
    assert look() == []


def test_a_file_that_is_being_written_is_left_until_it_rests(folder: Path, worker: Worker) -> None:
    checker = Counting(worker)
    watched = Watch([folder], checker)
    list(watched.look())
    jobs = checker.jobs
    save(folder / "sizes.yaml", ("n - f + 1, n - f + 1", "n - f, n - f"))
    assert list(watched.look()) == []
    assert checker.jobs == jobs
    (change,) = watched.look()
    assert not change.results[0].ok


def test_a_deck_that_cannot_be_read_and_is_mended_again(folder: Path, look) -> None:
    """Questions that are as they were before need not be verified again."""
    file = folder / "sizes.yaml"
    save(file, ("kind: shape", "kind: shapo"))
    (change,) = look()
    assert "is no kind" in change.problems[0].message
    save(file, ("kind: shapo", "kind: shape"))
    (change,) = look()
    assert change == Change(file)
    assert "can be read again" in " ".join(watching.told(change))


def test_questions_and_files_that_go_and_come(folder: Path, look) -> None:
    file = folder / "sizes.yaml"
    text = file.read_text(encoding="utf-8")
    save(file, (text[text.index("  - id: nothing") :], ""))
    (change,) = look()
    assert change.gone == ("sizes/nothing-to-learn",)
    (folder / "more.yaml").write_text(text.replace("deck: sizes", "deck: more"), encoding="utf-8")
    (change,) = look()
    assert [one.key for one in change.results] == ["more/valid-size", "more/nothing-to-learn"]
    file.unlink()
    (change,) = look()
    assert change.gone == ("sizes/valid-size",)
    (folder / "more.yaml").unlink()
    nothing, gone = look()
    assert "there is no deck" in nothing.problems[0].message
    assert gone.gone == ("more/valid-size", "more/nothing-to-learn")


def test_the_command_prints_what_fails_then_what_changes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Driven by the pauses between its looks, and ended as by Ctrl-C."""
    file = folder / "sizes.yaml"
    steps: list[Callable[[], object]] = [
        lambda: save(file, ("answer: (n - f + 1, n - f + 1)", "answer: (n - f, n - f)")),
        lambda: None,
        lambda: save(file, ("answer: (n - f, n - f)", "answer: (n - f + 1, n - f + 1)")),
        lambda: None,
        lambda: (_ for _ in ()).throw(KeyboardInterrupt()),
    ]
    assert watching.watch([folder], lambda seconds: steps.pop(0)()) == 0
    begun, rest = capsys.readouterr().out.split("Watching 2 questions; end with Ctrl-C.\n")
    assert begun == ""
    wrong, right = rest.split("✓ ")
    assert "The stored answer is" in wrong
    assert "[answer]" in wrong
    assert right == "sizes/valid-size holds on 8 variants\n"
