"""The JSON Schema says of decks what the loader says, as far as a schema can."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from quizcnn.deck import described, schema
from quizcnn.deck.described import fields_table
from quizcnn.deck.model import Kind, Pick, Question, Verdict
from quizcnn.deck.questions import FIELDS
from quizcnn.deck.schema import FILE, FIRST_LINE, deck_schema, schema_text

FOLDER = Path(__file__).parents[2] / "questions"
DECKS = [file for file in sorted(FOLDER.glob("*.yaml")) if file.name != "sources.yaml"]


class Core(yaml.SafeLoader):
    """Reads YAML as an editor does: by the core schema of YAML 1.2, `on` and `3:30` being texts."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.endswith((":null", ":merge"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_SIGNED = list("-+0123456789")
Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), _SIGNED)
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    [*_SIGNED, "."],
)


def faults(text: str) -> list[str]:
    """What the schema finds wrong with a deck."""
    validator = Draft202012Validator(deck_schema())
    return [error.message for error in validator.iter_errors(yaml.load(text, Core))]


def test_it_is_a_schema_itself() -> None:
    Draft202012Validator.check_schema(deck_schema())


@pytest.mark.parametrize("file", DECKS, ids=lambda file: file.name)
def test_every_built_in_deck_fits_it_and_names_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert faults(text) == []
    assert text.startswith(FIRST_LINE + "\n")
    assert (file.parent / FILE).is_file()


def test_a_deck_of_all_kinds_and_fields_fits_it(good: str) -> None:
    assert faults(good) == []


def test_the_schema_beside_the_built_in_decks_is_this_one() -> None:
    """Whoever alters the model runs `python scripts/reference.py`."""
    assert (FOLDER / FILE).read_text(encoding="utf-8") == schema_text()


def test_it_lists_the_fields_kinds_and_words_of_the_model() -> None:
    question = deck_schema()["$defs"]["question"]
    assert list(question["properties"]) == list(FIELDS)
    assert question["properties"]["kind"]["enum"] == [kind.value for kind in Kind]
    assert set(question["properties"]["pick"]["enum"]) >= {pick.value for pick in Pick}
    verdict = question["properties"]["source"]["properties"]["verdict"]
    assert verdict["enum"] == [verdict.value for verdict in Verdict]


def test_every_field_is_described() -> None:
    def properties(part: Any) -> list[tuple[str, Any]]:
        if isinstance(part, dict):
            found = (
                list(part["properties"].items())
                if "additionalProperties" in part and isinstance(part.get("properties"), dict)
                else []
            )
            return found + [each for inner in part.values() for each in properties(inner)]
        return (
            [each for inner in part for each in properties(inner)] if isinstance(part, list) else []
        )

    found = properties(deck_schema())
    assert len(found) > len(FIELDS)
    assert [name for name, form in found if not form.get("description")] == []


BROKEN = [
    ("number", "tolerence: {abs: 1}"),
    ("number", "kind: nunber"),
    ("number", "id: Output Size"),
    ("number", "ask: ''"),
    ("number", "ask: [n]"),
    ("number", "answer: true"),
    ("number", "answer: {n: 1}"),
    ("number", "pick: max"),
    ("number", "layout: height"),
    ("number", "tolerance: {}"),
    ("number", "tolerance: {abs: 0}"),
    ("number", "tolerance: {abs: -1}"),
    ("number", "level: 4"),
    ("number", "level: 1.5"),
    ("number", "timeout: 31"),
    ("number", "revision: 0"),
    ("number", "tags: [a, a]"),
    ("number", "tags: []"),
    ("number", "tags: one"),
    ("number", "where: n > 1"),
    ("number", "vary: {n: 4}"),
    ("number", "vary: {n: []}"),
    ("number", "given: [n]"),
    ("number", "given: {seed: 1}"),
    ("number", "given: {for: 1}"),
    ("number", "given: {_n: 1}"),
    ("number", "wrong: [{is: n}]"),
    ("number", "wrong: [{because: It is.}]"),
    ("number", "wrong: [{is: n, given: {n: 1}, because: It is.}]"),
    ("number", "wrong: [{text: n, because: It is.}]"),
    ("number", "wrong: [{given: {}, because: It is.}]"),
    ("number", "contrast: [{because: It is.}]"),
    ("number", "contrast: [{given: {n: 1}}]"),
    ("number", "claims: [{say: It is}]"),
    ("number", "source: {verdict: confirmed}"),
    ("number", "source: {ref: 'x#1', verdict: right}"),
    ("number", "source: {ref: 'x#1', verdict: wrong}"),
    ("number", "needs: [Output Size]"),
    ("number", "allow: [giveaway]"),
    ("true_false", "answer: maybe"),
    ("true_false", "answer: 'true'"),
    ("choice", "answer: one"),
    ("choice", "pick: most"),
    ("choice", "wrong: [{is: 1, because: One.}]"),
    ("choice", "unit: pixels"),
    ("order", "answer: [one]"),
    ("order", "answer: one"),
    ("text", "answer: {text: one}"),
    ("recall", "answer: [one]"),
    ("recall", "wrong: [{is: 1, because: One.}]"),
]


