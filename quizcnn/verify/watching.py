"""Watching decks while they are written: what has changed is verified, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizcnn.check.job import Checker
from quizcnn.deck.folders import deck_files
from quizcnn.deck.loader import load_deck
from quizcnn.deck.model import Problem, Question
from quizcnn.verify.judging import judged
from quizcnn.verify.keeping import content
from quizcnn.verify.report import Result
from quizcnn.verify.verifying import held


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in a deck's file since the last look, and what came of it.

    `problems` are those that keep it from being read: nothing else is known of it then. `results`
    are those of its new and altered questions, `gone` the keys of those that are no longer there.
    """

    file: Path
    problems: tuple[Problem, ...] = ()
    results: tuple[Result, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass
class _Known:
    """A file as it was when it was last read."""

    stamp: object
    read: bool = True
    questions: Mapping[str, str] = field(default_factory=dict)
    """The content of each question, by its key."""


class Watch:
    """The decks of some files and folders, looked at again and again.

    Whoever looks says how often; each `look` verifies what has changed since the one before.
    """

    def __init__(self, paths: Sequence[Path], checker: Checker) -> None:
        self._paths = tuple(paths)
        self._checker = checker
        self._files: dict[Path, _Known] = {}
        self._seen: dict[Path, object] = {}
        self._folders: tuple[Problem, ...] = ()

    def look(self) -> Iterator[Change]:
        """What has changed, file by file; all that is there at the first look.

        A file is read once it has looked the same twice, so that one which an editor is just
        writing is not taken for a broken one.
        """
        faults: list[Problem] = []
        files = list(deck_files(self._paths, faults).values())
        if tuple(faults) != self._folders:
            self._folders = tuple(faults)
            yield from (Change(Path(one.place.file), problems=(one,)) for one in faults)
        for file in [file for file in self._files if file not in files]:
            yield Change(file, gone=tuple(self._files.pop(file).questions))
        first, before, self._seen = not self._seen, self._seen, {}
        for file in files:
            stamp = self._seen[file] = _stamp(file)
            known = self._files.get(file)
            settled = first or before.get(file) == stamp
            if settled and (known is None or known.stamp != stamp):
                change = self._read(file, stamp, known)
                if change is not None:
                    yield change

    @property
    def questions(self) -> int:
        """How many questions there are in the files that can be read."""
        return sum(len(known.questions) for known in self._files.values() if known.read)

    def _read(self, file: Path, stamp: object, known: _Known | None) -> Change | None:
        """The file read and verified; None where nothing in it has changed but its time."""
        deck, problems = load_deck(file)
        before = known.questions if known else {}
        if deck is None:
            self._files[file] = _Known(stamp, False, before)
            return Change(file, problems)
        now = {question.key: content(question) for question in deck.questions}
        changed = [one for one in deck.questions if before.get(one.key) != now[one.key]]
        results = tuple(self._verify(question, deck.questions) for question in changed)
        gone = tuple(key for key in before if key not in now)
        self._files[file] = _Known(stamp, True, now)
        mended = known is not None and not known.read
        return Change(file, (), results, gone) if results or gone or mended else None

    def _verify(self, question: Question, deck: Sequence[Question]) -> Result:
        return held(question, judged(question, self._checker), known=deck)


def _stamp(file: Path) -> object:
    """How a file looks from outside; None where it cannot be looked at."""
    try:
        state = file.stat()
    except (OSError, ValueError):  # reading it says what is wrong
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
