"""One reading of a deck's file, written to the catalog."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizcnn.deck.codec import encode
from quizcnn.deck.files import read_bytes
from quizcnn.deck.messages import Problems
from quizcnn.deck.model import Deck, Place, Problem, Question
from quizcnn.deck.noting import problems_to_json
from quizcnn.deck.reader import reader
from quizcnn.deck.stated import ask, filled, right_answers, wrong_answers
from quizcnn.deck.stored import Stored


def digest(data: bytes, path: Path) -> bytes:
    """What a reading depends on, in short: the bytes, the file's name and the reader."""
    found = hashlib.blake2b(digest_size=20)
    found.update(reader().encode() + b"\0" + os.fsencode(path.name) + b"\0")
    found.update(data)
    return found.digest()


def stored_content(stored: Stored, path: Path) -> tuple[int | None, tuple[Problem, ...]]:
    """The content of a file, read and written if it is not there yet.

    None and the problems where the file cannot be opened.
    """
    problems = Problems()
    data = read_bytes(path, problems)
    if data is None:
        return None, problems.sorted()
    name = digest(data, path)
    there = stored.rows("SELECT id FROM contents WHERE digest = ?", (name,))
    if there:
        return there[0][0], ()
    from quizcnn.deck.loader import read_deck  # noqa: PLC0415 - few runs find a deck that changed

    deck, found = read_deck(data, path)
    return write(stored, name, deck, found), ()


def write(stored: Stored, name: bytes, deck: Deck | None, problems: Sequence[Problem]) -> int:
    """Write what a file came to, in one transaction, and give its content's id."""
    with stored.transaction():
        there = stored.rows("SELECT id FROM contents WHERE digest = ?", (name,))
        if there:  # another process was quicker
            return int(there[0][0])
        questions = deck.questions if deck else ()
        place = deck.place if deck else None
        content = stored.execute(
            "INSERT INTO contents (digest, deck, title, about, questions, unchecked, line,"
            " place_column, problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                name,
                deck.name if deck else None,
                deck.title if deck else "",
                deck.about if deck else "",
                sum(bool(question.check) for question in questions),
                sum(not question.check for question in questions),
                place.line if place else None,
                place.column if place else None,
                problems_to_json(problems),
            ),
        )
        for number, question in enumerate(questions, content << 16):
            _write_question(stored, content, number, question)
    return content


def _write_question(stored: Stored, content: int, number: int, question: Question) -> None:
    key = question.key
    stored.execute(
        "INSERT INTO questions (id, name, kind, level, revision, checked, line, place_column,"
        " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            question.id,
            question.kind.value,
            question.level,
            question.revision,
            bool(question.check),
            question.place.line,
            question.place.column,
            encode(question),
        ),
    )
    stored.execute(
        "INSERT INTO search (rowid, prompt, answers, explanation, tags, name)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            number,
            ask(question),
            "\n".join((*right_answers(question), *wrong_answers(question))),
            filled(question.explain or "", question.given),
            " ".join(question.tags),
            key,
        ),
    )
    stored.executemany(
        "INSERT INTO tags (key, tag, content) VALUES (?, ?, ?)",
        [(key, tag, content) for tag in question.tags],
    )
    stored.executemany(
        "INSERT OR IGNORE INTO former (was, key, content, question, line, place_column)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(was, key, content, number, place.line, place.column) for was, place in former(question)],
    )
    stored.executemany(
        "INSERT OR IGNORE INTO needs (key, needed, content) VALUES (?, ?, ?)",
        [(key, full(need, question.deck), content) for need in question.needs],
    )


def full(name: str, deck: str) -> str:
    """A question's key, where its deck may be left out if it is this one."""
    return name if "/" in name else f"{deck}/{name}"


def former(question: Question) -> Iterator[tuple[str, Place]]:
    """The keys that a question had, each with its place."""
    for index, was in enumerate(question.was):
        place = question.places.get(f"was.{index}", question.place)
        yield full(was, question.deck), place
