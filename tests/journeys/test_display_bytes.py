"""What arrives at a terminal, byte by byte, when everything in a deck is hostile."""

from __future__ import annotations

import os
import re
import runpy
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizcnn import paths

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

DRIVER = Path(__file__).with_name("display_driver.py")
HOSTILE: dict[str, Any] = runpy.run_path(str(DRIVER))
NEEDLES: frozenset[bytes] = HOSTILE["NEEDLES"]
PATIENCE = 60.0
MARKED = "Z\N{REPLACEMENT CHARACTER}Q"
BRACKETS = ("[bold]B[/bold]", "[@click=app.quit]Q[/]", "[link=x:y]L[/link]", "a[i]", r"\[b]")


class Terminal:
    """A program on a pseudo-terminal so large that everything fits; `raw` is all that arrived."""

    def __init__(self, *arguments: str, columns: int = 300, rows: int = 90) -> None:
        self.raw = b""
        self._main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "TEXTUAL_ANIMATIONS": "none",
            "HOME": "/nonexistent",
            **{name: value for name, value in os.environ.items() if name.startswith("XDG_")},
        }
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=side,
            stdout=side,
            stderr=side,
            env=environment,
            start_new_session=True,
        )
        os.close(side)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._main)

    def press(self, keys: str) -> None:
        """Type some keys."""
        os.write(self._main, keys.encode())

    def until(self, text: str) -> None:
        """Read until `text` has arrived since the last call, and then as long as more comes."""
        begin = len(self.raw)
        limit = time.monotonic() + PATIENCE
        while text not in shown(self.raw[begin:]):
            assert time.monotonic() < limit, (
                f"{text!r} never came: {shown(self.raw[begin:])[-2000:]}"
            )
            assert self._read(1.0) or self._process.poll() is None, shown(self.raw[begin:])[-2000:]
        self.settle()

    def settle(self) -> None:
        """Read as long as more comes; a cursor that blinks does so more seldom."""
        while self._read(0.15):
            pass

    def rest(self) -> int:
        """Read until the program ends; its exit code."""
        limit = time.monotonic() + PATIENCE
        while self._process.poll() is None or select.select([self._main], [], [], 0)[0]:
            assert time.monotonic() < limit, shown(self.raw)[-2000:]
            if not self._read(0.2) and self._process.poll() is not None:
                break
        return self._process.wait()

    def _read(self, seconds: float) -> bool:
        if not select.select([self._main], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._main, 1 << 16)
        except OSError:  # Linux says so when the other side has closed
            return False
        self.raw += data
        return bool(data)


def shown(raw: bytes) -> str:
    """The text of what arrived, without the program's own control sequences."""
    text = raw.decode("utf-8", "replace")
    return re.sub(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])", "", text)


def assert_harmless(raw: bytes, *labels: str) -> None:
    """Nothing of the deck's steers the terminal, and the texts of these labels were there."""
    leaked = sorted(needle for needle in NEEDLES if needle in raw)
    assert not leaked
    text = shown(raw)
    missing = [label for label in labels if f"<{label}>" not in text]
    assert not missing
    assert MARKED in text
    for brackets in BRACKETS:
        assert brackets in text


PROOF = (
    "given's name", "given's value", "given", "source", "computed", "of several", "in a tuple",
    "name", "type",
)  # fmt: skip
DOCUMENT = ("ref", "says", "correction")


@pytest.mark.parametrize(
    ("command", "code", "labels"),
    [
        ("list", 2, ("title", "deck", "id", "second title", *DOCUMENT[:1])),
        ("decks", 2, ("deck",)),
        ("sources", 2, ("entry", "entry's reason", "other ref", "deck", "id", *DOCUMENT)),
        ("show number", 0, ("ask number", "say", "explain", "unit", *PROOF, *DOCUMENT)),
        ("show text", 0, ("ask text", "answer", *PROOF)),
        ("show choice", 0, ("ask choice", "option", "wrong", "because", *PROOF)),
        ("show order", 0, ("ask order", "first", "second")),
        ("show recall", 0, ("ask recall", "prose", "say", "say 2")),
        ("show doubtful", 1, ("prose", "claim's failure", "say 2")),
        ("show fails", 1, ("check that fails", "given")),
        ("show unposed", 1, ("where",)),
        ("show nothing", 2, ("deck", "id")),
        (
            "verify --no-cache --notes",
            2,
            ("isolation", "file", "id", "deck", "allow", "needs", "source", "that", "type"),
        ),
    ],
)
def test_a_command_shows_a_hostile_deck_and_obeys_none_of_it(
    command: str, code: int, labels: tuple[str, ...]
) -> None:
    """Every text that it shows, and every problem on stderr, arrives cleaned."""
    with Terminal(str(DRIVER), *command.split()) as terminal:
        assert terminal.rest() == code
    assert_harmless(terminal.raw, "file", "problem", "problem's hint", *labels)


@pytest.mark.parametrize(
    ("command", "labels"),
    [
        ("list --json", ("deck", "id", "tag", *DOCUMENT)),
        ("decks --json", ("deck", "title", "file")),
        ("sources --json", ("entry", "deck", "id")),
        ("verify --no-cache --json", ("deck", "id", "needs", "allow", "where")),
        ("verify --no-cache --format github", ("deck", "id", "needs", "allow", "file")),
    ],
)
def test_what_is_meant_for_machines_does_not_steer_a_terminal_either(
    command: str, labels: tuple[str, ...]
) -> None:
    with Terminal(str(DRIVER), *command.split()) as terminal:
        assert terminal.rest() == 2
    assert not [needle for needle in NEEDLES if needle in terminal.raw]
    text = shown(terminal.raw)
    assert not [label for label in labels if f"<{label}>" not in text]


