"""Opening what practice works with, and the app: the only place here that reaches for the TUI."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from quizcnn import paths
from quizcnn.cli.reading import RefusedError, complain, find_sources

if TYPE_CHECKING:
    from quizcnn.answer.laboratory import Bench
    from quizcnn.check.job import Checker
    from quizcnn.deck.catalog import Catalog
    from quizcnn.deck.model import Problem
    from quizcnn.study.records import Request
    from quizcnn.study.store.store import Store
    from quizcnn.study.study import Study


class Opened(NamedTuple):
    """The decks, what cannot be read of them or of the settings, and study over them.

    `notice` says why nothing will be saved, "" where all will be. `reload` reads the decks again
    after one was edited; where its file has problems now, it gives them and reads nothing.
    `behind` is to be called when the first question is there: it begins the day's backup of the
    progress, and ends the rest of the garbage collector. Who does not call it has both at the end.
    """

    catalog: Catalog
    problems: tuple[Problem, ...]
    study: Study
    notice: str
    reload: Callable[[Path], Sequence[Problem]]
    behind: Callable[[], None]


@contextmanager
def opened(where: Sequence[Path]) -> Iterator[Opened]:
    """The decks of some paths with a person's progress and settings.

    Raises RefusedError where the progress was written by a newer quizcnn.
    """
    gc.disable()  # until the first frame all that is made stays: to look it through is vain
    from quizcnn.deck.catalog import Catalog
    from quizcnn.study.days import Calendar, now
    from quizcnn.study.desk import Desk
    from quizcnn.study.scheduling import Scheduler
    from quizcnn.study.settings.file import load
    from quizcnn.study.store.errors import NewerError
    from quizcnn.study.store.opening import open_progress
    from quizcnn.study.study import Study

    try:
        settings, unset = load(paths.settings())
        with Catalog.open(paths.catalog()) as catalog:
            unread = catalog.read(where)
            try:
                progress = open_progress(paths.progress(), paths.backups())
            except NewerError as error:
                raise RefusedError(str(error)) from error
            with progress.store as store, _behind(store) as behind:
                catalog.attach(store.connection)
                calendar = Calendar(settings.day_begins)
                scheduler = Scheduler(settings, calendar)
                desk = Desk(store, catalog, settings, calendar, scheduler, now)

                def reload(file: Path) -> Sequence[Problem]:
                    from quizcnn.deck.loader import load_deck

                    deck, problems = load_deck(file)
                    if deck is not None:
                        problems = catalog.read(where)
                        catalog.attach(store.connection)
                    return [problem for problem in problems if problem.place.file == str(file)]

                problems = (*unread, *unset)
                yield Opened(catalog, problems, Study(desk), progress.notice, reload, behind)
    finally:
        gc.enable()


@contextmanager
def _behind(store: Store) -> Iterator[Callable[[], None]]:
    """What is done behind the first question: see `Opened`. At the end the backup is waited for."""
    failed: list[str] = []

    def back_up() -> None:
        from quizcnn.study.days import now
        from quizcnn.study.store.backups import back_up_if_due
        from quizcnn.study.store.errors import StoreError

        try:
            back_up_if_due(store, paths.backups(), now())
        except StoreError as error:
            failed.append(str(error))

    backup = Thread(target=back_up)

    def behind() -> None:
        gc.freeze()
        gc.enable()
        backup.start()

    try:
        yield behind
    finally:
        if backup.ident is None:
            behind()
        backup.join()
        for trouble in failed:
            complain(f"There is no backup of today. {trouble}")


def open_app(where: Sequence[Path], room: Opened, start: Request | Bench | None) -> int:
    """Run the app on these decks, at home or straight into the session or lab asked for."""
    from quizcnn.tui.app import QuizApp

    def make_checker() -> Checker:
        from quizcnn.check.client import Worker

        return Worker(apart=True)

    app = QuizApp(
        room.study,
        room.catalog,
        make_checker,
        room.problems,
        lambda: find_sources(where),
        start,
        room.notice,
        paths.settings(),
        room.reload,
        room.behind,
    )
    app.run()
    return app.return_code or 0
