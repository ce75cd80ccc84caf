"""The walls round the worker hold even if the evaluator did not: plain Python runs behind them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from quizcnn.check import process as process_module
from quizcnn.check.client import Worker
from quizcnn.check.isolation.report import Isolation
from quizcnn.check.job import Job
from quizcnn.check.proof import Proof
from quizcnn.check.value import Value

linux = pytest.mark.skipif(sys.platform != "linux", reason="the walls of Linux")

PROBE = """
import sys; a, *b = sys.argv[1:]; sys.path.insert(0, a); sys.path.extend(b)
import ctypes, mmap, os, resource, signal, socket, subprocess, _thread, _posixsubprocess
from quizcnn.check import language
from quizcnn.check.proof import Proof
honest = language.run_job

def run(job):
    if not job.code.startswith("#"):
        return honest(job)
    names = globals() | dict(job.given)
    try:
        exec(job.code, names)
    except Exception as error:
        return Proof(value=f"{type(error).__name__}: {error}")
    return Proof(value=names["result"])

language.run_job = run
CHANGE
from quizcnn.check.worker import main
main()
"""
"""A worker in which code that begins with # is executed by Python: no evaluator at all."""

NO_WALLS = """
from quizcnn.check.isolation import walls
walls.put_up = lambda highest: walls.Isolation((), ("all",))
"""

MEMORY_CALL = "ctypes.CDLL(None, use_errno=True)"
EXECUTABLE = f"""
page = mmap.mmap(-1, 4096)
libc = {MEMORY_CALL}
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
if libc.mprotect(ctypes.addressof(ctypes.c_char.from_buffer(page)), 4096, 7):
    raise OSError(ctypes.get_errno(), "mprotect")
"""

ATTACKS = {
    "read a file": "open(canary).read()",
    "write a file": "open(canary, 'w')",
    "append to a file": "open(canary, 'a').write('x')",
    "make a file": "os.close(os.open(folder + '/new', os.O_CREAT | os.O_WRONLY))",
    "make a folder": "os.mkdir(folder + '/made'); os.rmdir(folder + '/made')",
    "list a folder": "os.listdir(folder)",
    "look at a file": "os.stat(canary)",
    "ask for a file": "os.access(canary, os.R_OK) or 1 / 0",
    "rename a file": "os.rename(canary, canary + '2'); os.rename(canary + '2', canary)",
    "link a file": "os.symlink(canary, folder + '/link'); os.unlink(folder + '/link')",
    "change a file's mode": "os.chmod(canary, 0o600)",
    "change folder": "os.chdir(folder); os.chdir('/')",
    "read the kernel's files": "open('/proc/self/maps').read()",
    "fork": "os.fork() or os._exit(0)",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "run a program": "subprocess.run(['/bin/true'])",
    "become another program": "os.execv('/bin/true', ['true'])",
    "start a thread": "_thread.start_new_thread(int, ())",
    "connect": "socket.socket().connect((b'127.0.0.1', port))",
    "send a datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', port))",
    "open a socket": "socket.socket(socket.AF_UNIX)",
    "make a pair of sockets": "socket.socketpair()",
    "make a pipe": "os.pipe()",
    "copy an open file": "os.dup(0)",
    "signal its parent": "os.kill(parent, 0)",
    "signal itself": "os.kill(os.getpid(), 0)",
    "alter its parent's limits": "resource.prlimit(parent, resource.RLIMIT_CORE)",
    "alter its limits": "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
    "outlive its clock": "signal.signal(signal.SIGALRM, signal.SIG_IGN)",
    "rule an open file": "os.set_blocking(0, True); os.isatty(0); 1 / (not ctypes.CDLL(None)"
    ".fcntl(0, 1))",
    "map memory that runs": "mmap.mmap(-1, 4096, prot=7)",
    "let memory run": EXECUTABLE,
    "take three gigabytes": "bytes(3 * 1024 ** 3)",
    "make a memory file": "os.close(os.memfd_create('x'))",
    "outrank others": "os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0))",
    "read another's memory": "iovec = (ctypes.c_size_t * 2)(ctypes.addressof(ctypes.c_char()), 0)\n"
    f"{MEMORY_CALL}.process_vm_readv(os.getpid(), iovec, 1, iovec, 1, 0) and 1 / 0",
    "load a library": "ctypes.CDLL('libutil.so.1')",
    "import from disk": "import this",
}


@contextmanager
def _probe(monkeypatch: pytest.MonkeyPatch, change: str = "") -> Iterator[Worker]:
    monkeypatch.setattr(process_module, "START", PROBE.replace("CHANGE", change))
    with Worker() as worker:
        yield worker


@pytest.fixture(scope="module")
def inside() -> Iterator[Worker]:
    """Plain Python behind the walls."""
    with pytest.MonkeyPatch.context() as patch, _probe(patch) as worker:
        yield worker


@pytest.fixture(scope="module")
def outside() -> Iterator[Worker]:
    """The same without walls, to see that the attacks are attacks."""
    with pytest.MonkeyPatch.context() as patch, _probe(patch, NO_WALLS) as worker:
        yield worker


