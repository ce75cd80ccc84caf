"""A question by conversation: its check is run as it is written, and what is written holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Kind, Question
from quizcnn.plain.authoring import Author
from quizcnn.plain.checkwriting import CheckWriter
from quizcnn.plain.talking import EndError, Talk

PATH = Path("mine.yaml")
SIZE = [
    "shape",
    "A map of {n}×{n}, a kernel of {k}×{k}, stride {s}. What size comes out?",
    "9 in 7..12",
    "3 in [2, 3]",
    "2 in 1..3",
    "",
    "",
    "image = ramp(n, n)",
    "conv2d(image, ones(k, k), stride=s).shape",
    "",
    "",
]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


@pytest.fixture
def write(worker: Worker) -> Callable[..., tuple[tuple[str, Question] | None, str]]:
    """Has a conversation, and gives what came of it and all that was said."""

    def run(*lines: str, text: str = "") -> tuple[tuple[str, Question] | None, str]:
        out = StringIO()
        talk = Talk(StringIO("".join(f"{line}\n" for line in lines)), out)
        return Author(talk, worker, PATH, text).write(), out.getvalue()

    return run


def check(worker: Worker, *lines: str, **given: int) -> tuple[str, str]:
    out = StringIO()
    talk = Talk(StringIO("".join(f"{line}\n" for line in lines)), out)
    return CheckWriter(talk, worker).write(given), out.getvalue()


class Declining(Talk):
    """Leaves every wrong answer out that is proposed."""

    def line(self, prompt: str) -> str:
        return "" if prompt.startswith("Why is that wrong?") else super().line(prompt)


def test_a_question_with_its_formula_found(worker: Worker) -> None:
    """It holds on every variant; what is written is read as it was told."""
    lines = [*SIZE, "s = 1", "No stride.", "", "", "Because.", "my-size"]
    out = StringIO()
    talk = Declining(StringIO("".join(f"{line}\n" for line in lines)), out)
    written, said = Author(talk, worker, PATH, "").write(), out.getvalue()
    assert "The check gives ((n - k) // s + 1, (n - k) // s + 1) on all 36 variants." in said
    assert "It holds on 36 variants." in said
    assert written is not None
    text, question = written
    deck, problems = read_deck(text.encode(), PATH)
    assert not problems
    assert deck is not None
    assert deck.questions == (question,)
    assert question.kind is Kind.SHAPE
    assert question.key == "mine/my-size"
    assert question.check == "image = ramp(n, n)\nconv2d(image, ones(k, k), stride=s).shape"
    assert [dict(wrong.given) for wrong in question.wrong] == [{"s": 1}]


class Accepting(Talk):
    """Takes every wrong answer that is proposed, each for a reason of its own."""

    taken = 0

    def line(self, prompt: str) -> str:
        if not prompt.startswith("Why is that wrong?"):
            return super().line(prompt)
        self.taken += 1
        return f"Slip {self.taken}."


def test_wrong_answers_are_proposed_that_are_wrong_on_every_variant(worker: Worker) -> None:
    out = StringIO()
    lines = [*SIZE, "s = 1", "No stride.", "", "", "", "my-size"]
    talk = Accepting(StringIO("".join(f"{line}\n" for line in lines)), out)
    written = Author(talk, worker, PATH, "").write()
    assert written is not None
    proposed = [wrong for wrong in written[1].wrong if wrong.because.startswith("Slip")]
    assert proposed
    assert out.getvalue().count("is what comes of a slip: ") == talk.taken == len(proposed)
    assert all(wrong.expression for wrong in proposed)


def test_a_verdict_needs_what_would_change_it(write) -> None:
    """The deck's own text and comments stay."""
    lines = ["true_false", "Is it?", "", "ones(2, 2).sum() == 4", "", "", "", "2 > 3", "It is not."]
    written, said = write(*lines, "", "", "is-it", text="")
    assert "    true" in said
    assert "One is needed" in said
    assert written is not None
    more, said = write(*lines, "", "", "is-it", "is-it-too", text=written[0] + "  # the end\n")
    assert "Please write lowercase words joined by -, which no other question has." in said
    assert more is not None
    assert more[0].startswith(written[0] + "  # the end\n\n  - id: is-it-too\n")


def test_what_does_not_hold_is_not_written_and_not_lost(write) -> None:
    written, said = write(
        "true_false", "Is it?", "", "1 > 2", "", "true", "2 > 3", "No.", "", "", "is-it"
    )
    assert written is None
    assert "The stored answer is" in said
    assert "id: is-it\nkind: true_false\n" in said


def test_a_value_that_is_not_of_the_kind_is_told(write) -> None:
    written, said = write("shape", "What?", "", "'text'", "")
    assert written is None
    assert "gives text, and that is no shape" in said


def test_the_end_of_the_input_ends_it(write) -> None:
    with pytest.raises(EndError):
        write("shape", "What?")


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
