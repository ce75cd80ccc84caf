"""Where nothing can be saved that is said, nothing that was saved is lost, and it goes on after."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.store import Store, UnwritableError

from .answering import answer
from .conftest import EVENING

SCRIPT = Path(__file__).with_name("hindered.py")
ROOT = Path(__file__).parents[3]
USER = 65534
"""Nobody: no file is theirs."""
AS_NOBODY = [
    "setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups",
    "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search",
]  # fmt: skip
MOUNTED = 'mount -t tmpfs -o size=3m tmpfs "$2" && exec "$0" "$1" full "$2"'
IN_ITS_OWN = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def run(*command: str | Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stderr


def can_mount() -> bool:
    """Whether a process may have a file system of its own here."""
    if shutil.which("unshare") is None:
        return False
    trial = 'mount -t tmpfs tmpfs "$0"'
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([*IN_ITS_OWN, trial, folder], capture_output=True).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="a process may not mount anything here")
def test_a_disk_that_becomes_full(tmp_path: Path) -> None:
    """A real file system of 3 MB, filled by answering."""
    run(*IN_ITS_OWN, MOUNTED, sys.executable, SCRIPT, tmp_path)


def test_a_file_that_may_not_grow(store: Store) -> None:
    """As a full disk, by SQLite's own limit: the answer is refused as a whole."""
    sitting = store.begin(Mode.STUDY, Scope(), EVENING).id
    ((pages,),) = store.rows("PRAGMA page_count")
    store.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    number = 0
    with pytest.raises(UnwritableError, match="no room left on the disk"):
        while True:
            answer(store, sitting, f"a/{number}", number)
            number += 1
    assert number > 5
    for table, rows in {"reviews": number, "cards": number, "actions": number}.items():
        assert store.rows(f"SELECT count(*) FROM {table}") == [(rows,)]
    store.connection.execute("PRAGMA max_page_count = 100000")
    answer(store, sitting, f"a/{number}", number)
    assert store.card(f"a/{number}").reviews == 1


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder to which every step of the way is open, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
@pytest.mark.parametrize("left", [False, True], ids=["closed", "with a write-ahead log"])
def test_a_folder_in_which_nothing_may_be_written(open_to_all: Path, left: bool) -> None:
    """Also where another instance was killed before, and has left its write-ahead log."""
    made, folder = open_to_all / "made", open_to_all / "progress"
    folder.mkdir()
    with Store.open(made / "progress.sqlite") as store:
        answer(store, store.begin(Mode.STUDY, Scope(), EVENING).id, "a/0", 0)
        if left:
            for side in ("", "-wal"):
                shutil.copyfile(made / f"progress.sqlite{side}", folder / f"progress.sqlite{side}")
    if not left:
        shutil.copyfile(made / "progress.sqlite", folder / "progress.sqlite")
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    open_to_all.chmod(0o755)
    try:
        if os.geteuid() != 0:
            run(sys.executable, SCRIPT, "read-only", folder)
        elif shutil.which("setpriv"):
            run(*AS_NOBODY, sys.executable, SCRIPT, "read-only", folder)
        else:
            pytest.skip("root may write everywhere, and there is no setpriv to become another")
    finally:
        folder.chmod(0o755)
