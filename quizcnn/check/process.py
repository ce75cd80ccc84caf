"""One worker process as its parent sees it: started, asked, killed. Imports no NumPy."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import quizcnn
from quizcnn.check.codec import LINE

START = "import sys; a, *b = sys.argv[1:]; sys.path.insert(0, a); sys.path.extend(b); \
from quizcnn.check.worker import main; main()"
"""What the worker runs. Its arguments are the folder of the package and that of NumPy."""

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

WARM_SECONDS = 60.0
"""How long a worker may take to start: a cold disk and a busy machine included."""


class DiedError(Exception):
    """The worker ended, or said something that no worker says."""


class Process:
    """A worker process. `take` is called by one thread at a time, `kill` by any."""

    def __init__(self) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-I", "-c", START, *_folders()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=Path(sys.executable).anchor or "/",
            env=_environment(),
            close_fds=True,
            start_new_session=True,
        )
        assert self._popen.stdin is not None and self._popen.stdout is not None
        self._jobs: IO[bytes] = self._popen.stdin
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._ready = False
        self._ending = threading.Lock()
        reader = threading.Thread(
            target=_read, args=(self._popen.stdout, self._lines), name="quizcnn worker", daemon=True
        )
        reader.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._popen.poll() is None

    def wait_ready(self) -> None:
        """Wait until it has imported NumPy and warmed up; DiedError if it cannot."""
        if self._ready:
            return
        line = self.take(WARM_SECONDS)
        if line is None:
            raise DiedError(f"the worker did not start within {WARM_SECONDS:.0f} seconds")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DiedError("the worker started with something that is not JSON") from error
        if message != {"ready": True}:
            reason = message.get("failed") if isinstance(message, dict) else None
            raise DiedError(f"the worker could not start: {str(reason or line)[:500]}")
        self._ready = True

    def ask(self, line: bytes) -> None:
        """Send a job; DiedError if nobody reads it any more."""
        try:
            self._jobs.write(line)
        except (OSError, ValueError) as error:
            raise DiedError("the worker has ended") from error

    def take(self, seconds: float) -> bytes | None:
        """The next line it says, None if there is none in time; DiedError if it has ended."""
        deadline = time.monotonic() + seconds
        try:
            line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.0))
        except queue.Empty:
            return None
        if line is None:
            raise DiedError("the worker ended while it computed this")
        return line

    def kill(self) -> None:
        """End the process and all that it may have started, and bury it."""
        with self._ending:
            if self._popen.poll() is None:
                _kill_group(self._popen)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(10)
            with contextlib.suppress(OSError):
                self._jobs.close()


def _kill_group(popen: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        popen.kill()
        return
    try:
        os.killpg(popen.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        popen.kill()


def _read(answers: IO[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    """Put lines into the queue until the pipe ends or a line is too long; None is the end."""
    waiting: list[bytes] = []
    length = 0
    with answers:
        while length <= LINE:
            try:
                more = os.read(answers.fileno(), 65_536)
            except OSError:
                break
            if not more:
                break
            first, *rest = more.split(b"\n")
            waiting.append(first)
            length += len(first)
            for part in rest:
                lines.put(b"".join(waiting))
                waiting, length = [part], len(part)
    lines.put(None)


def _folders() -> list[str]:
    """The folder that holds the package, and the one that holds NumPy."""
    assert quizcnn.__file__ is not None
    folders = [str(Path(quizcnn.__file__).resolve().parent.parent)]
    found = importlib.util.find_spec("numpy")
    if found is not None and found.origin is not None:
        folders.append(str(Path(found.origin).resolve().parent.parent))
    return folders


def _environment() -> dict[str, str]:
    """Nothing of the parent's environment but what Windows needs to start a process."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, **dict.fromkeys(THREADS, "1")}