@pytest.mark.parametrize(("kind", "lines"), BROKEN, ids=lambda each: each)
def test_what_breaks_the_form_is_refused_by_it_as_by_the_loader(
    kind: str,
    lines: str,
    question_with: Callable[..., str],
    problems_of: Callable[[str], Any],
) -> None:
    assert faults(question_with("", kind=kind)) == []
    text = question_with(lines, kind=kind)
    assert problems_of(text)
    assert faults(text)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("field", ["id", "ask", "answer", "check"])
def test_a_question_that_lacks_a_field_is_refused(
    kind: str, field: str, question_with: Callable[..., str]
) -> None:
    assert faults(question_with("", kind=kind, without=field))


def test_a_choice_needs_wrong_options_and_a_card_its_claims(
    question_with: Callable[..., str],
) -> None:
    assert faults(question_with("", kind="choice", without="wrong"))
    assert faults(question_with("", kind="recall", without="claims"))
    assert faults(question_with("check: none yet", kind="recall", without="claims")) == []


@pytest.mark.parametrize(
    "lines",
    [
        "answer: no\ncheck: \"'no'\"\nkind: text",
        "ask: 3",
        "title: 2012",
        "vary: {n: 4..32}",
        "vary: {n: [4, max_pool2d]}",
        "needs: [other/one]",
        "check: none yet",
    ],
)
def test_what_the_loader_reads_is_not_refused(
    lines: str, question_with: Callable[..., str], read: Callable[[str], Any]
) -> None:
    text = (
        question_with(lines)
        if "title" not in lines
        else question_with().replace("title: Pooling", lines)
    )
    assert read(text)
    assert faults(text) == []


def test_a_docstring_that_lists_no_fields_or_more_is_refused() -> None:
    class Silent:
        """Says nothing."""

    class Chatty:
        """Says too much.

        In the file:

        - `one`: the first
        and something else
        """

    for form in (Silent, Chatty):
        with pytest.raises(ValueError, match="lists no fields"):
            described.described(form)


def test_the_authors_guide_has_the_table_of_this_model() -> None:
    """Whoever alters the model runs `python scripts/reference.py`."""
    document = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert document == described.put_in(document)
    assert all(f"| `{name}` | " in fields_table() for name in described.described(Question))
    with pytest.raises(ValueError, match="no place"):
        described.put_in("nothing")


def test_the_command_prints_it_or_writes_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quizcnn", "schema"]
    printed = subprocess.run(command, capture_output=True, timeout=60, check=True)
    assert json.loads(printed.stdout) == deck_schema()
    file = tmp_path / schema.FILE
    subprocess.run([*command, "--output", str(file)], capture_output=True, timeout=60, check=True)
    assert file.read_text(encoding="utf-8") == schema_text()
    refused = subprocess.run(
        [*command, "--output", str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 2
    assert "cannot be written" in refused.stderr
