"""Whatever a file holds, it is a deck or a list of problems within the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizcnn.deck.loader import read_deck
from quizcnn.deck.messages import Problems
from quizcnn.deck.questions import FIELDS
from quizcnn.deck.sources import load_sources
from quizcnn.deck.tree import LOADER, Loader, grow

PATH = Path("any.yaml")
PIECES = [
    *":-,{}[]'\"#&*!|>%@`?~=.()\\\t\x00\u2028𝔘×é",
    *(" ", "\n", "\r\n", "  ", "\n    ", "\n  - ", ": ", " #", "---\n", "...\n", "{{", "{n}"),
    *("null", "true", "no", "012", "1e999", "4..32", "9" * 200, "&a ", "*a", "!!str ", "<<: "),
    *("id: a\n", "kind: choice", "given: {", "wrong:\n", "is: ", '"\\u202e"', "|\n", "seed: 1"),
]
PROFILE = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])

SLOWER = settings(PROFILE, max_examples=50)

scalars = st.one_of(
    st.sampled_from([True, False, None, 0, 1, 3, 1.5, -1, 10**30, "", "n", "{n}", "4..6", "a b"]),
    st.sampled_from(["number", "choice", "recall", "order", "text", "max", "wrong", "one", "{"]),
)
names = st.sampled_from([*FIELDS, "text", "is", "because", "say", "that", "ref", "abs", "n", "f"])
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["number", "shape", "array", "choice", "true_false", "text", "order", "recall"]
)


def check(data: bytes) -> None:
    """The loader gives a deck or problems, and every problem points into the file."""
    deck, problems = read_deck(data, PATH)
    assert (deck is None) == bool(problems)
    lines = data.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    for problem in problems:
        assert problem.message
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    assert list(problems) == sorted(problems, key=lambda problem: problem.place)


@PROFILE
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check(data)


@PROFILE
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_pieces_of_yaml(pieces: list[str]) -> None:
    check("".join(pieces).encode())


@PROFILE
@given(data=st.data())
def test_a_good_deck_with_something_cut_out_and_put_in(good: str, data: st.DataObject) -> None:
    text = good
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.sampled_from([0, 0, 1, 2, 5, 30]))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[start + length :]
    check(text.encode())


@SLOWER
@given(kind=KINDS, questions=st.lists(st.dictionaries(names, trees, max_size=8), max_size=3))
def test_any_values_of_known_fields(kind: str, questions: list[dict[str, Any]]) -> None:
    """JSON is YAML: every field gets values of every shape."""
    own = [{"kind": kind, "id": "one"} | question for question in questions]
    deck = {"schema": 1, "deck": "any", "title": "Any", "questions": own}
    check(json.dumps(deck, indent=1, ensure_ascii=False).encode())


@PROFILE
@given(st.lists(st.sampled_from(PIECES), max_size=25))
@pytest.mark.skipif(not yaml.__with_libyaml__, reason="there is only one parser here")
def test_pyyamls_own_parser_reports_as_well(pieces: list[str]) -> None:
    """Without libyaml there is no exception either."""
    slow, fast = Problems(), Problems()
    loaders: list[tuple[Loader, Problems]] = [(yaml.SafeLoader, slow), (LOADER, fast)]
    text = "".join(piece for piece in pieces if piece.isprintable() or piece == "\n") + "\n"
    slow_tree, fast_tree = (grow(text, "a.yaml", into, loader) for loader, into in loaders)
    if not len(fast) and not len(slow) and fast_tree is not None:
        assert type(slow_tree) is type(fast_tree)


@SLOWER
@given(st.dictionaries(st.sampled_from(["schema", "document", "title", "entries"]), trees))
def test_any_values_in_the_list_of_sources(
    tmp_path_factory: pytest.TempPathFactory, root: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("sources") / "sources.yaml"
    path.write_text(json.dumps(root), encoding="utf-8")
    entries, problems = load_sources(path)
    assert problems or entries
