"""Reports as people, scripts and CI read them."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from quizcnn.deck.model import Place, Problem
from quizcnn.verify.markdown import markdown
from quizcnn.verify.report import Report
from quizcnn.verify.reporting import as_json, github, junit, summary, text
from quizcnn.verify.verifying import verify

GOOD = """
    id: good
    kind: shape
    ask: A map of {n}×{n} is pooled 2×2. What size comes out?
    given: {n: 8}
    vary: {n: [6, 8]}
    answer: (n // 2, n // 2)
    check: max_pool2d(ramp(n, n), 2).shape
    contrast:
      - {check: "max_pool2d(ramp(n, n), 2, stride=1).shape", because: "Stride 1 keeps, nearly."}
    """
BAD = GOOD.replace("id: good", "id: bad").replace("answer: (n // 2", "answer: (n // 2 + 1")


@pytest.fixture(scope="module")
def mixed(report) -> Report:
    """A report of one question that holds and one that fails."""
    return report(GOOD, BAD)


def test_the_text_shows_the_failing_proof_and_closes_with_the_counts(mixed):
    """A failing question has one line with its place, the proof's steps, and a closing line."""
    lines = list(text(mixed))
    [failure] = [line for line in lines if line.startswith("✗")]
    assert failure.startswith("✗ test.yaml:")
    assert "test/bad with n = 6" in failure
    assert "4×3" in failure
    assert "3×3" in failure
    assert any("max_pool2d(ramp(n, n), 2).shape" in line for line in lines)
    assert any("(3, 3)" in line for line in lines)
    assert lines[-1] == summary(mixed)
    assert "1 of 2 questions fail on 4 variants" in lines[-1]
    assert "2 of 2 contrasts flipped" in lines[-1]


def test_a_report_without_failures_says_so(report):
    """The closing line of a good report says that all questions hold."""
    assert summary(report(GOOD)).startswith("All 1 questions hold on 2 variants.")


def test_json_has_exactly_the_promised_keys(mixed):
    """Scripts rely on the counts and on a result for each question."""
    read = json.loads(as_json(mixed))
    assert list(read) == [
        "questions",
        "variants",
        "confirmed",
        "failed",
        "wrong_answers",
        "wrong_refuted",
        "contrasts",
        "contrasts_flipped",
        "kept",
        "results",
        "unread",
    ]
    assert (read["questions"], read["confirmed"], read["failed"]) == (2, 1, 1)
    good, bad = read["results"]
    assert (good["id"], good["ok"], good["problems"]) == ("test/good", True, [])
    assert (bad["id"], bad["ok"]) == ("test/bad", False)
    assert "3×3" in bad["problems"][0]


def test_github_annotations_stand_at_the_line(mixed):
    """Each problem is an error at its file and line, each warning a warning."""
    lines = list(github(mixed))
    assert lines[0].startswith("::warning file=test.yaml,line=")
    [error] = [line for line in lines if line.startswith("::error")]
    assert "title=answer" in error
    assert error.count("\n") == 0


def test_junit_has_a_case_for_each_question(mixed):
    """JUnit XML can be parsed and holds the failure's message and proof."""
    suite = ET.fromstring(junit(mixed))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("name") for case in suite] == ["good", "bad"]
    failure = suite.find("testcase[@name='bad']/failure")
    assert failure is not None
    assert "3×3" in (failure.get("message") or "")
    assert "max_pool2d" in (failure.text or "")


def test_text_from_a_deck_cannot_steer_the_terminal(report):
    """What a deck or check says is cleaned before it is shown."""
    found = report(GOOD.replace("max_pool2d(ramp(n, n), 2).shape\n", '"\\\\x1b[31m\\\\x07"\n', 1))
    assert not any("\x1b" in line or "\x07" in line for line in text(found))


def test_progress_counts_every_question(deck, worker):
    """Progress begins at none and ends at all."""
    seen: list[tuple[int, int]] = []
    verify([deck(GOOD, BAD)], worker, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_helpers_change_nothing_in_the_report(deck, worker, mixed):
    """A second checker shares the work, and the report is the same."""
    assert verify([deck(GOOD, BAD)], worker, helpers=[worker]) == mixed


def test_a_file_that_cannot_be_read_is_named_in_every_report(mixed):
    """It is left out, and no report passes it over in silence."""
    problem = Problem(Place("b,ad.yaml", 3, 7), "no `answer`", "add it")
    report = replace(mixed, unread=(problem, problem))
    assert summary(report).endswith("Left out, as it cannot be read: b,ad.yaml.")
    nothing = replace(report, questions=0)
    assert summary(nothing) == "Nothing was verified: b,ad.yaml cannot be read."
    [read, _] = json.loads(as_json(report))["unread"]
    assert read == {
        "file": "b,ad.yaml", "line": 3, "column": 7, "message": "no `answer`", "hint": "add it"
    }  # fmt: skip
    assert next(github(report)).startswith("::error file=b%2Cad.yaml,line=3,col=7,title=deck::no")
    case = ET.fromstring(junit(report)).find("testcase[@name='b,ad.yaml']/failure")
    assert case is not None
    assert case.get("message") == "no `answer`"
    assert "b,ad.yaml:3:7: no `answer` (add it)" in "\n".join(markdown(report))
