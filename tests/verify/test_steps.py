"""A proof's steps are computed where somebody reads them: of a check that fails."""

from __future__ import annotations

from listening import Listening
from specimens import COUNT, MISCOUNT

from quizcnn.verify.verifying import verify

SLOW = COUNT.replace("ramp(n, n)", "np.linalg.matrix_rank(normal(1900, 1900)) + ramp(n, n)") + (
    "timeout: 0.1\n"
)


def test_a_question_that_holds_is_computed_without_steps(deck, worker):
    """Nobody would see them."""
    listening = Listening(worker)
    assert verify([deck(COUNT)], listening).ok
    assert listening.jobs
    assert not any(job.steps for job in listening.jobs if "image" in job.code)


def test_a_question_that_fails_is_shown_with_its_steps(deck, worker):
    """It is computed once more, so that the report can tell how the value came about."""
    [result] = verify([deck(MISCOUNT)], Listening(worker)).results
    assert result.proof is not None
    assert [step.name for step in result.proof.steps] == ["image", None]
    assert result.proof.value == 9  # of n = 3, the smallest variant that fails


def test_a_check_that_takes_too_long_is_not_waited_for_twice(deck, worker):
    """What never came back has no steps to tell."""
    listening = Listening(worker)
    [result] = verify([deck(SLOW)], listening).results
    assert {problem.code for problem in result.problems} >= {"time"}
    assert not any(job.steps for job in listening.jobs if "image" in job.code)
