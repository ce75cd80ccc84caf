"""The JSON Schema of deck files, by which an editor completes and checks them while one writes.

It says what a schema can say. What it cannot (that a name is given, that code is of the check
language, that no id stands twice) the loader and `verify` say.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from quizcnn.deck.answers import OPTIONS
from quizcnn.deck.described import described
from quizcnn.deck.loader import SCHEMA
from quizcnn.deck.model import (
    MANY,
    Claim,
    Contrast,
    Deck,
    Equivalent,
    Kind,
    Option,
    Pick,
    Question,
    Source,
    Tolerance,
    Verdict,
    Wrong,
)
from quizcnn.deck.particulars import JUDGED
from quizcnn.deck.questions import FIELDS, NONE_YET
from quizcnn.deck.questions import LONGEST as LONGEST_TIME
from quizcnn.deck.scalars import LONGEST, LONGEST_LINE

Schema: TypeAlias = dict[str, Any]

FILE = "deck.schema.json"
"""What the schema's file is called, beside the decks."""

FIRST_LINE = f"# yaml-language-server: $schema={FILE}"
"""A deck's first line, by which an editor finds the schema."""

NAME = "[a-z0-9]+(-[a-z0-9]+)*"


def schema_text() -> str:
    """The schema as a file has it."""
    return json.dumps(deck_schema(), ensure_ascii=False, indent=2) + "\n"


def keep_beside(deck: Path) -> None:
    """Write the schema beside a deck, where none is there: the deck's first line names it.

    Raises OSError where it cannot be written.
    """
    with suppress(FileExistsError), deck.with_name(FILE).open("x", encoding="utf-8") as opened:
        opened.write(schema_text())


def deck_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a deck file of this version."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A deck of quizcnn",
        **_mapping(
            Deck,
            {
                "schema": {"const": SCHEMA},
                "deck": _name(),
                "title": _ref("line"),
                "about": _ref("text"),
                "questions": _list(_ref("question")),
            },
            required=("schema", "deck", "title", "questions"),
        ),
        "$defs": _shared() | {"question": _question()},
    }


def _shared() -> dict[str, Schema]:
    """What several fields have in common. A text may look like a number or a truth value."""
    scalar = {"type": ["string", "number", "boolean"]}
    return {
        "line": scalar | {"pattern": r"^\s*\S.*$", "maxLength": LONGEST_LINE},
        "text": scalar | {"pattern": r"\S", "maxLength": LONGEST},
        "code": scalar | {"pattern": r"\S"},
        "expression": {"anyOf": [_ref("code"), {"type": "array", "items": _ref("expression")}]},
        "name": {
            "pattern": "^[A-Za-z][A-Za-z0-9_]*$",
            "not": {"enum": ["seed", *keyword.kwlist]},
        },
        "givens": {
            "type": "object",
            "propertyNames": _ref("name"),
            "additionalProperties": _ref("expression"),
        },
        "option": _mapping(
            Option, {"text": _ref("text"), "given": _ref("givens")}, required=("text",)
        ),
        "wrong": _mapping(
            Wrong,
            {
                "is": _ref("expression"),
                "given": _ref("givens"),
                "text": _ref("text"),
                "because": _ref("text"),
            },
            required=("because",),
        ),
    }


def _question() -> Schema:
    forms = _fields()
    unknown = set(FIELDS) ^ set(forms)
    if unknown:
        raise ValueError(f"fields without a form, or forms without a field: {sorted(unknown)}")
    needed = ("id", "kind", "ask", "answer", "check")
    kinds = [_only(kind) for kind in Kind]
    return _mapping(Question, {name: forms[name] for name in FIELDS}, needed) | {
        "dependentRequired": {"where": ["vary"]},
        "allOf": kinds,
    }


