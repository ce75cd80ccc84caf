"""The settings one by one: how each is read and written, its range, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import time, timedelta
from typing import Any, TypeAlias

from quizcnn.deck.messages import did_you_mean, quoted
from quizcnn.display import one_line
from quizcnn.study.settings.model import Settings

Written: TypeAlias = bool | int | float | str | list[str]
"""A value as the settings file has it."""

DEFAULT = "default"
"""What a person types to go back to the value that holds where nothing is said."""

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
MOST_STEPS = 20


class SettingError(ValueError):
    """A value or a name that cannot be: `str()` is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    `expected` says which values can be, `example` is one as the file has it; `about` is one
    sentence or two. `read` makes the value of what the file says and raises ValueError where it
    cannot be; `write` goes back, and `typed` makes what a file would say of what a person types.
    """

    name: str
    about: str
    expected: str
    example: str
    read: Callable[[object], Any]
    write: Callable[[Any], Written]
    typed: Callable[[str], object]

    def of(self, written: object) -> Any:
        """The value that the file's `written` stands for.

        Raises SettingError with what was expected.

        >>> setting("new_per_day").of(20)
        20
        >>> setting("fuzz").of("perhaps")
        Traceback (most recent call last):
        quizcnn.study.settings.table.SettingError: expected true or false, not `perhaps`
        """
        try:
            return self.read(written)
        except (ValueError, OverflowError):
            message = f"expected {self.expected}, not {_shown(written)}"
            raise SettingError(message) from None

    def parse(self, text: str) -> Any:
        """The value that a person means by `text`; raises SettingError.

        >>> setting("learning_steps").parse("1m 10m")
        (datetime.timedelta(seconds=60), datetime.timedelta(seconds=600))
        >>> setting("new_per_day").parse("default")
        20
        """
        text = text.strip()
        if text.lower() == DEFAULT:
            return self.default
        try:
            return self.read(self.typed(text))
        except (ValueError, OverflowError):
            raise SettingError(f"expected {self.expected}, not {quoted(text)}") from None

    def words(self, value: Any) -> str:
        """A value as a person would type it.

        >>> steps = setting("learning_steps")
        >>> steps.words(steps.default)
        '1m 10m'
        """
        written = self.write(value)
        if isinstance(written, bool):
            return "true" if written else "false"
        return " ".join(written) or "none" if isinstance(written, list) else str(written)

    @property
    def default(self) -> Any:
        """The value that holds where nothing is said."""
        return getattr(Settings(), self.name)


def setting(name: str) -> Setting:
    """The setting of this name; raises SettingError with the name that may be meant."""
    for each in TABLE:
        if each.name == name:
            return each
    hint = did_you_mean(name, [each.name for each in TABLE])
    raise SettingError("there is no setting of this name" + (f": {hint}" if hint else ""))


def changed(settings: Settings, name: str, value: Any) -> Settings:
    """The settings with one of them changed."""
    return replace(settings, **{name: value})


def duration(text: str) -> timedelta:
    """A length of time such as `90s`, `10m`, `2h` or `1d`; raises ValueError.

    >>> duration("10m")
    datetime.timedelta(seconds=600)
    """
    found = re.fullmatch(r"([0-9]{1,9}) ?([smhd])", text.strip(), re.IGNORECASE)
    if not found:
        raise ValueError(text)
    return timedelta(seconds=int(found[1]) * UNITS[found[2].lower()])


def duration_words(length: timedelta) -> str:
    """A length of time in the largest unit that it is a whole number of.

    >>> duration_words(timedelta(minutes=90)), duration_words(timedelta(hours=2))
    ('90m', '2h')
    """
    seconds = round(length.total_seconds())
    unit = max((unit for unit in UNITS if seconds % UNITS[unit] == 0), key=UNITS.__getitem__)
    return f"{seconds // UNITS[unit]}{unit}"


def _shown(written: object) -> str:
    if isinstance(written, bool):
        return "`true`" if written else "`false`"
    if isinstance(written, int) and abs(written) >= 10**12:
        return "a very large number"
    if isinstance(written, dict):
        return "a table"
    return quoted(written if isinstance(written, str) else one_line(str(written)))


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(written: object) -> int:
        if isinstance(written, float) and written.is_integer():
            written = int(written)
        if not isinstance(written, int) or isinstance(written, bool):
            raise ValueError
        if not low <= written <= high:
            raise ValueError
        return written

    return read


def _share(low: float, high: float) -> Callable[[object], float]:
    def read(written: object) -> float:
        if not isinstance(written, int | float) or isinstance(written, bool):
            raise ValueError
        if not low <= written <= high:
            raise ValueError
        return float(written)

    return read


def _typed_share(text: str) -> float:
    if text.endswith("%"):
        return float(text[:-1]) / 100
    return float(text)


def _truth(written: object) -> bool:
    if not isinstance(written, bool):
        raise ValueError
    return written


def _typed_truth(text: str) -> object:
    words = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
    return words.get(text.lower())


def _wall_time(written: object) -> time:
    if isinstance(written, time):
        return written.replace(second=0, microsecond=0)
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", written if isinstance(written, str) else "")
    if not found:
        raise ValueError
    return time(int(found[1]), int(found[2]))


def _steps(written: object) -> tuple[timedelta, ...]:
    if not isinstance(written, list) or len(written) > MOST_STEPS:
        raise ValueError
    lengths = tuple(duration(step) if isinstance(step, str) else timedelta(0) for step in written)
    if not all(timedelta(seconds=1) <= length <= timedelta(days=30) for length in lengths):
        raise ValueError
    return lengths


def _typed_steps(text: str) -> list[str]:
    return [] if text.lower() == "none" else text.strip("[]").replace(",", " ").split()


def _number(name: str, about: str, low: int, high: int, example: int) -> Setting:
    expected = f"a whole number from {low} to {high}"
    return Setting(name, about, expected, str(example), _whole(low, high), int, int)


def _intervals(name: str, about: str, example: str) -> Setting:
    expected = f"steps such as 30s, 10m, 2h or 1d, at most {MOST_STEPS} and none above 30d"
    write: Callable[[Any], Written] = lambda steps: [duration_words(step) for step in steps]  # noqa: E731
    return Setting(name, about, expected, example, _steps, write, _typed_steps)


TABLE: tuple[Setting, ...] = (
    Setting(
        "desired_retention",
        "The share of due questions that you want to know. More of it means more reviews.",
        "a number from 0.7 to 0.99",
        "0.9",
        _share(0.7, 0.99),
        float,
        _typed_share,
    ),
    _number("new_per_day", "At most so many new questions a day; 0 for none at all.", 0, 9999, 20),
    _number(
        "reviews_per_day",
        "At most so many due questions a day; 0 for none at all. What is left waits.",
        0,
        99_999,
        200,
    ),
    _intervals(
        "learning_steps",
        "The waits before a new question is scheduled in days; without any it is at once.",
        '["1m", "10m"]',
    ),
    _intervals(
        "relearning_steps",
        "The waits after you forgot a question, before it is scheduled in days again.",
        '["10m"]',
    ),
    _number("maximum_interval", "No question stays away for more days than these.", 1, 36_500, 365),
    Setting(
        "day_begins",
        "When your day begins, by your own clock: what you do after midnight belongs to the "
        "evening before.",
        "a time from 00:00 to 23:59, such as 04:00",
        '"04:00"',
        _wall_time,
        lambda begins: f"{begins:%H:%M}",
        str,
    ),
    _number(
        "leech_after",
        "A question that you forgot so many times is set aside as a leech; 0 for never.",
        0,
        999,
        8,
    ),
    Setting(
        "fuzz",
        "Intervals are spread a little, so that what was learnt together does not return together.",
        "true or false",
        "true",
        _truth,
        bool,
        _typed_truth,
    ),
    Setting(
        "motion",
        "Things on the screen may move by themselves, such as a sliding window that is played.",
        "true or false",
        "true",
        _truth,
        bool,
        _typed_truth,
    ),
)

assert {each.name for each in TABLE} == {field.name for field in fields(Settings)}
