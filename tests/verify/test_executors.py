"""Questions are verified wherever an executor carries them, and come to the same."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from specimens import COUNT, MISCOUNT

from quizcnn.verify import executing
from quizcnn.verify.report import Report
from quizcnn.verify.verifying import verify_questions


class Posting(Executor):
    """An executor of one's own, which pickles all that goes there and comes back."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        work, given, named = pickle.loads(pickle.dumps((fn, args, kwargs)))
        future: Future[Any] = Future()
        future.set_result(pickle.loads(pickle.dumps(work(*given, **named))))
        return future


@pytest.fixture(scope="module")
def alone(deck) -> Report:
    """What the questions come to without an executor."""
    return verify_questions(deck(COUNT, MISCOUNT).questions)


def test_without_an_executor_they_are_verified_one_after_another(alone):
    """One holds, and one does not."""
    assert [result.ok for result in alone.results] == [True, False]
    assert alone.results[1].proof is not None


@pytest.mark.parametrize(
    "make",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        Posting,
    ],
    ids=["threads", "processes", "own"],
)
def test_any_executor_comes_to_the_same(deck, alone, make):
    """Threads, fresh processes, and an executor that knows nothing of quizcnn."""
    with make() as executor:
        report = verify_questions(deck(COUNT, MISCOUNT).questions, executor)
    assert report == alone


def test_progress_is_told_question_by_question(deck):
    """From none to all."""
    seen: list[tuple[int, int]] = []
    verify_questions(
        deck(COUNT, MISCOUNT).questions, progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_no_worker_is_left_behind():
    """When all is verified no process waits for more; the deck's worker was kept until then."""
    here = executing._here()
    assert not here.idle
    assert not here.busy


def test_a_question_is_held_against_questions_that_are_not_verified(deck):
    """What it needs may be among all that are known."""
    needing = deck(COUNT + "needs: [bad]\n", MISCOUNT).questions
    assert verify_questions(needing[:1], known=needing).ok
    assert not verify_questions(needing[:1]).ok


def test_a_deck_verified_in_part_is_not_warned_of_its_ranks(deck):
    """The others may rank otherwise."""
    questions = deck(
        *[
            COUNT.replace("id: good", f"id: good-{index}")
            + "wrong: [{is: n, because: a}, {is: -n, because: b}]\n"
            for index in range(6)
        ]
    ).questions
    warned = verify_questions(questions)
    assert [one.code for result in warned.results for one in result.warnings] == ["rank"]
    part = verify_questions(questions[:5], known=questions)
    assert not [one for result in part.results for one in result.warnings]


def test_an_interrupt_ends_what_still_runs(deck):
    """Nobody waits for checks that run elsewhere in this process."""

    def interrupted(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    slow = MISCOUNT.replace("ramp(n, n)", "np.linalg.matrix_rank(normal(1900, 1900)) + ramp(n, n)")
    with ThreadPoolExecutor(2) as executor, pytest.raises(KeyboardInterrupt):
        verify_questions(deck(COUNT, slow).questions, executor, progress=interrupted)
    assert not executing._here().busy


def test_what_an_executor_raises_comes_through(deck):
    """An executor that is shut down is a mistake of who called."""
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(RuntimeError):
        verify_questions(deck(COUNT).questions, executor)
