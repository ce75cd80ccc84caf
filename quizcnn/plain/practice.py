"""Practice as a plain conversation: one line at a time, for screen readers, pipes and teletypes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TextIO

from quizcnn.answer.graded import Asked, Blank, Graded, Malformed, Ungraded
from quizcnn.answer.watching import plays, watched
from quizcnn.deck.model import Kind, Question
from quizcnn.display import clean
from quizcnn.plain.proof import graded_lines, slip_lines
from quizcnn.plain.windows import HOW as HOW_WINDOWS
from quizcnn.plain.windows import told_windows
from quizcnn.study.records import Grade, Mode
from quizcnn.study.session import Session
from quizcnn.study.store.errors import StoreError
from quizcnn.study.summary import Summary
from quizcnn.study.turn import Phase

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMANDS = {
    ":hint": "for a hint",
    ":skip": "to leave a question out",
    ":undo": "to take an answer back",
    ":bury": "to set a question aside until tomorrow",
    ":suspend": "to set it aside for good",
    ":quit": "to stop",
}
ONLY_IN_STUDY = (":bury", ":suspend")
GO_ON = "Press Enter to go on, 1 to 4 for another grade, :edit to open the question in your editor."
GRADES = "How well did you know it? Type 1 again, 2 hard, 3 good or 4 easy."

HOW: dict[Kind, str] = {
    Kind.NUMBER: "Type a number.",
    Kind.SHAPE: "Type a shape, such as 6x6.",
    Kind.ARRAY: "Type the values, rows separated by semicolons, such as 1 2; 3 4.",
    Kind.CHOICE: "Type the letter of the right option, or several letters if several are right.",
    Kind.TRUE_FALSE: "Type true or false.",
    Kind.TEXT: "Type a word or two.",
    Kind.ORDER: "Type the letters in the right order.",
    Kind.RECALL: "Say it to yourself, then press Enter to turn the card.",
}


class Conversation:
    """A practice session over a pair of text streams.

    `edit` opens a question in an editor, waits, and says what came of it.
    """

    def __init__(
        self,
        session: Session,
        source: TextIO,
        out: TextIO,
        edit: Callable[[Question], str] = lambda question: "There is no editor here.",
    ) -> None:
        self.session = session
        self.edit = edit
        self.source = source
        self.out = out

    def run(self) -> None:
        """Ask every question, then say how it went. Ends early at :quit or the end of the input."""
        waiting = self.session.waiting()
        self._say([f"{_questions(waiting.all)}. {self._commands()}"])
        try:
            while (asked := self.session.ask()) is not None:
                if isinstance(asked, Ungraded):
                    self._ungraded(asked)
                elif not self._question(asked):
                    break
                if self.session.phase is Phase.DONE:
                    self.session.next()
        except StoreError as error:
            self._say([str(error)])
        self._summary()

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.out.write(clean(line) + "\n")
        self.out.flush()

    def _read(self) -> str | None:
        self.out.write("> ")
        self.out.flush()
        line = self.source.readline()
        return line.strip() if line else None

    def _question(self, asked: Asked) -> bool:
        """Ask one question until it is answered or left; False when the learner has stopped."""
        left = _questions(self.session.waiting().all)
        self._say(["", f"{left} left{self._clock()}", asked.prompt])
        self._say(
            f"  {letter}) {text}" for letter, text in zip(LETTERS, asked.options, strict=False)
        )
        self._say([HOW[asked.question.kind]])
        while True:
            typed = self._read()
            if typed is None or typed == ":quit":
                return False
            if typed.startswith(":"):
                if self._command(typed, asked):
                    return True
                continue
            if self.session.seconds_left == 0:
                self._say(["The time is over."])
                return False
            result = self.session.answer(typed)
            if isinstance(result, Blank):
                self._say(["Nothing was typed; try again, or :skip."])
            elif isinstance(result, Malformed):
                self._say([result.message])
            elif isinstance(result, Ungraded):
                self._ungraded(result)
                return True
            else:
                return self._graded(result)

    def _command(self, typed: str, asked: Asked) -> bool:
        """Do what was asked for before an answer; whether the question is left by it."""
        study = self.session.mode is Mode.STUDY
        match typed:
            case ":hint":
                exam = self.session.mode is Mode.EXAM
                hint = "An exam gives no hints." if exam else asked.hint
                self._say([hint or "This question has no hint."])
                return False
            case ":skip":
                self.session.skip()
            case ":bury" if study:
                self.session.bury()
                self._say(["Set aside until tomorrow."])
            case ":suspend" if study:
                self.session.suspend()
                self._say(["Set aside for good."])
            case ":undo":
                return self._undo()
            case _:
                self._say([f"{typed} is no command here. {self._commands()}"])
                return False
        self._notice()
        return True

    def _commands(self) -> str:
        study = self.session.mode is Mode.STUDY
        told = [
            f"{name} {what}"
            for name, what in COMMANDS.items()
            if study or name not in ONLY_IN_STUDY
        ]
        return f"Type {', '.join(told)}."

    def _undo(self) -> bool:
        """Take the last answer back; whether there was one."""
        try:
            undone = self.session.undo()
        except StoreError as error:
            self._say([str(error)])
            return False
        self._say(["Taken back." if undone else "There is nothing to take back."])
        return undone

    def _graded(self, graded: Graded) -> bool:
        """Tell what came of an answer, and have it graded; False when the learner has stopped."""
        if not self.session.reveals:
            return True
        self._say(graded_lines(graded))
        self._slip(graded)
        self._notice()
        shown = self.session.graded or graded
        if plays(shown) and (self.session.phase is Phase.JUDGING or self.session.outlook()):
            self._say([HOW_WINDOWS])
        while self.session.phase is Phase.JUDGING:
            self._say([GRADES, *self._outlook()])
            if (on := self._grade()) is not None:
                return on
        outlook = self.session.outlook()
        if self.session.grade is not None and outlook:
            self._say([f"It comes again in {outlook[self.session.grade]}."])
        return self._regrade() if outlook else True

    def _slip(self, graded: Graded) -> None:
        """Tell what a wrong answer is the answer to: after the proof, as it takes a moment."""
        slip = self.session.seek_slip()
        if slip is not None and self.session.keep_slip(graded, slip):
            self._say(slip_lines(replace(graded, slip=slip)))

    def _regrade(self) -> bool:
        """Let the learner alter the grade or take the answer back before going on."""
        while True:
            self._say([GO_ON])
            self._say(self._outlook())
            if (on := self._grade(enough="")) is not None:
                return on

    def _grade(self, enough: str = ":quit") -> bool | None:
        """Whether one goes on after a grade, a command or what is `enough`; None after all else."""
        typed = self._read()
        if typed is None or typed == ":quit":
            return False
        if typed == ":undo":
            return self._undo()
        if typed == ":edit" and self.session.question is not None:
            self._say([self.edit(self.session.question)])
            return None
        if typed.startswith(":window") and self.session.graded is not None:
            self._say(told_windows(watched(self.session.graded), typed))
            return None
        if typed in {"1", "2", "3", "4"}:
            self.session.judge(Grade(int(typed)))
            self._notice()
            return True
        return True if typed == enough else None

    def _outlook(self) -> list[str]:
        told = [
            f"{int(grade)} {grade.name.lower()}: {words}"
            for grade, words in self.session.outlook().items()
        ]
        return ["; ".join(told) + "."] if told else []

    def _notice(self) -> None:
        if self.session.notice:
            self._say([f"Not saved. {self.session.notice}"])
        if self.session.remark:
            self._say([self.session.remark])

    def _clock(self) -> str:
        left = self.session.seconds_left
        return "" if left is None else f", {left // 60} min {left % 60} s of the time"

    def _ungraded(self, ungraded: Ungraded) -> None:
        self._say([f"{ungraded.asked.question.key} is not graded: {ungraded.reason}"])

    def _summary(self) -> None:
        summary = self.session.summary()
        self._say(["", f"{summary.right} right, {summary.wrong} wrong, {summary.skipped} skipped."])
        if summary.ungraded:
            self._say([f"{summary.ungraded} could not be graded; `quizcnn verify` says why."])
        if not self.session.reveals:
            self._exam(summary)
        if summary.missed:
            self._say(["To look at again:"])
            self._say(f"  {question.key}" for question in summary.missed)
        if summary.left:
            self._say([f"{_questions(summary.left)} left."])
        if summary.returns:
            self._say([f"The next one is due in {summary.returns}."])

    def _exam(self, summary: Summary) -> None:
        """The score by topic, then each answer with its proof."""
        self._say(f"  {tally.name}: {tally.right} of {tally.asked}" for tally in summary.by_tag)
        for result in summary.results:
            if result.graded is not None:
                self._say(["", result.prompt, *graded_lines(result.graded)])


def _questions(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"
