"""The settings in a file that a person can read and edit: `settings.toml`."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

from quizcnn.deck.messages import did_you_mean, quoted
from quizcnn.deck.place import Place, Problem
from quizcnn.study.settings.model import Settings

LARGEST = 64 * 1024
"""Bytes that a settings file may have."""

USED = "the default settings are used meanwhile"


class SettingsFileError(Exception):
    """The settings cannot be kept: `str()` says what is wrong, where, and what to do."""


class UnreadableError(Exception):
    """No setting can be read: why, on which line, and how to mend it."""

    def __init__(self, message: str, line: int = 1, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.hint = hint


def load(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in a file, and what is wrong with it.

    A file that is not there is no problem. Where a value cannot be, the default holds for that
    setting alone; where the file cannot be read at all, for every one.
    """
    settings = Settings()
    try:
        text = read_text(path)
        table = read_table(text)
    except FileNotFoundError:
        return settings, ()
    except UnreadableError as error:
        hint = f"{error.hint}; {USED}" if error.hint else USED
        return settings, (Problem(Place(str(path), error.line), str(error), hint),)
    from quizcnn.study.settings.table import (  # noqa: PLC0415 - where all defaults hold, none
        TABLE,
        SettingError,
        changed,
        setting,
    )

    problems: list[Problem] = []
    names = [each.name for each in TABLE]
    for name, written in table.items():
        place = Place(str(path), line_of(text, name))
        if name == "keys":  # see `keys.load_keys`
            continue
        if name not in names:
            hint = did_you_mean(name, names)
            problems.append(Problem(place, f"there is no setting {quoted(name)}", hint))
            continue
        each = setting(name)
        try:
            settings = changed(settings, name, each.of(written))
        except SettingError as error:
            message = f"`{name}`: {error}"
            hint = f"such as {name} = {each.example}; {each.words(each.default)} is used meanwhile"
            problems.append(Problem(place, message, hint))
    return settings, tuple(problems)


def save(path: Path, settings: Settings) -> None:
    """Write the settings, keeping a person's own comments, order and unknown lines.

    A new file names every setting; in one that is there only what differs is changed. The file is
    replaced as a whole or not at all. Raises SettingsFileError.
    """
    from quizcnn.study.settings.writing import write  # noqa: PLC0415  (few ever save)

    write(path, settings)


def read_text(path: Path) -> str:
    """The file's text; raises FileNotFoundError or UnreadableError."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError("this is not a file, but a folder or the like", hint="remove it")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableError(f"the settings cannot be read: {reason}") from None
    if len(data) > LARGEST:
        raise UnreadableError(f"a settings file has at most {LARGEST // 1024} KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError("this is not UTF-8", line, "save the file as UTF-8") from None


def read_table(text: str) -> dict[str, Any]:
    """What the text says; raises UnreadableError."""
    import tomllib  # noqa: PLC0415 - many have no settings file

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise UnreadableError("this is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        said = str(error)[: found.start()] if found else str(error)
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        hint = 'a line reads name = value, such as new_per_day = 20 or day_begins = "04:00"'
        message = f"this is not TOML: {said[:1].lower()}{said[1:]}"
        raise UnreadableError(message, line, hint) from None
    except ValueError:
        raise UnreadableError("there is a number of thousands of digits") from None


def line_of(text: str, name: str) -> int:
    """The line on which a key stands: the first that looks so and is not inside a text."""
    import tomllib  # noqa: PLC0415 - as above

    lines = text.split("\n")
    own = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[].=]""")
    likely = [number for number, line in enumerate(lines, 1) if own.match(line)]
    for number in likely[:20]:
        try:
            tomllib.loads("\n".join(lines[: number - 1]))
        except ValueError:
            continue
        return number
    return likely[0] if likely else 1
