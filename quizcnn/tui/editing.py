"""A deck's file in the editor that a person has chosen, at the line of a question."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from quizcnn.deck.model import Place

WITH_COLON = frozenset({"hx", "helix", "kate", "subl", "zed"})
"""Editors that take FILE:LINE; most others take +LINE FILE."""

GOTO = frozenset({"code", "code-insiders", "codium", "cursor", "windsurf"})
"""Editors that take --goto FILE:LINE."""

WAITING = frozenset({"subl", "zed", *GOTO})
"""Editors that hand back at once unless they are asked to wait."""

WITHOUT_LINE = frozenset({"notepad", "open", "xdg-open"})


class EditorError(Exception):
    """There is no editor to be had; the text tells the person why."""


def command(place: Place, environment: Mapping[str, str]) -> list[str]:
    """What opens a file at a line: $VISUAL, or else $EDITOR.

    Raises EditorError where neither is set.

    >>> command(Place("/decks/mine.yaml", 12), {"EDITOR": "nano -w"})
    ['nano', '-w', '+12', '/decks/mine.yaml']
    """
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(chosen, posix=os.name == "posix")
    except ValueError as error:
        raise EditorError(f"$EDITOR cannot be read, {error}: {chosen!r}") from None
    if not words:
        raise EditorError("No editor is set: `export EDITOR=nano`, for example, and begin again.")
    name, file = Path(words[0]).stem.lower(), str(Path(place.file).absolute())
    if name in WAITING and not {"--wait", "-w"} & set(words):
        words.append("--wait")
    if name in GOTO:
        return [*words, "--goto", f"{file}:{place.line}"]
    if name in WITH_COLON:
        return [*words, f"{file}:{place.line}"]
    return [*words, file] if name in WITHOUT_LINE else [*words, f"+{place.line}", file]


def edit(place: Place) -> None:
    """Open a file at a line and wait until the editor is closed.

    Raises EditorError where there is none, or it cannot be started.
    """
    words = command(place, os.environ)
    try:
        subprocess.run(words, check=False)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise EditorError(f"The editor {words[0]!r} cannot be started: {why}") from None
