"""The walls take nothing from honest checks: behind them every proof is the same, byte for byte."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from quizcnn import paths
from quizcnn.check import process as process_module
from quizcnn.check.client import Worker
from quizcnn.check.codec import encode_proof
from quizcnn.check.job import Job
from quizcnn.check.table import TABLE
from quizcnn.check.table_builtins import METHODS
from quizcnn.deck.catalog import Catalog
from quizcnn.deck.variants import variants

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls of Linux")

NO_WALLS = (
    "from quizcnn.check.isolation import walls; "
    "walls.put_up = lambda highest: walls.Isolation((), ('all',)); "
    "from quizcnn.check.worker import main"
)

GIVEN = {
    "x": "normal(4, 4)",
    "k": "ones(3, 3)",
    "w": "np.array([1, 2, 3])",
    "layers": "[Conv2d(1, 2, 3), ReLU(), Flatten(), Linear(72, 4)]",
}
CALLED_WITH = (
    "",
    "x",
    "x, x",
    "2, 3",
    "w",
    "relu, x",
    "layers, (1, 8, 8)",
    "x, k",
    "'a'",
    "x, no=1",
)
"""Arguments that suit some operations and not others, whose complaints must be told as well."""

ODD = (
    "größe = 3\ngröße",
    "ﬁne = 3\nfine",
    "'\\N{BULLET}'",
    "'\\N{NO SUCH THING}'",
    "x = (",
    "x = 1 +\n2",
    "conv3d(x)",
    "np.linalg.nrm(x)",
    "x.shap",
    "\tx",
    "0777",
    "1_000.5e-3",
    "assert x > 1\n1",
    "'é' * 3",
    "[" * 90 + "]" * 90,
    "lambda: 1",
    "1 if x else 2",
    "x.astype(np.float32) @ x",
    "np.linalg.inv(zeros(3, 3))",
    "conv2d(x, x, x, x)",
    "2 ** 400, -1 // 0",
    "np.float32(1) / 3, np.array([1, 2], dtype=np.uint8)",
)


@pytest.fixture(scope="module")
def free() -> Iterable[Worker]:
    """The same worker without walls."""
    with pytest.MonkeyPatch.context() as patch:
        start = process_module.START.replace("from quizcnn.check.worker import main", NO_WALLS)
        assert start != process_module.START
        patch.setattr(process_module, "START", start)
        with Worker() as worker:
            yield worker


def _written(worker: Worker, jobs: Sequence[Job]) -> list[bytes]:
    return [encode_proof(0, replace(proof, seconds=0.0)) for proof in worker.run(jobs, timeout=60)]


def _same(jobs: Sequence[Job], worker: Worker, free: Worker) -> list[bytes]:
    """The proofs of both workers, which must not differ."""
    behind, before = _written(worker, jobs), _written(free, jobs)
    assert worker.isolation != free.isolation
    for job, one, other in zip(jobs, behind, before, strict=True):
        assert one == other, job
    return behind


@pytest.mark.slow
def test_every_entry_of_the_table_works_behind_the_walls(worker: Worker, free: Worker) -> None:
    """Each operation and method, called well and badly: nothing is imported or opened too late."""
    calls = [f"{name}({arguments})" for name in TABLE for arguments in CALLED_WITH]
    calls += [f"x.{entry.name}({arguments})" for entry in METHODS for arguments in CALLED_WITH]
    proofs = _same([Job(code, GIVEN) for code in calls], worker, free)
    assert sum(b'"failure":null' in proof for proof in proofs) > len(TABLE)


def test_odd_source_is_read_behind_the_walls(worker: Worker, free: Worker) -> None:
    """Letters that Python looks up, syntax errors, nearest names: their parts are all there."""
    _same([Job(code, GIVEN) for code in ODD], worker, free)


@pytest.mark.slow
def test_every_check_of_the_decks_works_behind_the_walls(worker: Worker, free: Worker) -> None:
    """The first and the last variant of every question, with its claims and contrasts."""
    jobs: list[Job] = []
    with Catalog.open(None) as catalog:
        catalog.read(paths.decks())
        questions = tuple(catalog.questions())
    for question in questions:
        given = variants(question, worker)
        claims = tuple(claim.that for claim in question.claims)
        for variant in dict.fromkeys((given[0].index, given[-1].index)):
            jobs.append(Job(question.check, given[variant].given, claims, needs_value=False))
            jobs += [
                Job(contrast.check or question.check, {**given[variant].given, **contrast.given})
                for contrast in question.contrast
            ]
    proofs = _same(jobs, worker, free)
    assert sum(b'"failure":null' in proof for proof in proofs) > len(proofs) // 2
