"""A check written line by line, run after each, its value or its error told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quizcnn.check.job import Checker, Given, Job
from quizcnn.check.wording import inline
from quizcnn.plain.talking import Talk

HOW = (
    "The check, line by line; an empty line ends it. Its last line is the value: "
    "conv2d(ramp(n, n), ones(k, k)).shape"
)


class CheckWriter:
    """Takes the lines of a check from a conversation."""

    def __init__(self, talk: Talk, checker: Checker) -> None:
        self._talk = talk
        self._checker = checker

    @staticmethod
    def jobs(code: str, givens: Iterable[Mapping[str, Given]]) -> list[Job]:
        """The check's runs under some givens."""
        return [Job(code, given, steps=False) for given in givens]

    def write(self, given: Mapping[str, Given]) -> str:
        """The code of a check whose last line has a value. A line with an error is not taken."""
        self._talk.say(HOW)
        kept: list[str] = []
        block: list[str] = []
        while True:
            typed = self._talk.line("... " if block else ">>> ")
            if block and typed.strip() and (typed[0] in " \t" or _opens(typed)):
                block.append(typed)
                continue
            if block:
                if self._runs(kept + block, len(kept), given):
                    kept += block
                block = []
                if not typed.strip():
                    continue
            if not typed.strip():
                if self._has_value(kept, given):
                    return "\n".join(kept)
            elif _opens(typed):
                block = [typed]
            elif self._runs([*kept, typed], len(kept), given):
                kept.append(typed)

    def _runs(self, lines: list[str], before: int, given: Mapping[str, Given]) -> bool:
        """Whether the code runs; its last value is told, or its error under the line it is in."""
        code = "\n".join(lines)
        [proof] = self._checker.run([Job(code, given, needs_value=False)])
        failure = proof.failure
        if failure is not None:
            if failure.given is not None:
                self._talk.say(f"In the given {failure.given}: {failure.message}")
            else:
                if failure.line is not None and failure.line <= len(lines):
                    self._talk.say(
                        f"    {lines[failure.line - 1]}", f"    {'':>{(failure.column or 1) - 1}}^"
                    )
                self._talk.say(f"    {failure.message}. That was not taken; write it anew.")
            return False
        if proof.steps:
            step = proof.steps[-1]
            named = f"{step.name} = " if step.name else ""
            self._talk.say(f"    {named}{inline(step.value)}")
        return len(lines) > before

    def _has_value(self, lines: list[str], given: Mapping[str, Given]) -> bool:
        [proof] = self._checker.run(self.jobs("\n".join(lines), [given]))
        if proof.failure is None:
            return True
        self._talk.say(f"    {proof.failure.message}")
        return False


def _opens(line: str) -> bool:
    """Whether a line begins a block, or goes on with one."""
    return line.rstrip().endswith(":")
