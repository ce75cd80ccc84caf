"""Progress as lines of JSON: which kinds of line there are, and what stands in each."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from quizcnn.study.store.invariants import DAWN, END
from quizcnn.study.store.rows import LOG, STATE

FORMAT = "quizcnn progress"
VERSION = 1
HEADER = json.dumps({"format": FORMAT, "version": VERSION})

Line: TypeAlias = dict[str, Any]


class LineError(Exception):
    """What is wrong with a line, and what was expected."""


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in a field: told in words, and as a test."""

    expected: str
    fits: Callable[[Any], bool]


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _number(value: object) -> bool:
    return _whole(value, -(1 << 53), 1 << 53) or (isinstance(value, float) and math.isfinite(value))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(_unicode(each) for each in value)


def _unicode(value: object) -> bool:
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _optional(field: Field) -> Field:
    return Field(f"{field.expected}, or null", lambda value: value is None or field.fits(value))


def _scope(value: object) -> bool:
    return (
        isinstance(value, dict)
        and list(value) == ["decks", "tags", "ahead"]
        and _texts(value["decks"])
        and _texts(value["tags"])
        and _whole(value["ahead"], 0, 1 << 40)
    )


def _before(value: object) -> bool:
    return value is None or (
        isinstance(value, dict)
        and set(value) <= set(STATE)
        and all(_STATE[name].fits(value[name]) for name in value)
        and _whole_schedule(value)
        and ("last_review" in value) == ("stage" in value)
    )


def _whole_schedule(line: Mapping[str, Any]) -> bool:
    """Whether all that a schedule needs is there, or nothing of it."""
    stage, step = line.get("stage"), line.get("step")
    rest = [line.get(name) for name in ("stability", "difficulty", "due")]
    if stage is None:
        return rest == [None] * 3 and step is None
    if None in rest or (stage == 2) != (step is None):
        return False
    return bool(line["stability"] > 0 and 1 <= line["difficulty"] <= 10)


TEXT = Field("text", _unicode)
JSON = Field("JSON in a text", lambda value: _unicode(value) and _is_object(value))
KEY = Field("a key deck/id", lambda value: _unicode(value) and value.find("/") > 0)
COUNT = Field("a whole number from 0 on", lambda value: _whole(value, 0, 1 << 60))
FIRST = Field("a whole number from 1 on", lambda value: _whole(value, 1, 1 << 60))
MOMENT = Field("a moment in milliseconds since 1970", lambda value: _whole(value, DAWN, END))
NUMBER = Field("a number", _number)
STAGE = Field("1, 2 or 3", lambda value: _whole(value, 1, 3))
GRADE = Field("1, 2, 3 or 4", lambda value: _whole(value, 1, 4))
FLAG = Field("0 or 1", lambda value: _whole(value, 0, 1))

_STATE: Mapping[str, Field] = {
    "revision": FIRST,
    "stage": _optional(STAGE),
    "step": _optional(COUNT),
    "stability": _optional(NUMBER),
    "difficulty": _optional(NUMBER),
    "due": _optional(MOMENT),
    "last_review": _optional(MOMENT),
    "reviews": COUNT,
    "lapses": COUNT,
    "suspended": FLAG,
    "leech": FLAG,
    "buried": _optional(MOMENT),
}
_LOG: Mapping[str, Field] = {
    "revision": FIRST,
    "at": MOMENT,
    "right": FLAG,
    "grade": _optional(GRADE),
    "typed": TEXT,
    "computed": TEXT,
    "slip": TEXT,
    "variant": JSON,
    "took": COUNT,
    "before": _optional(STAGE),
    "stage": _optional(STAGE),
    "step": _optional(COUNT),
    "stability": _optional(NUMBER),
    "difficulty": _optional(NUMBER),
    "due": _optional(MOMENT),
}
KINDS: Mapping[str, Mapping[str, Field]] = {
    "session": {
        "session": FIRST,
        "mode": Field(
            '"study", "cram" or "exam"', lambda value: value in ("study", "cram", "exam")
        ),
        "scope": Field('{"decks": [...], "tags": [...], "ahead": 0}', _scope),
        "began": MOMENT,
        "ended": _optional(MOMENT),
        "plan": Field("a list of keys", _texts),
        "seconds": _optional(COUNT),
    },
    "card": {"card": KEY, **{name: _STATE[name] for name in STATE}},
    "answer": {"answer": KEY, "session": FIRST, **{name: _LOG[name] for name in LOG}},
    "act": {
        "act": Field(
            '"answer", "skip", "bury" or "suspend"',
            lambda value: value in ("answer", "skip", "bury", "suspend"),
        ),
        "key": KEY,
        "session": FIRST,
        "at": _optional(MOMENT),
        "before": Field("a card's fields, or null", _before),
    },
}
"""Each kind of line by its first field, with all its fields in their order."""


def written(kind: str, values: tuple[Any, ...]) -> str:
    """A line, in ASCII: whatever was typed cannot steer the terminal that it is printed on.

    >>> written("act", ("skip", "pooling/stride", 1, None, None))
    '{"act": "skip", "key": "pooling/stride", "session": 1, "at": null, "before": null}'
    """
    return json.dumps(dict(zip(KINDS[kind], values, strict=True)))


def read(raw: bytes) -> tuple[str, Line]:
    """A line's kind and its fields.

    Raises:
        LineError: it is not as it has to be.
    """
    line = _object(raw)
    kind = next(iter(line), "")
    if kind not in KINDS:
        raise LineError(
            f"expected a line that begins with {', '.join(map(repr, KINDS))}, found {kind!r}"
        )
    fields = KINDS[kind]
    for name in fields:
        if name not in line:
            raise LineError(f"expected a field {name!r}: {fields[name].expected}")
    for name, value in line.items():
        if name not in fields:
            raise LineError(f"there is no field {name!r} in a line of kind {kind!r}")
        if not fields[name].fits(value):
            raise LineError(
                f"{name!r} has to be {fields[name].expected}, found {json.dumps(value)[:60]}"
            )
    if kind == "answer" and (
        not _whole_schedule(line) or (line["grade"] is None) != (line["stage"] is None)
    ):
        raise LineError("the grade and what became of the schedule do not go together")
    return kind, line


def check_header(raw: bytes) -> None:
    """See that a file is ours and not newer.

    Raises:
        LineError: it is not, or it is.
    """
    line = _object(raw)
    version = line.get("version")
    if line.get("format") != FORMAT or not isinstance(version, int):
        raise LineError(f"expected {HEADER} as the first line: this is no exported progress")
    if version > VERSION:
        raise LineError(
            f"the file has version {version}, written by a newer quizcnn; this one reads versions "
            f"up to {VERSION}. Update quizcnn to import it"
        )


def _object(raw: bytes) -> Line:
    try:
        line = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise LineError(f"expected UTF-8, found the byte {raw[error.start]:#04x}") from error
    except (ValueError, RecursionError) as error:
        raise LineError(f"expected an object in JSON, found something else ({error})") from error
    if not isinstance(line, dict):
        raise LineError("expected an object in JSON, {...}")
    return line


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict) and text.startswith("{") and text.endswith("}")
    except (ValueError, RecursionError):
        return False


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