def _fields() -> dict[str, Schema]:
    """The form of each field of a question, as far as it is the same for all kinds."""
    contrast = _mapping(
        Contrast,
        {"given": _altered(), "check": _ref("code"), "because": _ref("text")},
        required=("because",),
    )
    claim = _mapping(Claim, {"say": _ref("text"), "that": _ref("expression")}, ("say", "that"))
    same = _mapping(
        Equivalent, {"change": _ref("text"), "because": _ref("text")}, ("change", "because")
    )
    return {
        "id": _name(),
        "kind": _enum(Kind),
        "ask": _ref("text"),
        "answer": {},
        "check": _ref("code"),
        "given": _ref("givens"),
        "vary": {
            "type": "object",
            "propertyNames": _ref("name"),
            "additionalProperties": {
                "anyOf": [
                    {"type": "string", "pattern": r"^\s*[-+]?[0-9]+ *\.\. *[-+]?[0-9]+\s*$"},
                    _list(_ref("expression"), MANY),
                ]
            },
        },
        "where": _ref("expression"),
        "wrong": _list(_ref("wrong")),
        "contrast": _list(contrast | {"anyOf": [_has("given"), _has("check")]}),
        "claims": _list(claim),
        "pick": {"enum": [*_enum(Pick)["enum"], True]},  # without quotes it is a truth value
        "tolerance": _mapping(Tolerance, {"abs": _number(), "rel": _number()})
        | {"minProperties": 1},
        "unit": _ref("line"),
        "layout": _ref("line"),
        "hint": _ref("text"),
        "explain": _ref("text"),
        "tags": _lines(),
        "level": {"type": "integer", "minimum": 1, "maximum": 3},
        "needs": _list(_name(deck=True)) | {"uniqueItems": True},
        "source": _source(),
        "timeout": _number(LONGEST_TIME),
        "was": _list(_name(deck=True)) | {"uniqueItems": True},
        "revision": {"type": "integer", "minimum": 1},
        "allow": {"type": "object", "additionalProperties": _ref("text")},
        "equivalent": _list(same),
    }


def _only(kind: Kind) -> Schema:
    """What holds of questions of one kind: their answers, and the fields that do not fit."""
    fields: dict[str, Any] = {name: False for name, fits in FIELDS.items() if kind not in fits}
    fields["answer"] = _answer(kind)
    if "wrong" not in fields:
        fields["wrong"] = {"items": _wrong(kind)}
    then: dict[str, Any] = {"properties": fields}
    if kind is Kind.CHOICE:
        then["required"] = ["wrong"]
    if kind is Kind.RECALL:
        unchecked = {"properties": {"check": {"const": NONE_YET}}}
        then["anyOf"] = [unchecked, _has("claims")]
    return {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": then}


def _answer(kind: Kind) -> Schema:
    match kind:
        case Kind.TRUE_FALSE:
            return {"type": "boolean"}
        case Kind.CHOICE:
            return {"anyOf": [_ref("option"), _list(_ref("option"), OPTIONS)]}
        case Kind.TEXT:
            return {"anyOf": [_ref("line"), _lines()]}
        case Kind.ORDER:
            return _lines() | {"minItems": 2, "maxItems": OPTIONS}
        case Kind.RECALL:
            return _ref("text")
        case _:
            return _ref("expression") | {"not": {"type": "boolean"}}


def _wrong(kind: Kind) -> Schema:
    """A wrong answer of a kind: an option, or exactly one of the ways to say what it is."""
    if kind is Kind.CHOICE:
        return _has("text") | {"properties": {"is": False}}
    slip = {"given": _altered()}
    if kind is Kind.TEXT:
        return {"oneOf": [_has("is"), _has("given"), _has("text")], "properties": slip}
    return {"oneOf": [_has("is"), _has("given")], "properties": slip | {"text": False}}


def _altered() -> Schema:
    """Givens of which one at least is altered."""
    return _ref("givens") | {"minProperties": 1}


def _source() -> Schema:
    fields = {
        "ref": _ref("line"),
        "verdict": _enum(Verdict),
        "says": _ref("text"),
        "correction": _ref("text"),
    }
    judged = {"properties": {"verdict": {"enum": list(JUDGED)}}, "required": ["verdict"]}
    then = {"required": ["says", "correction"]}
    return _mapping(Source, fields, ("ref",)) | {"if": judged, "then": then}


def _mapping(form: type, fields: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """A mapping with the fields of one of the model's classes and no others."""
    words = described(form)
    if set(words) != set(fields):
        raise ValueError(f"{form.__name__} describes other fields: {set(words) ^ set(fields)}")
    mapping = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": words[name], **schema} for name, schema in fields.items()
        },
    }
    needed = list(required)
    return mapping | ({"required": needed} if needed else {})


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _has(name: str) -> Schema:
    return {"required": [name]}


def _name(deck: bool = False) -> Schema:
    """A permanent name; where `deck`, perhaps with its deck before it."""
    pattern = f"{NAME}(/{NAME})?" if deck else NAME
    return {"type": ["string", "integer"], "pattern": rf"^\s*{pattern}\s*$"}


def _list(item: Schema, most: int | None = None) -> Schema:
    found = {"type": "array", "minItems": 1, "items": item}
    return found if most is None else found | {"maxItems": most}


def _lines() -> Schema:
    return _list(_ref("line")) | {"uniqueItems": True}


def _enum(words: type[StrEnum]) -> Schema:
    return {"enum": [word.value for word in words]}


def _number(most: float | None = None) -> Schema:
    found = {"type": "number", "exclusiveMinimum": 0}
    return found if most is None else found | {"maximum": most}
