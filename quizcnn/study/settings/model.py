"""What a learner can set about the schedule, and about the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, each with the value that holds where nothing else is said.

    `desired_retention` is the share of due questions that one wants to know (0.7 to 0.99).
    `new_per_day` and `reviews_per_day` are limits, 0 for none at all. Steps are the intervals
    before a new question, or one that was forgotten, is scheduled in days. `maximum_interval` is in
    days. `day_begins` is local wall time. A question forgotten `leech_after` times is set aside.
    `fuzz` spreads intervals a little, so that what was learnt together does not return together.
    Without `motion` nothing on the screen moves by itself.
    """

    desired_retention: float = 0.9
    new_per_day: int = 20
    reviews_per_day: int = 200
    learning_steps: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: tuple[timedelta, ...] = (timedelta(minutes=10),)
    maximum_interval: int = 36_500
    day_begins: time = time(4)
    leech_after: int = 8
    fuzz: bool = True
    motion: bool = True
