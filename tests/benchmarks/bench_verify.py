"""How long verifying takes: beside the same checks bare, beside pytest, again, and its memory.

Run it as `python tests/benchmarks/bench_verify.py`. Questions are the built-in ones with a grid of
variants, repeated under other names until there are as many as asked for.

- bare: every job that verify runs (checks, stored answers, wrong answers, contrasts, seeds), as
  plain Python and NumPy (`exec` of the compiled code, compiled once for each), in one process;
- pytest: every such job as one parametrised test, its code compiled once, on both cores (`-n 2`);
- again: the same collection with all its results kept, as the command does it.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import CodeType
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the worker has it

from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.proof import Proof
from quizcnn.deck.catalog import Catalog
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Question
from quizcnn.deck.variants import variants
from quizcnn.verify.judging import judged
from quizcnn.verify.verifying import verify_questions

FEWEST, MOST = 6, 30
"""The variants that a template has."""
TESTS = 3_000
"""So many of the jobs are run as tests of pytest; the time of all is reckoned from that."""
FORKED = "fork" if sys.platform == "linux" else "spawn"

TEST = """
import ast
import pickle
from functools import cache
from pathlib import Path
import pytest
from quizcnn import nn

JOBS = pickle.loads(Path(__file__).with_suffix(".pickle").read_bytes())
NAMES = {name: vars(nn)[name] for name in nn.__all__}
PLAIN = (bool, int, float, str)


@cache
def compiled(code):
    tree = ast.parse(code.strip())
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    value = compile(ast.Expression(last.value), "<check>", "eval") if last else None
    return compile(tree, "<check>", "exec"), value


def computed(code, names):
    statements, value = compiled(code)
    exec(statements, names)
    return eval(value, names) if value else None


@pytest.mark.parametrize("index", range(len(JOBS)))
def test_check(index):
    code, given, claims, seed, value, held = JOBS[index]
    names = {**NAMES, "seed": seed}
    for name, each in given.items():
        names[name] = computed(each, names) if isinstance(each, str) else each
    found = computed(code, names)
    claimed = tuple(bool(computed(claim, names)) for claim in claims)
    if seed == 0:  # with another one this draws other numbers than the worker did
        assert claimed == held
        assert not isinstance(value, PLAIN) or found == value
