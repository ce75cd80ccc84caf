"""What a good deck becomes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.deck.loader import load_deck, read_deck
from quizcnn.deck.model import Deck, Kind, Option, Pick, Place, Question, Tolerance, Verdict

Read = Callable[[str], Deck]
Text = Callable[..., str]


def named(deck: Deck, id_: str) -> Question:
    (question,) = (question for question in deck.questions if question.id == id_)
    return question


def test_a_deck_has_its_name_and_all_its_questions(deck: Deck) -> None:
    assert (deck.name, deck.title) == ("pooling", "Pooling")
    assert deck.about == "What pooling keeps and what it drops."
    assert deck.place == Place("pooling.yaml", 3, 7)
    assert {question.kind for question in deck.questions} == set(Kind)
    assert deck.questions[0].key == "pooling/output-size"


def test_a_shape_keeps_its_expressions_as_text(deck: Deck) -> None:
    question = named(deck, "output-size")
    assert question.answer == "(n - f + 1, n - f + 1)"
    assert question.given == {"n": 8, "f": 3}
    assert question.vary == {"n": range(4, 7), "f": (3, 5)}
    assert question.where == "f <= n"
    assert question.check == "image = ramp(n, n)\n\nconv2d(image, ones(f, f)).shape"
    is_, slip = question.wrong
    assert (is_.expression, is_.text, is_.given) == ("(n, n)", None, {})
    assert (slip.expression, slip.given) == (None, {"f": 1})
    assert slip.because == "Off by one: that is a kernel of one pixel."
    (contrast,) = question.contrast
    assert contrast.check == "conv2d(ramp(n, n), ones(f, f), padding=1).shape"
    assert question.source is not None
    assert question.source.verdict is Verdict.CONFIRMED
    assert (question.layout, question.level, question.tags) == (
        "height × width",
        1,
        ("output-size",),
    )


def test_a_number_has_tolerance_unit_and_machinery(deck: Deck) -> None:
    question = named(deck, "mean")
    assert question.answer == "1.5"
    assert question.tolerance == Tolerance(abs=0.01)
    assert (question.unit, question.timeout, question.revision) == ("values", 10.0, 2)
    assert (question.was, question.needs) == (("average",), ("output-size",))
    assert question.allow == {"numbers": "they are in the ask only"}


def test_a_list_as_an_answer_becomes_an_expression(deck: Deck) -> None:
    assert named(deck, "doubled").answer == "[[2, 4], [6, 8]]"
    assert named(deck, "doubled").tolerance == Tolerance(rel=1e-6)


def test_a_choice_has_options_with_their_givens(deck: Deck) -> None:
    question = named(deck, "no-parameters")
    assert question.answer == (
        Option("2×2 max pooling", {"layer": "MaxPool2d(2)"}, question.places["answer"]),
    )
    assert [wrong.text for wrong in question.wrong] == ["3×3 convolution", "fully connected"]
    assert question.wrong[0].given == {"layer": "Conv2d(1, 1, 3)"}
    assert question.pick is Pick.TRUE
    several = named(deck, "smallest")
    assert several.pick is Pick.MIN
    assert isinstance(several.answer, tuple)
    assert len(several.answer) == 2


def test_each_other_kind_has_its_own_form_of_answer(deck: Deck) -> None:
    assert named(deck, "one-receiver").answer is True
    assert named(deck, "name-of-it").answer == ("max pooling", "maxpool")
    assert named(deck, "order-of-layers").answer == ("convolution", "ReLU", "pooling")
    recall = named(deck, "why")
    assert recall.answer == "It reduces it."
    assert [(claim.say, claim.that) for claim in recall.claims] == [("It holds", "plain == 1")]


def test_the_optional_fields_have_their_defaults(read: Read, question_with: Text) -> None:
    (question,) = read(question_with()).questions
    assert (question.timeout, question.revision, question.pick) == (2.0, 1, Pick.TRUE)
    assert (question.where, question.tolerance, question.hint, question.level) == (None,) * 4
    assert (question.wrong, question.claims, question.needs, question.vary) == ((), (), (), {})


def test_every_part_of_a_question_has_its_place(deck: Deck, good: str) -> None:
    """A text's place is that of its first character, after its quote."""
    lines = good.split("\n")

    def below(path: str) -> str:
        place = named(deck, "output-size").places[path]
        return lines[place.line - 1][place.column - 1 :]

    assert below("answer") == "(n - f + 1, n - f + 1)"
    assert below("given") == "{n: 8, f: 3}"
    assert below("given.f") == "3}"
    assert below("vary.f.1") == "5]"
    assert below("wrong.0.is") == "(n, n)"
    assert below("wrong.1.because").startswith("Off by one")
    assert below("source.ref").startswith("pooling-faq#23")


