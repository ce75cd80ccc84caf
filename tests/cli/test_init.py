"""`quizcnn init` makes a repository that works at once; `verify` finds the decks of a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from quizcnn.cli.here import decks_here
from quizcnn.cli.init import FILES, REQUIREMENT
from quizcnn.cli.main import main
from quizcnn.deck.schema import FIRST_LINE, deck_schema

WRITTEN = {*FILES, "decks/deck.schema.json"}


def files_of(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if not name.startswith(".git/")}


def quizcnn(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quizcnn", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)


def test_a_new_repository_is_verified_without_configuration(tmp_path: Path) -> None:
    folder = tmp_path / "of" / "mine"
    assert main(["init", str(folder)]) == 0
    subprocess.run(["git", "init", "-q"], cwd=folder, timeout=60, check=True)
    done = quizcnn("verify", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert '"questions": 2,' in done.stdout
    assert '"warnings": []' in done.stdout
    assert f"Verifying {(folder / 'decks').resolve()}." in done.stderr
    status = subprocess.run(
        ["git", "status", "--short", "-uall"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert {line[3:] for line in status.stdout.splitlines()} == WRITTEN


def test_every_file_of_it_is_whole(tmp_path: Path) -> None:
    """The YAML parses, the workflow and the hook run verify, the deck fits its schema."""
    assert main(["init", str(tmp_path)]) == 0
    assert files_of(tmp_path) == WRITTEN
    assert not [name for name in WRITTEN if REQUIREMENT in (tmp_path / name).read_text("utf-8")]
    workflow = yaml.safe_load((tmp_path / ".github/workflows/verify.yml").read_text("utf-8"))
    steps = [step.get("run", "") for step in workflow["jobs"]["verify"]["steps"]]
    assert any(step.startswith("quizcnn verify") for step in steps)
    hooks = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text("utf-8"))
    assert hooks["repos"][0]["hooks"][0]["entry"].startswith("quizcnn verify")
    deck = (tmp_path / "decks/first-deck.yaml").read_text("utf-8")
    assert deck.startswith(FIRST_LINE)
    Draft202012Validator(deck_schema()).validate(yaml.safe_load(deck))


@pytest.mark.parametrize("name", ["README.md", ".gitignore", "decks/first-deck.yaml"])
def test_nothing_that_is_there_is_overwritten(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    assert main(["init", str(tmp_path)]) == 2
    assert f"already {name} in" in capsys.readouterr().err
    assert files_of(tmp_path) == {name}
    assert (tmp_path / name).read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    assert main(["init", str(tmp_path / "file")]) == 2
    assert main(["init", "\0"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_folder_without_decks_has_none(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    (tmp_path / "notes.md").write_text("deck: none\n")
    assert decks_here(tmp_path) == ()


def test_the_decks_of_a_folder_are_found_beside_other_yaml(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    (tmp_path / "mine.yaml").write_text("schema: 1\ndeck: mine\n")
    assert decks_here(tmp_path) == (tmp_path / "mine.yaml",)
    (tmp_path / "decks").mkdir()
    assert decks_here(tmp_path) == (tmp_path / "mine.yaml",)
    (tmp_path / "decks" / "more.yml").write_text("deck: more\n")
    assert decks_here(tmp_path) == (tmp_path / "decks", tmp_path / "mine.yaml")


def test_a_folder_of_nothing_but_decks_is_verified_as_a_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its sources."""
    assert decks_here(folder) == (folder,)
    monkeypatch.chdir(folder)
    assert main(["verify"]) == 0
    (folder / "sources.yaml").write_text(
        (folder / "sources.yaml").read_text("utf-8").replace("faq#1", "faq#2"), encoding="utf-8"
    )
    assert main(["verify"]) == 1
    assert "faq#2" in capsys.readouterr().out


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("deck: mine\n")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.yaml").symlink_to(tmp_path / "mine.yaml")
    assert decks_here(inside) == ()
