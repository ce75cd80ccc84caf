"""Judging a question wherever an executor carries it, with a worker process kept there."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field

from quizcnn.check import client
from quizcnn.deck.model import Question
from quizcnn.verify.judging import Judged, judged


@dataclass
class _Workers:
    """The workers of one process: those that nobody uses just now, each with its last question's
    deck, and those in use."""

    idle: list[tuple[str, client.Worker]] = field(default_factory=list)
    busy: list[client.Worker] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    process: int = field(default_factory=os.getpid)


_workers = _Workers()
_before_forks: list[_Workers] = []


def judge(question: Question) -> tuple[Judged, str]:
    """What a question came to, and within which walls its checks ran ("" where none ran).

    Any process that can import quizcnn can do this: the question goes there and the outcome comes
    back as plain data. The worker process in which the checks run is started with the first
    question there; it is kept for those that follow, and ends with `close` or with the process.
    """
    worker = _take(question.deck)
    try:
        found = judged(question, worker)
        return found, str(worker.isolation or "")
    finally:
        here = _here()
        with here.lock:
            if worker in here.busy:  # else it was ended meanwhile
                here.busy.remove(worker)
                here.idle.append((question.deck, worker))


def close(busy: bool = False) -> None:
    """End this process's workers that are not in use; with `busy` also those that are.

    What these were computing comes to nothing at once, so that nobody waits for it.
    """
    here = _here()
    with here.lock:
        workers = [worker for _, worker in here.idle]
        here.idle.clear()
        if busy:
            workers += here.busy
            here.busy.clear()
    for worker in workers:
        worker.close()


def _here() -> _Workers:
    """This process's own workers: those of the process that it was forked from are not touched."""
    global _workers  # noqa: PLW0603 - what is kept for a process is kept in its module
    if _workers.process != os.getpid():
        _before_forks.append(_workers)
        _workers = _Workers()
    return _workers


def _take(deck: str) -> client.Worker:
    """An idle worker, the one that has run this deck's checks if it is among them; or a new one."""
    here = _here()
    with here.lock:
        same = [index for index, (last, _) in enumerate(here.idle) if last == deck]
        if here.idle:
            _, worker = here.idle.pop(same[-1] if same else -1)
        else:
            worker = client.Worker(apart=True)
        here.busy.append(worker)
        return worker
