"""Which questions have changed since a revision of git: their own content, not just their file."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from quizcnn.cli.reading import RefusedError
from quizcnn.deck.files import LARGEST
from quizcnn.deck.loader import read_deck
from quizcnn.deck.model import Deck, Question, SourceEntry
from quizcnn.deck.sources import read_sources
from quizcnn.display import one_line
from quizcnn.verify.keeping import content

SECONDS = 30
"""How long git may take for one answer."""


def changed_since(
    revision: str, decks: Sequence[Deck], sources: Collection[str] = ()
) -> tuple[Question, ...]:
    """The questions that are not in their deck's file at `revision` as they are now.

    Where a deck was not there yet, or could not be read, all of it has changed. A question that
    only stands on another line has not. One that is drawn from one of `sources`, the entries that
    have changed, has. Raises RefusedError with what is wrong with git, the
    folder or the revision.
    """
    commits: dict[Path, str] = {}
    changed: list[Question] = []
    for deck in decks:
        folder = deck.path.resolve().parent
        if folder not in commits:
            commits[folder] = _commit(revision, folder)
        before = _before(commits[folder], deck.path.resolve())
        known = {} if before is None else {one.key: content(one) for one in before.questions}
        changed += [
            one
            for one in deck.questions
            if known.get(one.key) != content(one) or (one.source and one.source.ref in sources)
        ]
    return tuple(changed)


def changed_sources(revision: str, entries: Sequence[SourceEntry]) -> frozenset[str]:
    """The entries of sources that are not as they were at `revision`, by their `ref`: those that
    were taken out too, as long as their file is still there. Raises RefusedError likewise."""
    files = {Path(entry.place.file).resolve() for entry in entries if entry.place}
    now = {replace(entry, place=None) for entry in entries}
    before: set[SourceEntry] = set()
    for file in files:
        data = _content(_commit(revision, file.parent), file)
        read = () if data is None else read_sources(data, file)[0]
        before |= {replace(entry, place=None) for entry in read}
    return frozenset(entry.ref for entry in now ^ before)


def _commit(revision: str, folder: Path) -> str:
    """The full name of the commit that a revision is in the repository of a folder."""
    if not revision or revision.startswith("-"):
        raise RefusedError(f"{revision!r} is no revision; name a commit, a branch or a tag.")
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(folder, *asked)
    if commit is not None:
        return commit.decode("ascii", "replace").strip()
    where = one_line(str(folder), 300)
    if _git(folder, "rev-parse", "--git-dir") is None:
        raise RefusedError(
            f"{where} is not in a git repository that git would read; without --changed-since "
            "all its questions are verified."
        )
    raise RefusedError(
        f"The repository of {where} has no revision {one_line(revision, 100)!r}. In CI the "
        "checkout may be shallow: fetch the whole history (actions/checkout: `fetch-depth: 0`)."
    )


def _before(commit: str, path: Path) -> Deck | None:
    """The deck of a file as it was; None where there was none that could be read."""
    data = _content(commit, path)
    return None if data is None else read_deck(data, path)[0]


def _content(commit: str, path: Path) -> bytes | None:
    """What stood in a file; None where it was not there, or was too large to be read."""
    name = f"{commit}:./{path.name}"
    size = _git(path.parent, "cat-file", "-s", name)
    if size is None or int(size) > LARGEST:
        return None
    return _git(path.parent, "cat-file", "blob", name)


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git says, None where it fails; it runs no program that the repository names."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, **quiet},
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise RefusedError("--changed-since needs git, and there is no `git` here.") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RefusedError(f"git does not answer: {one_line(str(error), 300)}") from error
    return done.stdout if done.returncode == 0 else None