"""


class Recording:
    """A checker that remembers the jobs it was asked to run, and what came of each."""

    def __init__(self, checker: Worker) -> None:
        self.checker = checker
        self.jobs: list[tuple[Job, Proof]] = []

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """A proof for each job."""
        proofs = self.checker.run(jobs, timeout)
        self.jobs += zip(jobs, proofs, strict=True)
        return proofs


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--questions", type=int, default=1000)
    options.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    options.add_argument("--slow", action="store_true", help="templates of random checks too")
    options.add_argument("--large", action="store_true", help="measure 100 000 variants' memory")
    options.add_argument("--no-pytest", action="store_true")
    options.add_argument("--split", action="store_true", help="where processor time goes")
    given = options.parse_args()
    if given.large:
        large(given.cores)
        return
    with Worker() as worker:
        found = templates(worker, given.slow)
        runs, counts = recorded(found, worker)
    if given.split:
        split(found, [job for run in runs for job, _ in run])
        return
    questions = repeated(found, given.questions)
    total = sum(counts[index % len(found)] for index in range(len(questions)))
    all_runs = [each for index in range(len(questions)) for each in runs[index % len(found)]]
    print(f"{len(questions)} questions, {total} variants, {len(all_runs)} jobs")
    alone = bare([job for job, _ in all_runs])
    print(f"bare, one process       {alone:7.1f} s")
    for name, executor in executors(given.cores):
        with executor:
            seconds = verified(questions, executor)
        each = seconds * given.cores / alone
        print(f"verify, {given.cores} {name:10}    {seconds:7.1f} s  {each:.2f}× for each core")
    if not given.no_pytest:
        share = all_runs[:: max(1, len(all_runs) // TESTS)]
        some = bare([job for job, _ in share])
        taken = tested(share, given.cores)
        seconds = taken * len(all_runs) / len(share)
        told = f"of {len(share)} tests: {taken / some * given.cores:.1f}× bare for each core"
        print(f"pytest, {given.cores} processes     {seconds:7.1f} s, {told}")
    again(given.questions)


def executors(cores: int) -> list[tuple[str, Executor]]:
    """The ways in which questions are shared out."""
    context = get_context(FORKED)
    return [
        ("threads", ThreadPoolExecutor(cores)),
        ("processes", ProcessPoolExecutor(cores, mp_context=context)),
    ]


def templates(worker: Worker, slow: bool) -> list[Question]:
    """The built-in questions with a grid of some size; random checks, which are slow, if asked."""
    with Catalog.open(None) as catalog:
        catalog.read([Path("questions")])
        questions = [question for question in catalog.questions() if question.vary]
    return [
        question
        for question in questions
        if FEWEST <= len(variants(question, worker)) <= MOST
        and (slow or "seed" not in question.check)
    ]


def recorded(
    questions: Sequence[Question], worker: Worker
) -> tuple[list[list[tuple[Job, Proof]]], list[int]]:
    """The jobs that verify runs for each question and that have a value, and its variants."""
    runs, counts = [], []
    for question in questions:
        recording = Recording(worker)
        counts.append(judged(question, recording).result.variants)
        runs.append([(job, proof) for job, proof in recording.jobs if proof.ok])
    return runs, counts


def repeated(questions: Sequence[Question], number: int) -> list[Question]:
    """So many questions, each under a name of its own, those of a deck one after another."""
    named = [
        replace(questions[index % len(questions)], id=f"q{index}", needs=(), source=None)
        for index in range(number)
    ]
    return sorted(named, key=lambda question: question.deck)


@cache
def compiled(code: str) -> tuple[CodeType, CodeType | None]:
    """A check's statements and its last expression, as `show --python` has them."""
    import ast

    tree = ast.parse(code.strip())
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    value = compile(ast.Expression(last.value), "<check>", "eval") if last else None
    return compile(tree, "<check>", "exec"), value


def bare(jobs: Sequence[Job]) -> float:
    """The seconds that the jobs take as plain Python."""
    import warnings

    from quizcnn import nn

    everything = {name: vars(nn)[name] for name in nn.__all__}
    begin = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for job in jobs:
            names: dict[str, Any] = {**everything, "seed": job.seed}
            for name, value in job.given.items():
                code = compiled(value)[1] if isinstance(value, str) else None
                names[name] = eval(code, names) if code else value
            statements, last = compiled(job.code)
            exec(statements, names)
            if last is not None:
                eval(last, names)
            for claim in job.claims:
                eval(compiled(claim)[1], names)  # type: ignore[arg-type]
    return time.perf_counter() - begin


def split(questions: Sequence[Question], jobs: Sequence[Job]) -> None:
    """Where the processor time goes that each template takes once, beside the same jobs bare."""
    begin = time.process_time()
    bare(jobs)
    alone = time.process_time() - begin
    begin = of_children()
    with Worker() as worker:
        worker.run([Job("1")] * 2)
    started = of_children() - begin
    begin = of_children()
    with Worker() as worker:
        recording = Recording(worker)
        here = time.process_time()
        for question in questions:
            judged(question, recording)
        here = time.process_time() - here
    there = of_children() - begin - started
    computing = sum(proof.seconds for _, proof in recording.jobs)
    told = Replaying([proof for _, proof in recording.jobs])
    judging = time.process_time()
    for question in questions:
        judged(question, told)
    judging = time.process_time() - judging
    print(f"{len(jobs)} jobs, in seconds of processor time, and beside bare")
    for name, seconds in (
        ("bare", alone),
        ("the evaluator, bare's part in it", computing),
        ("the worker's end of the pipe", there - computing),
        ("the parent's end of the pipe", here - judging),
        ("judging", judging),
        ("verify", here + there),
    ):
        print(f"{name:34} {seconds:6.2f}  {seconds / alone:.2f}×")


