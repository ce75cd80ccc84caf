"""What practice does where nothing can be saved: run as a script by a process that is hindered.

`hindered.py full FOLDER` in a small file system of its own; `hindered.py read-only FOLDER` as a
user who may not write there. Whatever does not hold ends it with an error.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.backups import listed, make
from quizcnn.study.store.errors import UnwritableError
from quizcnn.study.store.examining import examine
from quizcnn.study.store.opening import open_progress
from quizcnn.study.store.schema import CURRENT
from quizcnn.study.store.store import Store
from tests.study.store.answering import EVENING, answer

LATEST = datetime(2027, 1, 1, tzinfo=UTC)


def refused(store: Store, sitting: int, number: int) -> str:
    """Why an answer could not be kept."""
    try:
        answer(store, sitting, f"a/{number}", number)
    except UnwritableError as error:
        return str(error)
    raise AssertionError("an answer was kept where none can be")


def full(folder: Path) -> None:
    """Answers until the disk is full: all that were kept are there, and it goes on with room."""
    path, backups, ballast = folder / "progress.sqlite", folder / "backups", folder / "ballast"
    ballast.write_bytes(bytes(300_000))
    store = Store.open(path)
    sitting, number = store.begin(Mode.STUDY, Scope(), EVENING).id, 0
    try:
        while True:
            answer(store, sitting, f"a/{number}", number)
            number += 1
    except UnwritableError as error:
        assert "no room left on the disk" in str(error), error
    assert number > 20
    for more in range(3):
        refused(store, sitting, number + more)
    assert store.rows("SELECT count(*) FROM reviews") == [(number,)]
    try:
        make(path, backups, EVENING)
    except UnwritableError:
        assert listed(backups) == []
    else:
        raise AssertionError("a backup where there is no room")
    store.close()
    opened = open_progress(path, backups)  # it may well open: that needs hardly any room
    assert opened.store.rows("SELECT count(*) FROM reviews") == [(number,)]
    opened.store.close()
    ballast.unlink()
    with Store.open(path) as again:
        assert again.rows("SELECT count(*) FROM reviews") == [(number,)]
        answer(again, sitting, "a/room", number + 10)
    assert examine(path, backups, CURRENT, LATEST) == []


def read_only(folder: Path) -> None:
    """The copy in memory has all that was saved, and takes answers; the file stays as it is."""
    path, backups = folder / "progress.sqlite", folder / "backups"
    content = path.read_bytes()
    opened = open_progress(path, backups)
    assert "Nothing you do now will be saved" in opened.notice
    assert "cannot be written" in opened.notice, opened.notice
    with opened.store as store:
        assert store.card("a/0").reviews == 1
        answer(store, store.begin(Mode.STUDY, Scope(), EVENING).id, "a/1", 5)
        assert store.card("a/1").reviews == 1
    missing = open_progress(folder / "none" / "progress.sqlite", backups)
    assert "Nothing you do now will be saved" in missing.notice
    missing.store.close()
    assert path.read_bytes() == content


if __name__ == "__main__":
    {"full": full, "read-only": read_only}[sys.argv[1]](Path(sys.argv[2]))
