"""Processes end with close(), with the worker that nobody holds, with Python, with the parent."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from quizcnn.check import process as process_module
from quizcnn.check.client import Worker
from quizcnn.check.job import Job

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def _pids(worker: Worker) -> list[int]:
    return [process.pid for process in worker._processes._alive]


def _both(worker: Worker) -> list[int]:
    """The numbers of both processes: the spare is started in the background."""
    processes = worker._processes
    with processes._changed:
        assert processes._changed.wait_for(lambda: len(processes._alive) == 2, timeout=60)
    return _pids(worker)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@posix
def test_close_leaves_no_process(own: Worker) -> None:
    """No process, no zombie; closing twice does no harm, running afterwards says so."""
    own.start()
    own.run([Job("1")])
    pids = _both(own)
    own.close()
    own.close()
    assert not any(map(_runs, pids))
    [proof] = own.run([Job("1")])
    assert proof.failure is not None
    assert (proof.failure.kind, proof.failure.message) == ("died", "the worker is closed")
    own.start()
    assert _pids(own) == []


@posix
def test_a_forgotten_worker_ends(own: Worker) -> None:
    """A worker that nobody holds any more takes its processes along."""
    forgotten = Worker()
    forgotten.run([Job("1")])
    pids = _both(forgotten)
    del forgotten
    gc.collect()
    assert not any(map(_runs, pids))


@posix
def test_processes_end_with_python() -> None:
    """Without close(), the interpreter's end ends them."""
    code = """
        from quizcnn.check.client import Worker
        from quizcnn.check.job import Job
        worker = Worker()
        worker.run([Job("1")])
        processes = worker._processes
        with processes._changed:
            assert processes._changed.wait_for(lambda: len(processes._alive) == 2, timeout=60)
        print(*(process.pid for process in processes._alive))
    """
    pids = [int(pid) for pid in _python(code).split()]
    assert len(pids) == 2
    assert not any(map(_runs, pids))


@linux
def test_an_orphan_ends_by_itself() -> None:
    """If the parent is killed, an idle worker sees the pipe end."""
    code = """
        import os, signal
        from quizcnn.check.client import Worker
        from quizcnn.check.job import Job
        worker = Worker()
        worker.run([Job("1")])
        processes = worker._processes
        with processes._changed:
            assert processes._changed.wait_for(lambda: len(processes._alive) == 2, timeout=60)
        print(*(process.pid for process in processes._alive), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    pids = [int(pid) for pid in _python(code, killed=True).split()]
    deadline = time.monotonic() + 10
    while any(map(_lives, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(_lives, pids))


def _lives(pid: int) -> bool:
    """Whether a process runs and is not a zombie that its new parent has yet to bury."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _python(code: str, killed: bool = False) -> str:
    root = Path(process_module.quizcnn.__file__).parent.parent
    head = f"import sys; sys.path.insert(0, {str(root)!r})\n"
    done = subprocess.run(
        [sys.executable, "-c", head + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=not killed,
    )
    return done.stdout
