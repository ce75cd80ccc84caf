"""A question by conversation: its check is run as it is written, and what is written holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Kind, Pick, Question
from quizcnn.plain.authoring.author import Author
from quizcnn.plain.authoring.check import CheckWriter
from quizcnn.plain.authoring.trial import NotYetError, Trial
from quizcnn.plain.talking import BackError, EndError, Talk

PATH = Path("mine.yaml")
GIVENS = ["9 in 7..12", "3 in [2, 3]", "2 in 1..3", "", ""]
SIZE = [
    "shape",
    "A map of {n}×{n}, a kernel of {k}×{k}, stride {s}. What size comes out?",
    *GIVENS,
    "image = ramp(n, n)",
    "conv2d(image, ones(k, k), stride=s).shape",
    "",
    "",
]
VERDICT = ["true_false", "Is it?", "", "ones(2, 2).sum() == 4", "", "", "2 > 3", "It is not.", ""]
NOTHING_ELSE = ["", "", "", ""]
"""Enter at what is read after it, the hint, the tags and the level."""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


Written = tuple[tuple[str, Question] | None, str]


@pytest.fixture
def write(worker: Worker) -> Callable[..., Written]:
    """Has a conversation, and gives what came of it and all that was said."""

    def run(*lines: str, text: str = "", talking: type[Talk] = Talk) -> Written:
        out = StringIO()
        talk = talking(StringIO("".join(f"{line}\n" for line in lines)), out)
        return Author(talk, worker, PATH, text).write(), out.getvalue()

    return run


@pytest.fixture
def taken(write: Callable[..., Written]) -> Callable[..., Question]:
    """Has a conversation, and gives the question, which is read as it was told."""

    def run(*lines: str, talking: type[Talk] = Talk) -> Question:
        written, said = write(*lines, talking=talking)
        assert written is not None, said
        deck, problems = read_deck(written[0].encode(), PATH)
        assert not problems
        assert deck is not None
        assert deck.questions == (written[1],)
        return written[1]

    return run


def check(worker: Worker, *lines: str, code: str = "", **given: int) -> tuple[str, str]:
    out = StringIO()
    talk = Talk(StringIO("".join(f"{line}\n" for line in lines)), out)
    return CheckWriter(talk, Trial(worker, PATH, "")).write(
        given, code, Kind.NUMBER
    ), out.getvalue()


class Declining(Talk):
    """Leaves every wrong answer out that is proposed."""

    def line(self, prompt: str) -> str:
        return "" if prompt.startswith("Why is that wrong?") else super().line(prompt)


class Accepting(Talk):
    """Takes every wrong answer that is proposed, each for a reason of its own."""

    taken = 0

    def line(self, prompt: str) -> str:
        if not prompt.startswith("Why is that wrong?"):
            return super().line(prompt)
        type(self).taken += 1
        return f"Slip {self.taken}."


def test_a_question_with_its_formula_found(write) -> None:
    """It holds on every variant; hint, explanation, tags and level are taken too."""
    lines = [*SIZE, "s = 1", "No stride.", "", "", "So.", "Look.", "a b, c", "2", "my-size", ""]
    written, said = write(*lines, talking=Declining)
    assert "The check gives ((n - k) // s + 1, (n - k) // s + 1) on all 36 variants." in said
    assert "It holds on 36 variants." in said
    assert written is not None
    question = written[1]
    assert question.kind is Kind.SHAPE
    assert question.key == "mine/my-size"
    assert question.check == "image = ramp(n, n)\nconv2d(image, ones(k, k), stride=s).shape"
    assert [dict(wrong.given) for wrong in question.wrong] == [{"s": 1}]
    told = (question.explain, question.hint, question.tags, question.level)
    assert told == ("So.", "Look.", ("a b", "c"), 2)


def test_wrong_answers_are_proposed_that_are_wrong_on_every_variant(taken) -> None:
    lines = [*SIZE, "s = 1", "No stride.", "", "", *NOTHING_ELSE, "my-size", ""]
    question = taken(*lines, talking=Accepting)
    proposed = [wrong for wrong in question.wrong if wrong.because.startswith("Slip")]
    assert len(proposed) == Accepting.taken > 0
    assert all(wrong.expression for wrong in proposed)


def test_a_choice_with_options_that_the_check_judges(write) -> None:
    """An option that the check finds right is not taken for a wrong one."""
    lines = ["choice", "Which has nothing to learn?", "", "", "a pool", "layer = MaxPool2d(2)", ""]
    lines += ["parameters(layer) == 0", "", "a ReLU", "ReLU()", "a convolution", "Conv2d(1, 1, 3)"]
    lines += ["Ten.", "a dense one", "layer = 3", "Linear(4, 2)", "Also ten.", "", ""]
    written, said = write(*lines, *NOTHING_ELSE, "", "")
    assert "So it is a right option." in said
    assert "this is not Python" in said  # of layer = layer = 3
    assert written is not None
    question = written[1]
    assert [wrong.text for wrong in question.wrong] == ["a convolution", "a dense one"]
    assert dict(question.wrong[0].given) == {"layer": "Conv2d(1, 1, 3)"}


def test_a_choice_by_the_largest_value(taken) -> None:
    lines = ["choice", "Which has most weights?", "", "max", "dense", "layer = Linear(4, 2)", ""]
    lines += ["parameters(layer)", "", "a pool", "MaxPool2d(2)", "None.", "", ""]
    question = taken(*lines, *NOTHING_ELSE, "", "")
    assert question.pick is Pick.MAX


def test_a_card_whose_claims_each_fail_somewhere(write) -> None:
    """A claim that does not hold is not taken; another check is written line by line."""
    lines = ["recall", "Why?", "", "So.", "x = ones(2)", "", "Two", "x.sum() == 3", "x.sum() == 2"]
    lines += ["", "", "check", "<", "x = ones(3)", "", "Three.", ""]
    written, said = write(*lines, *NOTHING_ELSE, "why", "")
    assert "It does not hold." in said
    assert "The claim “Two” fails under no contrast" in said
    assert written is not None
    question = written[1]
    assert (question.answer, question.claims[0].that) == ("So.", "x.sum() == 2")
    assert question.contrast[0].check == "x = ones(3)"


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["number", "What is {n} + {n}?", "3 in 2..4", "", "", "n + n", "", "", ""],
         "2*n"),
        (["array", "Which?", "", "ramp(2, 2) + 1", "", "", ""], "[[1, 2], [3, 4]]"),
        (["text", "Which?", "", '"max" if ones(1).sum() == 1 else "min"', "", "max, Maximum"],
         ("max", "Maximum")),
        (["order", "Sort.", "", 'tuple(sorted(["two", "one"]))', "", ""], ("one", "two")),
    ],
)  # fmt: skip
def test_each_kind_that_the_check_computes(taken, lines, answer) -> None:
    other = {"array": "zeros(2, 2)", "text": "'min'", "order": "('two', 'one')"}.get(lines[0], "0")
    no_wrong = [] if lines[0] == "order" else [""]
    more = [*no_wrong, other, "Other.", "", *NOTHING_ELSE, "mine", ""]
    question = taken(*lines, *more, talking=Declining)
    assert question.answer == answer


def test_an_answer_that_the_check_does_not_confirm_is_asked_for_again(write) -> None:
    lines = [*SIZE[:-1], "(n - k, n - k)", "", "s = 1", "No stride.", "", "", *NOTHING_ELSE, "", ""]
    written, said = write(*lines, talking=Declining)
    assert "The stored answer is" in said
    assert written is not None
    assert written[1].answer == "((n - k) // s + 1, (n - k) // s + 1)"


def test_a_verdict_needs_what_would_change_it(write) -> None:
    """The deck's own text and comments stay."""
    lines = [*VERDICT[:6], "", *VERDICT[6:], *NOTHING_ELSE]
    written, said = write(*lines, "is-it", "")
    assert "    true" in said
    assert "Nothing shows that this check can fail" in said
    assert written is not None
    more, said = write(*lines, "is-it", "is-it-too", "", text=written[0] + "  # the end\n")
    assert "Another question has that id." in said
    assert more is not None
    assert more[0].startswith(written[0] + "  # the end\n\n  - id: is-it-too\n")


