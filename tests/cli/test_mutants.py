"""`quizcnn verify --mutants`, as a person or a script calls it."""

import json

from quizcnn.cli.main import main

LOOSE = """\
schema: 1
deck: loose
title: Loose
about: A check that a slip does not alter.
questions:
  - id: sides
    kind: number
    ask: How many rows do 8 rows have, pooled by {k}?
    given: {k: 2}
    answer: 4
    check: max_pool2d(ramp(8, 8), k)[:, 0].size
    wrong:
      - given: {k: 4}
        because: That is by four.
"""


def test_survivors_are_shown_with_the_share(folder, capsys):
    """The report ends with how many are caught; survivors alone do not fail the command."""
    (folder / "loose.yaml").write_text(LOOSE, encoding="utf-8")
    assert main(["verify", "--mutants", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "this change went unnoticed: average instead of max pooling" in out
    assert "    + avg_pool2d(ramp(8, 8), k)[:, 0].size" in out
    assert "sizes: " in out
    assert out.splitlines()[-1].startswith("In all, ")


def test_a_share_that_is_asked_for_is_held(folder, capsys):
    (folder / "loose.yaml").write_text(LOOSE, encoding="utf-8")
    assert main(["verify", "--mutants", "--least", "100", str(folder)]) == 1
    assert "less than 100 %" in capsys.readouterr().err
    assert main(["verify", "--mutants", "--least", "10", str(folder)]) == 0


def test_json_says_the_same(folder, capsys):
    assert main(["verify", "--mutants", "--json", str(folder)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["question"] for one in told["questions"]] == [
        "sizes/valid-size",
        "sizes/nothing-to-learn",
    ]
    assert told["caught"] <= told["tried"]


def test_a_mark_that_does_not_fit_fails(folder, capsys):
    marked = LOOSE + "    equivalent: [{change: avarage instead of max pooling, because: So.}]\n"
    (folder / "loose.yaml").write_text(marked, encoding="utf-8")
    assert main(["verify", "--mutants", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "did you mean `average instead of max pooling`?" in out


def test_a_question_that_fails_by_itself_fails_here_too(folder, capsys):
    (folder / "loose.yaml").write_text(LOOSE.replace("answer: 4", "answer: 5"), encoding="utf-8")
    assert main(["verify", "--mutants", str(folder)]) == 1
    assert "nothing was tried" in capsys.readouterr().out


def test_reports_that_have_no_place_for_diffs_are_refused(folder, capsys):
    assert main(["verify", "--mutants", "--format", "junit", str(folder)]) == 2
    assert "--mutants reports as text or as JSON" in capsys.readouterr().err
