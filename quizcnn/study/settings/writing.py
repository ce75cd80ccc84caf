"""Writing the settings file: a person's own comments, order and lines stay as they are."""

from __future__ import annotations

import os
import shutil
import tempfile
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from quizcnn.study.settings.file import (
    SettingsFileError,
    UnreadableError,
    line_of,
    read_table,
    read_text,
)
from quizcnn.study.settings.model import Settings
from quizcnn.study.settings.table import TABLE, Setting, SettingError

HEAD = (
    "The settings of quizcnn. Change them here, on the app's settings screen, or with "
    "`quizcnn settings NAME VALUE`. What is left out has its default."
)


def write(path: Path, settings: Settings) -> None:
    """See `file.save`."""
    try:
        text = _revised(read_text(path), settings)
    except FileNotFoundError:
        text = _fresh(settings)
    except UnreadableError as error:
        raise SettingsFileError(
            f"{path}:{error.line}: {error}. It is left as it is: mend it or delete it first."
        ) from None
    _replace(path, text.encode())


def _fresh(settings: Settings) -> str:
    return _checked(_comment(HEAD) + _block(TABLE, settings), settings)


def _revised(text: str, settings: Settings) -> str:
    table = read_table(text)
    said = {each.name for each in TABLE if each.name in table}
    values = {each.name: getattr(settings, each.name) for each in TABLE}
    try:
        document = tomlkit.parse(text)
        for each in TABLE:
            if each.name in said and not _says(each, table[each.name], values[each.name]):
                document[each.name] = each.write(values[each.name])
        text = tomlkit.dumps(document)
    except (TOMLKitError, RecursionError):
        raise UnreadableError("this cannot be edited by the program") from None
    more = _block(
        (each for each in TABLE if each.name not in said and values[each.name] != each.default),
        settings,
    )
    if "\r\n" in text:
        more = more.replace("\n", "\r\n")
    if any(isinstance(value, dict | list) and name not in said for name, value in table.items()):
        # What follows the head of a table belongs to it: settings must stand before.
        return _checked(more.lstrip() + "\n" * bool(more) + text, settings)
    return _checked(text + "\n" * bool(more and text[-1:] not in ("", "\n")) + more, settings)


def _says(each: Setting, written: object, value: Any) -> bool:
    """Whether what the file says is this value already."""
    try:
        return bool(each.of(written) == value)
    except SettingError:
        return False


def _block(settings_named: Iterable[Setting], settings: Settings) -> str:
    """The lines of some settings, each after a comment that explains it."""
    return "".join(
        f"\n{_comment(each.about)}{_comment(f'Expected: {each.expected}.')}"
        f"{each.name} = {tomlkit.item(each.write(getattr(settings, each.name))).as_string()}\n"
        for each in settings_named
    )


def _comment(text: str) -> str:
    lines = textwrap.wrap(text, 78, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def _checked(text: str, settings: Settings) -> str:
    """The text, if it says these settings when it is read again."""
    table = read_table(text)
    for each in TABLE:
        if not _says(
            each, table.get(each.name, each.write(each.default)), getattr(settings, each.name)
        ):
            raise UnreadableError(
                f"`{each.name}` cannot be written into it",
                line_of(text, each.name),
                "write the line by hand",
            )
    return text


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in the file's place in one step; a link stays a link."""
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=target.name, suffix=".new", dir=target.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, fresh)
            fresh.replace(target)
            _sync(target.parent)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise SettingsFileError(
            f"The settings cannot be written to {path}: {reason}. "
            "Make room there, or make the folder writable, and try again."
        ) from None


def _sync(folder: Path) -> None:
    """Have the folder's entries on the disk, where folders can be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
