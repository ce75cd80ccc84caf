"""Practice as a plain conversation: one line at a time, for screen readers, pipes and teletypes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from quizcnn.answer.graded import Asked, Blank, Graded, Malformed, Ungraded
from quizcnn.deck.model import Kind
from quizcnn.display import clean
from quizcnn.plain.proof import graded_lines
from quizcnn.study.session import Session

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMANDS = "Type :hint for a hint, :skip to leave a question out, :quit to stop."

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
    """A practice session over a pair of text streams."""

    def __init__(self, session: Session, source: TextIO, out: TextIO) -> None:
        self.session = session
        self.source = source
        self.out = out

    def run(self) -> None:
        """Ask every question, then say how it went. Ends early at :quit or the end of the input."""
        self._say([f"{self.session.total} questions. {COMMANDS}"])
        while (asked := self.session.ask()) is not None:
            if isinstance(asked, Ungraded):
                self._ungraded(asked)
            elif not self._question(asked):
                break
            self.session.next()
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
        """Ask one question until it is answered or skipped; False when the learner has stopped."""
        self._say(["", f"Question {self.session.position} of {self.session.total}", asked.prompt])
        self._say(
            f"  {letter}) {text}" for letter, text in zip(LETTERS, asked.options, strict=False)
        )
        self._say([HOW[asked.question.kind]])
        while True:
            typed = self._read()
            if typed is None or typed == ":quit":
                return False
            if typed == ":skip":
                self.session.skip()
                return True
            if typed == ":hint":
                self._say([asked.hint or "This question has no hint."])
                continue
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

    def _graded(self, graded: Graded) -> bool:
        self._say(graded_lines(graded))
        while graded.right is None:
            self._say(["Did you know it? Type y or n."])
            typed = self._read()
            if typed is None or typed == ":quit":
                return False
            if typed.lower() in {"y", "yes", "n", "no"}:
                self.session.judge(typed.lower().startswith("y"))
                break
        return True

    def _ungraded(self, ungraded: Ungraded) -> None:
        self._say([f"{ungraded.asked.question.key} is not graded: {ungraded.reason}"])

    def _summary(self) -> None:
        summary = self.session.summary()
        self._say(["", f"{summary.right} right, {summary.wrong} wrong, {summary.skipped} skipped."])
        if summary.ungraded:
            self._say([f"{summary.ungraded} could not be graded; `quizcnn verify` says why."])
        if summary.missed:
            self._say(["To look at again:"])
            self._say(f"  {question.key}" for question in summary.missed)
