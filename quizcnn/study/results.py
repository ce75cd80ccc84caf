"""What has come of a session so far, from its log and from what is done now."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from quizcnn.answer.graded import Graded
from quizcnn.study.desk import Library
from quizcnn.study.log import results_of
from quizcnn.study.records import Action
from quizcnn.study.summary import Outcome, Result, Summary


class Results:
    """The results in the order of meeting; `actions` are those from before a restart."""

    def __init__(self, actions: Sequence[Action], library: Library) -> None:
        self._results = results_of(actions, library)
        self._seconds = sum(action.review.seconds for action in actions if action.review)

    def add(self, result: Result, seconds: float = 0.0) -> None:
        """One more question has its outcome; `seconds` is what the answer took."""
        self._results.append(result)
        self._seconds += seconds

    def explain(self, before: Graded, after: Graded) -> None:
        """More is known now of the last answer."""
        if self._results and self._results[-1].graded is before:
            self._results[-1] = self._results[-1]._replace(graded=after)

    def take_back(self, action: Action) -> None:
        """The last action was undone: its result goes, and those of questions not graded since."""
        while self._results and self._results.pop().question.key != action.key:
            pass
        if action.review:
            self._seconds -= action.review.seconds

    @property
    def undoable(self) -> bool:
        """Whether there is something to take back."""
        return any(result.outcome is not Outcome.UNGRADED for result in self._results)

    @property
    def score(self) -> tuple[int, int]:
        """How many answers were right, and how many wrong."""
        outcomes = [result.outcome for result in self._results]
        return outcomes.count(Outcome.RIGHT), outcomes.count(Outcome.WRONG)

    @property
    def run(self) -> int:
        """How many answers in a row were right, up to the last one."""
        given = [result.outcome for result in self._results]
        answered = [one for one in reversed(given) if one in (Outcome.RIGHT, Outcome.WRONG)]
        return len(list(takewhile(lambda outcome: outcome is Outcome.RIGHT, answered)))

    def summary(self, left: int, returns: str) -> Summary:
        """All of it; see `Summary` for `left` and `returns`."""
        return Summary(tuple(self._results), left, self._seconds, returns)
