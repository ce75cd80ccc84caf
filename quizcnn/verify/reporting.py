"""A report as text, JSON, GitHub annotations or JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from quizcnn.check.telling import proof_lines
from quizcnn.deck.pointing import Pointer
from quizcnn.display import clean, json_text, one_line
from quizcnn.verify.report import Finding, Report, Result

WIDE = 120
"""Columns that a quoted line may have where no terminal sets them."""


def text(report: Report, notes: bool = False, pointer: Pointer | None = None) -> Iterator[str]:
    """Lines for a person: what fails, where and how to mend it, with its failing proof; warnings;
    and a closing line.

    With `notes` also what was left out where. `pointer` quotes the lines of the decks.
    """
    pointer = pointer or Pointer()
    for result in report.results:
        yield from told(result, pointer, warnings=True)
        for note in result.notes if notes else ():
            yield from _told("·", note, pointer)
    yield summary(report)


def told(result: Result, pointer: Pointer | None = None, warnings: bool = False) -> Iterator[str]:
    """Lines on all the problems of one question, with its failing proof; and on its `warnings`."""
    pointer = pointer or Pointer()
    for problem in result.problems:
        yield from _told("✗", problem, pointer)
    if result.proof:
        yield from (f"    {line}" for line in proof_lines(result.proof))
    for warning in result.warnings if warnings else ():
        yield from _told("!", warning, pointer)


def _told(mark: str, finding: Finding, pointer: Pointer) -> Iterator[str]:
    """What was found at which place, its line with a caret, and how to mend it."""
    place = one_line(str(finding.place), 300)
    yield f"{mark} {place}: {one_line(finding.message, 800)} [{finding.code}]"
    yield from pointer.lines(finding.place)
    if finding.hint:
        yield f"        to mend it: {one_line(finding.hint, 300)}"


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
    kept = f" {report.kept} unchanged since they were verified before." if report.kept else ""
    return (
        f"{held} on {report.variants} variants{sources}. "
        f"{report.wrong_refuted} of {report.wrong_answers} wrong answers refuted, "
        f"{report.contrasts_flipped} of {report.contrasts} contrasts flipped.{kept}"
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
        "kept": report.kept,
        "results": [_result(result) for result in report.results],
    }
    return json_text(fields)


def _result(result: Result) -> dict[str, object]:
    return {
        "id": result.key,
        "ok": result.ok,
        "problems": [f"{one.place}: {one.message} [{one.code}]" for one in result.problems],
        "warnings": [f"{one.place}: {one.message} [{one.code}]" for one in result.warnings],
        "notes": [one.message for one in result.notes],
        "findings": [
            _finding(level, one)
            for level, findings in (("error", result.problems), ("warning", result.warnings))
            for one in findings
        ],
    }


def _finding(level: str, finding: Finding) -> dict[str, object]:
    """One finding for scripts: `given` and `seed` are those of the smallest variant that has it."""
    return {
        "level": level,
        "code": finding.code,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "hint": finding.hint,
        "given": dict(finding.given),
        "seed": finding.seed,
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
                mend = f" To mend it: {one.hint}." if one.hint else ""
                yield f"::{level} {place}::{_escaped(one.message + mend)}"


def _escaped(words: str, parameter: bool = False) -> str:
    words = clean(words).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.replace(":", "%3A").replace(",", "%2C") if parameter else words


def junit(report: Report) -> str:
    """JUnit XML: a test case for each question (and each source that fails)."""
    pointer = Pointer(WIDE)
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
            failure = ET.SubElement(case, "failure", message=clean(result.problems[0].message))
            failure.text = "\n".join(clean(line) for line in told(result, pointer))
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)
