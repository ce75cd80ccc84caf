"""`quizcnn settings`, as a person or a script calls it."""

import json

import pytest

from quizcnn import paths
from quizcnn.cli.main import main


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    """A settings file of its own, not there yet."""
    monkeypatch.setattr(paths, "settings", lambda: tmp_path / "settings.toml")
    return tmp_path / "settings.toml"


def test_all_settings_are_listed_with_the_files_place(file, capsys):
    """Before anything is set, the defaults are shown and no file is made."""
    assert main(["settings"]) == 0
    out = capsys.readouterr().out
    assert f"The settings stand in {file}, which is not there." in out
    assert "desired_retention = 0.9\n" in out
    assert "learning_steps = 1m 10m\n" in out
    assert not file.exists()


def test_a_setting_is_set_and_shown_beside_its_default(file, capsys):
    """The value is kept in the file; the list says what the default would be."""
    assert main(["settings", "new_per_day", "5"]) == 0
    assert "new_per_day = 5   (default: 20)\n" in capsys.readouterr().out
    assert "new_per_day = 5\n" in file.read_text()
    assert main(["settings", "learning_steps", "5m", "1h"]) == 0
    assert main(["settings", "learning_steps"]) == 0
    assert capsys.readouterr().out.count("learning_steps = 5m 1h   (default: 1m 10m)\n") == 2
    assert main(["settings", "new_per_day", "default"]) == 0
    assert "new_per_day = 20\n" in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["new_per_day", "many"],
            "new_per_day: expected a whole number from 0 to 9999, not `many`",
        ),
        (["new_per_day", "-5"], "not `-5`"),
        (
            ["new_perday", "5"],
            "new_perday: there is no setting of this name: did you mean `new_per_day`",
        ),
        (["fuzzy"], "did you mean `fuzz`?"),
    ],
)
def test_what_cannot_be_is_refused_in_words(file, capsys, arguments, said):
    """A wrong name or value changes nothing and exits 2."""
    assert main(["settings", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not file.exists()


def test_a_file_with_a_mistake_is_told_and_the_rest_is_shown(file, capsys):
    """The mistake stands on stderr with its line; the exit code says that there is one."""
    file.write_text("new_per_day = 5\nfuz = true\n")
    assert main(["settings"]) == 2
    out, err = capsys.readouterr()
    told = f"{file}:2:1: there is no setting `fuz` (did you mean `fuzz`?)"
    assert err.splitlines() == [told, "    2 | fuz = true", "      | ^"]
    assert "new_per_day = 5 " in out


def test_a_broken_file_is_not_overwritten(file, capsys):
    """Setting a value in a file that cannot be read says what to do."""
    file.write_text("new_per_day = \n")
    assert main(["settings", "new_per_day", "5"]) == 2
    assert f"{file}:1: this is not TOML" in capsys.readouterr().err
    assert file.read_text() == "new_per_day = \n"


def test_json_has_every_setting(file, capsys):
    """Scripts read the place, each value and default as the file writes them, and problems."""
    file.write_text("learning_steps = []\nfuzz = 3\n")
    assert main(["settings", "--json"]) == 2
    shown = json.loads(capsys.readouterr().out)
    assert shown["file"] == str(file)
    assert shown["exists"] is True
    assert shown["settings"]["learning_steps"]["value"] == []
    assert shown["settings"]["learning_steps"]["default"] == ["1m", "10m"]
    assert shown["settings"]["fuzz"]["value"] is True
    assert len(shown["settings"]) == 10
    assert len(shown["problems"]) == 1
