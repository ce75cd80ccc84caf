"""A window in words: after an answer in plain practice, and in what `quizcnn show` prints."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from shelf import Learner, Shelf

from quizcnn.answer.watching import Watched
from quizcnn.check.job import Job
from quizcnn.check.language import run_jobs
from quizcnn.check.proof import Proof
from quizcnn.cli.main import main
from quizcnn.deck.model import Kind, Place, Question
from quizcnn.plain.practice import Conversation
from quizcnn.plain.windows import NOTHING, told_windows
from quizcnn.study.records import Request

CHECK = """\
image = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
conv2d(image, [[1, 0], [0, 10]]).shape"""
HERE = Place("deck.yaml", 1)
QUESTION = Question(
    deck="test",
    id="size",
    kind=Kind.SHAPE,
    ask="What size?",
    check=CHECK,
    answer="(2, 2)",
    place=HERE,
    places={},
    check_place=HERE,
)


class Here:
    """Checks run in this process."""

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        return run_jobs(jobs)


def practise(question: Question, *typed: str) -> str:
    session = Learner(Shelf.of(question)).study.open(Request(), Here())
    out = io.StringIO()
    Conversation(session, io.StringIO("\n".join(typed) + "\n"), out).run()
    return out.getvalue()


def told(code: str, typed: str = "") -> list[str]:
    (proof,) = run_jobs([Job(code, trace=True)])
    return list(told_windows([*map(Watched, proof.windows)], typed))


def test_a_cell_is_told_after_an_answer_as_often_as_one_asks() -> None:
    """The prompt comes again, and the answer stays as it was."""
    said = practise(QUESTION, "2x2", ":window 0 1", ":window", "")
    assert "such as :window 0 1" in said
    assert "row 0, column 1 of the output\nthe window sees rows 0 to 1, columns 1 to 2" in said
    assert "2×1 + 3×0 + 5×0 + 6×10 = 62" in said
    assert "1×1 + 2×0 + 4×0 + 5×10 = 51" in said
    assert "1 right, 0 wrong" in said


def test_a_slip_is_told_after_the_check() -> None:
    """Max pooling taken for average: the same cell of both, told apart by the slip's name."""
    check = "avg_pool2d(np.array([[1, 2], [3, 6]]), 2)[0, 0]"
    asked = replace(QUESTION, kind=Kind.NUMBER, ask="Which?", check=check, answer="3")
    said = practise(asked, "6", ":window", "")
    right, slip = said.split("Slip: max instead of average pooling\n")
    assert right.rstrip().endswith("(1 + 2 + 3 + 6) ÷ 4 = 3")
    assert "the largest of 1, 2, 3, 6 is 6" in slip


def test_a_channel_that_is_not_played_is_told_so() -> None:
    """Of a pool of many channels only the first ones are."""
    assert told("global_avg_pool2d(ramp(512, 7, 7))", "83")[0].endswith(
        "has no such cell: its output has shape (512,), of which (83,) is played"
    )
    assert told("global_avg_pool2d(ramp(512, 7, 7))", "82")[1] == "channel 82 of the output"


def test_of_a_single_number_no_cell_is_asked_for() -> None:
    """A global pool of one image."""
    assert told("global_avg_pool2d([[1, 3]])")[1:] == [
        "the output, a single number",
        "the window sees row 0, columns 0 to 1 of the input",
        "(1 + 3) ÷ 2 = 2",
    ]
    assert told("global_avg_pool2d([[1, 3]])", "0")[0].endswith("its output is a single number")
    assert told("global_avg_pool2d(ramp(2, 3, 1, 2))", "1 2")[1] == (
        "image 1, channel 2 of the output"
    )


def test_nothing_is_offered_where_nothing_slides() -> None:
    """And whoever asks is told so."""
    said = practise(replace(QUESTION, check="(2, 2)"), "2x2", ":window 0 0", "")
    assert "such as :window" not in said
    assert NOTHING in said


def test_a_cell_that_is_not_there_is_told_so() -> None:
    """With the shape of what is there; leading numbers may be left out."""
    code = "conv2d(ramp(1, 3, 3), ones(2, 1, 2, 2))"
    assert told(code, "2 0 0")[0].endswith("has no such cell: its output has shape (2, 2, 2)")
    assert told(code, "0 0 0 0")[0].endswith("has no such cell: its output has shape (2, 2, 2)")
    assert told(code, "1, 0, 1")[1] == "channel 1, row 0, column 1 of the output"
    assert told("conv1d(ramp(2, 1, 4), ones(3, 1, 2))", "1 2 0")[1] == (
        "image 1, channel 2, place 0 of the output"
    )
    assert told("conv1d(ramp(4), ones(2))", "3")[0].endswith("shape (3,)")


def test_what_is_left_out_is_told_with_its_reason() -> None:
    """It is not passed over in silence."""
    (line,) = told("conv2d(ones(70, 70), ones(2, 2))")
    assert line.endswith("is not played: its input has 70×70; up to 64×64 is played")


@pytest.mark.parametrize(("option", "sum_"), [(["--window"], "51"), (["--window", "1,1"], "95")])
def test_show_tells_a_window(
    option: list[str], sum_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`quizcnn show ID --window ROW,COLUMN`; without numbers the first cell."""
    check = CHECK.replace("\n", "\n      ")
    (tmp_path / "deck.yaml").write_text(
        "schema: 1\ndeck: test\ntitle: T\nabout: A\nquestions:\n"
        f"  - id: size\n    kind: shape\n    ask: What size?\n    answer: (2, 2)\n"
        f"    check: |\n      {check}\n"
        "    contrast: [{check: '(1, 1)', because: It differs.}]\n"
    )
    assert main(["show", "size", "--decks", str(tmp_path), *option]) == 0
    assert capsys.readouterr().out.rstrip().endswith(f"= {sum_}")
