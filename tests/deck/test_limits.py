"""Files that were made to keep the loader busy are refused early; large honest ones are read."""

from __future__ import annotations

import os
import runpy
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.deck.answers import OPTIONS
from quizcnn.deck.catalog import Catalog
from quizcnn.deck.characters import LINES, SUSPECTS
from quizcnn.deck.fields import PLACEHOLDERS
from quizcnn.deck.files import LARGEST
from quizcnn.deck.loader import load_deck, read_deck
from quizcnn.deck.messages import LIMIT, LONGEST_WORD, MOST_NAMES, SOUGHT, Problems, did_you_mean
from quizcnn.deck.model import Problem
from quizcnn.deck.scalars import LONGEST, LONGEST_LINE
from quizcnn.deck.sources import load_sources
from quizcnn.deck.tree import KEY

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
INPUTS = dict(runpy.run_path(str(BENCHMARKS / "loader_inputs.py"))["inputs"](64 << 10))
HONEST = {"1 200 small questions", "wide questions", "ranges", "one unassigned character"}

Expect = Callable[[str, str, str], None]
ProblemsOf = Callable[[str], tuple[Problem, ...]]
Text = Callable[..., str]


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_a_file_made_to_keep_the_loader_busy_is_refused_with_places(name: str) -> None:
    """Each problem is one line that can be shown, in the file; no more than a hundred are told."""
    text = INPUTS[name]
    deck, problems = read_deck(text.encode("utf-8", "surrogateescape"), Path("a.yaml"))
    assert (deck is None) == bool(problems)
    assert bool(problems) or name in HONEST
    assert len(problems) <= LIMIT + 1
    lines = text.count("\n") + 1
    for problem in problems:
        assert 1 <= problem.place.line <= lines
        assert len(problem.message) < 400
        assert len(problem.hint) < 1200
        assert problem.message.isprintable()
        assert problem.hint.isprintable()


RANGES = """schema: 1
deck: a
title: A
questions:
""" + "".join(
    f"  - {{id: q{number}, kind: number, ask: a, answer: 1, check: '1', given: {{a: 1}}, "
    "vary: {a: 0..9999}}\n"
    for number in range(60)
)


