"""All decks of some files and folders, and what keeps the others from being read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from quizcnn.deck.files import leads_out
from quizcnn.deck.loader import load_deck
from quizcnn.deck.messages import quoted
from quizcnn.deck.model import Deck, Place, Problem, Question

SUFFIXES = frozenset({".yaml", ".yml"})
NOT_DECKS = frozenset({"sources.yaml", "sources.yml"})


@dataclass(frozen=True)
class Catalog:
    """The decks that can be used; those with problems are left out of it."""

    decks: tuple[Deck, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all decks, in their order."""
        return tuple(question for deck in self.decks for question in deck.questions)

    def find(self, text: str) -> Question | list[str]:
        """The question of a key `deck/id`, of an id that only one deck has, or of a former one.

        Otherwise the keys that may have been meant, nearest first; several decks may have the id.
        """
        keys = {question.key: question for question in self.questions}
        if text in keys:
            return keys[text]
        same = [question for question in self.questions if text == question.id]
        same = same or [question for question in self.questions if text in _former(question)]
        if len(same) == 1:
            return same[0]
        if same:
            return [question.key for question in same]
        ids = {question.id: question.key for question in self.questions}
        near = get_close_matches(text, keys, n=3) or get_close_matches(text, ids, n=3)
        return [ids.get(name, name) for name in near]


def load(paths: Sequence[Path]) -> Catalog:
    """The decks of some files, and of the YAML files directly in some folders, in order of name.

    A file named twice is read once; `sources.yaml` in a folder is not a deck. A deck's name and a
    question's former key may stand only once: the file that comes first keeps them.
    """
    decks: list[Deck] = []
    problems: list[Problem] = []
    used: dict[str, Place] = {}
    for path in _files(paths, problems):
        deck, faults = load_deck(path)
        problems += faults
        if deck is None:
            continue
        clashes = _clashes(deck, used)
        if clashes:
            problems += clashes
        else:
            decks.append(deck)
            used |= {deck.name: _place(deck)} | dict(_keys(deck))
    return Catalog(tuple(decks), tuple(problems))


def _files(paths: Sequence[Path], problems: list[Problem]) -> list[Path]:
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _decks_at(path, problems):
            found.setdefault(_real(file), file)
    return list(found.values())


def _decks_at(path: Path, problems: list[Problem]) -> list[Path]:
    """The file itself, or the decks of a folder."""
    place = Place(str(path), 1, 1)
    try:
        if not path.is_dir():
            return [path]
        found = sorted(file for file in path.iterdir() if _is_deck(file))
    except OSError as error:
        problems.append(
            Problem(place, f"the folder cannot be read: {error.strerror}", "check its permissions")
        )
        return []
    if not found:
        problems.append(Problem(place, "there is no deck in this folder", "decks end in `.yaml`"))
    return [file for file in found if not _reported_as_leading_out(file, path, problems)]


def _reported_as_leading_out(file: Path, folder: Path, problems: list[Problem]) -> bool:
    out = leads_out(file, folder)
    if out:
        message = "this link leads out of the folder, and is not followed"
        hint = "copy the deck, or name the file itself"
        problems.append(Problem(Place(str(file), 1, 1), message, hint))
    return out


def _is_deck(file: Path) -> bool:
    return file.suffix in SUFFIXES and file.name not in NOT_DECKS and not file.name.startswith(".")


def _real(file: Path) -> Path:
    try:
        return file.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself: reading it says so
        return file.absolute()


def _clashes(deck: Deck, used: Mapping[str, Place]) -> list[Problem]:
    """What of a deck's names is in use already: `used` holds decks' names and questions' keys."""
    if deck.name in used:
        message = f"a deck named {quoted(deck.name)} was read already, from {used[deck.name]}"
        return [Problem(_place(deck), message, "rename one of them")]
    return [
        Problem(place, f"the key {quoted(key)} belongs to the question at {used[key]}", "alter it")
        for key, place in _keys(deck)
        if key in used
    ]


def _place(deck: Deck) -> Place:
    return deck.place or Place(str(deck.path), 1, 1)


def _keys(deck: Deck) -> list[tuple[str, Place]]:
    """The keys that a deck's questions have and had, each with its place."""
    keys = [(question.key, question.place) for question in deck.questions]
    for question in deck.questions:
        keys += [
            (key, question.places.get(f"was.{index}", question.place))
            for index, key in enumerate(_former(question))
        ]
    return keys


def _former(question: Question) -> list[str]:
    return [was if "/" in was else f"{question.deck}/{was}" for was in question.was]
