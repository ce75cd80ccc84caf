"""Deck files made to keep the loader busy, each as large as its limits let it be, or larger."""

from __future__ import annotations

from collections.abc import Iterator

HEAD = "schema: 1\ndeck: a\ntitle: T\nquestions:\n"
ONE = "  - {id: a, kind: recall, answer: a, check: '1', claims: [{say: a, that: b}], "
TINY = (
    "  - {id: q%d, kind: number, ask: a, answer: 1, check: '1', "
    "contrast: [{check: '2', because: b}]}\n"
)
WORD = "strided_and_padded_convolution"
ID = WORD.replace("_", "-")


def inputs(size: int) -> Iterator[tuple[str, str]]:
    """Names and texts of about `size` bytes (fewer where another limit comes first)."""
    yield from _structure(size)
    yield from _scalars(size)
    yield from _characters(size)
    yield from _faults(size)
    yield from _hints(size)
    yield from _nearly_good(size)


def _titled(title: str) -> str:
    return f"schema: 1\ndeck: a\ntitle: {title}\nquestions: []\n"


def _numbered(pattern: str, size: int) -> str:
    return "".join(pattern % number for number in range(size // len(pattern)))


def _givens(pattern: str, size: int, field: str = "given") -> str:
    return f"{field}: {{{_numbered(pattern + ', ', size)}}}"


def _structure(size: int) -> Iterator[tuple[str, str]]:
    yield "brackets in each other", "[" * size
    yield "brackets in each other, a line each", "[\n" * (size // 2)
    yield "braces in each other", "{a: " * (size // 4)
    yield "dashes in each other", "- " * (size // 2)
    yield "question marks in each other", "? " * (size // 2)
    yield "steps of indentation", "".join(" " * i + "a:\n" for i in range(int((2 * size) ** 0.5)))
    yield "brackets 15 deep", HEAD + "  [" + ("[" * 14 + "]" * 14 + ",") * (size // 29) + "]"
    yield "braces 11 deep", HEAD + ("  - " + "{a: " * 11 + "1" + "}" * 11 + "\n") * (size // 60)
    yield "a list of letters in brackets", HEAD + "  [" + "a," * (size // 2) + "]"
    yield "a list of letters with dashes", HEAD + "  - a\n" * (size // 6)
    yield "a list of nothing", HEAD + "  -\n" * (size // 4)
    yield "a list of nothing in lists", HEAD + "  - - -\n" * (size // 8)
    yield "names without end", _numbered("k%d: 1\n", size)
    yield "one name again and again", "k: 1\n" * (size // 5)
    yield "one name in braces", "{" + "a: b, " * (size // 6) + "}"
    yield "merge keys", "<<: {a: 1}\n" * (size // 11)
    yield "lists as keys", "? [a]\n: b\n" * (size // 10)
    yield "lists as keys in braces", "{" + "? [a] : b, " * (size // 11) + "}"
    yield (
        "long names over each other",
        HEAD
        + "  - "
        + ("{" + "k" * 99 + ": ") * 11
        + "{"
        + (", ".join(f"{'a' * 90}{number}: 1" for number in range(size // 100)) + "}" * 12),
    )
    yield "anchors", "- &a a\n" * (size // 7)
    yield "aliases", "- &a a\n" + "- *a\n" * (size // 5)
    yield "tags", "- !a a\n" * (size // 7)
    yield "directives", "%a\n" * (size // 3)
    yield "documents", "---\na\n" * (size // 6)
    yield "ends of documents", "...\n" * (size // 4)


def _scalars(size: int) -> Iterator[tuple[str, str]]:
    yield "a text of one line", _titled("a" * size)
    yield "a text of many lines", _titled("a\n " * (size // 3))
    yield "a quoted text", _titled('"' + "a" * size + '"')
    yield "a quoted text of many lines", _titled('"' + "a\n " * (size // 3) + '"')
    yield "a quoted text of escapes", _titled('"' + r"\n" * (size // 2) + '"')
    yield "a quoted text of long escapes", _titled('"' + r"\U0001F600" * (size // 10) + '"')
    yield "a quoted text of quotes", _titled("'" + "''" * (size // 2) + "'")
    yield "a block of many lines", _titled("|\n" + "  a\n" * (size // 4))
    yield "a block of empty lines", _titled("|\n" + "\n" * size + "  a")
    yield "a folded block", _titled(">\n" + "  a\n" * (size // 4))
    yield "many blocks", HEAD + "  - |\n    a\n" * (size // 12)
    yield "a long name", "a" * size + ": 1"
    yield "a long quoted name", '"' + "a" * size + '": 1'
    yield "long quoted names", ('"' + "a" * 900 + '": 1\n') * (size // 906)
    yield "lines without a name", ("a" * 1000 + "\n") * (size // 1001)
    yield "short lines without a name", "a\n" * (size // 2)
    yield "comments", "#\n" * (size // 2) + HEAD
    yield "one long comment", "#" * size + "\n" + HEAD
    yield "empty lines", "\n" * size + HEAD
    yield "spaces", " " * size
    yield "spaces at line ends", HEAD + "  - a" + (" " * 1000 + "\n  - a") * (size // 1007)
    yield "dashes", "-" * size
    yield "colons", ":" * size
    yield "words and colons", _titled("a: " * (size // 3))
    yield "a long number", HEAD + ONE + "given: {n: " + "9" * size + "}}"
    yield "a long fraction", HEAD + ONE + f"given: {{n: {'9' * (size // 2)}.{'9' * (size // 2)}}}}}"
    yield "long numbers", HEAD + ONE + _givens("a%d: " + "9" * 150, size) + "}"


def _characters(size: int) -> Iterator[tuple[str, str]]:
    yield "turned text", "\u202e" * (size // 3)
    yield "turned text, one a line", "a\u202e\n" * min(size // 5, 19_000)
    yield "tabs", "\t" * size
    yield "null characters", "\0" * size
    yield "private characters", "\U000f0000" * (size // 4)
    yield "many different private characters", "".join(map(chr, range(0xF0000, 0xF0000 + 65_534)))
    yield "one unassigned character", _titled("\u0378" * (size // 2))
    yield "many unassigned characters", "".join(map(chr, range(0x50000, 0x50000 + size // 4)))
    yield "no-break spaces", _titled("a\u00a0" * (size // 3))
    yield "wide characters", _titled("𝔘" * (size // 4))
    yield "an escape at the end of a long text", _titled('"' + "é" * (size // 2 - 60) + r"\e" + '"')
    yield "bytes that are not UTF-8 at the end", "a" * (size - 1) + "\udcff"


def _faults(size: int) -> Iterator[tuple[str, str]]:
    yield "a quote that is not closed", _titled('"a' + " b\n" * (size // 3))
    yield "a brace that is not closed", HEAD + "  - {a: b,\n" + "    c: d,\n" * (size // 10)
    yield "texts cut off by commas", HEAD + "  - {a: b" + ", c" * (size // 3) + "}"
    yield "parentheses cut by commas", HEAD + "  - [" + "(, " * (size // 3) + "]"
    yield "texts cut off by comments", HEAD + "  - a #b\n" * (size // 9)
    yield "texts cut off in brackets", HEAD + "  - [" + "a #b\n, " * (size // 7) + "]"
    yield "many comment marks in a line", _titled("T" + " #b" * (size // 3))
    yield "questions of nothing", HEAD + "  - {}\n" * (size // 7)
    yield "questions with a kind", HEAD + _numbered("  - {id: q%d, kind: recall}\n", size)
    yield (
        "questions with a source",
        HEAD + _numbered("  - {id: q%d, source: {ref: a, verdict: wrong, says: a}}\n", size),
    )
    yield "tags", HEAD + ONE + "tags: [" + _numbered("t%d, ", size) + "]}"
    yield "former ids", HEAD + ONE + "was: [" + _numbered("t%d, ", size) + "]}"
    yield (
        "lists in an answer",
        HEAD + "  - {id: a, kind: array, answer: [" + ("[[[[[[1]]]]]], " * (size // 15) + "]}"),
    )
    yield (
        "options",
        HEAD
        + "  - {id: a, kind: choice, wrong: ["
        + (_numbered("{text: t%d, because: b}, ", size) + "]}"),
    )


def _hints(size: int) -> Iterator[tuple[str, str]]:
    names = ", ".join(f"{WORD}{number}: 1" for number in range(490))
    near = WORD.replace("strided", "strode")
    yield "unknown fields", HEAD + _numbered("  - {explaintolerancerevision%d: 1}\n", size // 2)
    yield "placeholders", HEAD + ONE + 'ask: "' + "{n}" * (size // 3) + '"}'
    yield "placeholders, a line each", HEAD + ONE[:-2] + "}\n    ask: |\n" + "      {n}\n" * 19_000
    yield (
        "near placeholders",
        HEAD
        + ONE
        + (f'given: {{{names}}}, ask: "' + " ".join(f"{{{near}{i}}}" for i in range(99)) + '"}\n'),
    )
    yield "near placeholders among thousands of givens", HEAD + ONE + (
        _givens(WORD + "%d: 1", size // 2) + ', ask: "'
        + " ".join(f"{{{near}{i}}}" for i in range(99)) + '"}\n'
    )  # fmt: skip
    yield (
        "near names that vary",
        HEAD + ONE + (f"given: {{{names}}}, {_givens(near + '%d: 1', size // 2, 'vary')}}}\n"),
    )
    yield "near names in contrasts", HEAD + ONE + (
        f"given: {{{names}}}, contrast: ["
        + _numbered("{given: {" + near + "%d: 1}, because: b}, ", size // 2) + "]}\n"
    )  # fmt: skip
    yield (
        "near ids",
        HEAD
        + "".join(
            TINY.replace("}\n", ", needs: [%s%d]}\n").replace("q%d", ID + "%d")
            % (i, ID.replace("strided", "strode"), i)
            for i in range(490)
        ),
    )


def _nearly_good(size: int) -> Iterator[tuple[str, str]]:
    many = "".join(TINY % number for number in range(24_950 // 21))
    yield "1 200 small questions", HEAD + many
    yield "1 200 small questions, then a fault", HEAD + many + "  - {id: [}\n"
    yield "wide questions", HEAD + many.replace("ask: a", "ask: " + "𝔘" * 60)
    yield (
        "ranges",
        HEAD
        + "".join(
            f"  - {{id: q{i}, kind: number, ask: a, answer: 1, check: '1', given: {{a: 1}}, "
            "vary: {a: 0..9999}, wrong: [{is: 2, because: b}]}\n"
            for i in range(890)
        ),
    )
    yield "ranges of one question", HEAD + ONE + _givens("a%d: 0..9999", size, "vary") + "}"