@pytest.mark.parametrize(
    "check",
    [
        "check: <x = 1>",
        'check: "<x = 1>"',
        "check: '  <x = 1>'",
        "check: |\n  <x = 1\n    y = 2\n\n  z = 3>\n",
        "check: | # why\n\n    <x = 1\n     y = 2>\n\nhint: here",
        "check: |-\n   <x = 1\n\n   y = 2>",
        "check: |2\n  <x = 1\n  y = 2>",
        "check: |2\n\n    <x = 1\n  y = 2>",
    ],
)
def test_a_line_and_column_of_a_check_lead_to_the_file(
    read: Read, question_with: Text, check: str
) -> None:
    """Every character of the code stands where check_place and its line and column say."""
    text = question_with(check.replace("<", "").replace(">", ""))
    (question,) = read(text).questions
    assert "x = 1" in question.check
    lines = text.split("\n")
    for number, line in enumerate(question.check.split("\n")):
        column = question.check_place.column - 1
        if line:
            assert lines[question.check_place.line - 1 + number][column:].startswith(line)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("True", True),
        ("FALSE", False),
        ('"8"', "8"),
        ("'true'", "true"),
        ("no", "no"),
        ("on", "on"),
        ("3:30", "3:30"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("2001-01-01", "2001-01-01"),
        ("max_pool2d", "max_pool2d"),
        ("[1, true, n]", "[1, True, n]"),
    ],
)
def test_scalars_follow_yaml_1_2(
    read: Read, question_with: Text, written: str, meant: object
) -> None:
    """Only true and false, and numbers as YAML 1.2 writes them, are more than text."""
    (question,) = read(question_with(f"given: {{n: {written}}}")).questions
    value = question.given["n"]
    assert (type(value), value) == (type(meant), meant)


@pytest.mark.parametrize("word", ["no", "Yes", "on", "null", "~", "1.0", "3:30", "true"])
def test_a_text_field_takes_what_looks_like_something_else(
    read: Read, question_with: Text, word: str
) -> None:
    (question,) = read(question_with(f"answer: [{word}, other]", kind="text")).questions
    assert question.answer == (word, "other")


def test_a_number_as_an_answer_is_written_as_python_writes_it(
    read: Read, question_with: Text
) -> None:
    (question,) = read(question_with("answer: 007")).questions
    assert question.answer == "7"


def test_an_expression_may_go_on_over_several_lines(read: Read, question_with: Text) -> None:
    (question,) = read(question_with("answer: n - f\n      + 1")).questions
    assert question.answer == "n - f + 1"


def test_windows_line_ends_and_a_byte_order_mark_are_harmless(good: str) -> None:
    data = b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode()
    windows, problems = read_deck(data, Path("pooling.yaml"))
    assert not problems
    assert windows == read_deck(good.encode(), Path("pooling.yaml"))[0]


def test_a_file_without_a_last_line_feed_is_read(good: str) -> None:
    assert read_deck(good.rstrip("\n").encode(), Path("a.yaml"))[0] is not None


def test_a_file_is_read_from_disk(tmp_path: Path, good: str) -> None:
    path = tmp_path / "pooling.yaml"
    path.write_text(good, encoding="utf-8")
    deck, problems = load_deck(path)
    assert not problems
    assert deck is not None
    assert deck.path == path
    assert deck.questions[0].place.file == str(path)
