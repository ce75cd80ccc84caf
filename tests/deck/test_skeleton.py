"""Cards as decks without checks: whatever is on them, the deck loads."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.deck import skeleton
from quizcnn.deck.anki import Export, Note, notes_of
from quizcnn.deck.files import LARGEST
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Deck, Kind
from quizcnn.deck.prose import fill
from quizcnn.deck.skeleton import Card, cards, skeletons, slug


def read(text: str) -> Deck:
    deck, problems = read_deck(text.encode(), Path("x.yaml"))
    assert not problems, "\n".join(map(str, problems))
    assert deck is not None
    return deck


def decks(*found: Card, name: str = "mine", title: str = "Mine") -> list[Deck]:
    return [read(one.text) for one in skeletons(found, name, title)]


def test_a_note_becomes_a_question_without_a_check() -> None:
    export = Export((Note(1, ("What is <b>it</b>?", "That {x}", "More"), ("a b", "c")),), True)
    (deck,) = decks(*cards(export))
    assert (deck.name, deck.title) == ("mine", "Mine")
    (question,) = deck.questions
    assert question.key == "mine/what-is-it"
    assert question.kind is Kind.RECALL
    assert question.ask == "What is it?"
    assert question.answer == "That {{x}}", "a brace is no given's name here"
    assert question.explain == "More"
    assert question.tags == ("a b", "c")
    assert question.check == ""


def test_a_cloze_note_asks_for_what_is_left_out() -> None:
    export = Export((Note(1, ("A {{c1::kernel}} of {{c2::3×3}}", "Extra"), ()),), False)
    (card,) = cards(export)
    assert card == Card("A […] of […]", "kernel\n3×3", "Extra")


def test_empty_sides_say_so() -> None:
    found = list(cards(Export((Note(1, ("", "x"), ()), Note(2, ("<br>",), ())), True)))
    assert [(card.ask, card.answer) for card in found] == [
        ("[nothing]", "x"),
        ("[nothing]", "[nothing]"),
    ]


def test_ids_are_made_of_the_text_and_are_each_there_once() -> None:
    """The same question twice, one that looks like the second's id, and one without letters."""
    asks = ["What is it?", "What is it!", "what-is-it 2", "何?", "何?", "Größe ÜBER é"]
    (deck,) = decks(*(Card(ask, "x") for ask in asks))
    assert [question.id for question in deck.questions] == [
        "what-is-it", "what-is-it-2", "what-is-it-2-2", "card", "card-2", "grosse-uber-e",
    ]  # fmt: skip


def test_the_same_file_gives_the_same_ids() -> None:
    """Progress hangs on them: another import of an export that has grown keeps them."""
    first = [Card(f"Question {number % 3}", "x") for number in range(9)]
    before = [question.id for question in decks(*first)[0].questions]
    after = [question.id for question in decks(*first, Card("Question 1", "y"))[0].questions]
    assert after[:9] == before


@pytest.mark.parametrize(
    "text",
    [
        "it's",
        "key: value # comment",
        "- item",
        "{a: b}",
        "}}{{",
        "|",
        "no",
        "12",
        "~",
        "'",
        "a\n\n  b\nc: d\n# e\n---\n...",
        "\\frac{1}{2}",
        "&anchor *alias !tag %x @y `z`",
        '"quoted"',
        "none yet",
    ],
)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    """Nothing in it means anything to YAML or as a given."""
    (deck,) = decks(Card(text, text, text))
    (question,) = deck.questions
    assert isinstance(question.answer, str)
    assert question.explain is not None
    for found in (question.ask, question.answer, question.explain):
        assert fill(found, {}) == text


def test_a_text_that_is_too_long_ends_with_an_ellipsis() -> None:
    """Doubled braces count, and none is cut in two."""
    (deck,) = decks(Card("a" * 6000, "{" * 6000))
    (question,) = deck.questions
    assert isinstance(question.answer, str)
    assert len(question.ask) == 5000
    assert question.ask.endswith("a […]")
    assert question.answer.removesuffix(" […]").count("{") % 2 == 0


def test_a_large_deck_becomes_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """By size, by lines and by keys and values; no question is lost, and each part loads."""
    by_size = decks(*(Card(f"{number} {'x' * 4000}", "y" * 4000) for number in range(130)))
    assert [deck.name for deck in by_size] == ["mine-1", "mine-2", "mine-3"]
    assert [deck.title for deck in by_size] == ["Mine 1", "Mine 2", "Mine 3"]
    assert sum(len(deck.questions) for deck in by_size) == 130
    by_lines = decks(*(Card(str(number), "\n".join("a" * 1000)) for number in range(50)))
    assert len(by_lines) == 3
    by_nodes = decks(*(Card(str(number), "a") for number in range(2100)))
    assert len(by_nodes) == 2


def test_no_file_is_larger_than_a_deck_may_be() -> None:
    found = skeletons((Card("é" * 4900, "ü" * 4900) for _ in range(60)), "mine", "Mine")
    assert len(found) == 3
    assert all(len(one.text.encode()) < LARGEST for one in found)


FIELD = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["<div>", "{{c1::x}}", "{{c1::", "a\tb", '"', "#separator:tab", "&amp;{", "\r\n", "- a: b"]
)


@settings(max_examples=100)
@given(
    st.lists(st.tuples(FIELD, FIELD, st.lists(FIELD, max_size=3)), min_size=1, max_size=8),
    st.booleans(),
    FIELD,
)
def test_any_notes_make_a_deck_that_loads(
    notes: list[tuple[str, str, list[str]]], html: bool, title: str
) -> None:
    """Whatever the fields, tags and title are: as many questions, each without a check."""
    export = Export(tuple(Note(1, (ask, answer), tuple(tags)) for ask, answer, tags in notes), html)
    (deck,) = decks(*cards(export), title=title)
    assert len(deck.questions) == len(notes)
    assert all(not question.check for question in deck.questions)


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=20)] * 2),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["\t", ",", ";", "|", ":", " "]),
)
def test_what_a_csv_writer_writes_is_read(rows: list[tuple[str, str]], separator: str) -> None:
    """All that Python's own writer quotes comes back, but for line ends and empty notes."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    text = f"#separator:{separator}\n#html:false\n{written.getvalue()}"
    wanted = [
        tuple(one.replace("\r\n", "\n").replace("\r", "\n") for one in row)
        for row in rows
        if any(one.strip() for one in row)
    ]
    if wanted:
        assert [note.fields for note in notes_of(text, "x").notes] == wanted


@pytest.mark.parametrize(
    ("text", "name"),
    [("Machine Learning::CNN", "machine-learning-cnn"), ("", ""), ("何", ""), ("-a--B-", "a-b")],
)
def test_any_text_has_a_name(text: str, name: str) -> None:
    assert slug(text) == name
    assert skeleton.WORDS == 8
