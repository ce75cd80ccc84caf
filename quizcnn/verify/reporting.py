"""A report as text, JSON, GitHub annotations or JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from quizcnn.check.telling import proof_lines
from quizcnn.deck.model import Place, Problem
from quizcnn.deck.pointing import Pointer
from quizcnn.display import clean, json_text, one_line
from quizcnn.verify.report import Finding, Report, Result

FILES = 5
"""So many files that cannot be read are named in the closing line."""

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
    """The closing line: how many questions hold, what was refuted and flipped, what left out."""
    files = list(dict.fromkeys(one_line(one.place.file, 300) for one in report.unread))
    named = ", ".join(files[:FILES]) + (f" and {more} more" if (more := len(files[FILES:])) else "")
    if not report.questions:
        why = f"{named} cannot be read" if files else "there is no question to verify"
        return f"Nothing was verified: {why}."
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
        + (f" Left out, as it cannot be read: {named}." if files else "")
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
        "unread": [
            {
                "file": one.place.file,
                "line": one.place.line,
                "column": one.place.column,
                "message": one.message,
                "hint": one.hint,
            }
            for one in report.unread
        ],
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
    for problem in report.unread:
        mend = f" To mend it: {problem.hint}." if problem.hint else ""
        yield _command("error", problem.place, "deck", problem.message + mend)
    for result in report.results:
        for level, findings in (("error", result.problems), ("warning", result.warnings)):
            for one in findings:
                mend = f" To mend it: {one.hint}." if one.hint else ""
                yield _command(level, one.place, one.code, one.message + mend)


def _command(level: str, place: Place, title: str, message: str) -> str:
    where = (
        f"file={_escaped(place.file, parameter=True)},line={place.line},"
        f"col={place.column},title={_escaped(title, parameter=True)}"
    )
    return f"::{level} {where}::{_escaped(message)}"


def _escaped(words: str, parameter: bool = False) -> str:
    words = clean(words).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return words.replace(":", "%3A").replace(",", "%2C") if parameter else words


def junit(report: Report) -> str:
    """JUnit XML: a test case for each question (each source that fails, each file left out)."""
    pointer = Pointer(WIDE)
    unread: dict[str, list[Problem]] = {}
    for problem in report.unread:
        unread.setdefault(problem.place.file, []).append(problem)
    suite = ET.Element(
        "testsuite",
        name="quizcnn verify",
        tests=str(len(report.results) + len(unread)),
        failures=str(sum(not result.ok for result in report.results) + len(unread)),
    )
    for file, problems in unread.items():
        case = ET.SubElement(suite, "testcase", classname="deck", name=clean(file))
        failure = ET.SubElement(case, "failure", message=clean(problems[0].message))
        lines = [line for problem in problems for line in pointer.problem(problem)]
        failure.text = "\n".join(clean(line) for line in lines)
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