def test_what_is_entered_can_be_gone_back_to_and_mended(write) -> None:
    """`<` asks the question before again, with what was told; at the end a name does."""
    begin = ["number", "What is {a} times {b}?", "2 in 2..4", "<", "3 in 2..5", "5 in 4..6", ""]
    lines = [*begin, "", "ones(a, b).sum()", "", "", "", "", "a + b", "Sum.", "", *NOTHING_ELSE]
    more = ["", "id", "product", "hint", "Times.", ""]
    written, said = write(*lines, *more, talking=Declining)
    assert "What is a? [2 in 2..4]" in said
    assert written is not None
    assert (written[1].given["a"], written[1].hint, written[1].id) == (3, "Times.", "product")


def test_a_given_is_tried_at_once(taken) -> None:
    givens = ["foo", "3 in 2..", "3 in [2, 3]", "q = n + m", "q = n + 1", "", "n =< 2", "n <= q"]
    lines = [
        "number",
        "What is {n} + {n} + 1?",
        *givens,
        "q + n",
        "",
        "2*n + 1",
        "",
        "",
        "0",
        "None.",
        "",
    ]
    question = taken(*lines, *NOTHING_ELSE, "", "", talking=Declining)
    assert dict(question.given) == {"n": 3, "q": "n + 1"}
    assert question.where == "n <= q"


