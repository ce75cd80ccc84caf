"""The worker process: it survives whatever a job does, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.check import lines as lines_module
from quizcnn.check import process as process_module
from quizcnn.check.client import Worker
from quizcnn.check.codec import JOB_LINE
from quizcnn.check.job import Job
from quizcnn.check.lines import DiedError
from quizcnn.check.process import Process
from quizcnn.check.value import Array

HANGS = Job("np.linalg.matrix_rank(normal(1900, 1900))")
"""Seconds of work in one call, where no step is counted."""
ENDLESS = Job("for i in range(300):\n    x = np.linalg.matrix_rank(normal(300, 300, seed=i))\n1")
"""Seconds of work in many calls, which end long before the steps are counted out."""

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


def test_jobs_come_back_in_order(worker: Worker) -> None:
    """Each job by itself, with its own names, claims and seed."""
    jobs = [
        Job("x = 3\nx + n", {"n": 4}),
        Job("x"),
        Job("ramp(2, 2)", claims=("1 < 2", "1 > 2")),
        Job("normal(2)", seed=7),
        Job("", claims=("True",), needs_value=False),
    ]
    proofs = worker.run(jobs)
    assert proofs[0].value == 7
    assert proofs[1].failure is not None
    assert proofs[2].value == Array((2, 2), "float64", (0.0, 1.0, 2.0, 3.0), 0.0, 3.0)
    assert [claim.holds for claim in proofs[2].claims] == [True, False]
    assert proofs[3].random
    assert proofs[4].ok
    assert worker.run([]) == []


def test_jobs_of_different_decks_share_no_process_where_they_are_kept_apart() -> None:
    """What one deck's code may have done to its process does not reach another deck's."""
    with Worker(apart=True) as apart, Worker() as together:
        numbers: dict[bool, list[int]] = {True: [], False: []}
        for deck in ("pooling", "pooling", "", "stranger", "pooling"):
            for kept, own in ((True, apart), (False, together)):
                [proof] = own.run([Job("1", deck=deck)])
                assert proof.value == 1
                numbers[kept].append(_pids(own)[0])
    first, again, nobody, stranger, back = numbers[True]
    assert first == again == nobody
    assert len({first, stranger, back}) == 3
    assert len(set(numbers[False])) == 1


def test_the_worker_computes_what_this_process_computes(worker: Worker) -> None:
    """Values cross the pipe unharmed: big integers, nan, infinities, text, records."""
    from quizcnn.check.language import run_jobs

    codes = [
        "2 ** 500, -1, 0.1, 1e300, -0.0",
        "np.array([np.nan, np.inf, -np.inf, 1.5])",
        "np.nan, np.inf, -np.inf",
        "'äöü → 😀 \\x1b\\n', True, None",
        "np.array([True, False]), np.array([1, 2], dtype=np.uint8), ramp(0, 3), np.float32(0.1)",
        "experiment(bars, pool='global', examples=40, seed=seed)",
        "x = ramp(200, 200)\ny = 1 + 2j\nz = [relu, Conv2d(1, 1, 3)]\nx.sum()",
        "1 / 0",
        "'\\ud800'",
    ]
    jobs = [Job(code, {"n": 0.5, "b": True, "e": "ramp(2)"}) for code in codes]
    here, there = run_jobs(jobs), worker.run(jobs)
    assert repr(here[2].value) == repr(there[2].value)
    for one, other in zip(here, there, strict=True):
        assert repr(one).partition("seconds=")[0] == repr(other).partition("seconds=")[0]


def test_a_batch_goes_on_after_each_timeout(own: Worker) -> None:
    """A job that hangs costs its own time only; its neighbours are computed."""
    jobs = [Job("1"), HANGS, Job("2", claims=("True",)), ENDLESS, Job("3")]
    own.run([Job("0")])
    proofs = own.run(jobs, timeout=0.5)
    assert [proof.value for proof in proofs] == [1, None, 2, None, 3]
    kinds = [proof.failure.kind if proof.failure else None for proof in proofs]
    assert kinds == [None, "timeout", None, "timeout", None]
    assert proofs[1].failure is not None
    assert proofs[1].failure.message == "the check took longer than 0.5 seconds"
    assert proofs[1].seconds == 0.5


def test_claims_of_a_job_that_hangs_share_its_failure(own: Worker) -> None:
    """There are as many claim results as claims, also when nothing came back."""
    job = Job(HANGS.code, claims=("True", "False"))
    own.run([Job("0")])
    [proof] = own.run([job], timeout=0.1)
    assert [claim.holds for claim in proof.claims] == [None, None]
    assert [claim.failure for claim in proof.claims] == [proof.failure, proof.failure]


@linux
def test_a_killed_process_is_replaced(own: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever kills the worker between two jobs or in one costs at most that one."""
    assert own.run([Job("1")])[0].value == 1
    _kill(_pids(own)[0])
    assert own.run([Job("2")])[0].value == 2
    _before_the_answer(monkeypatch, lambda: _kill(_pids(own)[0]))
    [proof] = own.run([HANGS], timeout=30)
    assert proof.failure is not None
    assert proof.failure.kind == "died"
    assert own.run([Job("3")])[0].value == 3


