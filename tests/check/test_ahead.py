"""Several jobs are sent at once: each is still answered, timed and lost by itself."""

from __future__ import annotations

import json

import pytest

from quizcnn.check import process as process_module
from quizcnn.check.client import AHEAD, Worker
from quizcnn.check.codec import JOB_LINE
from quizcnn.check.job import Job
from quizcnn.check.process import Process

HANGS = "np.linalg.matrix_rank(normal(1900, 1900))"
PROOF = {
    "given": [], "steps": [], "claims": [], "value": 1, "failure": None, "shared": False,
    "random": False, "windows": [], "networks": [], "seconds": 0.1,
}  # fmt: skip


def _forged(then: str) -> str:
    """A worker's code that reads two jobs, and then says something."""
    return (
        "import sys, os, json\n"
        "print(json.dumps({'ready': True, 'isolation': {'full': False, 'parts': [], "
        "'missing': ['all']}}), flush=True)\n"
        "jobs = [json.loads(sys.stdin.readline()) for _ in range(2)]\n"
        f"proofs = [json.dumps({PROOF!r} | {{'number': job['number']}}) for job in jobs]\n"
        f"{then}\n"
        "sys.stdout.flush()\n"
        "sys.stdin.read()\n"
    )


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[list[bytes]]:
    """The lines of each message that a process is sent."""
    messages: list[list[bytes]] = []
    ask = Process.ask

    def noted(self: Process, lines: list[bytes]) -> None:
        messages.append(list(lines))
        ask(self, lines)

    monkeypatch.setattr(Process, "ask", noted)
    return messages


def test_jobs_go_together_up_to_a_number(worker: Worker, sent: list[list[bytes]]) -> None:
    """One message for many small jobs, and the answers in their order."""
    proofs = worker.run([Job(str(index)) for index in range(2 * AHEAD + 1)])
    assert [proof.value for proof in proofs] == list(range(2 * AHEAD + 1))
    assert [len(lines) for lines in sent] == [AHEAD, AHEAD, 1]


def test_together_they_fit_into_the_pipe(worker: Worker, sent: list[list[bytes]]) -> None:
    """Writing them never waits for a worker that is at work."""
    long = "1" + " " * 12_000
    assert all(proof.value == 1 for proof in worker.run([Job(long)] * 10))
    assert [len(lines) for lines in sent] == [4, 4, 2]
    assert all(sum(map(len, lines)) <= JOB_LINE for lines in sent)


def test_what_cannot_be_sent_stops_nobody(worker: Worker, sent: list[list[bytes]]) -> None:
    """A job too large between two others fails by itself."""
    first, large, last = worker.run([Job("1"), Job("1" * (JOB_LINE + 1)), Job("2")])
    assert (first.value, last.value) == (1, 2)
    assert large.failure is not None
    assert large.failure.kind == "limit"
    assert [len(lines) for lines in sent] == [1, 1]


def test_jobs_of_two_decks_never_go_together(sent: list[list[bytes]]) -> None:
    """Where decks are kept apart, the second one's jobs go to another process."""
    decks = ["one", "one", "two", "two", "one"]
    with Worker(apart=True) as worker:
        assert all(
            proof.value == 1 for proof in worker.run([Job("1", deck=deck) for deck in decks])
        )
    assert [len(lines) for lines in sent] == [2, 2, 1]


def test_after_a_job_that_hangs_the_others_get_new_numbers(
    own: Worker, sent: list[list[bytes]]
) -> None:
    """What was asked with it is asked anew of another process, under numbers that are new."""
    own.run([Job("0")])
    proofs = own.run([Job("1"), Job(HANGS), Job("2"), Job("3")], timeout=0.5)
    assert [proof.value for proof in proofs] == [1, None, 2, 3]
    assert proofs[1].failure is not None
    assert proofs[1].failure.kind == "timeout"
    numbers = [json.loads(line)["number"] for lines in sent for line in lines]
    assert [len(lines) for lines in sent] == [1, 4, 2]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("then", "kinds"),
    [
        ("print(proofs[0]); print(proofs[1])", [None, None]),
        ("sys.stdout.write('\\n'.join([*proofs, '']))", [None, None]),
        ("print(proofs[1]); print(proofs[0])", ["died", "died"]),
        ("print(proofs[0]); print(proofs[0])", [None, "died"]),
        ("print(proofs[0], flush=True); os._exit(0)", [None, "died"]),
        ("sys.stdout.write('\\n'.join([*proofs, proofs[1]]))", [None, "died"]),
    ],
    ids=["both", "in one piece", "the other first", "one twice", "one and the end", "a third"],
)
def test_each_answer_belongs_to_its_job(
    then: str, kinds: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers come in the order of the jobs, one to each and nothing after the last."""
    monkeypatch.setattr(process_module, "START", _forged(then))
    with Worker() as forged:
        proofs = forged.run([Job("1"), Job("1")], timeout=1)
    found = [proof.failure and proof.failure.kind for proof in proofs]
    # the second is asked anew, alone, and this process waits for two
    assert ["died" if kind == "timeout" else kind for kind in found] == kinds
