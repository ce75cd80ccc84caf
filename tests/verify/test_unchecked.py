"""Questions that have no check yet, in every report."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from quizcnn.verify.codes import PROBLEMS, WARNINGS
from quizcnn.verify.report import Report
from quizcnn.verify.reporting import as_json, github, junit, summary, text

CHECKED = """
    id: checked
    kind: number
    ask: How many?
    given: {n: 2}
    answer: n + 2
    check: np.sum(ones(n, n))
    wrong: [{given: {n: 3}, because: No.}]
    """
UNCHECKED = """
    id: unchecked
    kind: number
    ask: How many is 1 000 000?
    given: {n: undefined_name}
    answer: n + 1
    check: none yet
    wrong: [{is: n + 2, because: No.}]
    contrast: [{given: {n: 3}, because: No.}]
    needs: [checked]
    source: {ref: "nowhere#1"}
    """


@pytest.fixture(scope="module")
def mixed(report) -> Report:
    """A report of one question that holds and one without a check."""
    return report(CHECKED, UNCHECKED)


def test_it_fails_by_that_alone(mixed):
    """Nothing else is said of it: neither its givens nor its prose nor its source."""
    checked, unchecked = mixed.results
    assert checked.ok
    (problem,) = unchecked.problems
    assert (problem.code, problem.message) == ("unchecked", "test/unchecked: no check yet")
    assert problem.place.line == 18
    assert not unchecked.warnings
    assert unchecked.proof is None


def test_it_counts_as_failing_and_its_wrong_answers_not_at_all(mixed):
    """What was not looked at is neither refuted nor missed."""
    assert not mixed.ok
    assert (mixed.questions, mixed.confirmed, mixed.failed) == (2, 1, 1)
    assert (mixed.wrong_answers, mixed.wrong_refuted) == (1, 1)
    assert (mixed.contrasts, mixed.contrasts_flipped) == (0, 0)
    assert mixed.variants == 1
    assert summary(mixed).startswith("1 of 2 questions fail on 1 variants.")


def test_every_report_says_so(mixed):
    told = "test/unchecked: no check yet"
    assert f"✗ test.yaml:18:12: {told} [unchecked]" in list(text(mixed))
    result = json.loads(as_json(mixed))["results"][1]
    assert result["problems"] == [f"test.yaml:18:12: {told} [unchecked]"]
    (annotation,) = github(mixed)
    assert annotation.startswith(f"::error file=test.yaml,line=18,col=12,title=unchecked::{told}")
    failure = ET.fromstring(junit(mixed)).find(".//failure")
    assert failure is not None
    assert failure.get("message") == told


def test_it_cannot_be_allowed():
    """It is a problem, no warning."""
    assert "unchecked" in PROBLEMS
    assert "unchecked" not in WARNINGS
