"""What checks compute or complain of never steers the terminal that shows it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.telling import proof_lines
from quizcnn.check.wording import inline
from quizcnn.deck.loader import load_deck
from quizcnn.display import clean, one_line
from quizcnn.verify.reporting import text
from quizcnn.verify.verifying import verify

from .conftest import Stage, attacks_of, run_plainly, unsafe, worked

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, and reads /proc")
ATTACKS = attacks_of("terminal", "texts")


@linux
def test_each_text_steers_a_terminal_that_is_given_it_raw(stage: Stage) -> None:
    """None of them is a dud: printed as they are, they hold what terminals obey."""
    scenes = stage.scenes(ATTACKS)
    ends = run_plainly(scenes, stage.folder)
    duds = [
        (scene.attack.name, end)
        for scene, end in zip(scenes, ends, strict=True)
        if not worked(scene, end)
    ]
    assert duds == []


def test_proofs_and_values_are_told_in_plain_characters(worker: Worker) -> None:
    """A proof's lines and a value in a line hold nothing that a terminal obeys."""
    reached = 0
    for attack in ATTACKS:
        job = Job(attack.code, {"given": "'\\x1b[2J'"}, claims=("given == '\\x9b'",))
        [proof] = worker.run([job], 30.0)
        message = proof.failure.message if proof.failure else ""
        reached += bool(unsafe(f"{proof}{proof.value}{message}")) or "\\x" in repr(proof)
        told = [*proof_lines(proof), inline(proof.value), one_line(message), clean(message)]
        assert not any(map(unsafe, told)), (attack.name, told)
    assert reached == len(ATTACKS), "the texts did not come as far as the proof"


def test_a_report_is_in_plain_characters(worker: Worker, tmp_path: Path) -> None:
    """`quizcnn verify` of a deck of such checks: whatever it says can be shown."""
    questions = "".join(
        f"  - id: q{number}\n    kind: text\n    ask: What?\n    answer: [nothing]\n"
        f"    check: |\n" + "".join(f"      {line}\n" for line in attack.code.splitlines())
        for number, attack in enumerate(ATTACKS)
    )
    path = tmp_path / "deck.yaml"
    path.write_text(f"schema: 1\ndeck: attack\ntitle: Attack\nquestions:\n{questions}")
    deck, problems = load_deck(path)
    assert deck is not None, problems
    lines = list(text(verify([deck], worker), notes=True))
    assert len(lines) > len(ATTACKS)
    assert not any(map(unsafe, lines)), [line for line in lines if unsafe(line)]
