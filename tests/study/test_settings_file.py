"""The settings file: what is read, what is refused, and what is kept when it is written."""

import os
import tomllib
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.study.settings.file import LARGEST, SettingsFileError, load, save
from quizcnn.study.settings.model import Settings
from quizcnn.study.settings.table import TABLE, SettingError, setting

MINE = """\
# my own settings, after the second week

new_per_day = 7 # few, for now
desired_retention = 0.85

learning_steps = [
    "30s",   # quick
    "5m",
]
"""

minutes = st.integers(1, 43_200).map(lambda number: timedelta(minutes=number))
steps = st.lists(minutes, max_size=5).map(tuple)
any_settings = st.builds(
    Settings,
    st.floats(0.7, 0.99),
    st.integers(0, 9999),
    st.integers(0, 99_999),
    steps,
    steps,
    st.integers(1, 36_500),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.integers(0, 999),
    st.booleans(),
    st.booleans(),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "quizcnn" / "settings.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())
    return file

    for each in TABLE:
        each.of(tomllib.loads(f"value = {each.example}")["value"])


def test_a_file_that_is_not_there_gives_the_defaults(file):
    assert load(file) == (Settings(), ())


def test_a_persons_file_is_read(file):
    settings, problems = load(written(file, MINE))
    assert problems == ()
    assert settings == replace(
        Settings(),
        new_per_day=7,
        desired_retention=0.85,
        learning_steps=(timedelta(seconds=30), timedelta(minutes=5)),
    )


def test_a_new_file_explains_each_setting(file):
    save(file, Settings())
    text = file.read_text()
    assert tomllib.loads(text) == {
        "desired_retention": 0.9,
        "new_per_day": 20,
        "reviews_per_day": 200,
        "learning_steps": ["1m", "10m"],
        "relearning_steps": ["10m"],
        "maximum_interval": 36_500,
        "day_begins": "04:00",
        "leech_after": 8,
        "fuzz": True,
        "motion": True,
    }
    said = " ".join(line.removeprefix("#").strip() for line in text.splitlines())
    for each in TABLE:
        assert each.about in said
        assert each.expected in said
    assert max(map(len, text.splitlines())) <= 80


def test_saving_keeps_comments_and_order_and_changes_what_differs(file):
    settings, _ = load(written(file, MINE))
    save(file, replace(settings, new_per_day=9))
    assert file.read_text() == MINE.replace("= 7", "= 9")


def test_saving_what_the_file_says_already_changes_nothing(file):
    settings, _ = load(written(file, MINE))
    save(file, settings)
    assert file.read_text() == MINE


def test_a_setting_that_the_file_lacks_is_added_with_its_comment(file):
    settings, _ = load(written(file, MINE))
    save(file, replace(settings, leech_after=4))
    text = file.read_text()
    assert text.startswith(MINE)
    assert text.endswith("# Expected: a whole number from 0 to 999.\nleech_after = 4\n")
    assert load(file) == (replace(settings, leech_after=4), ())


def test_a_setting_is_added_before_any_table(file):
    """After the head of a table it would belong to the table."""
    written(file, "# top\n[theirs]\nx = 1\n")
    save(file, replace(Settings(), leech_after=4))
    assert load(file)[0].leech_after == 4
    assert tomllib.loads(file.read_text())["theirs"] == {"x": 1}
    assert "# top\n[theirs]\nx = 1\n" in file.read_text()


def test_windows_line_ends_and_a_byte_order_mark_are_read(file):
    written(file, "\ufeffnew_per_day = 3\r\nfuzz = false\r\n")
    settings, problems = load(file)
    assert problems == ()
    assert settings == replace(Settings(), new_per_day=3, fuzz=False)
    save(file, replace(settings, new_per_day=4))
    assert file.read_bytes() == b"new_per_day = 4\r\nfuzz = false\r\n"
    save(file, replace(settings, leech_after=4))
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n") == 6


WRONG = [
    (
        "new_per_day = 'twenty'",
        "`new_per_day`: expected a whole number from 0 to 9999, not `twenty`",
    ),
    ("new_per_day = 2.5", "not `2.5`"),
    ("new_per_day = true", "not `true`"),
    ("new_per_day = -1", "not `-1`"),
    ("new_per_day = 10_000", "not `10000`"),
    ("new_per_day = 0x" + "f" * 5000, "not a very large number"),
    ("desired_retention = 90", "expected a number from 0.7 to 0.99, not `90`"),
    ("desired_retention = nan", "not `nan`"),
    ("desired_retention = inf", "not `inf`"),
    ("day_begins = '25:00'", "expected a time from 00:00 to 23:59, such as 04:00, not `25:00`"),
    ("day_begins = 4", "not `4`"),
    ("learning_steps = '10m'", "not `10m`"),
    ("learning_steps = ['10 parsecs']", "expected steps such as 30s, 10m, 2h or 1d"),
    ("learning_steps = ['0s']", "not `['0s']`"),
    ("learning_steps = ['31d']", "not `['31d']`"),
    (f"learning_steps = {['1m'] * 21}", "at most 20"),
    ("learning_steps = [10]", "not `[10]`"),
    ("maximum_interval = 0", "from 1 to 36500"),
    ("fuzz = 1", "expected true or false, not `1`"),
    ("[fuzz]\nx = 1", "not a table"),
]


@pytest.mark.parametrize(("line", "said"), WRONG)
def test_a_wrong_value_is_told_with_its_line_and_only_that_one_is_left_out(file, line, said):
    settings, problems = load(written(file, f"# one\nleech_after = 4\n\n{line}\n"))
    assert settings == replace(Settings(), leech_after=4)
    (problem,) = problems
    assert problem.place[:2] == (str(file), 4)
    assert said in problem.message
    assert "is used meanwhile" in problem.hint


def test_an_unknown_setting_is_told_with_the_one_that_may_be_meant(file):
    settings, (problem,) = load(written(file, "fuzz = false\nnew_perday = 3\n"))
    assert settings == replace(Settings(), fuzz=False)
    assert str(problem) == (
        f"{file}:2:1: there is no setting `new_perday` (did you mean `new_per_day`?)"
    )


def test_a_line_inside_a_text_is_not_taken_for_the_setting(file):
    text = 'note = """\nfuzz = 3\n"""\nfuzz = 4\n'
    _, problems = load(written(file, text))
    assert [problem.place.line for problem in problems] == [1, 4]


def test_time_may_be_written_as_tomls_own(file):
    assert load(written(file, "day_begins = 05:30:00"))[0].day_begins == time(5, 30)


BROKEN = [
    (b"fuzz = false\nnew_per_day = \n", 2, "this is not TOML: invalid value"),
    (b"fuzz = false\nday_begins = 04:00\n", 2, "this is not TOML"),
    (b"fuzz = false\nfuzz = true\n", 2, "this is not TOML: cannot overwrite a value"),
    (b"fuzz = [1,\n2", 2, "this is not TOML"),
    (b"fuzz = false\n\nnote = 'caf\xe9'\n", 3, "this is not UTF-8"),
    (b"x = " + b"[" * 9000, 1, "nested too deeply"),
    (b"x = " + b"9" * 5000, 1, "thousands of digits"),
    (b"#" * (LARGEST + 1), 1, "at most 64 KiB"),
    (b"\0", 1, "this is not TOML"),
]


@pytest.mark.parametrize(("data", "line", "said"), BROKEN)
def test_a_broken_file_is_told_with_its_line_and_never_overwritten(file, data, line, said):
    file.parent.mkdir()
    file.write_bytes(data)
    settings, (problem,) = load(file)
    assert settings == Settings()
    assert problem.place.line == line
    assert said in problem.message
    assert "default settings are used" in problem.hint
    with pytest.raises(SettingsFileError, match="mend it or delete it first"):
        save(file, replace(Settings(), fuzz=False))
    assert file.read_bytes() == data


def test_a_folder_in_the_files_place_is_told(tmp_path):
    settings, (problem,) = load(tmp_path)
    assert settings == Settings()
    assert "not a file, but a folder" in problem.message
    with pytest.raises(SettingsFileError):
        save(tmp_path, settings)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_in_the_files_place_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "settings.toml")
    _, (problem,) = load(tmp_path / "settings.toml")
    assert "not a file" in problem.message


