"""How long the loader takes over files that were made to keep it busy, and over honest decks.

Run it as `python tests/benchmarks/bench_loader.py`. Beside each time stands what YAML's parser
alone takes over the same text in the same run (given up after a second), as machines differ.
"""
# ruff: noqa: T201

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import yaml
from loader_inputs import inputs

from quizcnn import paths
from quizcnn.deck.files import LARGEST
from quizcnn.deck.loader import read_deck
from quizcnn.deck.tree import LOADER

SHOWN = 25
PATIENCE = 1.0


def best(act: Callable[[], object], times: int = 3) -> float:
    """The processor's seconds that the fastest of some runs takes: others may be at work, too."""
    taken = []
    for _ in range(times):
        gc.collect()
        begin = time.process_time()
        act()
        taken.append(time.process_time() - begin)
        if taken[-1] > PATIENCE:
            break
    return min(taken)


def parse(text: str) -> None:
    """YAML's events and nothing else, up to the first error or for a second."""
    until = time.perf_counter() + PATIENCE
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            if time.perf_counter() > until:
                return
    except (yaml.YAMLError, ValueError):
        return


def main() -> None:
    """Print the worst inputs, then the honest decks."""
    rows = []
    for name, text in inputs(LARGEST):
        data = text.encode("utf-8", "surrogateescape")
        size = len(data)
        data = data[:LARGEST]  # the size is looked at before the loader reads anything
        deck, problems = read_deck(data, Path("a.yaml"))
        ours = best(partial(read_deck, data, Path("a.yaml")))
        bare = best(partial(parse, text), 1)
        answer = f"{len(deck.questions)} questions" if deck else problems[0].message
        rows.append((ours, bare, min(size, LARGEST), name, answer))
    rows.sort(reverse=True)
    print(f"{'loader':>8} {'parser':>8} {'MB/s':>6}  input")
    for ours, bare, size, name, answer in rows[:SHOWN]:
        speed = size / ours / 1e6
        print(f"{ours * 1e3:6.0f}ms {bare * 1e3:6.0f}ms {speed:6.1f}  {name}: {answer[:60]}")
    print(f"… and {len(rows) - SHOWN} more inputs that take less\n")
    for file in sorted(paths.built_in_decks().glob("*.yaml")):
        data = file.read_bytes()
        ours = best(partial(read_deck, data, file), 7)
        bare = best(partial(parse, data.decode()), 7)
        speed, slower = len(data) / ours / 1e6, ours / bare
        print(f"{ours * 1e3:6.1f}ms {bare * 1e3:6.1f}ms {speed:6.2f}  {file.name}: {slower:.1f}×")


if __name__ == "__main__":
    main()
