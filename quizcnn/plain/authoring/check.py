"""A check written line by line, run after each, its value or its error told at once."""

from __future__ import annotations

from collections.abc import Mapping

from quizcnn.check.job import Given
from quizcnn.check.wording import inline
from quizcnn.deck.model import Kind
from quizcnn.plain.authoring.trial import Trial, ended
from quizcnn.plain.talking import BACK, HELP, BackError, Talk

NAMES = "Its lines name what the claims will speak of, as in pooled = max_pool2d(x, 2)"
HOW = "The check, line by line, run as you go; an empty line ends it."
EXAMPLES: Mapping[Kind, str] = {
    Kind.NUMBER: "parameters(Conv2d(c, m, k))",
    Kind.SHAPE: "conv2d(ramp(n, n), ones(k, k)).shape",
    Kind.ARRAY: "max_pool2d(image, 2)",
    Kind.CHOICE: "parameters(layer) == 0",
    Kind.TRUE_FALSE: "allclose(one, other)",
    Kind.TEXT: '"max" if pooled == image.max() else "average"',
    Kind.ORDER: "tuple([name for size, name in sorted(zip(sizes, names))])",
}
"""The last line of a check of each kind that has a value."""
MORE = """\
Each line is Python: a name, =, and what it is, such as image = ramp(n, n); or the value itself.
max_pool2d, conv2d, Linear, softmax, parameters, … are there as in PyTorch, NumPy as np.….
A line that ends with : opens a block; its lines are indented, and an empty one ends it.
< takes the last line back. questions/README.md lists all names."""


class CheckWriter:
    """Takes the lines of a check from a conversation."""

    def __init__(self, talk: Talk, trial: Trial) -> None:
        self._talk = talk
        self._trial = trial

    def write(self, given: Mapping[str, Given], code: str, kind: Kind) -> str:
        """The code of a check; its last line has a value, but for a recall.

        A line with an error is not taken. `code` is what it was before, to be kept, continued or
        taken back. Raises BackError where no line is left to take back.
        """
        value = kind is not Kind.RECALL
        last = f"Its last line is the value, as in {EXAMPLES[kind]}" if value else NAMES
        self._talk.say(HOW, last)
        kept = code.split("\n") if code else []
        self._talk.say(*(f">>> {line}" for line in kept))
        block: list[str] = []
        while True:
            typed = self._talk.line("... " if block else ">>> ")
            if typed.strip() in (BACK, HELP):
                block = self._commanded(typed.strip(), kept, block)
                continue
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
                if self._ends(kept, given, value):
                    return "\n".join(kept)
            elif _opens(typed):
                block = [typed]
            else:
                self._line(kept, typed, given)

    def _commanded(self, typed: str, kept: list[str], block: list[str]) -> list[str]:
        """Explain, or take the last line of the block or of what is kept back."""
        if typed == HELP:
            self._talk.say(*(f"  {line}" for line in MORE.split("\n")))
            return block
        if block:
            return block[:-1]
        if not kept:
            raise BackError
        self._talk.say(f"    taken back: {kept.pop()}")
        return block

    def _line(self, kept: list[str], typed: str, given: Mapping[str, Given]) -> None:
        """Take a line if it runs; in the place of the last one if that was a value, now lost."""
        failure = self._trial.run("\n".join([*kept, typed]), given, value=False).failure
        lost = failure is not None and failure.line is not None and failure.line <= len(kept)
        if lost and self._trial.run("\n".join([*kept[:-1], typed]), given, value=False).ok:
            self._talk.say(f"    (in the place of {kept.pop()})")
        if self._runs([*kept, typed], len(kept), given):
            kept.append(typed)

    def _runs(self, lines: list[str], before: int, given: Mapping[str, Given]) -> bool:
        """Whether the code runs; its last value is told, or its error under the line it is in."""
        proof = self._trial.run("\n".join(lines), given, value=False)
        failure = proof.failure
        if failure is not None:
            if failure.given is not None:
                self._talk.say(f"    In the given {failure.given}: {ended(failure.message)}")
            else:
                if failure.line is not None and failure.line <= len(lines):
                    self._talk.say(
                        f"    {lines[failure.line - 1]}", f"    {'':>{(failure.column or 1) - 1}}^"
                    )
                self._talk.say(f"    {failure.message}; that was not taken; write it anew.")
            return False
        if proof.steps:
            step = proof.steps[-1]
            named = f"{step.name} = " if step.name else ""
            self._talk.say(f"    {named}{inline(step.value)}")
        return len(lines) > before

    def _ends(self, lines: list[str], given: Mapping[str, Given], value: bool) -> bool:
        """Whether the code can end here, which an error tells."""
        if not any(line.strip() for line in lines):
            self._talk.say("    A check has one line at least.")
            return False
        failure = self._trial.run("\n".join(lines), given, value=value).failure
        if failure is not None:
            self._talk.say(f"    {ended(failure.message)}")
        return failure is None


def _opens(line: str) -> bool:
    """Whether a line begins a block, or goes on with one."""
    return line.rstrip().endswith(":")
