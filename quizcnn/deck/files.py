"""Files from anywhere: only plain ones are read, and only as much as a deck may hold."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from quizcnn.deck.messages import Problems
from quizcnn.deck.place import Place

LARGEST = 512 << 10
"""A deck file's size in bytes, at most; 50 questions take about 70 KiB."""

# Opening a pipe that nobody writes to would wait for ever, and a terminal could become ours.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_FLAGS |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """The bytes of a regular file of at most `LARGEST` bytes, None after a problem.

    Anything else is refused unopened: a pipe would keep us waiting, a device may never end.
    """
    place = Place(str(path), 1, 1)
    try:
        data = _read(path)
    except FileNotFoundError:
        problems.add(place, "there is no such file", "check the path")
        return None
    except OSError as error:
        problems.add(place, f"the file cannot be read: {error.strerror}", "check its permissions")
        return None
    except ValueError:  # a path with a null character in it
        problems.add(place, "this cannot be a path", "check the path")
        return None
    if isinstance(data, int):
        what = _KINDS.get(data, "no file")
        problems.add(place, f"this is {what}, not a file", "a deck is a file of YAML text")
        return None
    if len(data) > LARGEST:
        message = f"the file is larger than {LARGEST >> 10} KiB"
        problems.add(place, message, "split the deck in two: each with a `deck` name of its own")
        return None
    return data


def _read(path: Path) -> bytes | int:
    """The begin of a file, or its type where it is no regular one."""
    kind = stat.S_IFMT(path.stat().st_mode)
    if kind != stat.S_IFREG:
        return kind
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb") as file:
        # Between the look and the opening another file may have taken the place.
        kind = stat.S_IFMT(os.fstat(descriptor).st_mode)
        return file.read(LARGEST + 1) if kind == stat.S_IFREG else kind


def leads_out(file: Path, folder: Path) -> bool:
    """Whether a file found in a folder is a link to something outside of it.

    A stranger's folder could so have one's own files read, and quoted in messages. A link that
    leads nowhere does not lead out: reading it says what is wrong.
    """
    if not file.is_symlink():
        return False
    try:
        return not file.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False
