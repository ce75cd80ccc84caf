"""Fields of Anki's as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.deck.anki_text import cloze, plain, tidy


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("<b>bold</b> and <i>not</i>", "bold and not"),
        ("one<br>two<br />three", "one\ntwo\nthree"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<div><br></div>two", "one\n\ntwo"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\nafter"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1  2\n3"),
        ("a &lt;b&gt; &amp;amp; &#215; &nbsp;c", "a <b> &amp; ×  c"),
        ("if n < f and f > 1", "if n < f and f > 1"),
        ("x<sup>2</sup> + x<sub>1</sub>", "x^2 + x_1"),
        ('<img alt="a net" src="net%20.png">', "[image: net%20.png]"),
        ("<img src=a\\b\\c.jpg>", "[image: c.jpg]"),
        ("<img alt='only this'>", "[image: only this]"),
        ("<img>", "[image: without a name]"),
        ("<style>.card { x }</style>shown<script>alert(1)</script>", "shown"),
        ("before<!-- hidden <b> -->after", "beforeafter"),
        ("never <!-- closed", "never"),
        ("a --> b", "a --> b"),
        ("<![CDATA[x]]> <?php ?> <!DOCTYPE x>", "<![CDATA[x]]> <?php ?> <!DOCTYPE x>"),
        ("<DIV>big</DIV><BR>end", "big\n\nend"),
        (r"\(x_{i}\) [sound:a.mp3]", r"\(x_{i}\) [sound:a.mp3]"),
    ],
)
def test_html_becomes_text(field: str, text: str) -> None:
    assert plain(field, html=True) == text


def test_what_is_no_html_stays() -> None:
    assert plain("<br> &lt; <b>", html=False) == "<br> &lt; <b>"


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("a\tb", "a    b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  a  \n\n\n\n b ", "a\n\n b"),
        ("a\x1b[31mb\x00\u202e\u200b\xadc", "a[31mbc"),
        ("a\xa0b\u3000c", "a b c"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("\ue000\ufffe\ud800", "\N{REPLACEMENT CHARACTER}" * 3),
        (" \t\n ", ""),
    ],
)
def test_nothing_unseen_is_left(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@given(st.text(st.characters(), max_size=200), st.booleans())
def test_any_text_comes_out_clean(text: str, html: bool) -> None:
    """Whatever a field holds, nothing raises, and only what can be seen is left."""
    found = plain(text, html)
    assert found.replace("\n", "").isprintable()
    assert found == found.strip()


@given(st.lists(st.sampled_from(["<", ">", "<!--", "-->", "<a", "<style>", "</", '"', "&#", "x"])))
def test_broken_html_is_text(parts: list[str]) -> None:
    assert isinstance(plain("".join(parts), html=True), str)


def test_html_that_never_closes_is_read_at_once() -> None:
    """What keeps other readers busy for minutes: the time is bounded by the text's length."""
    for piece in ("<a ", "<!--", "<a <!--", "&", "<style>"):
        assert plain(piece * 50_000, html=True) is not None


@pytest.mark.parametrize(
    ("text", "ask", "answers"),
    [
        ("A {{c1::kernel}} slides.", "A […] slides.", ["kernel"]),
        ("{{c1::one}} and {{c2::two::hint}}", "[…] and [hint]", ["one", "two"]),
        ("{{c1::outer {{c2::inner}}}}", "[…]", ["inner", "outer inner"]),
        ("{{c1::}}", "[…]", ["…"]),
        ("{{c1::a}} }} {{c2::open", "[…] }} {{c2::open", ["a"]),
        ("{{c12::a::b::c}}", "[b::c]", ["a"]),
    ],
)
def test_cloze_deletions_become_blanks(text: str, ask: str, answers: list[str]) -> None:
    assert cloze(text) == (ask, answers)


@pytest.mark.parametrize("text", ["", "none", "{{front}}", "c1::x", "}}", "{{c1::open"])
def test_without_cloze_deletions_there_is_nothing_to_blank(text: str) -> None:
    assert cloze(text) is None
