"""Progress as weeks of practice would leave it, made up the same way each time."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from quizcnn.study.records import Grade, Mode, Scope
from quizcnn.study.store.store import Store

from .conftest import EVENING, answer

DECKS = ("convolution", "pooling", "gradients")


def practise(
    store: Store, sessions: int = 6, answers: int = 20, seed: int = 0, begin: datetime = EVENING
) -> None:
    """So many sessions of so many acts, a day apart: mostly answers, some undone again."""
    chance = random.Random(seed)
    for day in range(sessions):
        at = begin + timedelta(days=day)
        mode = chance.choice((Mode.STUDY, Mode.STUDY, Mode.CRAM))
        deck = chance.choice(DECKS)
        plan = (f"{deck}/0", f"{deck}/1") if mode is Mode.CRAM else ()
        sitting = store.begin(mode, Scope((deck,)), at, plan)
        for _ in range(answers):
            at += timedelta(seconds=chance.randrange(5, 60))
            key = f"{deck}/{chance.randrange(answers)}"
            dice = chance.random()
            if dice < 0.05:
                store.skip(sitting.id, key)
            elif dice < 0.08:
                store.bury(sitting.id, key, at + timedelta(days=1))
            elif dice < 0.11:
                store.suspend(sitting.id, key)
            elif dice < 0.18:
                store.undo(sitting.id)
            else:
                grade = None if mode is Mode.CRAM else chance.choice(list(Grade))
                answer(
                    store,
                    sitting.id,
                    key,
                    at,
                    grade,
                    typed=f"{chance.randrange(99)}×6",
                    computed="(6, 6)",
                    variant=f'{{"n": {chance.randrange(9)}}}',
                    seconds=chance.randrange(60_000) / 1000,
                    revision=1 + (chance.random() < 0.05),
                )
        if chance.random() < 0.8:
            store.end(sitting.id, at)
