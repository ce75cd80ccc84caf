"""Questions written into a deck's file: added at its end, all that stands there left as it is."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from quizcnn.check.job import Given
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Deck, Problem

_PLAIN = re.compile(r"[A-Za-z0-9(×][^\n]*")
_OTHERS = yaml.SafeLoader.yaml_implicit_resolvers
"""By first character what readers of YAML 1.1, such as many editors, take for no text."""
_NUMBER = re.compile(r"[-+.]?[0-9][-+0-9._eExXoO]*")
_FLOW = re.compile(r"[,\[\]{}?]")


class WritingError(Exception):
    """A question cannot be added; `problems` say what would be wrong with the file then."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


def scalar(value: Given, flow: bool = False) -> str:
    """A value as YAML, quoted where it has to be; `flow` is within braces or brackets.

    >>> scalar("n - f + 1"), scalar("a: b"), scalar("true"), scalar("f(a, b)", flow=True)
    ('n - f + 1', '"a: b"', '"true"', '"f(a, b)"')
    >>> scalar('"none"'), scalar("NO"), scalar("3:30")
    ('\\'"none"\\'', '"NO"', '"3:30"')
    """
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else repr(value)
    safe = (
        _PLAIN.fullmatch(value)
        and ": " not in value
        and " #" not in value
        and not value.endswith((":", " "))
        and not any(other.match(value) for _, other in _OTHERS.get(value[0], ()))
        and value.lower() not in ("true", "false", "null")
        and not _NUMBER.fullmatch(value)
        and not (flow and _FLOW.search(value))
    )
    if safe:
        return value
    if '"' in value and "'" not in value and "\n" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def flow(values: Mapping[str, Given]) -> str:
    """A mapping in braces: `{n: 8, f: 3}`."""
    return "{" + ", ".join(f"{name}: {scalar(value, True)}" for name, value in values.items()) + "}"


def sequence(values: Sequence[str]) -> str:
    """Texts as a list in brackets: `[LeNet-5, AlexNet]`."""
    return f"[{', '.join(scalar(value, True) for value in values)}]"


def field(name: str, value: str, code: bool = False) -> list[str]:
    """A field with a text: on its line, or as a block where it has several or is `code`."""
    lines = value.split("\n")
    if len(lines) > 1 or (code and scalar(value) != value):
        return [f"{name}: |", *(f"  {line}" if line else "" for line in lines)]
    return [f"{name}: {scalar(value)}"]


def added(text: str, question: Sequence[str], path: Path) -> tuple[str, Deck]:
    """A deck's text with one more question at its end, given by its lines, and the deck it makes.

    Raises WritingError where the file is not read as it was before with that question added.
    """
    before, problems = read_deck(text.encode(), path)
    if before is None and not text.rstrip().endswith("\nquestions:"):
        raise WritingError("The deck has problems already: mend them first.", problems)
    indent = _indent(text.split("\n")[: before.questions[-1].place.line]) if before else 2
    first, *others = question
    body = [f"{' ' * indent}- {first}"]
    body += [f"{' ' * (indent + 2)}{line}" if line else "" for line in others]
    ending = "\r\n" if "\r\n" in text else "\n"
    begin = text if text.endswith("\n") else text + ending
    whole = begin + ending.join(["", *body, ""])
    after, problems = read_deck(whole.encode(), path)
    kept = before.questions if before else ()
    if after is None:
        raise WritingError("With this question the deck could not be read.", problems)
    if after.questions[:-1] != kept:
        raise WritingError("The deck does not end with its questions, so none can be added there.")
    return whole, after


def _indent(lines: Sequence[str]) -> int:
    """How far the dash is indented with which the last of these lines' question begins."""
    for line in reversed(lines):
        if line.lstrip(" ").startswith("-"):
            return len(line) - len(line.lstrip(" "))
    return 2


def replace_file(path: Path, text: str) -> None:
    """Write a file anew in one step: whatever happens, it is as it was or as it is to be.

    Raises OSError where it cannot be written.
    """
    real = path.resolve()
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        mode = real.stat().st_mode & 0o777 if real.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
