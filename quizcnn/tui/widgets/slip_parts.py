"""What the proof of a slip shows: the change, and the check's steps with it."""

from __future__ import annotations

from collections.abc import Iterator

from quizcnn.answer.graded import Graded, Slip
from quizcnn.tui.prose import CAUTION, CODE, QUIET, join, plain
from quizcnn.tui.widgets.proof_parts import Part, network_parts, steps_parts


def slip_parts(graded: Graded) -> Iterator[Part]:
    """What a wrong answer is the answer to; nothing where no slip is known that gives it."""
    slip = graded.slip
    if not isinstance(slip, Slip):
        return
    given = graded.asked.variant.given
    yield join((f"What gives your {graded.read.echo}: ", "bold"), (slip.name, CAUTION))
    yield from (join(("was  ", QUIET), (line, CODE)) for line in slip.before.splitlines())
    yield from (join(("now  ", QUIET), (line, CODE)) for line in slip.after.splitlines())
    yield plain("")
    changed = {name for name, value in slip.given.items() if value != given.get(name)}
    yield from steps_parts(slip.proof, changed, graded.proof)
    yield from network_parts([n for n in slip.proof.networks if n not in graded.proof.networks])
