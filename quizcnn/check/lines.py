"""Reading a worker's answers line by line, with a clock, and never more than an answer can have."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import sys
import threading
import time
from typing import IO, Protocol

from quizcnn.check.codec import LINE
from quizcnn.check.proof import FailureKind

PIECE = 65_536
"""Bytes read at once: as many as a pipe holds."""


class DiedError(Exception):
    """The worker ended, or said something that no worker says."""

    kind: FailureKind = "died"


class Lines:
    """The lines that come through a pipe, one at a time: nothing may follow those that are due."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._source: Source
        if sys.platform == "win32":
            self._source = Queued(pipe)
        else:
            self._source = Polled(pipe)
        self._waiting = bytearray()
        self._looked_through = 0
        self._due = 1
        self._taking = threading.Lock()
        self._closed = False

    def silent(self) -> bool:
        """Whether nothing came since the last line, the end included."""
        with self._taking:
            return not (self._closed or self._waiting or self._source.wait(0.0))

    def expect(self, lines: int) -> None:
        """So many lines are due from now on."""
        with self._taking:
            self._due = lines

    def take(self, seconds: float) -> bytes | None:
        """The next line, None if it does not come in time; DiedError where none can come."""
        deadline = time.monotonic() + seconds
        with self._taking:
            while not self._closed:
                line = self._line()
                if line is not None:
                    return line
                left = deadline - time.monotonic()
                if not self._source.wait(max(left, 0.0)) or left < 0:
                    return None
                piece = self._source.read()
                if not piece:
                    break
                self._waiting += piece
        raise DiedError("the worker ended while it computed this")

    def _line(self) -> bytes | None:
        """The first line of what came, None where its end has not come yet."""
        end = self._waiting.find(b"\n", self._looked_through) + 1
        if (end or len(self._waiting)) > LINE:
            raise DiedError("the worker's answer has no end")
        if not end:
            self._looked_through = len(self._waiting)
            return None
        line = bytes(self._waiting[:end])
        del self._waiting[:end]
        self._looked_through = 0
        self._due -= 1
        if self._waiting and self._due < 1:
            raise DiedError("the worker said more than was asked")
        return line

    def close(self) -> None:
        """Close the pipe. The process at its other end must have ended: `take` is waited for."""
        with self._taking:
            self._closed = True
            self._source.close()


class Source(Protocol):
    """A pipe that can be waited for."""

    def wait(self, seconds: float) -> bool:
        """Whether there is something to read, or the end, before the time is over."""
        ...

    def read(self) -> bytes:
        """What there is; empty at the end."""
        ...

    def close(self) -> None:
        """Close the pipe, whose other end is closed."""
        ...


if sys.platform != "win32":

    class Polled:
        """A pipe of POSIX, waited for by the system."""

        def __init__(self, pipe: IO[bytes]) -> None:
            self._pipe = pipe
            self._poll = select.poll()
            self._poll.register(pipe, select.POLLIN)

        def wait(self, seconds: float) -> bool:
            """Whether there is something to read, or the end, before the time is over."""
            return bool(self._poll.poll(seconds * 1000))

        def read(self) -> bytes:
            """What there is; empty at the end."""
            try:
                return os.read(self._pipe.fileno(), PIECE)
            except OSError:
                return b""

        def close(self) -> None:
            """Close the pipe."""
            self._pipe.close()


class Queued:
    """A pipe of Windows, where nothing waits for pipes: a thread reads one piece ahead."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._pieces: queue.Queue[bytes] = queue.Queue(maxsize=1)
        self._piece: bytes | None = None
        self._thread = threading.Thread(target=self._read, name="quizcnn pipe", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        piece = b"more"
        while piece:
            try:
                piece = os.read(self._pipe.fileno(), PIECE)
            except OSError:
                piece = b""
            self._pieces.put(piece)

    def wait(self, seconds: float) -> bool:
        """Whether there is something to read, or the end, before the time is over."""
        if self._piece is None:
            with contextlib.suppress(queue.Empty):
                self._piece = self._pieces.get(timeout=seconds) if seconds else self._next()
        return self._piece is not None

    def _next(self) -> bytes:
        return self._pieces.get_nowait()

    def read(self) -> bytes:
        """What there is; empty at the end."""
        assert self._piece is not None
        piece, self._piece = self._piece, None
        return piece

    def close(self) -> None:
        """Close the pipe once the thread has come to its end."""
        while self._thread.is_alive():
            with contextlib.suppress(queue.Empty):
                self._pieces.get(timeout=0.05)
        self._pipe.close()
