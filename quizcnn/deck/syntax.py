"""What YAML's parser complains about, in words that say what to mend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from quizcnn.deck.messages import Problems, quoted
from quizcnn.deck.model import Place

_FIELD = re.compile(r" *(?:- +)*[\w-]+: +")
_VALUE = re.compile(r" *(?:- +)*(?:[\w-]+: +)?(?=[{\[\"'*&!])")
_CHECK = re.compile(r" *(?:- +)*check: *(?P<code>[^ |>].*)?")
_NO_SPACE = re.compile(r" *(?:- +)*[\w-]+:[^ ]")

_READ = "YAML reads a part of this code as its own"
_LITERAL = "write `check: |`, and the code on the lines below"
_PAIRS = {"]": "[", "}": "{"}
_QUOTE = 'put the whole text into quotes: "…"'
_INDENTATION = "the names of a mapping stand below each other, and so do the dashes of a list"
_BEGINS = {
    "{": "a text that begins with `{` is read as a mapping",
    "[": "a text that begins with `[` is read as a list",
    "*": "a text that begins with `*` is read as an alias",
    "&": "a text that begins with `&` is read as an anchor",
    "!": "a text that begins with `!` is read as a tag",
    '"': "the text goes on after its closing quote",
    "'": "the text goes on after its closing quote",
}


def place_of(mark: Any, lines: Sequence[str], file: str) -> Place:
    """The place of a mark, which counts from 0, of either of PyYAML's parsers.

    The file's end is the end of its last line, not the begin of one that is not there.
    """
    line = min(mark.line, max(len(lines) - 2, 0))
    column = mark.column if line == mark.line else len(lines[line])
    return Place(file, line + 1, column + 1)


def explain(
    error: yaml.MarkedYAMLError,
    lines: Sequence[str],
    file: str,
    bracket: Place | None,
    problems: Problems,
) -> None:
    """Report YAML's syntax error at the place where the author can mend it.

    `bracket` is where the innermost brace or bracket stands that is open still.
    """
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    if mark is None or context is None:
        problems.add(Place(file, 1, 1), f"this is not YAML: {error.problem}")
        return
    here, there = place_of(mark, lines, file), place_of(context, lines, file)
    line = lines[here.line - 1]
    problem = error.problem or ""
    coded = None if "quoted scalar" in (error.context or "") else _code(lines, here.line)
    if coded is not None and (bracket is None or bracket.line >= coded):
        place, message, hint = Place(file, coded, here.column), _READ, _LITERAL
        if coded != here.line:
            place = Place(file, coded, len(lines[coded - 1].rstrip()))
            message = "YAML reads the lines of this code as its own"
    elif bracket is not None and not _quote_or_character(error):
        place, message, hint = _flow(bracket, lines, here)
    else:
        place, message, hint = _words(problem, error.context or "", line, lines, here, there)
    if not problems.at(place):  # an alias, say, that was reported before the text went on
        problems.add(place, message, hint)


def _code(lines: Sequence[str], at: int) -> int | None:
    """The line of the `check:` without a `|` in whose code line `at` is; None where it is in none.

    A check on a line of its own counts where its code is there; a text in quotes does not.
    """
    own = _CHECK.fullmatch(lines[at - 1])
    if own:
        code = own["code"] or ""
        return at if code and code[0] not in "\"'" else None
    indent = _indent(lines[at - 1])
    for number in range(at - 1, 0, -1):
        line = lines[number - 1]
        if line.strip() and _indent(line) < indent:
            found = _CHECK.fullmatch(line)
            return number if found and not found["code"] else None
    return None


def _indent(line: str) -> int:
    """How far a line's name or text is indented, behind a list's dash."""
    return len(line) - len(line.lstrip(" -"))


def _words(
    problem: str, context: str, line: str, lines: Sequence[str], here: Place, there: Place
) -> tuple[Place, str, str]:
    column = here.column - 1
    if "mapping values are not allowed" in problem:
        return _colon(line, lines, here)
    if "sequence entries are not allowed" in problem:
        return (
            here,
            "a list cannot begin on this line",
            "begin it on the next line; a text that begins with `- ` needs quotes",
        )
    if "cannot start any token" in problem:
        return here, f"a text cannot begin with {quoted(line[column : column + 1])}", _QUOTE
    if "block scalar" in context:
        return (
            there,
            f"after {quoted(_character(lines, there))} the text begins on the next line",
            "begin it there, or put it into quotes",
        )
    if "quoted scalar" in context and ("end of stream" in problem or "document" in problem):
        return there, "this quote is never closed", "close it, or quote the text by the other kind"
    if "quoted scalar" in context:
        return (
            here,
            "a backslash that YAML cannot read",
            "write it twice, or use single quotes: there a backslash is a backslash",
        )
    if "could not find expected ':'" in problem:
        if _NO_SPACE.match(lines[there.line - 1]):
            return _no_space(lines[there.line - 1], there)
        return (
            there,
            "this line has no `name: ` at its begin",
            "indent it more than the line it continues, or quote the text",
        )
    if "tag" in problem or "tag" in context:
        return there, _BEGINS["!"], _QUOTE
    return _block(problem, line, here)


def _colon(line: str, lines: Sequence[str], here: Place) -> tuple[Place, str, str]:
    field = _FIELD.match(line)
    if field and field.end() < here.column:
        return here, "`: ` in a text", _quoted(line[field.end() :])
    above = lines[here.line - 2] if here.line > 1 else ""
    if _NO_SPACE.match(above):
        return _no_space(above, Place(here.file, here.line - 1))
    return here, "this line is indented further than the one above it", _INDENTATION


def _quoted(text: str) -> str:
    """How a text is to be quoted."""
    text = text.strip()
    if len(text) > 60 or ("'" in text and '"' in text):
        return _QUOTE
    mark = "'" if '"' in text else '"'
    return f"put it into quotes: {mark}{text}{mark}"


def _no_space(line: str, place: Place) -> tuple[Place, str, str]:
    place = Place(place.file, place.line, line.index(":") + 1)
    return place, "no space after the colon", "write `name: value`"


def _quote_or_character(error: yaml.MarkedYAMLError) -> bool:
    """Whether the fault is one of the text itself, within brackets or not."""
    return "quoted scalar" in (error.context or "") or "start any" in (error.problem or "")


def _flow(bracket: Place, lines: Sequence[str], here: Place) -> tuple[Place, str, str]:
    opened = lines[bracket.line - 1][bracket.column - 1]
    line = lines[here.line - 1]
    found = line[here.column - 1 : here.column]
    field = _FIELD.match(line)
    # A name with its colon at a line's begin is the next field: the bracket should have closed.
    if found and (here.line == bracket.line or (field and field.end() < here.column)):
        what = "`: ` in a text" if found == ":" else f"{quoted(found)} cannot stand here"
        return here, f"{what} within {quoted(opened)}", _QUOTE
    close = "}" if opened == "{" else "]"
    return bracket, f"this `{opened}` is never closed", f"write `{close}` at its end, or quote"


def _block(problem: str, line: str, here: Place) -> tuple[Place, str, str]:
    found = line[here.column - 1 : here.column]
    if found in ("]", "}") and line[: here.column].rstrip("]}").count(_PAIRS[found]):
        return here, f"{quoted(found)} closes nothing", "delete it, or quote the text"
    value = _VALUE.match(line)
    if value and value.end() < here.column - 1:
        place = Place(here.file, here.line, value.end() + 1)
        return place, _BEGINS[line[value.end()]], _QUOTE
    if "document start" in problem:
        return here, "nothing can follow the end of the document", "delete the `...` above"
    if "node content" in problem:
        return here, f"a text cannot begin with {quoted(found)}", _QUOTE
    return here, "this line does not fit to those above it", _INDENTATION


def _character(lines: Sequence[str], place: Place) -> str:
    return lines[place.line - 1][place.column - 1 : place.column]
