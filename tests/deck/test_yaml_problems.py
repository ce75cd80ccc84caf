"""YAML's own traps are answered at their place with what to write instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from quizcnn.deck.messages import Problems
from quizcnn.deck.tree import DEPTH, NODES, Loader, grow

Expect = Callable[[str, str, str], None]
Text = Callable[..., str]

LOADERS: list[Loader] = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]

# Each within a question; the mark stands where the author has to mend it.
TRAPS = [
    ("ask: ‸{n}×{n} pixels", "begins with `{` is read as a mapping", "quotes"),
    ("ask: ‸[n] pixels", "begins with `[` is read as a list", "quotes"),
    ("ask: ‸*n", "`*n` is an alias", "quote"),
    ("ask: ‸*n pixels", "`*n` is an alias", "quote"),
    ("ask: ‸&n pixels", "`&n` is an anchor", "quote"),
    ("ask: ‸!important", "begins with `!` is a YAML tag", "quote"),
    ("ask: ‸!!str pixels", "begins with `!` is a YAML tag", "quote"),
    ("ask: ‸!important!so pixels", "begins with `!`", "quote"),
    ("ask: ‸!!python/object:os.system pixels", "begins with `!` is a YAML tag", "quote"),
    ("ask: ‸@home", "cannot begin with `@`", "quotes"),
    ("ask: ‸%n", "cannot begin with `%`", "quotes"),
    ("ask: ‸}", "cannot begin with `}`", "quotes"),
    ("ask: ‸, so", "cannot begin with `,`", "quotes"),
    ("ask: ‸> 5 pixels?", "after `>` the text begins on the next line", "quotes"),
    ("ask: ‸|5 pixels?", "after `|` the text begins on the next line", "quotes"),
    ("ask: ‸- is it?", "a list cannot begin on this line", "next line"),
    ("ask: What‸: is it?", "`: ` in a text", "quotes"),
    ("check: (lambda x‸: x)(n)", "YAML reads a part of this code", "write `check: |`"),
    ("check: for i in range(3)‸: n", "YAML reads a part of this code", "write `check: |`"),
    ("check‸:\n    f = lambda x: x\n    f(n)", "the lines of this code", "write `check: |`"),
    ("check:\n    ‸n: 3", "`check` must be code, not a mapping", "write `check: |`"),
    ("where: (lambda x‸: x)(n)", "`: ` in a text", 'put it into quotes: "(lambda x: x)(n)"'),
    ("ask: ‸'It's", "goes on after its closing quote", "quotes"),
    ('ask: ‸"So" it is', "goes on after its closing quote", "quotes"),
    ('ask: ‸"So it is', "never closed", "close it"),
    ("ask: See pooling ‸#23", "` #` begins a comment", "quote"),
    ("ask‸:How?", "no space after the colon", "name: value"),
    ("ask: a\n  hint‸: b", "indented further", "below each other"),
    ("vary: {n: ‸[1, 2", "never closed", "`]`"),
    ("vary: ‸{n: 1..2", "never closed", "`}`"),
    ("vary: ‸{n: [1, 2]\ntags: [b]", "never closed", "`}`"),
    ("claims:\n  - {say: One,\n     that: a‸: b}", "`: ` in a text within `{`", "quotes"),
    ("claims:\n  - ‸{say: One,\n     that: a\nhint: b", "this `{` is never closed", "`}`"),
    ("tags: [a]‸]", "`]` closes nothing", "quote"),
    ("claims:\n  - {say: Off by one‸: so, that: x}", "`: ` in a text within `{`", "quotes"),
    (
        "claims:\n  - {say: ‸One, two and three, that: x}",
        "ends at its comma",
        '"One, two and three"',
    ),
    ("given: {n: 8, f: 3, l: ‸Conv2d(1, 1, 3)}", "ends at its comma", '"Conv2d(1, 1, 3)"'),
    ("vary: {n: [‸max(1, 2), 3]}", "ends at its comma", '"max(1, 2)"'),
    ("source:\n  ref: a\n  ‸ref: b", "`ref` stands here a second time", "line 12"),
    ("given: {n: 8, f: 3, ‸n: 9}", "`n` stands here a second time", "line 8"),
    ("claims:\n  - ‸{a: b}: c", "a list or mapping as a key", "quote"),
    ("hint: b\n‸this is no field\nlevel: 1", "no `name: ` at its begin", "indent"),
    ("wrong:\n  - is: 3\n ‸because: no", "does not fit to those above it", "below each other"),
]

FILES = [
    ("‸%YAML 1.2\n---\n{deck}", "`%YAML 1.2` is a YAML directive", "delete"),
    ("‸%FOO\n---\n{deck}", "`%FOO` is a YAML directive", "delete"),
    ("# first\n\n‸%TAG ! tag:a.org,2000:\n---\n{deck}", "is a YAML directive", "delete"),
    ("{deck}‸---\nschema: 1\n", "a second document begins here", "a file of its own"),
    ("{deck}...\n‸schema: 1\n", "nothing can follow the end of the document", "`...`"),
    ("‸", "the file is empty", "schema: 1"),
    ("‸# only a comment\n", "the file is empty", "schema: 1"),
    ("‸- a\n- b\n", "must be a deck (a mapping), not a list", "schema: 1"),
    ("‸just words\n", "must be a deck (a mapping), not `just words`", "schema: 1"),
    ("a: [x" + ", x" * (NODES - 4) + ", ‸x]", f"more than {NODES:,} keys and values", "split"),
    ("a: " + "[" * (DEPTH - 1) + "‸[", f"nested more than {DEPTH} deep", "eight"),
    ("a: " + "[" * (DEPTH - 1) + "‸" + "[" * 100_000, f"nested more than {DEPTH} deep", ""),
]


@pytest.mark.parametrize(("lines", "message", "hint"), TRAPS, ids=[trap[0] for trap in TRAPS])
def test_a_trap_of_yaml_is_told_with_what_to_write(
    expect: Expect, question_with: Text, lines: str, message: str, hint: str
) -> None:
    """One problem, at the marked line and column, with a hint."""
    expect(question_with(lines), message, hint)


@pytest.mark.parametrize(("marked", "message", "hint"), FILES, ids=[case[0][:30] for case in FILES])
def test_a_file_that_is_more_or_less_than_one_document(
    expect: Expect, good: str, marked: str, message: str, hint: str
) -> None:
    expect(marked.replace("{deck}", good), message, hint)


@pytest.mark.parametrize("lines", [trap[0] for trap in TRAPS])
def test_both_parsers_of_pyyaml_see_the_same_fault(question_with: Text, lines: str) -> None:
    """A machine without libyaml tells an author the same."""
    text = question_with(lines).replace("‸", "")
    found = []
    for loader in LOADERS:
        problems = Problems()
        grow(text, "a.yaml", problems, loader)
        found.append(problems.sorted())
    assert found[0] == found[-1]


def test_both_parsers_of_pyyaml_grow_the_same_tree(good: str) -> None:
    trees = []
    for loader in LOADERS:
        problems = Problems()
        trees.append(grow(good, "a.yaml", problems, loader))
        assert not len(problems)
    assert trees[0] is not None
    assert trees[0] == trees[-1]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("written", "message"),
    [
        (r"\x1b[31m", "control character"),
        (r"\t", "control character"),
        (r"\u202e", "invisible format character"),
        (r"\ue000", "private-use character"),
        (r"\L", "line separator"),
        (r"\ud800", ""),
        (r"\U00110000", ""),
        (r"\UFFFFFFFF", ""),
        (r"\q", "backslash"),
    ],
)
def test_an_escape_cannot_bring_in_what_the_file_may_not_hold(
    loader: Loader, written: str, message: str
) -> None:
    """The place is within the quoted text, whichever parser reads it."""
    problems = Problems()
    grow(f'a: "is {written}"\n', "a.yaml", problems, loader)
    (problem,) = problems.sorted()
    assert message in problem.message
    assert problem.place.line == 1
    assert 4 <= problem.place.column <= 11


def test_aliases_cannot_make_a_small_file_large(
    problems_of: Callable[[str], tuple[object]],
) -> None:
    """A billion laughs is a handful of problems."""
    laughs = "a: &a [x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    assert len(problems_of(laughs)) < 60


def test_a_fault_of_syntax_comes_with_what_was_found_before_it(
    problems_of: Callable[[str], tuple[object, ...]], question_with: Text
) -> None:
    """A double key above is told as well."""
    assert len(problems_of(question_with("given: {n: 1, n: 2}\nanswer: [n] is"))) == 2