def test_a_file_in_the_folders_place_is_told(tmp_path):
    (tmp_path / "quizcnn").write_text("")
    file = tmp_path / "quizcnn" / "settings.toml"
    assert load(file)[0] == Settings()
    with pytest.raises(SettingsFileError, match="not a directory"):
        save(file, Settings())


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path, file):
    kept = written(tmp_path / "dotfiles.toml", "fuzz = true\n")
    kept.chmod(0o640)
    file.parent.mkdir()
    file.symlink_to(kept)
    save(file, replace(Settings(), fuzz=False))
    assert file.is_symlink()
    assert kept.read_text() == "fuzz = false\n"
    assert kept.stat().st_mode & 0o777 == 0o640


def test_where_writing_fails_the_old_file_is_whole_and_nothing_is_left_lying(file, monkeypatch):
    written(file, MINE)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsFileError, match=r"no space left on device\. Make room"):
        save(file, Settings())
    assert file.read_text() == MINE
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("new_per_day", " 30 ", 30),
        ("new_per_day", "default", 20),
        ("desired_retention", "92%", 0.92),
        ("desired_retention", "0.92", 0.92),
        ("learning_steps", "1m, 10m 1H", (timedelta(0, 60), timedelta(0, 600), timedelta(0, 3600))),
        ("learning_steps", "none", ()),
        ("day_begins", "5:30", time(5, 30)),
        ("fuzz", "off", False),
        ("fuzz", "Yes", True),
    ],
)
def test_what_a_person_types_is_read(name, typed, value):
    assert setting(name).parse(typed) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("new_per_day", ""),
        ("new_per_day", "9" * 5000),
        ("desired_retention", "9%"),
        ("desired_retention", "nan"),
        ("learning_steps", "ten"),
        ("day_begins", "24:00"),
        ("fuzz", "perhaps"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_was_expected(name, typed):
    with pytest.raises(SettingError, match="expected "):
        setting(name).parse(typed)


def test_a_misspelt_name_is_answered_with_the_one_that_is_meant():
    with pytest.raises(SettingError, match="did you mean `day_begins`"):
        setting("day_begin")


@given(any_settings)
def test_what_is_written_and_typed_is_read_again_as_it_was(settings):
    for each in TABLE:
        value = getattr(settings, each.name)
        assert each.of(each.write(value)) == value
        assert each.parse(each.words(value)) == value


@hypothesis.settings(max_examples=20)
@given(any_settings, any_settings)
def test_settings_saved_over_others_are_read_again(tmp_path_factory, first, second):
    file = tmp_path_factory.mktemp("s") / "settings.toml"
    for settings in (first, second):
        save(file, settings)
        assert load(file) == (settings, ())


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_exception(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("s") / "settings.toml"
    file.write_bytes(data)
    settings, problems = load(file)
    assert isinstance(settings, Settings)
    assert all(problem.place.line >= 1 for problem in problems)