@linux
def test_both_processes_killed_between_jobs(own: Worker) -> None:
    """Where the spare died too, a new process is started and the job costs nobody anything."""
    own.run([Job("1")])
    for pid in _both(own):
        _kill(pid)
    assert own.run([Job("2")])[0].value == 2


def _kill(pid: int) -> None:
    """Kill a process and wait until it is dead, though not buried."""
    os.kill(pid, signal.SIGKILL)
    while _lives(pid):
        time.sleep(0.001)


def _lives(pid: int) -> bool:
    """Whether a process runs and is not a zombie that its new parent has yet to bury."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _before_the_answer(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen once, after the next job was sent and before its answer is read."""
    take = Process.take

    def first(self: Process, seconds: float) -> bytes | None:
        monkeypatch.setattr(Process, "take", take)
        happens()
        return take(self, seconds)

    monkeypatch.setattr(Process, "take", first)


def test_a_spare_stands_behind(own: Worker) -> None:
    """After the first answer there are two processes, and the second takes over."""
    own.run([Job("1")])
    first, spare = _both(own)
    own.run([HANGS], timeout=0.05)
    own.run([Job("1")])
    assert _pids(own)[0] == spare != first


def test_close_during_a_job_from_another_thread(
    own: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job comes back as died, at once."""
    own.run([Job("1")])
    closing = threading.Thread(target=own.close)
    _before_the_answer(monkeypatch, closing.start)
    [proof] = own.run([HANGS], timeout=600)
    closing.join()
    assert proof.failure is not None
    assert proof.failure.kind == "died"


@posix
def test_a_thread_reads_where_the_system_cannot_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: answers long and short, a job that hangs, one that dies, and the end."""
    monkeypatch.setattr(lines_module, "Polled", lines_module.Queued)
    before = threading.active_count()
    with Worker() as worker:
        long, short = worker.run([Job("ramp(120, 120)"), Job("2")], timeout=60)
        assert isinstance(long.value, Array)
        assert len(long.value.data or ()) == 14_400
        assert short.value == 2
        [late] = worker.run([HANGS], timeout=0.05)
        assert late.failure is not None
        assert late.failure.kind == "timeout"
        _before_the_answer(monkeypatch, lambda: os.kill(_pids(worker)[0], signal.SIGKILL))
        [died] = worker.run([HANGS], timeout=600)
        assert died.failure is not None
        assert died.failure.kind == "died"
        assert worker.run([Job("3")])[0].value == 3
    assert threading.active_count() == before


def test_several_threads_take_turns(worker: Worker) -> None:
    """Each thread gets the answers to its own jobs."""
    results: dict[int, list[object]] = {}

    def ask(number: int) -> None:
        jobs = [Job(f"{number} * 1000 + {index}") for index in range(10)]
        results[number] = [proof.value for proof in worker.run(jobs, timeout=20)]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: [n * 1000 + index for index in range(10)] for n in range(6)}


def test_a_job_too_large_is_not_sent(worker: Worker) -> None:
    """What does not fit into the pipe at once, or cannot be written, is refused here."""
    [large, odd, fine] = worker.run([Job("1" * (JOB_LINE + 1)), Job("'\ud800'"), Job("1")])
    assert large.failure is not None
    assert large.failure.kind == "limit"
    assert odd.failure is not None
    assert odd.failure.kind == "limit"
    assert fine.value == 1


def test_a_process_that_starts_too_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the start has an end, too."""
    monkeypatch.setattr(process_module, "WARM_SECONDS", 0.05)
    process = Process("import time; time.sleep(60)")
    with pytest.raises(DiedError, match="did not start"):
        process.wait_ready()
    process.bury()
    assert not _runs(process.pid)


def test_an_interrupt_leaves_the_worker_usable(
    own: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while a job runs: the answer that is on its way is not taken for the next job's."""
    own.run([Job("1")])

    def interrupt() -> None:
        raise KeyboardInterrupt

    _before_the_answer(monkeypatch, interrupt)
    with pytest.raises(KeyboardInterrupt):
        own.run([Job("2")])
    assert own.run([Job("3")])[0].value == 3


@linux
def test_what_the_process_has_and_has_not(worker: Worker) -> None:
    """Own session and its limits; what else it lacks is asked from inside, in test_isolation."""
    worker.run([Job("1")])
    pid = _pids(worker)[0]
    proc = Path(f"/proc/{pid}")
    assert os.getsid(pid) == pid
    limits = (proc / "limits").read_text()
    assert "Max open files            5                    5 " in limits
    assert "Max core file size        0                    0 " in limits
    assert "Max processes             0                    0 " in limits
    assert "Max file size             0                    0 " in limits
    assert f"Max address space         {2 * 1024**3} " in limits
    assert {"-I", "-S"} <= set((proc / "cmdline").read_text().split("\0"))


def test_nothing_of_the_terminal_is_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process gets pipes, never the terminal that an app draws on."""
    asked: dict[str, object] = {}
    popen = subprocess.Popen

    def spy(*args: object, **keywords: object) -> object:
        asked.update(keywords)
        return popen(*args, **keywords)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", spy)
    with Worker() as quiet:
        assert quiet.run([Job("1")])[0].value == 1
    assert asked["stdin"] == asked["stdout"] == subprocess.PIPE
    assert asked["stderr"] == subprocess.DEVNULL
    assert asked["close_fds"] is True
    assert asked["start_new_session"] is True
