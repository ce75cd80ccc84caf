"""The form of the progress database, and the steps from each older form to the next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

APPLICATION = 0x51434E4E
"""SQLite's `application_id` of our files: the letters QCNN."""

TABLES = """
CREATE TABLE cards (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (instr(key, '/') > 1),
    revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
    stage INTEGER CHECK (stage IN (1, 2, 3)),
    step INTEGER CHECK (step >= 0),
    stability REAL CHECK (stability > 0),
    difficulty REAL CHECK (difficulty BETWEEN 1 AND 10),
    due INTEGER,
    last_review INTEGER,
    reviews INTEGER NOT NULL DEFAULT 0 CHECK (reviews >= 0),
    lapses INTEGER NOT NULL DEFAULT 0 CHECK (lapses >= 0),
    suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
    leech INTEGER NOT NULL DEFAULT 0 CHECK (leech IN (0, 1)),
    buried INTEGER,
    CHECK ((stage IS NULL) = (due IS NULL)),
    CHECK ((stage IS NULL) = (stability IS NULL)),
    CHECK ((stage IS NULL) = (difficulty IS NULL)),
    CHECK ((stage IS NULL) = (last_review IS NULL)),
    CHECK ((stage IN (1, 3)) = (step IS NOT NULL) OR stage IS NULL AND step IS NULL)
) STRICT;
CREATE INDEX cards_due ON cards (due) WHERE due IS NOT NULL AND suspended = 0;
CREATE INDEX cards_learning ON cards (due) WHERE stage IN (1, 3) AND suspended = 0;

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mode TEXT NOT NULL CHECK (mode IN ('study', 'cram', 'exam')),
    scope TEXT NOT NULL CHECK (scope GLOB '{*}'),
    began INTEGER NOT NULL,
    ended INTEGER,
    plan TEXT NOT NULL DEFAULT '[]' CHECK (plan GLOB '[[]*]'),
    seconds INTEGER
) STRICT;

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    card INTEGER NOT NULL REFERENCES cards (id),
    session INTEGER NOT NULL REFERENCES sessions (id),
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    right INTEGER NOT NULL CHECK (right IN (0, 1)),
    grade INTEGER CHECK (grade BETWEEN 1 AND 4),
    typed TEXT NOT NULL,
    computed TEXT NOT NULL,
    slip TEXT NOT NULL,
    variant TEXT NOT NULL CHECK (variant GLOB '{*}'),
    took INTEGER NOT NULL CHECK (took >= 0),
    before INTEGER CHECK (before IN (1, 2, 3)),
    stage INTEGER CHECK (stage IN (1, 2, 3)),
    step INTEGER,
    stability REAL,
    difficulty REAL,
    due INTEGER,
    CHECK ((grade IS NULL) = (stage IS NULL)),
    UNIQUE (card, at)
) STRICT;
CREATE INDEX reviews_at ON reviews (at);
CREATE INDEX reviews_session ON reviews (session);

CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES sessions (id),
    act TEXT NOT NULL CHECK (act IN ('answer', 'skip', 'bury', 'suspend')),
    card INTEGER NOT NULL REFERENCES cards (id),
    review INTEGER UNIQUE REFERENCES reviews (id),
    before TEXT NOT NULL CHECK (before GLOB '{*}' OR before = 'null'),
    CHECK ((act = 'answer') = (review IS NOT NULL))
) STRICT;
CREATE INDEX actions_session ON actions (session);
CREATE INDEX actions_card ON actions (card);
"""
"""Moments are whole milliseconds since 1970 in UTC; truth values are 0 and 1.

`actions` is the journal that undo walks back: `before` is the card's row as it was, as JSON.
JSON is only glanced at: SQLite allows no `json_valid` in a schema that is not to be trusted.
"""


class Schema(NamedTuple):
    """A form of the database: `steps[n]` is the SQL that makes form n + 1 of form n."""

    version: int
    tables: str
    steps: Mapping[int, str] = MappingProxyType({})


CURRENT = Schema(1, TABLES)
