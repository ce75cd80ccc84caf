"""Every attack works under plain Python, and none through the worker."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.check.codec import LINE, encode_proof
from quizcnn.check.job import Job
from quizcnn.check.proof import Failure, Proof, Step
from quizcnn.check.value import Array, Value

from .conftest import (
    CATEGORIES,
    MEMORY,
    Attack,
    Scene,
    Stage,
    attacks_of,
    run_plainly,
    worked,
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, and reads /proc")

HONEST = Job(
    "x = normal(4, 4)\ny = conv2d(ramp(6, 6), box(3), padding='valid')\nz = ramp(2) / 0\n"
    "net = [Conv2d(1, 2, 3), ReLU()]\n"
    "len(net), parameters(net), y.sum(), x.sum() + np.sqrt(2.0), z[1] == np.inf, 200 + 56",
    claims=("np.allclose(np.pi, 3.14159, 1e-5)", "Dropout(0.1) == Dropout(0.2)"),
    seed=3,
)
"""A question that is asked before and after each attack."""

PATIENT = [
    pytest.param(name, marks=pytest.mark.slow) if name == "clock" else name for name in CATEGORIES
]
"""Those that outlast their time take it: a quarter of a second each."""

TIMEOUT = 0.25
"""Seconds that an attack is given. Whatever is not done then is killed."""


@linux
@pytest.mark.slow
@pytest.mark.parametrize("category", CATEGORIES)
def test_each_attack_works_under_plain_exec(category: str, stage: Stage) -> None:
    """None of them is a dud: without the walls each does its harm."""
    scenes = stage.scenes(attacks_of(category))
    ends = run_plainly(scenes, stage.folder)
    duds = [
        (scene.attack.name, end)
        for scene, end in zip(scenes, ends, strict=True)
        if not worked(scene, end)
    ]
    assert duds == []


@pytest.mark.parametrize("category", PATIENT)
def test_no_attack_works_through_the_worker(
    category: str, stage: Stage, worker: Worker, capfd: pytest.CaptureFixture[str]
) -> None:
    """No file, process, connection or secret; and the same honest proof after each, to the byte."""
    # Another question's value is there before: in the worker's memory, where an attack may look.
    given = {"secret": f"'{stage.secret}'", "x": "ones(512) * 99"}
    assert worker.run([Job("secret + secret", given)], 30.0)[0].ok
    [before] = worker.run([HONEST], 30.0)
    assert before.ok
    others = {*_descendants()} - {process.pid for process in worker._processes._alive}
    through = [
        f"{scene.attack.name}: {harm}"
        for scene in stage.scenes(attacks_of(category))
        for harm in _harms(scene, worker, before, others)
    ]
    assert through == []
    assert capfd.readouterr() == ("", "")


def _harms(scene: Scene, worker: Worker, before: Proof, others: set[int]) -> Iterator[str]:
    """What is wrong after an attack, as far as one sees it from outside.

    `others` are processes that other tests left running, whose memory is none of this one's.
    """
    code = scene.code.replace("SECRET_BYTES", "secret")
    [proof] = worker.run([Job(code, {"secret": "'nothing'"})], TIMEOUT)
    effect = scene.attack.effect
    if scene.harmed():
        yield f"it left a mark ({effect})"
    if scene.secret in _said(proof):
        yield "it found the secret"
    if len(encode_proof(0, proof)) > LINE:
        yield "its proof is too long"
    if effect in ("crash", "recursion") and proof.failure and proof.failure.kind == "died":
        yield "it ended the worker"
    if effect == "forged" and proof.value == 42:
        yield "it was judged right"
    if sys.platform == "linux":
        most = max(map(_most_memory, {*_descendants()} - others), default=0)
        if most > MEMORY:
            yield f"a worker had {most:,} bytes"
    [after] = worker.run([HONEST], 30.0)
    if _bytes(after) != _bytes(before):
        yield f"an honest question comes out otherwise: {after}"


def _bytes(proof: Proof) -> bytes:
    return encode_proof(0, replace(proof, seconds=0.0))


def _said(proof: Proof) -> str:
    """All text of a proof, arrays of small numbers read as letters."""
    values = [proof.value, *(step.value for step in proof.steps)]
    return encode_proof(0, proof).decode() + "".join(map(_letters, values))


def _letters(value: Value) -> str:
    if isinstance(value, tuple):
        return "".join(map(_letters, value))
    if not isinstance(value, Array) or not value.data:
        return ""
    return "".join(chr(int(item)) for item in value.data if 0 <= item < 256)


def _descendants() -> list[int]:
    """The processes that this one has started, and theirs; not those that are still its copies."""
    own = Path("/proc/self/cmdline").read_bytes()
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                rest = (entry / "stat").read_text().rpartition(")")[2].split()
                if (entry / "cmdline").read_bytes() == own:
                    continue  # begun, and not yet what it is to be: its memory is this process's
            except OSError:
                continue  # it has ended meanwhile
            parents[int(entry.name)] = int(rest[1])
    found = {int(Path("/proc/self").resolve().name)}
    for _ in range(4):
        found |= {pid for pid, parent in parents.items() if parent in found}
    return sorted(found - {int(Path("/proc/self").resolve().name)})


def _most_memory(pid: int) -> int:
    """The most memory that a process ever had, in bytes; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def test_the_judge_sees_what_an_attack_would_leave(stage: Stage) -> None:
    """A secret as text, in a step or as an array's letters; a marker, a change, a connection."""
    kinds = ("secret", "marker", "damage", "connection", "datagram")
    scenes = stage.scenes([Attack("none", kind, kind, "1") for kind in kinds])
    secret = stage.secret
    letters = Array((len(secret),), "uint8", tuple(secret.encode()))
    for proof in (
        Proof(value=secret),
        Proof(value=(1, ("x", secret))),
        Proof(value=letters),
        Proof(steps=(Step("x", 1, "x", (letters,)),)),
        Proof(failure=Failure("raised", f"no file {secret}")),
    ):
        assert secret in _said(proof)
    assert secret not in _said(Proof(value=42))
    _, made, changed, connected, sent = scenes
    assert not any(scene.harmed() for scene in scenes)
    made.marker.symlink_to("/nowhere")
    changed.secret_file.write_text("")
    assert connected.listener is not None
    assert sent.listener is not None
    with socket.create_connection(connected.listener.getsockname()):
        assert connected.harmed()
    with socket.socket(type=socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", sent.listener.getsockname())
    assert made.harmed()
    assert changed.harmed()
    assert sent.harmed()


def test_there_are_attacks_of_every_kind() -> None:
    """At least three hundred, over the categories, no two of them the same."""
    everything: list[Attack] = [attack for name in CATEGORIES for attack in attacks_of(name)]
    assert len(everything) >= 300
    assert len({attack.code for attack in everything}) == len(everything)
    assert all(len(attacks_of(name)) >= 20 for name in CATEGORIES)
