"""A field of an Anki note as plain text: HTML, cloze deletions, characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from pathlib import PurePosixPath

LONGEST = 100_000
"""Characters of a field that are looked at; what a learner can be asked to read is far shorter."""

# `html.parser` raises for some texts that are no HTML and takes minutes over others; this does not.
_TOKEN = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_HTML = re.compile(r"<(br|div|p|b|i|u|ul|ol|li|span|img|sub|sup|table)\b|&(#\d+|[a-z]+);", re.I)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.I)
_CLOZE = re.compile(r"(\{\{c\d{1,3}::|\}\})")
_SPACES = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")

_BLOCK = re.compile("article|blockquote|center|d[dlt]|div|h[1-6r]|[uo]l|li|p|pre|section|table|tr")
_HIDDEN = frozenset({"style", "script"})
_PUT = {"sup": "^", "sub": "_", "li": "- "}
_CELLS = frozenset({"td", "th"})


def looks_like_html(field: str) -> bool:
    """Whether a field of a file that does not say so is HTML.

    >>> looks_like_html("3&times;3<br>kernel"), looks_like_html("if n < f and f > 1")
    (True, False)
    """
    return _HTML.search(field[:LONGEST]) is not None


def plain(field: str, html: bool) -> str:
    """A field as text: lines for paragraphs, `[image: name]` for pictures, nothing unseen.

    >>> plain("<div>3&times;3</div><b>kernel</b> x<sup>2</sup><img src='a/b.png'>", html=True)
    '3×3\\nkernel x^2[image: b.png]'
    """
    text = field[:LONGEST]
    return tidy(_unmarked(text) if html else text)


def tidy(text: str) -> str:
    """Text without unseen characters, without space around lines or at its ends.

    A tab is four spaces, another space a plain one; what Unicode has not assigned becomes U+FFFD.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if not text.replace("\n", "").isprintable():
        unseen = {each for each in set(text) if not each.isprintable() and each != "\n"}
        text = text.translate({ord(each): _instead(each) for each in unseen})
    lines = (line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _instead(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zl", "Zp") or character in "\x0b\x0c\x85":
        return "\n"
    if category == "Zs":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category in ("Cn", "Co", "Cs") else ""


def _unmarked(text: str) -> str:
    """The text of some HTML, with line feeds where a browser begins a new line."""
    parts: list[str] = []
    hidden = ""
    at = 0
    for token in _TOKEN.finditer(text):
        if not hidden:
            parts.append(_words(text[at : token.start()]))
        at = token.end()
        name, closing = (token[2] or "").lower(), bool(token[1])
        if hidden:
            if (hidden == "-->" and token[0] == "-->") or (closing and name == hidden):
                hidden = ""
        elif token[0] == "<!--":
            hidden = "-->"
        elif token[0] == "-->":
            parts.append(token[0])
        elif name in _HIDDEN and not closing:
            hidden = name
        else:
            _put(name, closing, token[3], parts)
    if not hidden:
        parts.append(_words(text[at:]))
    return _SPACES.sub("\n", "".join(parts))


def _words(text: str) -> str:
    # Within HTML a line feed is a space, but exports keep those of the field's own lines.
    return unescape(text).replace("\xa0", " ")


def _put(name: str, closing: bool, attributes: str, parts: list[str]) -> None:
    """Add what a tag stands for in plain text."""
    begun = parts and not "".join(parts[-2:]).endswith("\n")
    if name == "br" or (begun and _BLOCK.fullmatch(name)):
        parts.append("\n")
    elif name in _CELLS and closing:
        parts.append("  ")
    elif name == "img":
        parts.append(f"[image: {_image(attributes)}]")
    if name in _PUT and not closing:
        parts.append(_PUT[name])


def _image(attributes: str) -> str:
    found = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
    source = PurePosixPath(unescape(found.get("src", "")).replace("\\", "/")).name
    return source or unescape(found.get("alt", "")) or "without a name"


def cloze(text: str) -> tuple[str, list[str]] | None:
    """A text with a blank for each of its cloze deletions, and what belongs there; None without.

    >>> cloze("A {{c1::kernel}} of {{c2::3×3::height × width}}")
    ('A […] of [height × width]', ['kernel', '3×3'])
    """
    open_: list[list[str]] = [[]]
    answers: list[str] = []
    for token in _CLOZE.split(text):
        if token.startswith("{{c") and token.endswith("::"):
            open_.append([token])
        elif token == "}}" and len(open_) > 1:
            body, _, hint = "".join(open_.pop()[1:]).partition("::")
            answers.append(body.strip() or "…")
            nested = len(open_) > 1
            open_[-1].append(body if nested else f"[{hint.strip() or '…'}]")
        else:
            open_[-1].append(token)
    if not answers:
        return None
    return "".join("".join(part) for part in open_), answers
