"""A report as text, JSON, GitHub annotations or JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from quizcnn.check.proof import Proof
from quizcnn.check.telling import proof_lines
from quizcnn.display import clean, json_text, one_line
from quizcnn.verify.report import Finding, Report, Result


def text(report: Report, notes: bool = False) -> Iterator[str]:
    """Lines for a person: what fails with its failing proof, warnings, and a closing line.

    With `notes` also what was left out where.
    """
    for result in report.results:
        for problem in result.problems:
            yield f"✗ {_located(problem)}"
        if result.proof:
            yield from (f"    {line}" for line in proof_lines(result.proof))
        for warning in result.warnings:
            yield f"! {_located(warning)}"
        if notes:
            yield from (f"· {result.key}: {one_line(note, 300)}" for note in result.notes)
    yield summary(report)


def _located(finding: Finding) -> str:
    place = one_line(str(finding.place), 300)
    return f"{place}: {one_line(finding.message, 800)} [{finding.code}]"


def summary(report: Report) -> str:
    """The closing line: how many questions hold, and what was refuted and flipped."""
    if not report.questions:
        return "Nothing was verified: there is no question to verify."
    held = (
        f"All {report.questions} questions hold"
        if report.confirmed == report.questions
        else f"{report.failed} of {report.questions} questions fail"
    )
    missing = sum(not result.ok for result in report.results) - report.failed
    sources = f"; {missing} sources are not covered" if missing else ""
    return (
        f"{held} on {report.variants} variants{sources}. "
        f"{report.wrong_refuted} of {report.wrong_answers} wrong answers refuted, "
        f"{report.contrasts_flipped} of {report.contrasts} contrasts flipped."
    )


def as_json(report: Report) -> str:
    """One JSON object: the counts, and for each question its id, problems, warnings and notes."""
    fields = {
        "questions": report.questions,
        "variants": report.variants,
        "confirmed": report.confirmed,
        "failed": report.failed,
        "wrong_answers": report.wrong_answers,
        "wrong_refuted": report.wrong_refuted,
        "contrasts": report.contrasts,
        "contrasts_flipped": report.contrasts_flipped,
        "results": [_result(result) for result in report.results],
    }
    return json_text(fields)


def _result(result: Result) -> dict[str, object]:
    return {
        "id": result.key,
        "ok": result.ok,
        "problems": [f"{one.place}: {one.message} [{one.code}]" for one in result.problems],
        "warnings": [f"{one.place}: {one.message} [{one.code}]" for one in result.warnings],
        "notes": list(result.notes),
    }


def github(report: Report) -> Iterator[str]:
    """A workflow command for each problem and warning, so that it stands beside its line."""
    for result in report.results:
        for level, findings in (("error", result.problems), ("warning", result.warnings)):
            for one in findings:
                place = (
                    f"file={_escaped(one.place.file, parameter=True)},line={one.place.line},"
                    f"col={one.place.column},title={_escaped(one.code, parameter=True)}"
                )
                yield f"::{level} {place}::{_escaped(one.message)}"


def _escaped(words: str, parameter: bool = False) -> str:
    words = clean(words).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.replace(":", "%3A").replace(",", "%2C") if parameter else words


def junit(report: Report) -> str:
    """JUnit XML: a test case for each question (and each source that fails)."""
    suite = ET.Element(
        "testsuite",
        name="quizcnn verify",
        tests=str(len(report.results)),
        failures=str(sum(not result.ok for result in report.results)),
    )
    for result in report.results:
        deck, _, name = result.key.rpartition("/")
        case = ET.SubElement(
            suite, "testcase", classname=clean(deck or "sources"), name=clean(name)
        )
        if not result.ok:
            messages = [clean(one.message) for one in result.problems]
            failure = ET.SubElement(case, "failure", message=messages[0])
            failure.text = "\n".join([*messages, *proof_lines(result.proof or Proof())])
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)
