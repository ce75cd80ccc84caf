"""A question made in the lab is verified before it is given out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from quizcnn.answer.laboratory import Bench, Setup, begin
from quizcnn.check.client import Worker
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Deck, Question
from quizcnn.deck.variants import variants
from quizcnn.verify.proposing import Proposal, propose

Make = Callable[..., Deck]

SIZE = """
id: size
kind: shape
ask: "{n}×{n}, kernel {f}×{f}: what size?"
given: {n: 8, f: 3}
vary: {n: 6..9, f: [2, 3]}
answer: (n - f + 1, n - f + 1)
check: conv2d(ramp(n, n), ones(f, f)).shape
wrong:
  - {is: "(n, n)", because: Only padding keeps the size.}
contrast:
  - check: conv2d(ramp(n, n), ones(f, f), padding=1).shape
    because: Padding makes room.
source: {ref: "faq#1", verdict: confirmed}
"""

LAYERS = """
id: layers
kind: choice
ask: Which has nothing to learn?
check: parameters(layer) == 0
answer: {text: a pool, given: {layer: MaxPool2d(2)}}
wrong:
  - {text: a dense layer, given: {layer: "Linear(4, 2)"}, because: It has weights.}
"""


def proposed(
    deck: Make, worker: Worker, text: str, code: str = "", option: int = 0, **given: str
) -> Proposal:
    """What comes of a question with some givens, or its check, typed otherwise."""
    [question] = deck(text).questions
    bench = Bench(question, variants(question, worker)[0], option=option)
    setup = begin(bench)
    setup = Setup({**setup.given, **given}, code or setup.code, option)
    return propose(bench, setup, worker)


def pasted(proposal: Proposal) -> Question:
    """The question, pasted into a deck."""
    text = f"schema: 1\ndeck: other\ntitle: Other\nquestions:\n{proposal.text}"
    found, problems = read_deck(text.encode(), Path("other.yaml"))
    assert found is not None, problems
    return found.questions[0]


def test_another_given_makes_another_question(deck: Make, worker: Worker) -> None:
    """With n = 11 the grid of 4 · 2 has one variant more."""
    found = proposed(deck, worker, SIZE, n="11")
    assert found.told == ("It holds on 9 variants.",)
    question = pasted(found)
    assert (question.id, question.given) == ("size-2", {"n": 11, "f": 3})
    assert question.answer == "(n - f + 1, n - f + 1)"
    assert question.source is None


def test_another_check_gets_the_formula_that_holds_everywhere(deck: Make, worker: Worker) -> None:
    """A transposed convolution gives n + f − 1; the former check is what shows that it can fail."""
    found = proposed(deck, worker, SIZE, "conv_transpose2d(ramp(n, n), ones(f, f)).shape")
    new = "The answer is new: (n + f - 1, n + f - 1). Mend what ask, hint and explain say."
    assert found.told == (new, "It holds on 8 variants.")
    question = pasted(found)
    assert question.answer == "(n + f - 1, n + f - 1)"
    assert [one.check for one in question.contrast] == ["conv2d(ramp(n, n), ones(f, f)).shape"]


def test_where_no_formula_is_found_the_value_is_the_answer(deck: Make, worker: Worker) -> None:
    """(8 − 3) // 2 + 1 = 3 with stride 2, and no sum or product of n and f is that."""
    found = proposed(deck, worker, SIZE, "conv2d(ramp(n, n), ones(f, f), stride=2).shape")
    assert "No formula was found for other givens, so nothing varies." in found.told
    question = pasted(found)
    assert (question.answer, question.vary) == ("(3, 3)", {})


def test_what_does_not_hold_is_told_and_not_given_out(deck: Make, worker: Worker) -> None:
    for given, code, told in (
        ({}, "", "Nothing is changed: the deck has this question already."),
        ({"n": ""}, "", "n: there is no value here."),
        ({"n": "2"}, "", "The check has no value: conv2d: a kernel of 3×3 does not fit"),
        ({}, "(n, n)", "The answer is new: (n, n)."),
    ):
        found = proposed(deck, worker, SIZE, code, **given)
        assert found.told[0].startswith(told)
        assert found.lines == ()
    assert "is offered on no variant. It equals the right answer" in found.told[-1]


def test_an_option_of_a_choice_takes_its_givens_along(deck: Make, worker: Worker) -> None:
    question = pasted(proposed(deck, worker, LAYERS, option=1, layer="Linear(3, 5)"))
    assert question.wrong[0].given == {"layer": "Linear(3, 5)"}
    found = proposed(deck, worker, LAYERS, option=1, layer="ReLU()")
    assert found.lines == ()
    assert found.told[0].startswith("The answer does not hold: the check gives true")


def test_it_is_the_same_question_otherwise(deck: Make, worker: Worker) -> None:
    [question] = deck(SIZE).questions
    made = pasted(proposed(deck, worker, SIZE, n="7"))
    kept = ("kind", "ask", "check", "answer", "vary", "hint", "tags")
    assert [getattr(made, name) for name in kept] == [getattr(question, name) for name in kept]
    assert replace(made.wrong[0], place=question.place) == replace(
        question.wrong[0], place=question.place
    )
