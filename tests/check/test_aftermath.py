"""What hostile checks leave behind: the same proofs for others, and nothing else."""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from quizcnn.check import process as process_module
from quizcnn.check.client import Worker
from quizcnn.check.codec import encode_hello, encode_proof
from quizcnn.check.isolation.report import Isolation
from quizcnn.check.job import Job
from quizcnn.check.language import run_jobs
from quizcnn.check.proof import Proof
from quizcnn.check.table import CONSTANTS, TABLE

ALIVE_AT_MOST = 4
"""Two processes at work and in reserve, one being started, one being buried."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

HONEST = [
    Job("image = ramp(n, n)\nconv2d(image, ones(3, 3))", {"n": 8}, ("n > 3",)),
    Job("normal(3, 3) / 3, uniform(2), integers(5)", seed=4),
    Job("np.log(zeros(2)), 1 / zeros(1), np.sqrt(-ones(1)), np.exp(full((1,), 1e4))"),
    Job("experiment(bars, pool='global', examples=40, seed=seed)"),
    Job("np.linalg.svd(normal(5, 4))[1], np.fft.fft(ramp(8)).real.sum()"),
    Job("[Conv2d(1, 6, 5), ReLU()], parameters(lenet5())"),
    Job("missing + 1", claims=("True",)),
    Job("f = lambda x: x * k\ngrad(f, ramp(2, 2))", {"k": 3}),
]
HOSTILE = [
    Job("np.seterr(all='raise')"),
    Job("np.set_printoptions(precision=1)"),
    Job("np.random.seed(1)"),
    Job("import os"),
    Job("x = ramp(3)\nx.__class__"),
    Job("seed = 7\n1"),
    Job("np = 3\n1"),
    Job("conv2d = relu\nramp = zeros\nconv2d(ramp(3, 3))"),
    Job("relu.x = 3\n1"),
    Job("np.pi = 3\n1"),
    Job("len = 3\nlen"),
    Job("x = np.ones(3)\nx.flags.writeable = False\n1"),
    Job("d = bars(20)\nd.images[0, 0, 0] = 99.0\n1"),
    Job("n = lenet5()\nn[0] = relu\nn[0]"),
    Job("1", {"n": "2 ** 600", "seed": 3}),
    Job("f = lambda x: f(x)\nf(1)"),
    Job("for i in range(10 ** 9):\n    x = i\n1"),
    Job("ones(9999, 9999)"),
    Job("2 ** 2 ** 20"),
    Job("'x' * 10 ** 9"),
    Job("a = 0 * ones(1) / 0\na.astype(int)"),
    Job("np.linalg.inv(zeros(3, 3))"),
    Job("(" * 500 + ")" * 500),
    Job("\\\n" * 500),
    Job("x = [1]\nx[0] = x\nx"),
    Job("raise SystemExit"),
    Job("'\\x1b]0;title\\x07'"),
    Job("1", claims=("seed == 0", "all([])", "1 / 0")),
]


def _bytes(proof: Proof) -> bytes:
    return encode_proof(0, replace(proof, seconds=0.0))


def _pids(worker: Worker) -> list[int]:
    return [process.pid for process in worker._processes._alive]


def test_the_same_question_gives_the_same_proof_before_and_after_hostile_ones() -> None:
    """Byte for byte, in the very process that ran the hostile checks, whatever came of them."""
    with Worker() as worker:
        before = [_bytes(proof) for proof in worker.run(HONEST, timeout=60)]
        process = _pids(worker)[0]
        for hostile in HOSTILE:
            worker.run([hostile], timeout=60)
            [again] = worker.run([HONEST[0]], timeout=60)
            assert _bytes(again) == before[0], hostile
        assert [_bytes(proof) for proof in worker.run(HONEST[::-1], timeout=60)] == before[::-1]
        assert _pids(worker)[0] == process
    with Worker() as fresh:
        assert [_bytes(proof) for proof in fresh.run(HONEST, timeout=60)] == before


STATES: dict[str, Callable[[], object]] = {
    "NumPy's error mode": np.geterr,
    "NumPy's error handler": np.geterrcall,
    "NumPy's print options": np.get_printoptions,
    "NumPy's random state": lambda: repr(np.random.get_state()),
    "Python's random state": random.getstate,
    "warning filters": lambda: list(warnings.filters),
    "recursion limit": sys.getrecursionlimit,
    "modules": lambda: sorted(sys.modules),
    "the table": lambda: [(name, repr(entry)) for name, entry in TABLE.items()],
    "the constants": lambda: list(map(repr, CONSTANTS.items())),
    "environment": lambda: dict(os.environ),
    "folder": Path.cwd,
    "garbage collection": gc.isenabled,
    "standard output": lambda: (sys.stdout, sys.stderr, sys.excepthook),
}


def test_nothing_of_the_process_is_altered() -> None:
    """NumPy's and Python's own settings are what they were, after honest and hostile checks."""
    run_jobs([*HONEST, *HOSTILE])  # what is imported at first use comes now
    before = {name: state() for name, state in STATES.items()}
    run_jobs([*HOSTILE, *HONEST])
    for name, state in STATES.items():
        assert state() == before[name], name


def test_memory_in_circles_is_freed_before_the_next_job() -> None:
    """A lambda that knows itself keeps its arrays; many such checks starve no honest one."""
    circle = "f = lambda n: f(n) + " + " + ".join(f"x{i}" for i in range(7)) + "\n"
    arrays = "".join(f"x{i} = ones(2000, 2000)\n" for i in range(7))
    with Worker() as worker:
        jobs = [Job(arrays + circle + "1")] * 15 + [Job(arrays + "x6.sum()")]
        proofs = worker.run(jobs, timeout=60)
    assert [proof.failure for proof in proofs] == [None] * 16
    assert proofs[-1].value == 4_000_000.0


HANGS = f"""
import os, time
os.write(1, {encode_hello(Isolation((), ("all",)))!r})
os.read(0, 65536)
time.sleep(1000)
"""
"""A worker without NumPy, so that killing a thousand of them takes no minutes."""


@linux
@pytest.mark.slow
@pytest.mark.parametrize(("code", "times"), [(HANGS, 1000), (process_module.START, 10)])
def test_killed_checks_leave_nothing_behind(
    code: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process, no zombie, no open file, no thread and no temporary file."""
    monkeypatch.setattr(process_module, "START", code)
    before = _files(), _children(), _threads()  # a worker of other tests may be there
    job = Job("np.linalg.matrix_rank(normal(1900, 1900))")
    with Worker() as worker:
        for _ in range(times):
            [proof] = worker.run([job], timeout=0.001)
            assert proof.failure is not None
            assert proof.failure.kind == "timeout"
        assert len(_children() - before[1]) <= ALIVE_AT_MOST
        assert len(_threads()) == len(before[2]) + 1
    assert (_files(), _children(), _threads()) == before


def _threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("quizcnn")]


def _children() -> set[str]:
    """This process's children, zombies included."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def _files() -> tuple[int, set[str]]:
    """How many files are open, and what lies in the folder for temporary files."""
    gc.collect()
    names = {path.name for path in Path(tempfile.gettempdir()).iterdir()}
    return len([*Path("/proc/self/fd").iterdir()]), {name for name in names if "quizcnn" in name}
