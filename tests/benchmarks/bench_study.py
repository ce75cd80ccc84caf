"""How long study takes beside Anki: opening, what is due, answering, undo, search, check, backup.

Run it as `python tests/benchmarks/bench_study.py` (needs the extra `peers`). The same questions on
both sides, nine of ten due today; both wait for the disk at each answer. Taken in turns within one
run; the table shows medians. `--kills 1000` has a process that answers at full speed killed so
many times, and looks for every answer that it had said was kept.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import gc
import os
import platform
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.examining import examine
from quizcnn.study.store.schema import CURRENT
from quizcnn.study.store.store import Store

WORKER = Path(__file__).parents[1] / "study" / "store" / "answering.py"
ANSWERS = 100
"""Answered in turns; both allow 200 due and 20 new questions a day."""

OF_A_FILE = 100
"""So many kills one file lives through."""
UNDONE = 25
"""Anki takes at most 30 steps back."""

Seconds = dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cards", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--kills", type=int, default=0, help="kill so many times instead")
    options.add_argument("--folder", type=Path, help="where to keep files meanwhile")
    given = options.parse_args()
    print(f"{machine()}\n")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if given.kills:
            print(killed(Path(folder), given.kills))
            return
        for cards in given.cards:
            print(f"Waiting for the disk, once: {told(waiting(Path(folder)))}.\n")
            within = Path(folder) / str(cards)
            within.mkdir()
            print(f"| {cards:,} questions | quizcnn | anki | anki takes |".replace(",", " "))
            print("|---|--:|--:|--:|")
            for name, seconds in measured(within, cards).items():
                ours, theirs = (median(seconds[side]) for side in ("quizcnn", "anki"))
                print(f"| {name} | {told(ours)} | {told(theirs)} | {theirs / ours:.2g}× |")
            print(flush=True)


def machine() -> str:
    """What this was measured on."""
    model, found, peers = platform.processor(), Path("/proc/cpuinfo"), ""
    if found.exists():
        lines = found.read_text().splitlines()
        model = next(line.split(": ")[1] for line in lines if line.startswith("model name"))
    with suppress(PackageNotFoundError):
        peers = f", anki {version('anki')}"
    return (
        f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}{peers}"
    )


def waiting(folder: Path) -> float:
    """Seconds that 4 KiB take to be on the disk: no answer can be kept in less."""
    seconds = []
    with (folder / "waiting").open("wb", buffering=0) as file:
        for _ in range(100):
            file.write(bytes(4096))
            start = time.perf_counter()
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - start)
    return median(seconds)


def measured(folder: Path, cards: int) -> dict[str, Seconds]:
    """Seconds of each kind of work, turn by turn."""
    from study_sides import SIDES

    sides: dict[str, Any] = {}
    for name, side in SIDES.items():
        (folder / name).mkdir()
        start = time.perf_counter()
        sides[name] = side(folder / name, cards)
        print(f"<!-- {name}: made in {time.perf_counter() - start:.0f} s -->", flush=True)

    def turns(times: int, work: str, before: Callable[[Any], object] | None = None) -> Seconds:
        seconds: Seconds = {name: [] for name in sides}
        for _ in range(times):
            for name, side in sides.items():
                if before is not None:
                    before(side)
                gc.collect()
                start = time.perf_counter()
                getattr(side, work)()
                seconds[name].append(time.perf_counter() - start)
        return seconds

    found = {"open": turns(1, "open")}
    more = turns(15, "open", before=lambda side: side.close())
    found["open"] = {name: found["open"][name] + more[name] for name in sides}
    found["what is due, by deck"] = turns(9, "due")
    turns(1, "begin")
    turns(1, "next_and_answer")  # gathers what is due today
    found["next + answer"] = turns(ANSWERS, "next_and_answer")
    found["undo"] = turns(UNDONE, "undo")
    counted = {name: side.search() for name, side in sides.items()}
    assert len(set(counted.values())) == 1, counted
    found[f"search ({counted['quizcnn']} found)"] = turns(15, "search")
    found["backup"] = turns(3, "backup", before=lambda side: side.next_and_answer())
    found["check"] = turns(3, "check")
    for side in sides.values():
        side.close()
    return found


def told(seconds: float) -> str:
    """Microseconds, milliseconds or seconds, three digits."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.3g} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def killed(folder: Path, times: int) -> str:
    """Kill a process that answers so many times, and look for what it had said after each."""
    chance, latest = random.Random(times), datetime.now(UTC) + timedelta(days=1)
    answers = lost = unsound = 0
    query = "SELECT key, typed FROM reviews JOIN cards ON cards.id = card WHERE key GLOB ?"
    for kill in range(times):
        path = folder / f"progress{kill // OF_A_FILE}.sqlite"
        with Store.open(path) as store:
            sitting = store.begin(Mode.STUDY, Scope(), latest).id
        said = until_killed(path, sitting, f"deck{kill}", chance)
        with Store.open(path) as store:
            kept = {" ".join(row) for row in store.rows(query, (f"deck{kill}/*",))}
        answers += len(said)
        lost += len(set(said) - kept)
        unsound += bool(examine(path, folder / "backups", CURRENT, latest))
    return f"{times} kills, {answers} answers acknowledged: {lost} lost, {unsound} times unsound."


def until_killed(path: Path, sitting: int, name: str, chance: random.Random) -> list[str]:
    """What a process said that was killed at a random moment."""
    with subprocess.Popen(
        [sys.executable, WORKER, "answer", path, str(sitting), name, "0"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(chance.random() * 0.1)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().split("\n")
    return lines[:-1]  # the last one is cut off, or empty


if __name__ == "__main__":
    main()