@pytest.fixture(scope="module")
def listener() -> Iterator[int]:
    """A port of this machine that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def _python(worker: Worker, code: str, **given: Any) -> Proof:
    [proof] = worker.run([Job("#\n" + code, given)], timeout=60)
    return proof


def _told(worker: Worker, code: str, **given: Any) -> Value:
    proof = _python(worker, code, **given)
    assert proof.failure is None, proof.failure
    return proof.value


@linux
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_plain_python_can_do_nothing_behind_the_walls(
    attack: str, inside: Worker, outside: Worker, listener: int, tmp_path: Path
) -> None:
    """Each attack is refused by the system, and works where there are no walls."""
    canary = tmp_path / "canary"
    canary.write_text("alive")
    given = {
        "canary": str(canary),
        "folder": str(tmp_path),
        "port": listener,
        "parent": os.getpid(),
    }
    code = f"{attack}\nresult = 'done'"
    refused = str(_told(inside, code, **given))
    error = refused.partition(":")[0]
    assert error in {
        "PermissionError", "OSError", "MemoryError", "RuntimeError",
        "ValueError", "ModuleNotFoundError",
        "ZeroDivisionError",
    }, refused  # fmt: skip
    assert canary.read_text() == "alive"
    assert list(tmp_path.iterdir()) == [canary]
    done = _python(outside, code, **given)
    assert done.value == "done" or done.failure, done
    if done.failure:
        assert attack == ATTACKS["become another program"]
        assert done.failure.kind == "died"


@linux
def test_what_is_left_behind_the_walls(inside: Worker) -> None:
    """Its pipes and three files that lead nowhere; no environment, no folder, no privilege."""
    assert _told(inside, "result = ' '.join(sorted(os.environ))") in (
        " ".join(sorted(process_module.THREADS)),
        " ".join(sorted([*process_module.THREADS, "LC_CTYPE"])),
    )
    assert _told(inside, "result = os.write(0, b'x') + os.write(1, b'x') + os.write(2, b'x')") == 3
    assert _told(inside, "result = os.read(0, 1) == b''") is True
    assert "Bad file" in str(_told(inside, "result = os.read(5, 1)"))
    assert _told(inside, "result = len(os.urandom(4)) + os.getpid() * 0") == 4
    status = Path(f"/proc/{inside._processes._alive[0].pid}/status").read_text()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert fields["Seccomp"] == "2"
    assert fields["NoNewPrivs"] == "1"
    assert fields["Threads"] == "1"
    assert {int(fields[name], 16) for name in ("CapEff", "CapPrm", "CapInh")} == {0}


@linux
def test_walls_are_told(inside: Worker, outside: Worker) -> None:
    """The worker says what it did, and the client hands it on as frozen data."""
    assert Worker().isolation is None
    _told(outside, "result = 1")
    assert outside.isolation == Isolation((), ("all",))
    assert not outside.isolation.full
    _told(inside, "result = 1")
    assert inside.isolation is not None
    assert {"limits", "seccomp"} <= set(inside.isolation.parts)
    landlock = [part for part in inside.isolation.parts if part.startswith("Landlock ")]
    assert inside.isolation.full is bool(landlock)
    with pytest.raises(AttributeError):
        inside.isolation.parts = ()  # type: ignore[misc]


@linux
@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ("from quizcnn.check.isolation import landlock; landlock.CREATE_RULESET = 9999",
         "Landlock (Function not implemented)"),
        ("from quizcnn.check.isolation import seccomp; seccomp.MACHINES = {}",
         "seccomp (the calls of "),
        ("from quizcnn.check.isolation import linux; linux.threads = lambda: 2",
         "Landlock (the worker has 2 threads)"),
    ],
)  # fmt: skip
def test_where_a_wall_is_missing_the_others_stand(
    change: str, missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A kernel without Landlock or seccomp: it is said, and the rest still keeps files away."""
    canary = tmp_path / "canary"
    canary.write_text("alive")
    with _probe(monkeypatch, change) as worker:
        told = _told(worker, "result = open(canary).read()", canary=str(canary))
        assert worker.isolation is not None
        assert not worker.isolation.full
        assert any(part.startswith(missing) for part in worker.isolation.missing), worker.isolation
        assert "limits" in worker.isolation.parts
        assert worker.run([Job("conv2d(ramp(8, 8), ones(3, 3)).shape")])[0].value == (6, 6)
    assert str(told).startswith(("PermissionError", "OSError"))


@linux
def test_the_system_ends_a_worker_that_nobody_stops(inside: Worker) -> None:
    """The worker sets the kernel's clock before each job: it runs, and ends what it runs out on."""
    from quizcnn.check.isolation.limits import SPARE_SECONDS

    left = _told(inside, "result = signal.setitimer(signal.ITIMER_REAL, 60)[0]")
    assert isinstance(left, float)
    assert 0 < left <= 60 + SPARE_SECONDS
    endless = "signal.setitimer(signal.ITIMER_REAL, 0.01)\nwhile True: pass"
    proof = _python(inside, endless)
    assert proof.failure is not None
    assert proof.failure.kind == "died"


@linux
def test_a_busy_worker_ends_with_its_parent() -> None:
    """When the parent is killed in the middle of an endless job, the kernel ends the worker."""
    code = f"""
        import os, signal, threading
        from quizcnn.check import process
        from quizcnn.check.client import Worker
        from quizcnn.check.job import Job
        process.START = {PROBE.replace("CHANGE", "")!r}
        worker = Worker()
        worker.run([Job("#\\nresult = 1")])
        take = process.Process.take
        def taken(self, seconds):
            print(self.pid, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        process.Process.take = taken
        worker.run([Job("#\\nwhile True: pass")], timeout=600)
    """
    root = str(Path(process_module.quizcnn.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r})" + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    status = Path(f"/proc/{int(done.stdout)}/stat")
    for _ in range(1000):
        try:
            if status.read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.01)
    pytest.fail("the worker outlived its parent")
