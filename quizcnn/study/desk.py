"""What a session works with: the progress, the questions, the settings and the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from quizcnn.study.days import Calendar, Clock
from quizcnn.study.scheduling import Scheduler
from quizcnn.study.settings.model import Settings
from quizcnn.study.store.store import Store

if TYPE_CHECKING:
    from quizcnn.deck.model import Question


class Library(Protocol):
    """Wherever questions are looked up by key, such as the catalog."""

    def question(self, key: str) -> Question | None:
        """The question of a key, None where there is none."""
        ...


class Desk(NamedTuple):
    """All of it together. `scheduler` and `calendar` are made by the `settings`."""

    store: Store
    library: Library
    settings: Settings
    calendar: Calendar
    scheduler: Scheduler
    clock: Clock
