"""A report in Markdown, for a pull request's comment or a workflow's summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizcnn.deck.pointing import Pointer
from quizcnn.display import clean, one_line
from quizcnn.verify.report import Finding, Report
from quizcnn.verify.reporting import WIDE, summary, told

MOST = 50
"""So many questions that fail are told in full, as a comment has its limits; the others by name."""


def markdown(report: Report) -> Iterator[str]:
    """Lines of Markdown: whether all holds, each question that fails in full, the warnings.

    What decks say stands between fences or as code, so that none of it is taken for Markdown.
    """
    pointer = Pointer(WIDE)
    yield f"## {'✅' if report.ok and not report.unread else '❌'} {summary(report)}"
    if report.unread:
        yield "\n### What cannot be read\n"
        yield from _fenced([clean(line) for one in report.unread for line in pointer.problem(one)])
    failing = [result for result in report.results if not result.ok]
    for result in failing[:MOST]:
        yield f"\n### {_code(result.key)}\n"
        yield from _fenced([clean(line) for line in told(result, pointer)])
    if failing[MOST:]:
        yield f"\n{len(failing) - MOST} more fail:\n"
        yield from (f"- {_code(result.key)}" for result in failing[MOST:])
    warnings = [warning for result in report.results for warning in result.warnings]
    if warnings:
        yield f"\n### {len(warnings)} warnings\n"
        yield from _listed(warnings[:MOST])
        if warnings[MOST:]:
            yield f"- and {len(warnings) - MOST} more"


def _listed(findings: list[Finding]) -> Iterator[str]:
    for one in findings:
        yield f"- {_code(str(one.place))} {_code(f'{one.message} [{one.code}]')}"


def _code(words: str) -> str:
    """Words as code within a line, in more backticks than they hold in a row."""
    words = one_line(words, 500)
    ticks = "`" * (_longest(words) + 1)
    return f"{ticks} {words} {ticks}" if "`" in words else f"`{words}`"


def _fenced(lines: list[str]) -> Iterator[str]:
    fence = "`" * max(3, max(map(_longest, lines), default=0) + 1)
    yield f"{fence}text"
    for line in lines:
        # GitHub's runner would take such a line in a log for a command
        yield f"· {line}" if line.lstrip().startswith(("::", "##[")) else line
    yield fence


def _longest(words: str) -> int:
    """The most backticks in a row."""
    return max(map(len, re.findall("`+", words)), default=0)
