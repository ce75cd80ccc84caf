"""`quizcnn verify --changed-since REV` and the results that are kept."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from quizcnn.cli.main import main


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(folder: Path) -> Path:
    """The folder of decks, committed."""
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=decks")
    return folder


def verified(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The questions that were verified."""
    capsys.readouterr()
    assert main(["verify", "--json", *arguments]) == 0
    return [result["id"] for result in json.loads(capsys.readouterr().out)["results"]]


def test_only_changed_questions_are_verified(repository, capsys):
    """Nothing at first; then the one question whose own text is another, wherever it stands."""
    since = ("--changed-since", "HEAD", str(repository))
    assert verified(capsys, *since) == []
    deck = repository / "sizes.yaml"
    text = deck.read_text(encoding="utf-8")
    deck.write_text("# more lines\n\n" + text, encoding="utf-8")
    assert verified(capsys, *since) == []
    deck.write_text("# a line\n" + text.replace("A maximum has", "It has"), encoding="utf-8")
    assert verified(capsys, *since) == ["sizes/nothing-to-learn"]


def test_a_new_deck_has_changed_as_a_whole(repository, capsys):
    """It was not there at that revision."""
    text = (repository / "sizes.yaml").read_text(encoding="utf-8")
    (repository / "new.yaml").write_text(text.replace("deck: sizes", "deck: new"), encoding="utf-8")
    assert verified(capsys, "--changed-since=HEAD", str(repository)) == [
        "new/valid-size",
        "new/nothing-to-learn",
    ]


def test_a_question_whose_source_has_changed_has_too(repository, capsys):
    """And an entry that is new needs a question."""
    sources = repository / "sources.yaml"
    before = sources.read_text(encoding="utf-8")
    since = ("--changed-since", "HEAD", str(repository))
    sources.write_text("# a line\n" + before, encoding="utf-8")
    assert verified(capsys, *since) == []
    sources.write_text(before.replace("large is", "wide is"), encoding="utf-8")
    assert verified(capsys, *since) == ["sizes/valid-size"]
    new = '  - {ref: "faq#3", title: A, verdict: wrong}\n'
    sources.write_text(before + new, encoding="utf-8")
    assert main(["verify", *since]) == 1
    assert "faq#3: “A” has no question" in capsys.readouterr().out
    sources.write_text(before.replace("faq#1", "faq#4"), encoding="utf-8")
    assert main(["verify", *since]) == 1
    assert "The source faq#1 is not listed" in capsys.readouterr().out


def test_where_nothing_has_changed_that_is_said(repository, capsys):
    """A person reads why nothing was verified."""
    assert main(["verify", "--changed-since", "HEAD", str(repository)]) == 0
    assert "No question has changed since HEAD." in capsys.readouterr().err


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~9", "--upload-pack=touch x", "", "a b; c"])
def test_an_unknown_revision_is_named(repository, capsys, revision):
    """Exit 2 and clear words, whatever was given for a revision."""
    assert main(["verify", f"--changed-since={revision}", str(repository)]) == 2
    told = capsys.readouterr().err
    assert "revision" in told
    assert "Traceback" not in told


def test_outside_a_repository_it_is_refused(folder, capsys, monkeypatch):
    """Exit 2: there is nothing to compare with."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    assert main(["verify", "--changed-since", "HEAD", str(folder)]) == 2
    assert "not in a git repository" in capsys.readouterr().err


def test_without_git_it_is_refused(repository, capsys, monkeypatch):
    """Exit 2, and what is missing is named."""
    monkeypatch.setenv("PATH", str(repository))
    assert main(["verify", "--changed-since", "HEAD", str(repository)]) == 2
    assert "needs git" in capsys.readouterr().err


def test_an_unchanged_deck_is_not_computed_twice(folder, capsys):
    """The second run says so; with --no-cache everything is computed again."""
    assert main(["verify", str(folder)]) == 0
    first = capsys.readouterr().out
    assert "unchanged" not in first
    assert main(["verify", str(folder)]) == 0
    second = capsys.readouterr().out
    assert "2 unchanged since they were verified before" in second
    assert "Checks ran" not in second
    assert main(["verify", "--no-cache", str(folder)]) == 0
    assert capsys.readouterr().out == first


def test_markdown_keeps_what_decks_say_between_fences(folder, capsys):
    """A deck's text is shown as it is, and is no Markdown."""
    deck = folder / "sizes.yaml"
    text = deck.read_text(encoding="utf-8")
    claim = '    claims: [{say: "```\\n# <b>owned</b> @all", that: n > 99}]\n'
    deck.write_text(text.replace("    tags: [out", claim + "    tags: [out"), encoding="utf-8")
    assert main(["verify", "--format", "markdown", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("## ❌ 1 of 2 questions fail")
    fences = [index for index, line in enumerate(lines) if line.startswith("````")]
    assert len(fences) == 2
    owned = [index for index, line in enumerate(lines) if "owned" in line]
    assert owned
    assert all(fences[0] < index < fences[1] for index in owned)
