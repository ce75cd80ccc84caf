"""What is shown of a text: nothing that could steer a terminal, and all else as it is."""

from __future__ import annotations

import doctest
import json
import sys
import unicodedata
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from quizcnn import display
from quizcnn.display import REPLACEMENT, clean, json_text, one_line

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
NEVER = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ANYTHING = st.text(st.characters(exclude_categories=())) | st.text(
    "Z \t\n\r\x1b\x9b\u202e[]\\", min_size=1
)


def test_no_character_that_steers_is_left_and_every_letter_stays() -> None:
    """Each character of Unicode by itself: its category decides."""
    shown = clean("".join(EVERY).replace("\t", ""))
    for character, one in zip((each for each in EVERY if each != "\t"), shown, strict=True):
        category = unicodedata.category(character)
        if character == "\n":
            assert one == "\n"
        elif category in NEVER:
            assert one == REPLACEMENT, hex(ord(character))
        else:
            assert one == (" " if category == "Zs" else character)


def test_a_tab_is_four_spaces_and_brackets_stay() -> None:
    assert clean("\t[bold]a[i][/] \\[b] $text {n} &amp; <b>") == (
        "    [bold]a[i][/] \\[b] $text {n} &amp; <b>"
    )


@given(ANYTHING)
def test_what_was_cleaned_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_what_was_cleaned_may_stand_in_xml(text: str) -> None:
    element = ET.Element("a", b=clean(text))
    element.text = clean(text)
    read = ET.fromstring(ET.tostring(element))
    assert (read.text or "") == clean(text)


@given(ANYTHING, st.integers(1, 30))
def test_one_line_is_one_line_of_a_width(text: str, width: int) -> None:
    line = one_line(text, width)
    assert len(line) <= width
    assert line.isprintable()
    assert line == " ".join(line.split(" "))


@given(ANYTHING)
def test_a_short_line_loses_nothing_but_spaces(text: str) -> None:
    assert one_line(text, 10_000) == " ".join(clean(text).split())


def test_a_text_that_is_very_much_longer_ends_with_an_ellipsis() -> None:
    """Also where all that is looked at is spaces."""
    assert one_line("a" * 10**6, 5) == "aaaa…"
    assert one_line(" " * 10**6 + "a", 5) == "…"


@given(st.recursive(ANYTHING, lambda inner: st.lists(inner) | st.dictionaries(ANYTHING, inner)))
def test_json_shows_every_text_exactly_and_steers_nothing(value: object) -> None:
    text = json_text(value)
    assert text.replace("\n", "").isprintable()
    assert json.loads(text) == value


def test_the_docstrings_examples_run() -> None:
    assert doctest.testmod(display).failed == 0
