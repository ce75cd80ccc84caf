"""Whatever is done to a progress file, it is told in words and mended as far as can be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from quizcnn.study.records import Mode, Scope
from quizcnn.study.store.examining import Harm, examine
from quizcnn.study.store.opening import open_progress
from quizcnn.study.store.repair import repair
from quizcnn.study.store.schema import CURRENT
from quizcnn.study.store.store import Store, StoreError

from .conftest import LATER, answer


def everything_readable(store: Store) -> None:
    """Use each way of reading there is."""
    for key, number in store.rows("SELECT key, id FROM cards"):
        store.card(key)
        store.variants(key)
        assert number
    for (number,) in store.rows("SELECT id FROM sessions"):
        store.sitting(number)
        store.actions(number)


@pytest.mark.parametrize("way", ["flip", "zero", "cut"])
@pytest.mark.parametrize(
    "seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 40))]
)
def test_whatever_is_done_to_a_file_is_told_in_words(
    file: Path, folder: Path, way: str, seed: int
) -> None:
    """A damaged file never raises anything but StoreError, and practice always goes on."""
    content = bytearray(file.read_bytes())
    chance = random.Random(f"{way} {seed}")
    place = chance.randrange(100 if seed % 3 == 0 else len(content))
    if way == "flip":
        content[place] ^= 1 << chance.randrange(8)
    elif way == "zero":
        content[place : place + 512] = bytes(len(content[place : place + 512]))
    else:
        del content[max(place, 1) :]
    file.write_bytes(content)
    try:
        opened = open_progress(file, folder)
    except StoreError as error:
        assert "newer quizcnn" in str(error)
        return
    with opened.store as store:
        try:
            everything_readable(store)
        except StoreError as error:
            assert "quizcnn doctor" in str(error)
        try:
            answer(store, store.begin(Mode.STUDY, Scope(), LATER).id, "pooling/1", LATER)
        except StoreError as error:
            assert "quizcnn doctor" in str(error)
    troubles = examine(file, folder, CURRENT, LATER)
    try:
        repair(file, folder, CURRENT, LATER, troubles)
    except StoreError as error:
        assert str(file) in str(error) or "something else" in str(error)
        return
    if not any(trouble.harm is Harm.BEYOND for trouble in troubles):
        assert examine(file, folder, CURRENT, LATER) == []