@pytest.mark.parametrize("text", [RANGES, INPUTS["long names over each other"]])
def test_reading_takes_little_memory(text: str) -> None:
    """Not the 600 000 numbers of 60 ranges, nor names joined to names without end."""
    data = text.encode()
    tracemalloc.start()
    try:
        read_deck(data, Path("a.yaml"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20


def test_a_thousand_small_questions_are_read() -> None:
    """A file of usual questions holds some 300; of small ones, a thousand."""
    questions = "".join(
        f"  - id: q{number}\n    kind: number\n    ask: What is {{n}} and 1?\n"
        f"    given: {{n: {number}}}\n    answer: n + 1\n    check: n + 1\n"
        "    contrast: [{given: {n: 0}, because: None.}]\n"
        for number in range(1000)
    )
    head = "schema: 1\ndeck: sums\ntitle: Sums\nquestions:\n"
    deck, problems = read_deck((head + questions).encode(), Path("sums.yaml"))
    assert not problems
    assert deck is not None
    assert len(deck.questions) == 1000


def test_more_lines_than_a_deck_needs_are_refused_before_yaml_sees_them(
    expect: Expect, good: str
) -> None:
    blank = LINES - good.count("\n")
    assert not read_deck((good + "\n" * blank).encode(), Path("a.yaml"))[1]
    expect(good + "\n" * blank + "‸\n", f"more than {LINES:,} lines", "split")


def test_a_name_has_an_end(expect: Expect, question_with: Text) -> None:
    expect(
        question_with(f"‸{'k' * (KEY + 1)}: 1"), f"a name of more than {KEY} characters", "short"
    )


@pytest.mark.parametrize(
    ("field", "most"),
    [("ask", LONGEST), ("hint", LONGEST), ("explain", LONGEST), ("unit", LONGEST_LINE)],
)
def test_a_text_has_an_end(
    expect: Expect, read: Callable[[str], object], question_with: Text, field: str, most: int
) -> None:
    """The longest that is allowed is read."""
    read(question_with(f"{field}: {'a' * most}"))
    message = f"`{field}` has more than {most:,} characters"
    expect(question_with(f"{field}: ‸{'a' * (most + 1)}"), message, "shorten")


def test_a_text_takes_a_number_of_values(
    expect: Expect, read: Callable[[str], object], question_with: Text
) -> None:
    """Each may be long, and the text would grow without end."""
    read(question_with("ask: a" + "{n}" * PLACEHOLDERS))
    expect(question_with("ask: ‸a" + "{n}" * (PLACEHOLDERS + 1)), "more than 100 braces", "fewer")


def test_a_choice_has_as_many_options_as_there_are_letters(
    expect: Expect, read: Callable[[str], object], question_with: Text
) -> None:
    wrong = [f"{{text: t{number}, given: {{k: 1}}, because: b}}" for number in range(OPTIONS)]
    few = f"wrong: [{', '.join(wrong[1:])}]"
    read(question_with(few, kind="choice"))
    many = "answer: ‸{text: none, given: {k: 0}}\n" + f"wrong: [{', '.join(wrong)}]"
    expect(question_with(many, kind="choice"), f"more than {OPTIONS} options", "letters a to h")


def test_an_order_has_as_many_items_as_there_are_letters(
    expect: Expect, read: Callable[[str], object], question_with: Text
) -> None:
    items = [f"item {number}" for number in range(OPTIONS + 1)]
    read(question_with(f"answer: [{', '.join(items[1:])}]", kind="order"))
    text = f"answer: ‸[{', '.join(items)}]"
    expect(question_with(text, kind="order"), f"more than {OPTIONS} items", "letters a to h")


def test_a_file_with_many_sorts_of_unprintable_characters_is_refused(good: str) -> None:
    """One that Unicode may assign one day is not."""
    path = Path("a.yaml")
    assert not read_deck((good + "# \u0378").encode(), path)[1]
    strange = "".join(map(chr, range(0x50000, 0x50000 + SUSPECTS + 1)))
    _, (first, *_) = read_deck((good + "# " + strange).encode(), path)
    assert "U+50000, one of 101 characters that cannot be shown" in first.message


def test_a_near_name_is_sought_among_few_names_for_short_words() -> None:
    names = [f"strided-convolution-{number}" for number in range(MOST_NAMES)]
    assert "strided-convolution-7`" in did_you_mean("stride-convolution-7", names)
    assert did_you_mean("stride-convolution-7", [*names, "one-more"]) == ""
    long = "a" * LONGEST_WORD
    assert "did you mean" in did_you_mean(long, [long[1:] + "b"])
    assert "did you mean" not in did_you_mean(long + "a", [long])


def test_near_names_are_sought_for_the_first_words_of_a_file_only() -> None:
    problems = Problems()
    found = [problems.did_you_mean("strided-convolutoin", ["strided-convolution"])] * 2
    for _ in range(SOUGHT // 19):
        found.append(problems.did_you_mean("strided-convolutoin", ["strided-convolution"]))
    assert "did you mean" in found[0]
    assert found[-1] == ""


def test_reading_a_list_of_sources_stops_too(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("schema: 1\ndocument: d\ntitle: D\nentries:\n" + "  - {ref: a}\n" * 200)
    entries, problems = load_sources(path)
    assert not entries
    assert len(problems) == LIMIT + 1


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A file of a terabyte with nothing in it is refused like any other."""
    path = tmp_path / "sparse.yaml"
    with path.open("wb") as file:
        try:
            file.truncate(1 << 40)
        except OSError:
            pytest.skip("no sparse files here")
    tracemalloc.start()
    try:
        _, (problem,) = load_deck(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "larger than" in problem.message
    assert peak < 4 * LARGEST


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path, good: str) -> None:
    """A stranger's folder cannot have one's own files read and quoted; a link within it is fine."""
    own, folder = tmp_path / "own", tmp_path / "strange"
    own.mkdir()
    folder.mkdir()
    (own / "diary.yaml").write_text("secret: mine\n")
    (folder / "good.yaml").write_text(good, encoding="utf-8")
    (folder / "again.yaml").symlink_to(folder / "good.yaml")
    (folder / "link.yaml").symlink_to("../own/diary.yaml")
    with Catalog.open(None) as catalog:
        (problem,) = catalog.read([folder])
        assert len(catalog.decks()) == 1
        named = catalog.read([folder / "link.yaml"])
    assert "leads out of the folder" in problem.message
    assert problem.place.file == str(folder / "link.yaml")
    assert "secret" not in str(problem)
    assert "secret" in str(named), "a file that is named is read"
