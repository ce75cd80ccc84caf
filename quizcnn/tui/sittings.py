"""The sessions under way, by what was asked for: going home and coming back loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizcnn.study.records import Mode, Request

if TYPE_CHECKING:
    from quizcnn.check.job import Checker
    from quizcnn.deck.catalog import DeckEntry
    from quizcnn.study.study import Study
    from quizcnn.tui.sitting import Sitting

MISSED = ": the missed ones"
ENDINGS = {Mode.STUDY: "", Mode.CRAM: ": cram", Mode.EXAM: ": exam"}


class Sittings:
    """Begins sessions of a study, and goes on with those that are there."""

    def __init__(self, study: Study, checker: Checker, decks: Sequence[DeckEntry]) -> None:
        self._study = study
        self._checker = checker
        self.decks = decks
        self.under_way: dict[Request, Sitting] = {}

    def open(self, request: Request, title: str = "") -> Sitting:
        """A session, or the one that was left. Raises StoreError where it cannot be had."""
        from quizcnn.tui.sitting import Sitting  # noqa: PLC0415 - the home screen needs none

        if request not in self.under_way:
            session = self._study.open(request, self._checker)
            self.under_way[request] = Sitting(request, title or self.title_of(request), session)
        return self.under_way[request]

    def undo_last(self) -> Sitting | None:
        """Take back the last answer of the last session, from before a restart too.

        None where there is nothing to take back. Raises StoreError where the store cannot.
        """
        from quizcnn.tui.sitting import Sitting  # noqa: PLC0415 - as above

        session = self._study.latest(self._checker)
        if session is None or not session.undo():
            return None
        request = session.sitting.request
        sitting = Sitting(request, self.title_of(request), session)
        self.under_way[request] = sitting
        return sitting

    def title_of(self, request: Request) -> str:
        """What a session is called: its decks and tags, and what is done with them."""
        decks, tags = request.scope.decks, request.scope.tags
        titles = {deck.name: deck.title for deck in self.decks}
        names = [titles.get(name, name) for name in decks] + [f"#{tag}" for tag in tags]
        what = names[0] if len(names) == 1 else "Some decks" if names else "All decks"
        return what + ENDINGS[request.mode]
