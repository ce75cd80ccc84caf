"""Results kept from one run to the next, for questions that have not changed since.

A result is kept by all that it hangs on: the question's content, quizcnn's own sources, and the
versions of Python, NumPy and the system. Where in its file a question stands does not matter.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from quizcnn import __version__
from quizcnn.check.codec import decode_proof, encode_proof
from quizcnn.check.codec_values import CodecError
from quizcnn.deck.model import Place, Question
from quizcnn.paths import PACKAGE
from quizcnn.verify.judging import Judged
from quizcnn.verify.report import Finding, Result

ROOMS = ("nn", "check", "deck", "answer", "verify")
"""The folders of quizcnn on whose sources a result hangs."""

MOST = 50_000
"""So many results are kept; the oldest go first."""

FORM = "1"
"""The form in which results are written: another one is not read."""

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS results (number INTEGER PRIMARY KEY, key BLOB UNIQUE, body BLOB)"
)
_PLAIN = frozenset({str, int, float, bool})
_MISSHAPEN = (zlib.error, CodecError, ValueError, TypeError, KeyError, IndexError, AttributeError)


class Kept:
    """The results in a file. One that is damaged or cannot be written is simply not used."""

    def __init__(self, path: Path, engine: str | None = None) -> None:
        self._engine = engine_digest() if engine is None else engine
        self._path = path
        self._file = _opened(path)

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def find(self, question: Question) -> Judged | None:
        """What the question came to when it was as it is now; None where that is not known."""
        key = self._key(question)
        for (body,) in self._execute("SELECT body FROM results WHERE key = ?", (key,)):
            try:
                return _decoded(json.loads(zlib.decompress(body)), question)
            except _MISSHAPEN:  # damaged: it is computed and written anew
                self._execute("DELETE FROM results WHERE key = ?", (key,))
        return None

    def keep(self, question: Question, judged: Judged) -> None:
        """Keep what a question came to, unless it might come out otherwise another time."""
        if judged.lasting:
            body = zlib.compress(json.dumps(_encoded(judged, question)).encode("ascii"), 1)
            sql = "INSERT OR REPLACE INTO results (key, body) VALUES (?, ?)"
            self._execute(sql, (self._key(question), body))

    def close(self) -> None:
        """Write what was kept, throw away the oldest beyond `MOST`, and close the file."""
        self._execute(
            "DELETE FROM results WHERE number <= (SELECT max(number) FROM results) - ?", (MOST,)
        )
        file, self._file = self._file, None
        if file is not None:
            try:
                file.commit()
            except sqlite3.Error:
                file.rollback()  # a full disk: the next run computes again
            file.close()

    def _key(self, question: Question) -> bytes:
        return hashlib.sha256((self._engine + content(question)).encode()).digest()

    def _execute(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Rows; none where the file fails, which is then not used any more."""
        if self._file is None:
            return []
        try:
            return self._file.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            self._file.close()
            self._file = None
            if not isinstance(error, sqlite3.OperationalError):  # damaged: the next run begins anew
                _removed(self._path)
            return []


def _opened(path: Path) -> sqlite3.Connection | None:
    """The file's connection; None where there is none to be had. What is no database is removed."""
    for _ in range(2):
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = sqlite3.connect(path, timeout=2.0)
        except (sqlite3.Error, OSError):
            return None
        try:
            file.execute(
                "PRAGMA synchronous = OFF"
            )  # after a power cut it may be damaged, and goes
            file.execute(_SCHEMA)
            return file
        except sqlite3.DatabaseError as error:
            file.close()
            # locked or not to be written: nothing to mend
            if isinstance(error, sqlite3.OperationalError) or not _removed(path):
                return None
    return None


def _removed(path: Path) -> bool:
    """Whether a damaged file could be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def engine_digest() -> str:
    """One digest of all beside the question that a result hangs on."""
    digest = hashlib.sha256()
    for part in (
        FORM,
        __version__,
        sys.version,
        metadata.version("numpy"),
        sys.platform,
        platform.machine(),
    ):
        digest.update(part.encode() + b"\0")
    for room in ROOMS:
        for source in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(str(source.relative_to(PACKAGE)).encode() + b"\0")
            digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()


def content(question: Question) -> str:
    """All that a question says, its places counted from its first line, as one text.

    Two questions of one content come to the same, wherever they stand.
    """
    told: list[str] = []
    _tell(question, question.place.line, told)
    return "\0".join(told)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _tell(value: object, before: int, told: list[str]) -> None:
    """Add the parts of a value; thousands of questions are told at each run, so it is plain."""
    if isinstance(value, Place):
        told.append(f"@{value.line - before}:{value.column}")
    elif isinstance(value, Mapping):
        told.append("{")
        for name, each in value.items():
            if isinstance(each, Place):
                told.append(f"{name!r}@{each.line - before}:{each.column}")
            else:
                told.append(repr(name))
                _tell(each, before, told)
        told.append("}")
    elif isinstance(value, tuple | list):
        if not value:
            told.append("[]")
            return
        told.append("[")
        for each in value:
            _tell(each, before, told)
        told.append("]")
    elif isinstance(value, type) or not is_dataclass(value):
        told.append(repr(value))  # of 1, 1.0 and True each has its own
    else:
        told.append(f"<{type(value).__name__}")
        kind: Any = type(value)
        for name in _names(kind):
            told.append(name)
            each = getattr(value, name)
            if each is None or type(each) in _PLAIN:
                told.append(repr(each))
            else:
                _tell(each, before, told)
        told.append(">")


def _encoded(judged: Judged, question: Question) -> dict[str, object]:
    result, before = judged.result, question.place.line

    def told(findings: Sequence[Finding]) -> list[object]:
        return [
            [
                [one.code, one.message, one.place.line - before, one.place.column],
                [one.hint, one.given, one.seed],
            ]
            for one in findings
        ]

    return {
        "variants": result.variants,
        "problems": told(result.problems),
        "warnings": told(result.warnings),
        "notes": told(result.notes),
        "proof": None if result.proof is None else encode_proof(0, result.proof).decode(),
        "counts": [judged.refuted, judged.flipped],
        "rank": judged.rank,
    }


def _decoded(kept: Any, question: Question) -> Judged:
    """The result of what `_encoded` gave; one of `_MISSHAPEN` for anything else."""
    file, before = question.place.file, question.place.line

    def findings(told: Any) -> tuple[Finding, ...]:
        found = []
        for (code, message, line, column), (hint, given, seed) in told:
            place = Place(file, before + int(line), int(column))
            named = tuple((str(name), str(value)) for name, value in given)
            found.append(
                Finding(str(code), question.key, str(message), place, str(hint), named, int(seed))
            )
        return tuple(found)

    proof = kept["proof"]
    refuted, flipped = map(int, kept["counts"])
    result = Result(
        key=question.key,
        place=question.place,
        variants=int(kept["variants"]),
        problems=findings(kept["problems"]),
        warnings=findings(kept["warnings"]),
        notes=findings(kept["notes"]),
        proof=None if proof is None else decode_proof(proof.encode())[1],
    )
    return Judged(result, refuted, flipped, str(kept["rank"]))