def test_a_card_left_at_its_end_is_told_and_not_written(write) -> None:
    written, said = write(*VERDICT, *NOTHING_ELSE, "is-it", "no")
    assert written is None
    assert "Nothing is written." in said
    assert "id: is-it\nkind: true_false\n" in said


def test_a_value_that_is_not_of_the_kind_leads_back_to_the_check(write) -> None:
    with pytest.raises(EndError):
        write("shape", "What?", "", "'text'", "")


def test_a_deck_that_takes_no_question_at_its_end_says_so_first(worker: Worker) -> None:
    text = "schema: 1\ndeck: a\nquestions:\n  - {id: a, kind: recall, ask: a, answer: b, "
    text += "check: none yet}\ntitle: A\n"
    talk = Talk(StringIO(""), StringIO())
    with pytest.raises(NotYetError):
        Author(talk, worker, PATH, text).write()


def test_each_line_of_a_check_is_run_at_once(worker: Worker) -> None:
    code, said = check(worker, "x = ramp(2, 2)", "x.sum() + n", "", n=4)
    assert code == "x = ramp(2, 2)\nx.sum() + n"
    assert "    x = [0 1; 2 3]\n" in said
    assert "    10\n" in said


def test_an_error_is_shown_at_its_place_and_its_line_not_taken(worker: Worker) -> None:
    code, said = check(worker, "x = 2 + m", "x = 2 + n", "x", "", n=4)
    assert code == "x = 2 + n\nx"
    assert "    x = 2 + m\n            ^\n    nothing here is called `m`" in said


def test_a_block_is_taken_as_a_whole(worker: Worker) -> None:
    lines = ["x = 0", "for i in range(3):", "  x = x + i", "", "x", ""]
    code, said = check(worker, *lines)
    assert code == "x = 0\nfor i in range(3):\n  x = x + i\nx"
    assert "    3\n" in said


def test_a_check_without_a_value_goes_on(worker: Worker) -> None:
    code, said = check(worker, "x = 3", "", "x", "")
    assert code == "x = 3\nx"
    assert "last line must be an expression" in said


def test_a_line_is_taken_back_and_a_value_is_replaced(worker: Worker) -> None:
    """What was written before is kept, and can be continued."""
    code, said = check(worker, "<", "x + 1", "x + 2", "", code="x = 3\nx")
    assert code == "x = 3\nx + 2"
    assert "taken back: x\n" in said
    assert "(in the place of x + 1)" in said
    with pytest.raises(BackError):
        check(worker, "<", "<", code="x = 3")