def test_junit_xml_does_not_steer_a_terminal() -> None:
    with Terminal(str(DRIVER), "verify", "--no-cache", "--format", "junit") as terminal:
        assert terminal.rest() == 2
    assert not [needle for needle in NEEDLES if needle in terminal.raw]
    assert "&lt;claim's failure&gt;" in shown(terminal.raw)


@pytest.fixture
def each_once() -> None:
    """Without learning steps no question comes again on the same day."""
    paths.settings().parent.mkdir(parents=True)
    paths.settings().write_text("learning_steps = []\n", encoding="utf-8")


@pytest.mark.usefixtures("each_once")
def test_plain_practice_of_a_hostile_deck() -> None:
    """Every question is answered wrongly, and its hint, proof and verdict read."""
    with Terminal(str(DRIVER), "practice", "--plain") as terminal:
        for kind, typed in ANSWERS.items():
            terminal.until(f"<ask {kind}>")
            terminal.press(":hint\n")
            terminal.until(f"<hint {kind}>")
            terminal.press(f"{typed}\n")
            terminal.until("1 again:")
            terminal.press("1\n" if kind == "recall" else "\n")
        terminal.until("4 questions left")
        terminal.press("1\n")
        terminal.until("2 questions left")
        terminal.press("\n")
        terminal.until("1 question left")
        terminal.press(":skip\n")
        assert terminal.rest() == 0
    assert "To look at again:" in shown(terminal.raw)
    assert_harmless(
        terminal.raw,
        *(f"ask {kind}" for kind in ANSWERS),
        *("option", "wrong", "because", "explain", "say", "answer", "first", "prose", "unit"),
        *("check that fails", "where", "deck", "id", *PROOF, *DOCUMENT),
    )


ANSWERS = {
    "number": "5",
    "shape": "9x9",
    "array": "5 6",
    "choice": "a",
    "true_false": "false",
    "text": "something else",
    "order": "a b",
    "recall": "",
}
"""What is typed in plain practice, in the order of the questions."""

FIELDS = ("number", "shape", "array", "text")
LETTERS = {"choice": "a", "true_false": "f", "order": "ab"}


@pytest.mark.slow
@pytest.mark.usefixtures("each_once")
def test_the_app_on_a_hostile_deck() -> None:
    """Home, findings, every kind of question with its hint and proof, and the summary."""
    with Terminal(str(DRIVER)) as terminal:
        terminal.until("<problem>")
        terminal.press("\x1b[B")  # down: each deck says what it is about
        terminal.until("<about>")
        terminal.press("\x1b[B")
        terminal.until("<second about>")
        terminal.press("d")
        terminal.until("<correction>")
        terminal.press("q")
        terminal.until("All decks")
        terminal.press("\x1b[A\x1b[A\r")
        for kind, typed in ANSWERS.items():
            terminal.until(f"<ask {kind}>")
            if kind == "number":
                terminal.press("?!\r")
                terminal.until("cannot be read")
                for _ in "?!":
                    terminal.press("\x7f")
                    terminal.settle()
            if kind in FIELDS:
                terminal.press("\x1b")  # out of the field, where letters are keys
                terminal.until("skip")
            terminal.press("i")
            terminal.until(f"<hint {kind}>")
            terminal.press(LETTERS.get(kind, typed) + "\r")
            terminal.until("The check, step by step")
            terminal.press("1" if kind == "recall" else "n")
        terminal.until("<ask number>")
        terminal.press("1\r")
        terminal.until("<check that fails>")
        terminal.press("n")
        terminal.until("<where>")
        terminal.press("n")
        terminal.until("Think of the answer")
        terminal.press("\r")
        terminal.until("<claim's failure>")
        terminal.press("n")
        terminal.until("1 left")
        terminal.press("\x1b")
        terminal.until("skip")
        terminal.press("s")
        terminal.until("Worth repeating")
        terminal.press("q")
        terminal.until("All decks")
        terminal.press("q")
        assert terminal.rest() == 0
    assert_harmless(
        terminal.raw,
        *("title", "second title", "about", "problem", "problem's hint", "file"),
        *("entry", "entry's reason", "other entry", "option", "wrong", "because", "explain"),
        *("say", "answer", "first", "second", "prose", "unit", "claim's failure", "tag", "deck"),
        *(*PROOF, *DOCUMENT),
    )


@pytest.fixture
def computed(tmp_path: Path) -> Iterator[Path]:
    """A deck that the loader takes: only what its checks compute is hostile."""
    escaped = "".join(f"\\U{ord(each):08x}" for each in HOSTILE["PAYLOAD"])
    name = tmp_path / "deck \x1b]0;title\x07 \u202e.yaml"
    name.write_text(
        "schema: 1\ndeck: a\ntitle: A\nquestions:\n"
        "  - id: one\n    kind: text\n    ask: What is {t}?\n"
        f"    given: {{t: '\"<given>{escaped}\"'}}\n    answer: none\n"
        "    check: |\n      where = t  # [bold]a[/bold]\n"
        f'      "<computed>{escaped}"\n'
        "    contrast: [{given: {t: '\"b\"'}, because: b}]\n",
        encoding="utf-8",
    )
    yield tmp_path


@pytest.mark.parametrize("command", ["verify", "show a/one --decks", "practice --plain"])
def test_texts_that_a_check_computes_are_cleaned(computed: Path, command: str) -> None:
    """The deck is read from a file, the worker runs its check; the file's name is hostile too."""
    with Terminal("-m", "quizcnn", *command.split(), str(computed)) as terminal:
        if command.startswith("practice"):
            terminal.until("<given>")
            terminal.press("b\n")
        terminal.rest()
    assert_harmless(terminal.raw, "given", "computed")
    assert b"\x1b]0;" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw
