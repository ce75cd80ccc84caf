"""`quizcnn stats`, as a person or a script calls it."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from quizcnn import paths
from quizcnn.cli.main import main
from quizcnn.study.days import now
from quizcnn.study.records import Mode, Review, Scope
from quizcnn.study.store.store import Store


@pytest.fixture(autouse=True)
def places(tmp_path, folder, monkeypatch):
    """Progress, catalog and settings of this test alone, and no deck but the one in the folder."""
    place = tmp_path / "kept"
    for name in ("progress", "backups", "catalog", "settings"):
        monkeypatch.setattr(paths, name, lambda name=name: place / name)
    monkeypatch.setattr(paths, "decks", lambda: (folder,))


@pytest.fixture
def answered():
    """Three answers in a cram: one slip, and one to a question that is gone."""
    with Store.open(paths.progress()) as store:
        sitting = store.begin(Mode.CRAM, Scope(), now())
        for index, key in enumerate(["sizes/valid-size", "sizes/nothing-to-learn", "old/gone"]):
            review = Review(
                key,
                now() - timedelta(minutes=index),
                right=bool(index),
                seconds=20.0,
                slip="" if index else "Only padding keeps the size.",
            )
            store.answer(sitting.id, review)


def shown(capsys, *arguments):
    assert main(["stats", "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_before_the_first_answer_it_says_so_and_makes_no_file(capsys):
    """There is nothing to show, which is no mistake."""
    assert main(["stats"]) == 0
    assert capsys.readouterr().out.startswith("There is nothing to show yet.")
    assert shown(capsys)["total"]["answers"] == 0
    assert not paths.progress().exists()


def test_statistics_are_printed_as_text(answered, capsys):
    """Totals, days, mastery, hard questions and slips, in 80 columns without any control code."""
    assert main(["stats"]) == 0
    out = capsys.readouterr().out
    assert "3 answers on 1 day; 67% right." in out
    assert "1 day in a row" in out
    assert "sizes/valid-size  1 of 1 wrong" in out
    assert "1×  sizes/valid-size\n    Only padding keeps the size." in out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_json_has_the_promised_keys(answered, capsys):
    """Scripts find totals, streak, history, retention, forecast, mastery, hard questions, slips."""
    found = shown(capsys, "--days", "7")
    assert found["total"] == {
        "answers": 3,
        "right": 2,
        "days": 1,
        "seconds": 60.0,
        "seconds_a_day": 60.0,
        "seconds_an_answer": 20.0,
    }
    assert found["streak"] == {"now": 1, "longest": 1}
    assert len(found["history"]) == 7
    assert found["history"][-1]["answers"] == 3
    assert found["retention"]["desired"] == 0.9
    assert [period["days"] for period in found["retention"]["periods"]] == [7, 30, 365, None]
    assert len(found["forecast"]) == 30
    (deck,) = found["decks"]
    assert deck == {
        "name": "sizes",
        "questions": 2,
        "new": 2,
        "learning": 0,
        "young": 0,
        "mature": 0,
        "chance": None,
    }
    assert found["tags"][0]["name"] == "output-size"
    assert found["hardest"][0]["id"] == "sizes/valid-size"
    assert found["slips"] == [
        {"id": "sizes/valid-size", "slip": "Only padding keeps the size.", "times": 1}
    ]


def test_only_some_decks_and_tags_can_be_asked_for(answered, capsys):
    """A deck that is gone may be named as long as it has a history."""
    assert shown(capsys, "--deck", "sizes")["total"]["answers"] == 2
    assert shown(capsys, "--deck", "old")["total"]["answers"] == 1
    assert shown(capsys, "--tag", "output-size")["total"]["answers"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--deck", "size"], "There is no deck 'size'. Did you mean sizes?"),
        (["--tag", "outputsize"], "There is no tag 'outputsize'. Did you mean output-size?"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_one_that_is_meant(capsys, arguments, said):
    """Decks and tags that are not there are refused with exit code 2."""
    assert main(["stats", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("days", ["0", "-3", "ten", "99999999999999999999"])
def test_days_have_to_be_a_sensible_number(capsys, days):
    """The command line says which numbers can be."""
    with pytest.raises(SystemExit):
        main(["stats", "--days", days])
    assert "--days" in capsys.readouterr().err


def test_a_file_that_is_not_progress_is_told_and_left_as_it_is(capsys):
    """What cannot be read is said on stderr without a traceback."""
    paths.progress().parent.mkdir(parents=True)
    paths.progress().write_text("my notes, not a database\n" * 20)
    assert main(["stats"]) == 0
    out, err = capsys.readouterr()
    assert "is not a progress file" in err
    assert "nothing to show yet" in out
    assert paths.progress().read_text().startswith("my notes")


def test_progress_of_a_newer_quizcnn_is_refused(answered, capsys):
    """Nothing is counted wrongly: the message says what to do."""
    with closing(sqlite3.connect(paths.progress())) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert main(["stats"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "newer" in err
