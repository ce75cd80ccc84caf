"""A worker that says what no worker says: the parent believes nothing and goes on."""

from __future__ import annotations

import pytest

from quizcnn.check import lines as lines_module
from quizcnn.check import process as process_module
from quizcnn.check.client import Worker
from quizcnn.check.job import Job


def _forged(says: str) -> str:
    """What a worker's code is replaced by: it says it is ready, reads a job, then misbehaves."""
    return (
        "import sys, os, json\n"
        "sys.stdout.write(json.dumps({'ready': True, 'isolation': {'full': False, 'parts': [], "
        "'missing': ['all']}}) + '\\n'); sys.stdout.flush()\n"
        "job = json.loads(sys.stdin.readline())\n"
        f"{says}\n"
        "sys.stdout.flush()\n"
        "sys.stdin.read()\n"
    )


GOOD = (
    'dict(number=job["number"], given=[], steps=[], claims=[], value=1, failure=None, '
    "shared=False, random=False, windows=[], networks=[], seconds=0.1)"
)

FORGERIES = {
    "not JSON": "print('hello')",
    "nothing": "print()",
    "not UTF-8": "sys.stdout.buffer.write(b'\\xff\\xfe\\n')",
    "a list": "print('[]')",
    "a number": "print('5')",
    "NaN": "print('NaN')",
    "half a proof": "print(json.dumps({'number': job['number']}))",
    "another number": f"print(json.dumps({GOOD} | {{'number': 99}}))",
    "a wrong type": f"print(json.dumps({GOOD} | {{'random': 1}}))",
    "an unknown value": f"print(json.dumps({GOOD} | {{'value': {{'pickle': 'x'}}}}))",
    "a lying array": f"print(json.dumps({GOOD} | {{'value': "
    "{'array': [2, 2], 'dtype': 'float64', 'data': 'AAAAAAAA8D8=', 'ends': [1.0, 1.0]}}))",
    "a network that is none": f"print(json.dumps({GOOD} | {{'networks': [['net', None, []]]}}))",
    "a huge integer": f"print(json.dumps({GOOD} | {{'value': 2 ** 600}}))",
    "digits without end": f"print(json.dumps({GOOD}).replace(': 1,', ': ' + '9' * 9999 + ',', 1))",
    "too deep": f"print(json.dumps({GOOD} | {{'value': 7}}).replace(': 7', ': ' + '[' * 9999))",
    "claims that nobody made": f"print(json.dumps({GOOD} | {{'claims': [['1 < 2', True, None]]}}))",
    "windows that nobody asked for": f"print(json.dumps({GOOD} | {{'windows': [[1, 'x', 'y']]}}))",
    "the end": "os._exit(0)",
    "half a line and the end": f"sys.stdout.write(json.dumps({GOOD})[:40]); sys.stdout.flush(); "
    "os._exit(0)",
    "a line without its end, and the end": f"sys.stdout.write(json.dumps({GOOD})); "
    "sys.stdout.flush(); os._exit(0)",
    "a second message": f"print(json.dumps({GOOD})); print(json.dumps({GOOD}))",
    "a second message begun": f"sys.stdout.write(json.dumps({GOOD}) + '\\n' + '{{')",
    "lists without end": f"print(json.dumps({GOOD} | {{'value': [[]] * 500_000}}))",
    "seconds that no float holds": f"print(json.dumps({GOOD} | {{'seconds': 10 ** 400}}))",
    "half a character": f"print(json.dumps({GOOD} | {{'value': '\\ud800'}}))",
    "a key twice": f"print(json.dumps({GOOD})[:-1] + ', \"value\": 2}}')",
    "a value beside a failure": f"print(json.dumps({GOOD} | {{'failure': ['raised', 'no', None, "
    "None, None]}))",
}


@pytest.mark.parametrize("says", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_answer_is_no_proof(says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes on the pipe instead of a proof of that job counts as died."""
    monkeypatch.setattr(process_module, "START", _forged(says))
    with Worker() as forged:
        [proof] = forged.run([Job("1")], timeout=10)
    assert proof.failure is not None
    assert proof.failure.kind == "died", proof
    assert proof.value is None


def test_the_forger_is_believed_when_it_speaks_the_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forgeries above fail for what they say, not for how they are made."""
    monkeypatch.setattr(process_module, "START", _forged(f"print(json.dumps({GOOD}))"))
    with Worker() as forged:
        [proof] = forged.run([Job("1")], timeout=10)
    assert (proof.failure, proof.value) == (None, 1)


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line longer than a proof can be ends the process before it fills the memory."""
    monkeypatch.setattr(lines_module, "LINE", 100_000)
    says = "while True: sys.stdout.write('x' * 10_000)"
    monkeypatch.setattr(process_module, "START", _forged(says))
    with Worker() as forged:
        [proof] = forged.run([Job("1")], timeout=10)
    assert proof.failure is not None
    assert proof.failure.kind == "died"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("print('hello')", "not JSON"),
        ("raise SystemExit(3)", "ended before it was ready"),
        ('print(\'{"failed":"ModuleNotFoundError: numpy"}\')', "could not start: ModuleNotFound"),
        ("print('[]')", "did not start as a worker"),
        ("1 / 0", "ended"),
    ],
)
def test_a_worker_that_cannot_start_says_why(
    code: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first job's failure carries the reason."""
    monkeypatch.setattr(process_module, "START", code)
    with Worker() as broken:
        [proof] = broken.run([Job("1")])
    assert proof.failure is not None
    assert proof.failure.kind == "died"
    assert says in proof.failure.message


def test_what_is_said_unasked_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that speaks before it is asked is not asked; nobody could know the job's number."""
    early = _forged("pass").replace("job = json", "print('{}'); sys.stdout.flush(); job = json")
    monkeypatch.setattr(process_module, "START", early)
    with Worker() as forged:
        [proof] = forged.run([Job("1")], timeout=10)
    assert proof.failure is not None
    assert proof.failure.kind == "died"


def test_a_line_that_never_ends_runs_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that keep coming do not stop the clock."""
    drip = "while True: sys.stdout.write(' '); sys.stdout.flush()"
    monkeypatch.setattr(process_module, "START", _forged(drip))
    with Worker() as forged:
        [proof] = forged.run([Job("1")], timeout=0.3)
    assert proof.failure is not None
    assert proof.failure.kind == "timeout"


def test_numbers_of_jobs_cannot_be_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each job has a number of its own, drawn from many."""
    says = f"print(json.dumps({GOOD} | {{'value': job['number']}}))"
    again = "sys.stdout.flush()\n job = json.loads(sys.stdin.readline())"
    monkeypatch.setattr(process_module, "START", _forged(f"while True:\n {says}; {again}"))
    with Worker() as forged:
        numbers = [proof.value for proof in forged.run([Job("1")] * 20, timeout=10)]
    assert len(set(numbers)) == 20
    assert sorted(numbers, key=str) != numbers
