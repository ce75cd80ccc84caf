"""`quizcnn doctor`: looks at all that is kept of a person, and mends what is damaged."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quizcnn import paths
from quizcnn.display import clean, one_line

REMAIN = 1


@dataclass(frozen=True, slots=True)
class Line:
    """What is told, and by how much it changes the number of problems that are left."""

    text: str
    left: int = 0


def _problem(text: str) -> Line:
    return Line(f"problem: {text}.", 1)


def _mended(text: str, problems: int = 1) -> Line:
    return Line(f"mended: {text}.", -problems)


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "doctor",
        help="check your progress, its backups and the settings, and mend what is damaged",
        description=(
            "Looks at the progress, its backups, the settings and the catalog of decks, and mends "
            "what is damaged. The progress as it was is kept. Exit code 0 when nothing is wrong or "
            "all was mended, 1 when something is left."
        ),
    )
    command.add_argument("--check", action="store_true", help="only look, change nothing")
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Examine everything in turn; 1 when something is left that is not as it has to be."""
    from quizcnn.study.days import now

    at = now()
    left = 0
    for part in (_progress, _backups, _settings, _catalog, _folders):
        for line in part(at, not options.check):
            left += line.left
            print(clean(one_line(line.text, 1000)))
    if left == 0:
        return 0
    advice = "`quizcnn doctor` mends what it can." if options.check else "See above for what to do."
    print(f"{left} {'problem' if left == 1 else 'problems'} left. {advice}")
    return REMAIN


def _progress(at: datetime, mend: bool) -> Iterator[Line]:
    from quizcnn.study.store.errors import StoreError
    from quizcnn.study.store.examining import examine
    from quizcnn.study.store.repair import repair
    from quizcnn.study.store.schema import CURRENT

    path, backups = paths.progress(), paths.backups()
    troubles = examine(path, backups, CURRENT, at)
    yield from (_problem(trouble.says) for trouble in troubles)
    if troubles and mend:
        try:
            done = repair(path, backups, CURRENT, at, troubles)
        except StoreError as error:
            yield Line(f"not mended: {error}")
            return
        yield from map(Line, done)
        left = examine(path, backups, CURRENT, at)
        yield from (Line(f"still: {trouble.says}.") for trouble in left)
        if len(left) < len(troubles):
            yield _mended(
                "the progress is whole again" if not left else "a part of it",
                len(troubles) - len(left),
            )
    elif not troubles:
        yield _sound(path)


def _sound(path: Path) -> Line:
    from quizcnn.study.store.database import read_only

    if not path.exists():
        return Line(f"progress: none yet; it will be kept in {path}.")
    with closing(read_only(path)) as connection:
        query = "SELECT (SELECT count(*) FROM cards), (SELECT count(*) FROM reviews)"
        cards, answers = connection.execute(query).fetchone()
    return Line(f"progress: {path} is whole: {cards} cards, {answers} answers.")


def _backups(at: datetime, mend: bool) -> Iterator[Line]:
    from quizcnn.study.store.backups import flaw, listed

    folder = paths.backups()
    whole = []
    for each in listed(folder):
        trouble = flaw(each.path)
        if not trouble:
            whole.append(each)
            continue
        yield _problem(f"the backup {each.path} is damaged ({trouble})")
        if mend:
            aside = each.path.with_name(f"{each.path.name}.damaged")
            each.path.replace(aside)
            yield _mended(f"it counts no longer, and lies there as {aside.name}")
    newest = f", the newest of {whole[-1].at:%Y-%m-%d %H:%M} UTC" if whole else ""
    yield Line(f"backups: {len(whole)} whole{newest}, in {folder}.")


def _settings(at: datetime, mend: bool) -> Iterator[Line]:
    from quizcnn.study.settings.file import load

    path = paths.settings()
    _, problems = load(path)
    yield from (_problem(str(problem)) for problem in problems)
    if not problems:
        state = "is well" if path.exists() else "is not there: all defaults hold"
        yield Line(f"settings: {path} {state}.")


def _catalog(at: datetime, mend: bool) -> Iterator[Line]:
    path = paths.catalog()
    if not path.exists():
        yield Line("catalog: none; it is made when decks are next read.")
        return
    trouble = _flaw(path)
    if not trouble:
        yield Line(f"catalog: {path} is whole.")
        return
    yield _problem(f"the catalog of decks {path} is damaged ({trouble})")
    if mend:
        for side in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{side}").unlink(missing_ok=True)
        yield _mended("it was deleted, and is made anew when decks are next read")


def _flaw(path: Path) -> str:
    """What is wrong with a database of any kind, "" when nothing is."""
    import sqlite3

    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if found == ("ok",) else str(found[0])


def _folders(at: datetime, mend: bool) -> Iterator[Line]:
    for file in (paths.progress(), paths.settings(), paths.catalog()):
        folder = file.parent
        while not folder.exists():
            folder = folder.parent
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            yield _problem(f"nothing can be saved in {folder}: give yourself the right to")
        elif file.exists() and not os.access(file, os.R_OK | os.W_OK):
            yield _problem(f"{file} cannot be written: give yourself the right to")
