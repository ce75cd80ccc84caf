"""How long a check takes: beside bare `exec` of the same code, through the worker, after a kill.

Run it as `python tests/benchmarks/bench_check.py`; with `--kills 1000` it also kills so many checks
one after another and looks for what they leave behind. Everything that is compared is measured in
turns within one run, as machines differ and others may be at work on this one.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import ast
import os
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median
from types import CodeType
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the worker has it

from quizcnn import nn
from quizcnn.check.client import Worker
from quizcnn.check.codec import decode_proof, encode_proof
from quizcnn.check.job import Job
from quizcnn.check.language import run_job
from quizcnn.deck.catalog import Catalog

CHECKS = {
    "one number": Job("1"),
    "8×8 convolution": Job("image = ramp(n, n)\nconv2d(image, ones(f, f))", {"n": 8, "f": 3}),
    "200 turns of a loop": Job("total = 0\nfor i in range(200):\n    total = total + i * i\ntotal"),
    "a gradient": Job("grad(max_pool2d, ramp(6, 6), 2)"),
    "64×64 convolution": Job("conv2d(normal(64, 64), box(7)).sum()"),
    "singular values": Job("np.linalg.svd(normal(120, 120))[1].max()"),
    "32 channels": Job("conv2d(normal(32, 28, 28), ones(32, 32, 3, 3)).shape"),
    "an experiment": Job("experiment(bars, pool='global', examples=40, seed=seed).test"),
}
HANGS = Job("np.linalg.matrix_rank(normal(1900, 1900))")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--turns", type=int, default=200, help="how often each is measured")
    options.add_argument("--kills", type=int, default=0, help="checks to kill one after another")
    options.add_argument("--decks", type=Path, default=Path("questions"), help="decks to measure")
    given = options.parse_args()
    with Worker() as worker:
        print(f"{'median (best), ms':22}{'bare exec':>16}{'evaluator':>16}{'ratio':>7}", end="")
        print(f"{'round trip':>16}{'of it codec':>16}")
        for name, job in CHECKS.items():
            compare(name, job, worker, given.turns)
        print()
        decks(given.decks)
        print(f"\nstart, until the first result  {told(starts(5))}")
        print(f"killed, until the next result  {told(switches(worker, 10))}")
    if given.kills:
        kills(given.kills)


def compare(name: str, job: Job, worker: Worker, turns: int) -> None:
    """One line: the same check executed bare, evaluated, and asked of the worker."""
    statements, last = compiled(job.code)
    bare: list[float] = []
    evaluated: list[float] = []
    asked: list[float] = []
    coded: list[float] = []
    proof = run_job(job)
    assert proof.ok, proof.failure
    line = encode_proof(1, proof)
    for _ in range(turns if timed(lambda: run_job(job)) < 0.02 else 20):
        bare.append(again(lambda: execute(statements, last, job)))
        evaluated.append(again(lambda: run_job(job)))
        coded.append(again(lambda: encode_proof(*decode_proof(line))))
        asked.append(again(lambda: worker.run([job])))
    ratio = f"{min(evaluated) / min(bare):7.2f}"
    print(f"{name:22}{told(bare)}{told(evaluated)}{ratio}{told(asked)}{told(coded)}")


def decks(folder: Path) -> None:
    """The checks of whole decks that compute for over a millisecond: evaluated beside executed."""
    ratios = {}
    with Catalog.open(None) as catalog:
        catalog.read([folder])
        questions = tuple(catalog.questions())
    for question in questions:
        job = Job(question.check, question.given)
        if not run_job(job).ok:  # it has no value of its own: each option gives it more
            continue
        statements, last = compiled(job.code)
        if timed(lambda: execute(statements, last, job)) < 0.001:  # noqa: B023
            continue
        pairs = [
            (timed(lambda: execute(statements, last, job)), timed(lambda: run_job(job)))  # noqa: B023
            for _ in range(10)
        ]
        bare, evaluated = (min(taken) for taken in zip(*pairs, strict=True))
        if bare >= 0.001:
            ratios[question.key] = evaluated / bare
    worst = sorted(ratios, key=ratios.__getitem__, reverse=True)[:3]
    print(f"{len(ratios)} of {len(questions)} questions' checks compute for over 1 ms: ", end="")
    print(f"median {median(ratios.values()):.2f}; ", end="")
    print(", ".join(f"{ratios[key]:.2f} {key}" for key in worst))


def compiled(code: str) -> tuple[CodeType, CodeType]:
    """The statements and the last expression of a check, for exec and eval."""
    tree = ast.parse(code)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    return compile(tree, "<check>", "exec"), compile(ast.Expression(last.value), "<check>", "eval")


def execute(statements: CodeType, last: CodeType, job: Job) -> Any:
    """The check's value as plain Python computes it."""
    names: dict[str, Any] = {name: vars(nn)[name] for name in nn.__all__}
    names["seed"] = job.seed
    for name, given in job.given.items():
        names[name] = eval(given, names) if isinstance(given, str) else given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(statements, names)
        return eval(last, names)


def starts(times: int) -> list[float]:
    """Seconds from nothing to the first result."""

    def start() -> None:
        with Worker() as fresh:
            assert fresh.run([Job("1")])[0].value == 1

    return [timed(start) for _ in range(times)]


def switches(worker: Worker, times: int) -> list[float]:
    """Seconds from the end of a check's time to the next check's result, with the spare warm."""
    patience = 0.05
    taken = []
    for _ in range(times):
        wait_for_spare(worker)

        def switch() -> None:
            [killed, following] = worker.run([HANGS, Job("1")], timeout=patience)
            assert killed.failure is not None
            assert following.value == 1 or following.failure is not None

        taken.append(timed(switch) - patience)
    return taken


def wait_for_spare(worker: Worker) -> None:
    """Wait until the spare stands ready."""
    worker.run([Job("1")])
    processes = worker._processes
    with processes._changed:
        processes._changed.wait_for(lambda: len(processes._alive) == 2)
    while processes._alive[1]._lines.silent() and processes._alive[1].isolation is None:
        time.sleep(0.01)


def kills(times: int) -> None:
    """Kill so many checks and tell what is left of them."""
    before = children(), len([*Path("/proc/self/fd").iterdir()])
    begin = time.perf_counter()
    with Worker() as worker:
        for _ in range(times):
            [proof] = worker.run([HANGS], timeout=0.001)
            assert proof.failure is not None
            assert proof.failure.kind == "timeout"
    after = children(), len([*Path("/proc/self/fd").iterdir()])
    each = (time.perf_counter() - begin) / times
    print(f"{times} killed, {each * 1000:.0f} ms each; processes and files left: ", end="")
    print("none" if after == before else f"{after} instead of {before}")


def children() -> set[str]:
    """This process's children, zombies included."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def timed(act: Callable[[], object]) -> float:
    """The seconds that something takes."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def again(act: Callable[[], object]) -> float:
    """The seconds that something takes that was done just before."""
    act()
    return timed(act)


def told(taken: list[float]) -> str:
    """The median and the best, in milliseconds."""
    return f"{median(taken) * 1000:8.2f} {f'({min(taken) * 1000:.2f})':>7}"


if __name__ == "__main__":
    main()
