"""How long the terminal takes: from start to the first question, and from the answer to its proof.

Run it as `python tests/benchmarks/bench_tui.py`. Programs run in a terminal of their own (a pty of
80×24); the start is measured beside a hello-world Textual app, in turns. `--questions 100000` has
a catalog of so many. Processor time stands beside wall time: others may be at work on the machine.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("Hello, world")
Hello().run()
"""
QUIZ = "from quizcnn.cli.main import main; raise SystemExit(main())"
DECK = "schema: 1\ndeck: deck{0}\ntitle: Deck {0}\nabout: Sums.\nquestions:\n"
QUESTION = """\
  - id: question-{0}
    kind: true_false
    ask: Is the sum of a square of ones, as number {0} asks, sixteen?
    answer: true
    check: ones(4, 4).sum() == 16
    contrast:
      - check: ones(3, 4).sum() == 16
        because: It is smaller.
"""
OF_A_DECK = 1000
PATIENCE = 60


@dataclass(frozen=True)
class Took:
    """Seconds, by the clock and of the processor."""

    wall: float
    cpu: float


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, words: list[str], home: Path) -> None:
        self.began = time.perf_counter()
        self.pid, self._end = pty.fork()
        if not self.pid:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", HOME=str(home))
            for name in ("DATA", "CACHE", "CONFIG"):
                os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
            os.execv(sys.executable, [sys.executable, *words])
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, shown: bytes) -> Took:
        """Wait until this was drawn; what it took since the start or since the last key."""
        drawn = b""
        while shown not in drawn:
            if not select.select([self._end], [], [], PATIENCE)[0]:
                raise SystemExit(f"{shown!r} was not drawn: {drawn[-500:]!r}")
            drawn += os.read(self._end, 1 << 16)
        return Took(time.perf_counter() - self.began, self._cpu())

    def press(self, keys: str) -> None:
        self.began = time.perf_counter()
        os.write(self._end, keys.encode())

    def rest(self, seconds: float) -> None:
        """Let it finish what it does behind the screen."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._end], [], [], left)[0]:
                try:
                    os.read(self._end, 1 << 16)
                except OSError:  # it has ended
                    return

    def leave(self) -> None:
        """Go home and quit, as a person does."""
        for _ in range(2):
            self.press("q")
            self.rest(1)
        self.end()

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._end)

    def _cpu(self) -> float:
        """Processor time so far, where the system tells it: Linux has a clock for each process."""
        return time.clock_gettime(~self.pid << 3 | 2) if sys.platform == "linux" else 0.0


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--answers", type=int, default=100)
    options.add_argument("--questions", type=int, default=0, help="in a catalog of so many")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        decks = home / "data" / "quizcnn" / "decks"
        write(decks, given.questions or OF_A_DECK)
        quiz = ["-c", QUIZ, "practice", "deck0"]
        first = Terminal(quiz, home)  # reads the decks
        first.until(b"Is the sum of")
        first.rest(2)
        first.leave()  # what was read is put into the catalog's own file
        starts(quiz, home, given.runs)
        answers(quiz, home, given.answers)


def write(decks: Path, questions: int) -> None:
    """Decks of a thousand questions."""
    decks.mkdir(parents=True)
    for begin in range(0, questions, OF_A_DECK):
        name = begin // OF_A_DECK
        text = "".join(QUESTION.format(each) for each in range(begin, begin + OF_A_DECK))
        (decks / f"deck{name:03}.yaml").write_text(DECK.format(name) + text)


def starts(quiz: list[str], home: Path, runs: int) -> None:
    """From start to what is drawn first, in turns."""
    found: dict[str, list[Took]] = {"hello, world": [], "first question": [], "home": []}
    for _ in range(runs):
        for name, words, shown in (
            ("hello, world", ["-c", HELLO], b"Hello, world"),
            ("first question", quiz, b"Is the sum of"),
            ("home", quiz[:2], b"All decks"),
        ):
            terminal = Terminal(words, home)
            found[name].append(terminal.until(shown))
            terminal.end()
    print("| from start to | wall | | processor | |\n|---|--:|--:|--:|--:|")
    walls, cpus = (
        {n: [getattr(each, of) for each in took] for n, took in found.items()}
        for of in ("wall", "cpu")
    )
    for name in found:
        print(f"| {name} | {beside(walls, name)} | {beside(cpus, name)} |")


def beside(times: dict[str, list[float]], name: str) -> str:
    """The median, the best in brackets, and both as multiples of the peer's."""
    own, peer = times[name], times["hello, world"]
    ratios = f"{median(own) / median(peer):.2f}× ({min(own) / min(peer):.2f}×)"
    return f"{told(median(own))} ({told(min(own))}) | {ratios}"


def answers(quiz: list[str], home: Path, times: int) -> None:
    """From the key that hands an answer in to its proof on the screen."""
    terminal, took = Terminal([*quiz, "--cram"], home), []
    terminal.until(b"Is the sum of")
    terminal.rest(3)
    for _ in range(times):
        terminal.press("t")
        terminal.rest(0.15)
        before = terminal._cpu()
        terminal.press("\r")
        each = terminal.until(b"step by step")
        took.append(Took(each.wall, each.cpu - before))
        terminal.rest(0.3)
        terminal.press("n")
        terminal.until(b"Is the sum of")
        terminal.rest(0.15)
    terminal.end()
    walls = sorted(each.wall for each in took)
    last = walls[min(len(walls) - 1, round(len(walls) * 0.99))]
    used = median(each.cpu for each in took)
    print(
        f"\nanswer to proof: median {told(median(walls))}, 99th percentile {told(last)}, "
        f"processor {told(used)} ({times} answers)"
    )


def told(seconds: float) -> str:
    """Milliseconds."""
    return f"{seconds * 1e3:.0f} ms"


if __name__ == "__main__":
    main()
