"""One worker process as its parent sees it: started, asked, killed. Imports no NumPy."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO

import quizcnn
from quizcnn.check.codec import decode_hello
from quizcnn.check.codec_values import CodecError
from quizcnn.check.isolation.report import MEMORY, Isolation
from quizcnn.check.isolation.watching import resident
from quizcnn.check.lines import DiedError, Lines
from quizcnn.check.proof import FailureKind

START = "import sys; a, *b = sys.argv[1:]; sys.path.insert(0, a); sys.path.extend(b); \
from quizcnn.check.worker import main; main()"
"""What the worker runs. Its arguments are the folder of the package and that of NumPy."""

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

WARM_SECONDS = 60.0
"""How long a worker may take to start: a cold disk and a busy machine included."""
WATCH_SECONDS = 0.1
"""How often its memory is looked at while it computes, where the system keeps no limit."""


class TooMuchMemoryError(DiedError):
    """The worker held more memory than it may."""

    kind: FailureKind = "limit"


class Process:
    """A worker process. `take` is called by one thread at a time, `kill` by any.

    It runs `code`, which is START as a rule. The thread that makes it must live on: on Linux the
    process ends with that thread, so that it never outlives a parent that was killed.
    """

    def __init__(self, code: str) -> None:
        self._popen = subprocess.Popen(
            # -I and -S: nothing of the user's, no folder and no start-up file, is looked at
            [sys.executable, "-I", "-S", "-c", code, *_folders()],
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
        self._lines = Lines(self._popen.stdout)
        self.isolation: Isolation | None = None

    @property
    def pid(self) -> int:
        """The process id."""
        return self._popen.pid

    def wait_ready(self) -> Isolation:
        """Wait until its walls stand, and tell which those are; DiedError if it cannot start."""
        if self.isolation is not None:
            return self.isolation
        try:
            line = self._lines.take(WARM_SECONDS)
        except DiedError as error:
            raise DiedError("the worker ended before it was ready") from error
        if line is None:
            raise DiedError(f"the worker did not start within {WARM_SECONDS:.0f} seconds")
        try:
            hello = decode_hello(line)
        except CodecError as error:
            raise DiedError(f"the worker did not start as a worker does: {error}") from error
        if isinstance(hello, str):
            raise DiedError(f"the worker could not start: {hello}")
        self.isolation = hello
        return hello

    def ask(self, lines: Sequence[bytes]) -> None:
        """Send jobs; DiedError if nobody reads them any more, or something was said unasked.

        `take` then gives an answer to each. Together they must fit into the pipe.
        """
        if not self._lines.silent():
            raise DiedError("the worker has ended, or spoke unasked")
        self._lines.expect(len(lines))
        try:
            self._jobs.write(b"".join(lines))
        except (OSError, ValueError) as error:
            raise DiedError("the worker has ended") from error

    def take(self, seconds: float) -> bytes | None:
        """The next line it says, None if there is none in time; DiedError if it has ended."""
        if resident is None:
            return self._lines.take(seconds)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            line = self._lines.take(min(left, WATCH_SECONDS))
            if line is not None:
                return line
            if (resident(self.pid) or 0) > MEMORY:
                raise TooMuchMemoryError("this needs more memory than a check may use")
        return None

    def kill(self) -> None:
        """End the process and all that it may have started. Returns at once; `bury` follows.

        As long as it is not buried, its number and that of its group belong to nobody else.
        """
        if self._popen.returncode is not None:
            return
        if sys.platform == "win32":
            self._popen.kill()
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def bury(self) -> None:
        """Kill it, wait until it is gone, and close its pipes."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(10)
        with contextlib.suppress(OSError):
            self._jobs.close()
        self._lines.close()


@cache
def _folders() -> tuple[str, ...]:
    """The folder that holds the package, and the one that holds NumPy."""
    assert quizcnn.__file__ is not None
    package = str(Path(quizcnn.__file__).resolve().parent.parent)
    found = importlib.util.find_spec("numpy")
    if found is None or found.origin is None:
        return (package,)
    return (package, str(Path(found.origin).resolve().parent.parent))


def _environment() -> dict[str, str]:
    """Nothing of the parent's environment but what Windows needs to start a process."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, **dict.fromkeys(THREADS, "1")}