def of_children() -> float:
    """The processor time of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Replaying:
    """A checker that has all proofs already, in the order in which they are asked for."""

    def __init__(self, proofs: list[Proof]) -> None:
        self.proofs = iter(proofs)

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """A proof for each job."""
        return [next(self.proofs) for _ in jobs]


def verified(questions: Sequence[Question], executor: Executor) -> float:
    """The seconds that verifying takes."""
    begin = time.perf_counter()
    report = verify_questions(questions, executor)
    seconds = time.perf_counter() - begin
    assert report.ok, [one.message for result in report.results for one in result.problems][:3]
    return seconds


def tested(runs: Sequence[tuple[Job, Proof]], cores: int) -> float:
    """The seconds that pytest takes for a test of each job, its start left out."""
    import pickle

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "test_checks.py"
        file.write_text(TEST)
        plain = [
            (
                *(job.code, dict(job.given), job.claims, job.seed),
                *(proof.value, tuple(claim.holds for claim in proof.claims)),
            )
            for job, proof in runs
        ]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(cores)]

        def run(some: list[Any]) -> float:
            file.with_suffix(".pickle").write_bytes(pickle.dumps(some))
            begin = time.perf_counter()
            done = subprocess.run([*command, folder], capture_output=True, cwd=folder, text=True)
            assert done.returncode == 0, done.stdout[-2000:]
            return time.perf_counter() - begin

        return run(plain) - run(plain[:1])


def again(number: int) -> None:
    """The command on a folder of so many questions in decks of 50, first and once more."""
    with tempfile.TemporaryDirectory() as folder:
        decks = Path(folder) / "decks"
        decks.mkdir()
        for start in range(0, number, 50):
            body = "".join(
                f"  - id: q{index}\n    kind: number\n    ask: How many values has {{n}}×{{n}}?\n"
                f"    given: {{n: {index % 7 + 3}}}\n    vary: {{n: 2..11}}\n    answer: n * n\n"
                f"    check: |\n      image = ramp(n, n) + {index}\n      image.size\n"
                "    wrong:\n      - {is: 2 * n + 1, because: Two sides.}\n"
                '    contrast:\n      - {check: "ramp(n, n + 1).size", because: A column more.}\n'
                for index in range(start, min(start + 50, number))
            )
            (decks / f"deck{start}.yaml").write_text(
                f"schema: 1\ndeck: deck{start}\ntitle: Deck\nabout: About.\nquestions:\n{body}"
            )
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody compiles quizcnn at each start
        for name in ("first", "again"):
            taken = []
            for _ in range(1 if name == "first" else 5):
                begin = time.perf_counter()
                done = subprocess.run(
                    [sys.executable, "-m", "quizcnn", "verify", str(decks)],
                    env=environment,
                    capture_output=True,
                    text=True,
                )
                taken.append(time.perf_counter() - begin)
            print(f"the command, {name:8}   {min(taken):7.2f} s  {done.stdout.splitlines()[0]}")


LARGE = """
schema: 1
deck: large
title: Large
about: Many variants.
questions:
"""

LARGEST = """
  - id: q{index}
    kind: number
    ask: How many values has {{n}}×{{m}}?
    given: {{n: 1, m: 1}}
    vary: {{n: 1..100, m: 1..100}}
    answer: n * m
    check: |
      image = ramp(n, m) + {index}
      image.size
    wrong:
      - {{is: 2 * n + 2 * m + 1, because: That is round it.}}
    contrast:
      - {{check: "ramp(n, m + 1).size", because: A column more.}}
"""


def large(cores: int) -> None:
    """The most memory that this process has while 100 000 variants are verified."""
    text = LARGE + "".join(LARGEST.format(index=index) for index in range(10))
    deck, problems = read_deck(text.encode(), Path("large.yaml"))
    assert deck is not None, problems
    for number in (1, 3, 10):
        with ThreadPoolExecutor(cores) as executor:
            seconds = verified(deck.questions[:number], executor)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = f"{number * 10_000:7} variants, {seconds:.0f} s"
        print(f"{told}: at most {most:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
