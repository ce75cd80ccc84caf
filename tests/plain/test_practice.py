"""Plain practice reaches what the app does: answers, grades, undo, setting aside, exams."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from shelf import Learner, Shelf

from quizcnn.check.job import Job
from quizcnn.check.proof import Network, NetworkRow, Proof, Step
from quizcnn.deck.model import Kind, Place, Question
from quizcnn.plain.practice import Conversation
from quizcnn.study.records import Grade, Mode, Request
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.store import UnwritableError

PLACE = Place("deck.yaml", 1)
ONE = Question(
    deck="test",
    id="one",
    kind=Kind.NUMBER,
    ask="What comes out?",
    check="6",
    answer="6",
    place=PLACE,
    places={},
    check_place=PLACE,
    hint="It is even.",
    tags=("size",),
)
TWO = replace(ONE, id="two", ask="And now?", hint=None)
CARD = replace(ONE, id="card", kind=Kind.RECALL, ask="Why?", check="True", answer="Because.")


class Sure:
    """A checker that computes 6, or true where that is asked."""

    def run(self, jobs: list[Job], timeout: float = 2.0) -> list[Proof]:
        return [self._one(job) for job in jobs]

    def _one(self, job: Job) -> Proof:
        value = job.code == "True" or 6
        return Proof(steps=(Step(job.code, 1, None, value),), value=value)


def practise(
    learner: Learner,
    *typed: str,
    request: Request | None = None,
    stop: bool = True,
    checker: Any = None,
) -> str:
    """What is said to somebody who types these lines."""
    source = io.StringIO("".join(f"{line}\n" for line in (*typed, *([":quit"] if stop else []))))
    out = io.StringIO()
    session = learner.study.open(request or Request(), checker or Sure())
    Conversation(session, source, out).run()
    return out.getvalue()


def learner_of(*questions: Question, **settings: Any) -> Learner:
    return Learner(Shelf.of(*questions), Settings(fuzz=False, learning_steps=(), **settings))


def test_an_answer_is_told_with_its_proof_and_when_it_comes_again() -> None:
    learner = learner_of(ONE, TWO)
    said = practise(learner, "6", "", stop=True)
    for told in ("2 questions left", "What comes out?", "Right.", "gives 6", "comes again in 2 d"):
        assert told in said
    assert "1 question left\nAnd now?" in said
    assert learner.log() == [("test/one", 1, Grade.GOOD, "6")]


def test_the_grade_can_be_altered() -> None:
    learner = learner_of(ONE)
    said = practise(learner, "7", "2")
    assert "1 again: 1 d; 2 hard: 1 d; 3 good: 2 d; 4 easy: 8 d." in said
    assert learner.log() == [("test/one", 0, Grade.HARD, "7")]


def test_a_card_is_graded_by_its_learner() -> None:
    learner = learner_of(CARD)
    said = practise(learner, "", "good", "3")
    assert said.count("How well did you know it?") == 2
    assert learner.log() == [("test/card", 1, Grade.GOOD, "")]


def test_undo_takes_back_from_every_prompt() -> None:
    learner = learner_of(ONE, CARD)
    said = practise(learner, ":undo", "6", ":undo", "7", "", "", ":undo", ":undo", "6", "")
    assert "There is nothing to take back." in said
    assert said.count("Taken back.") == 3
    assert learner.log() == [("test/one", 1, Grade.GOOD, "6")]


def test_commands_are_reached_before_answering() -> None:
    learner = learner_of(ONE, TWO, replace(ONE, id="three"), replace(ONE, id="four"))
    said = practise(learner, ":hint", ":skip", ":hint", ":bury", ":suspend", ":sleep", "6", "")
    for told in ("It is even.", "This question has no hint.", "Set aside until tomorrow."):
        assert told in said
    assert "Set aside for good." in said
    assert ":sleep is no command here. Type :hint for a hint" in said
    assert learner.store.card("test/two").buried == learner.calendar.tomorrow(learner.clock())
    assert learner.store.card("test/three").suspended
    assert [row[0] for row in learner.log()] == ["test/four"]


def test_an_exam_tells_the_proofs_at_the_end() -> None:
    learner = learner_of(ONE, TWO)
    request = Request(Mode.EXAM, questions=2, seconds=90)
    said = practise(learner, ":hint", ":bury", "6", "7", request=request, stop=False)
    assert "2 questions left, 1 min 30 s of the time" in said
    assert "An exam gives no hints." in said
    assert ":bury is no command here." in said
    end = said.index("1 right, 1 wrong, 0 skipped.")
    assert "Proof:" not in said[:end]
    assert said[end:].count("Proof:") == 2
    assert "size: 1 of 2" in said[end:]


def test_an_exam_takes_no_answer_when_its_time_is_over() -> None:
    learner = learner_of(ONE, TWO)

    class Slow(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            learner.clock.wait(seconds=91)
            return "6\n"

    out = io.StringIO()
    request = Request(Mode.EXAM, questions=2, seconds=90)
    Conversation(learner.study.open(request, Sure()), Slow(), out).run()  # type: ignore[arg-type]
    assert "The time is over." in out.getvalue()
    assert learner.log() == []


def test_the_end_of_the_input_ends_the_session_and_loses_nothing() -> None:
    learner = learner_of(ONE, TWO)
    said = practise(learner, "6", stop=False)
    assert "1 right, 0 wrong, 0 skipped." in said
    assert "1 question left." in said
    assert len(learner.log()) == 1


def test_what_cannot_be_saved_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = learner_of(ONE, TWO)

    def full(*_: object) -> None:
        raise UnwritableError("There is no room left on the disk.")

    monkeypatch.setattr(learner.store, "answer", full)
    said = practise(learner, "6", "")
    assert "Right." in said
    assert "Not saved. There is no room left on the disk." in said
    assert "And now?" in said


class Given:
    """A checker that computes what n is."""

    def run(self, jobs: list[Job], timeout: float = 2.0) -> list[Proof]:
        return [self._one(job) for job in jobs]

    def _one(self, job: Job) -> Proof:
        n = job.given["n"] if job.code == "n" else int(job.code)
        return Proof((("n", job.given.get("n", 0)),), (Step(job.code, 1, None, n),), value=n)


def test_a_wrong_answer_is_told_what_it_is_the_answer_to() -> None:
    one = replace(ONE, check="n", given={"n": 6})
    said = practise(learner_of(one), "7", checker=Given())
    told = said[said.index("Your 7 is what one slip gives: n + 1 for n.") :].splitlines()
    proof = ["  was: n = 6", "  now: n = 7", "  given n = 7", "  n", "    gives 7"]
    assert told[1:7] == ["Proof of your 7, with n + 1 for n:", *proof]
    assert "No single slip in the check gives 99." in practise(
        learner_of(one), "99", checker=Given()
    )


class Networked(Sure):
    """A checker whose proofs are about a network with a name that could steer a terminal."""

    def _one(self, job: Job) -> Proof:
        row = NetworkRow("Linear(4, 2)", (2,), 10, 8, None)
        return replace(super()._one(job), networks=(Network("net\x1b[2J", (4,), (row, row)),))


def test_a_network_is_told_layer_by_layer() -> None:
    said = practise(learner_of(ONE), "6", checker=Networked())
    assert "net\ufffd[2J, for an input of 4: 20 parameters, 16 multiply-adds\n" in said
    assert "  2. Linear(4, 2): output 2; 10 parameters (50%), 8 multiply-adds (50%)\n" in said


def test_a_question_can_be_edited_after_its_answer_and_one_goes_on() -> None:
    learner, edited, out = learner_of(ONE, TWO), [], io.StringIO()

    def edit(question: Question) -> str:
        edited.append(question.key)
        return "The deck was read again."

    session = learner.study.open(Request(), Sure())
    Conversation(session, io.StringIO("6\n:edit\n\n:quit\n"), out, edit).run()
    assert edited == [ONE.key]
    assert "The deck was read again." in out.getvalue()
    assert len(learner.log()) == 1
