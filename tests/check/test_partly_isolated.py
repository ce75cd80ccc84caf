"""Where a system has no walls round a process: the parent watches its memory, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizcnn.check import process as process_module
from quizcnn.check.client import Worker
from quizcnn.check.isolation.report import MEMORY, Isolation
from quizcnn.check.job import Job


def test_the_memory_watch_ends_a_job_that_takes_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the system keeps no limit, the parent looks, and ends the job as over the limit."""
    looked: list[int] = []

    def resident(pid: int) -> int:
        looked.append(pid)
        return MEMORY + 1

    with Worker() as worker:
        assert worker.run([Job("1")])[0].value == 1
        monkeypatch.setattr(process_module, "resident", resident)
        [proof] = worker.run([Job("np.linalg.matrix_rank(normal(1900, 1900))")], timeout=600)
        assert proof.failure is not None
        assert proof.failure.kind == "limit"
        assert looked
        monkeypatch.setattr(process_module, "resident", lambda pid: 1)
        assert worker.run([Job("2")])[0].value == 2


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="asks ps")
def test_ps_tells_how_much_memory_a_process_holds() -> None:
    """Bytes for a process that is there, nothing for one that is not."""
    from quizcnn.check.isolation.macos import resident_bytes

    held = resident_bytes(os.getpid())
    assert held is not None
    assert 5 * 1024**2 < held < 64 * 1024**3
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert resident_bytes(gone.pid) is None


def test_isolation_reads_as_one_phrase() -> None:
    """What `quizcnn verify` prints after the checks ran."""
    assert str(Isolation(("Landlock 7", "limits"), ())) == "fully isolated (Landlock 7, limits)"
    assert str(Isolation((), ("a", "b"))) == "partly isolated (nothing; missing: a; b)"
