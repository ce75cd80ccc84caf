"""Attacks, what they are let loose on, and how it is judged from outside whether they worked."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

import quizcnn
from quizcnn.check.client import Worker

HERE = Path(__file__).parent
MUCH = 100_000
"""Characters said, or shown, that count as an output bomb."""
MEMORY = 512 * 1024**2
"""Bytes that count as a memory bomb."""


@dataclass(frozen=True)
class Attack:
    """One way to do harm. `effect` says how it is seen from outside that it worked."""

    category: str
    name: str
    effect: str
    code: str


def attacks_of(category: str, folder: str = "attacks") -> list[Attack]:
    """The attacks of one file."""
    entries = yaml.safe_load((HERE / folder / f"{category}.yaml").read_text(encoding="utf-8"))
    return [Attack(category, **entry) for entry in entries]


def unsafe(text: str) -> str:
    """The characters of a text that could steer a terminal, or are not seen."""
    return "".join(
        letter
        for letter in text
        if letter != "\n" and not letter.isprintable() and unicodedata.category(letter) != "Zs"
    )


CATEGORIES = sorted(path.stem for path in (HERE / "attacks").glob("*.yaml"))


@dataclass
class Scene:
    """What one attack is let loose on: a folder with a secret, a marker to make, a listener."""

    attack: Attack
    folder: Path
    secret: str
    listener: socket.socket | None = None
    traces: set[str] = field(default_factory=set)

    @property
    def secret_file(self) -> Path:
        return self.folder / "secret.txt"

    @property
    def marker(self) -> Path:
        return self.folder / "marker"

    @property
    def code(self) -> str:
        """The attack's code, aimed at this scene."""
        port = self.listener.getsockname()[1] if self.listener else 0
        places = {
            "SECRET_FILE": str(self.secret_file),
            "MARKER": str(self.marker),
            "FOLDER": str(self.folder),
            "PORT": str(port),
        }
        code = self.attack.code
        for name, place in places.items():
            code = code.replace(name, place)
        return code

    def harmed(self) -> bool:
        """Whether the attack left a mark outside of its process."""
        match self.attack.effect:
            case "marker":
                return os.path.lexists(self.marker)
            case "damage":
                return not self.secret_file.exists() or self.secret_file.read_text() != self.secret
            case "connection":
                return self._connected()
            case "datagram":
                return self._received()
        return False

    def _connected(self) -> bool:
        assert self.listener is not None
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def _received(self) -> bool:
        assert self.listener is not None
        try:
            return bool(self.listener.recv(100))
        except BlockingIOError:
            return False


class Stage:
    """Makes scenes, and clears away what they listen on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secret = f"canary-{secrets.token_hex(8)}"
        self._sockets: list[socket.socket] = []

    def scenes(self, attacks: Sequence[Attack]) -> list[Scene]:
        return [self._scene(attack, number) for number, attack in enumerate(attacks)]

    def _scene(self, attack: Attack, number: int) -> Scene:
        folder = self.folder / str(number)
        folder.mkdir()
        (folder / f"{self.secret}.txt").touch()
        scene = Scene(attack, folder, self.secret)
        scene.secret_file.write_text(self.secret)
        if attack.effect in ("connection", "datagram"):
            udp = attack.effect == "datagram"
            scene.listener = socket.socket(type=socket.SOCK_DGRAM if udp else socket.SOCK_STREAM)
            scene.listener.bind(("127.0.0.1", 0))
            scene.listener.setblocking(False)
            if not udp:
                scene.listener.listen()
            self._sockets.append(scene.listener)
        return scene

    def clear(self) -> None:
        for listener in self._sockets:
            listener.close()


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A place for attacks, with the secret in this process's environment, too."""
    made = Stage(tmp_path)
    monkeypatch.setenv("QUIZCNN_CANARY", made.secret)
    yield made
    made.clear()


def run_plainly(scenes: Sequence[Scene], folder: Path) -> list[dict[str, Any]]:
    """How each attack ended under plain `exec`, in a child of a throw-away process."""
    jobs = [
        {"number": number, "effect": scene.attack.effect, "code": scene.code}
        for number, scene in enumerate(scenes)
    ]
    root = str(Path(quizcnn.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, str(HERE / "plainly.py"), str(folder)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": root, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    ends = sorted(json.loads(done.stdout), key=lambda end: int(end["number"]))
    for end in ends:
        report = folder / str(end["number"]) / "report"
        spoken = folder / str(end["number"]) / "spoken"
        end["said"] = report.read_text(errors="replace") if report.exists() else ""
        words = spoken.read_bytes() if spoken.exists() else b""
        end["spoken"] = len(words)
        end["unsafe"] = unsafe(words[:MUCH].decode(errors="replace"))
    return ends


CRASHES = {
    signal.SIGSEGV,
    signal.SIGABRT,
    signal.SIGBUS,
    signal.SIGILL,
    signal.SIGFPE,
    signal.SIGKILL,
}


def worked(scene: Scene, end: dict[str, Any]) -> bool:
    """Whether an attack did what it is for under plain `exec`."""
    first, _, _ = end["said"].partition("\n")
    result: dict[str, Any] = json.loads(first) if first.startswith("{") else {}
    match scene.attack.effect:
        case "secret":
            return bool(result.get("leaked"))
        case "memory":
            return result.get("raised") == "MemoryError" or not result or end["memory"] > MEMORY
        case "control":
            return bool(end["unsafe"])
        case "clock":
            return bool(end["late"]) or end["signal"] == signal.SIGPROF
        case "recursion":
            deep = result.get("raised") in ("RecursionError", "MemoryError")
            return deep or end["signal"] in CRASHES
        case "crash":
            return end["signal"] in CRASHES and not end["late"]
        case "output":
            return end["spoken"] + result.get("value", 0) > MUCH
        case "state":
            return bool(result.get("changed")) or not result
        case "forged":
            return first == "right" or bool(result.get("right"))
    return scene.harmed()


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """One worker for all attacks of a test process, as in the app."""
    with Worker() as checker:
        yield checker
