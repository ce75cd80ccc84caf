"""Every problem stands at its place: the line, a caret, the smallest variant, how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.deck.loader import load_deck
from quizcnn.verify.reporting import text
from quizcnn.verify.verifying import verify

DECK = """\
schema: 1
deck: places
title: Places
about: Where problems stand.
questions:
  - id: size
    kind: number
    ask: How many values has an image of {n}×{n}?
    given: {n: 9}
    vary: {n: 3..9}
    answer: n * n
    check: |
      image = ramp(n, n)
      image.size
    wrong:
      - {is: 2 * n, because: Those are two sides.}
      - {given: {n: 5}, because: That is another image.}
    claims:
      - {say: It has values, that: n > 0}
    contrast:
      - {given: {n: 0}, because: No image.}
      - {check: "ramp(n, 0).size", because: No column.}
"""

Told = Callable[..., list[str]]


@pytest.fixture
def told(tmp_path: Path, worker: Worker) -> Told:
    """The report on the deck with something replaced, without the place's file."""

    def lines(*pairs: str) -> list[str]:
        changed = DECK
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in changed
            changed = changed.replace(old, new)
        file = tmp_path / "places.yaml"
        file.write_text(changed, encoding="utf-8")
        deck, problems = load_deck(file)
        assert deck is not None, problems
        return [line.replace(f"{file}:", "") for line in text(verify([deck], worker), notes=True)]

    return lines


def test_a_failing_answer_is_told_on_the_smallest_variant(told):
    """The canonical variant has n = 9; the smallest that fails has n = 4."""
    lines = told("answer: n * n", "answer: n * n if n < 4 else n")
    assert lines[0] == (
        "✗ 11:13: places/size with n = 4: The stored answer is 4, but the check computes 16. "
        "(5 more of 7 variants likewise) [answer]"
    )
    assert lines[1:4] == [
        "   11 |     answer: n * n if n < 4 else n",
        "      |             ^",
        "        to mend it: mend the answer; or the check, if it is not what the question asks",
    ]
    assert "    given n = 4" in lines


@pytest.mark.parametrize(
    ("old", "new", "place", "caret"),
    [
        ("      image.size\n", "      image.size + imagee.size\n", "14:20", "imagee"),
        ("      image.size\n", "      image.size = 3\n", "14:7", "image"),
        ("answer: n * n", "answer: n * foo(n)", "11:17", "foo"),
        ("that: n > 0", "that: n > zero", "19:40", "zero"),
        ('"ramp(n, 0).size"', '"ramp(n, none).size"', "22:26", "none"),
        ("given: {n: 5}", 'given: {n: "5 + m"}', "17:9", "{given"),
        ("given: {n: 0}", "given: {n: n + m}", "21:21", "n + m"),
        ("given: {n: 9}\n    vary: {n: 3..9}", 'given: {n: "9 + m"}', "9:21", "m"),
    ],
)
def test_an_error_in_the_language_stands_where_it_is_written(told, old, new, place, caret):
    """In the check's block, the answer, a claim, a contrast's check, a given."""
    lines = told(old, new)
    starts = [index for index, line in enumerate(lines) if line.startswith(f"✗ {place}: ")]
    assert starts, lines
    quoted, pointed = lines[starts[0] + 1], lines[starts[0] + 2]
    assert quoted[pointed.index("^") :].startswith(caret)


def test_a_wrong_answer_right_on_one_variant_is_noted_with_it(told):
    """It is left out there; the note names that variant and stands at its expression."""
    lines = told("is: 2 * n,", "is: 25,")
    [note] = [line for line in lines if line.startswith("· 16:14: ")]
    assert "with n = 5: “Those are two sides.” is left out on 1 of 7 variants" in note
    assert "It equals the right answer, 25." in note


def test_two_wrong_answers_that_coincide_are_told_with_the_value(told):
    """Everywhere alike: the second is a problem, at its place and on the smallest variant."""
    lines = told("given: {n: 5}", "is: n + n")
    [problem] = [line for line in lines if line.startswith("✗")]
    assert problem.startswith("✗ 17:14: places/size with n = 3: ")
    assert "It equals another wrong answer, 6." in problem
    assert "On 7 of 7 variants it equals the one above that is told “Those are two" in problem


def test_errors_beside_a_check_that_cannot_be_computed_are_told_in_the_same_run(told):
    """In the answer and in a wrong answer; what the broken check does to contrasts is not."""
    broken = ("image.size\n", "image.sizes\n", "n * n\n", "n * m\n", "is: 2 * n", "is: 2 * (n")
    problems = [line for line in told(*broken) if line.startswith("✗")]
    places = [line.split(": ")[0] for line in problems]
    assert places == ["✗ 14:7", "✗ 11:17", "✗ 16:18"]
    assert "The stored answer cannot be computed: nothing here is called `m`" in problems[1]


def test_each_claim_that_does_not_hold_is_told_at_its_place(told):
    """One fails, one cannot be computed, and the one that holds is not spoken of."""
    one, two = "- {say: None, that: n < 0}", "- {say: Odd, that: image.foo > 0}"
    lines = told("    contrast:", f"      {one}\n      {two}\n    contrast:")
    claims = [line for line in lines if line.endswith("[claim]")]
    assert [line.split(": ")[0] for line in claims] == ["✗ 20:27", "✗ 21:26"]


def test_a_rounded_answer_is_told_to_state_a_tolerance(told):
    check = "      image = ramp(n, n)\n      image.size\n"
    lines = told(
        check, "      np.mean(np.array([0, 1, n]))\n", "n * n\n", "round((n + 1) / 3, 2)\n"
    )
    assert any("write `tolerance: {abs: 0.01}`" in line for line in lines)


def test_a_message_that_two_slips_share_is_told(told):
    """Who reads it would not know which slip was made."""
    lines = told("That is another image.", "Those are two sides.")
    [problem] = [line for line in lines if line.startswith("✗")]
    assert problem.startswith("✗ 17:9: places/size with n = 3: “Those are two sides.” is told for")
    assert "6 and 25" in problem
    assert problem.endswith("[message]")


def test_everything_in_a_deck_that_holds_is_left_in_peace(told):
    """The closing line alone, and what is left out where."""
    lines = told("title: Places", "title: Places")
    assert lines[0].startswith(
        "· 17:9: places/size with n = 5: “That is another image.” is left out"
    )
    assert lines[-1].startswith("All 1 questions hold on 7 variants.")
    assert not [line for line in lines if line.startswith(("✗", "!"))]


def test_a_quoted_line_cannot_steer_the_terminal(tmp_path, worker):
    """The file may be another one by the time it is quoted."""
    file = tmp_path / "places.yaml"
    file.write_text(DECK.replace("answer: n * n", "answer: n"), encoding="utf-8")
    deck, _ = load_deck(file)
    assert deck is not None
    report = verify([deck], worker)
    file.write_text("\x1b]0;title\x07\u202e\n" * 30, encoding="utf-8")
    assert not any(set("\x1b\x07\u202e") & set(line) for line in text(report))
    file.unlink()
    assert any(line.startswith("✗") for line in text(report))


@pytest.mark.parametrize(
    ("ask", "caret"),
    [
        ("Has an image of {n}×{n} 25 values?", "25"),
        ("'Has an image of {n} 7 and 8 values?'", "7"),
        ('"It\\u0027s {n}, or \\"9\\"?"', "It"),
        ("Of {n}, or\n      12 values?", "Of"),
    ],
)
def test_a_number_in_prose_is_pointed_at_where_that_is_sure(told, ask, caret):
    """Else the caret stands under the begin of the text."""
    lines = told("How many values has an image of {n}×{n}?", ask)
    [at] = [index for index, line in enumerate(lines) if line.endswith("[prose-number]")]
    assert lines[at + 1][lines[at + 2].index("^") :].startswith(caret)
