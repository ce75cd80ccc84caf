"""The worker process at work and the spare behind it, kept by a thread of their own."""

from __future__ import annotations

import os
import threading

from quizcnn.check import process as process_module
from quizcnn.check.lines import DiedError
from quizcnn.check.process import Process


class Processes:
    """Starts processes ahead of need and buries the dead, so that nobody waits for either.

    Knows nothing of jobs. A thread does the starting: it lives as long as the processes must.
    """

    def __init__(self) -> None:
        self._code = process_module.START
        self._changed = threading.Condition()
        self._alive: list[Process] = []
        self._dead: list[Process] = []
        self._wanted = 0
        self._trouble: OSError | None = None
        self._closed = False
        self._keeper: threading.Thread | None = None
        self._owner = os.getpid()

    def want(self, number: int) -> None:
        """Have so many processes, at work or warming up: 1, or 2 with a spare. Does not wait."""
        with self._changed:
            if self._wanted >= number or self._closed:
                return
            self._wanted = number
            if self._keeper is None:
                self._keeper = threading.Thread(
                    target=self._keep, name="quizcnn processes", daemon=True
                )
                self._keeper.start()
            self._changed.notify_all()

    def current(self) -> Process:
        """The process at work; DiedError when closed, OSError when none can be started."""
        with self._changed:
            self._trouble = None
            self.want(1)
            self._changed.wait_for(self._something_to_have)
            if self._closed:
                raise DiedError("the worker is closed")
            if not self._alive:
                assert self._trouble is not None
                raise self._trouble
            return self._alive[0]

    def drop(self) -> None:
        """Kill the process at work; the spare takes its place, and there will be a new spare."""
        with self._changed:
            if self._alive:
                process = self._alive.pop(0)
                process.kill()
                self._dead.append(process)
                self._changed.notify_all()

    def close(self) -> None:
        """Kill all, and wait until nothing is left of them. Done by who started them alone."""
        if os.getpid() != self._owner:  # forked meanwhile: they are still our parent's
            return
        with self._changed:
            self._closed = True
            left, self._alive, self._dead = self._alive + self._dead, [], []
            for process in left:
                process.kill()
            self._changed.notify_all()
        for process in left:
            process.bury()
        if self._keeper is not None and self._keeper is not threading.current_thread():
            self._keeper.join()

    def _keep(self) -> None:
        try:
            self._keep_until_closed()
        finally:  # without this thread nobody would ever get a process
            with self._changed:
                self._closed = True
                self._changed.notify_all()

    def _keep_until_closed(self) -> None:
        """Start what is wanted, then bury what is dead."""
        while True:
            with self._changed:
                self._changed.wait_for(self._something_to_do)
                if self._closed:
                    return
                short = len(self._alive) < self._wanted
                dead, self._dead = self._dead, []
            if short:
                self._start()
            for process in dead:
                process.bury()

    def _something_to_have(self) -> bool:
        return self._closed or bool(self._alive) or self._trouble is not None

    def _something_to_do(self) -> bool:
        return self._closed or bool(self._dead) or len(self._alive) < self._wanted

    def _start(self) -> None:
        try:
            process = Process(self._code)
        except OSError as error:
            with self._changed:
                self._trouble = error
                self._wanted = 0
                self._changed.notify_all()
            return
        with self._changed:
            if not self._closed:
                self._alive.append(process)
                self._changed.notify_all()
                return
        process.bury()
