"""The form of the catalog's file. It is a cache: one of another form is thrown away."""

APPLICATION = 0x51434E43
"""SQLite's `application_id` of a catalog: the letters QCNC."""

FORMAT = 4
"""SQLite's `user_version` of a catalog. Raise it when the tables or `codec` change."""

TABLES = """
CREATE TABLE contents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL UNIQUE,
    deck TEXT,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    questions INTEGER NOT NULL,
    unchecked INTEGER NOT NULL,
    line INTEGER,
    place_column INTEGER,
    problems TEXT NOT NULL
) STRICT;

CREATE TABLE files (
    path BLOB PRIMARY KEY,
    stamp TEXT NOT NULL,
    content INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE questions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER,
    revision INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    line INTEGER NOT NULL,
    place_column INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX questions_name ON questions (name);

CREATE TABLE tags (
    key TEXT NOT NULL,
    tag TEXT NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (key, tag, content)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag, key, content);
CREATE INDEX tags_content ON tags (content);

CREATE TABLE former (
    was TEXT NOT NULL,
    key TEXT NOT NULL,
    content INTEGER NOT NULL,
    question INTEGER NOT NULL,
    line INTEGER NOT NULL,
    place_column INTEGER NOT NULL,
    PRIMARY KEY (was, key, content)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_key ON former (key);
CREATE INDEX former_content ON former (content, question);

CREATE TABLE needs (
    key TEXT NOT NULL,
    needed TEXT NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (key, needed, content)
) STRICT, WITHOUT ROWID;
CREATE INDEX needs_needed ON needs (needed);
CREATE INDEX needs_content ON needs (content);

CREATE VIRTUAL TABLE search USING fts5 (
    prompt, answers, explanation, tags, name,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);

CREATE TABLE selections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    files BLOB NOT NULL UNIQUE,
    problems TEXT NOT NULL,
    questions INTEGER NOT NULL DEFAULT 0,
    used INTEGER NOT NULL
) STRICT;

CREATE TABLE selected_files (
    selection INTEGER NOT NULL,
    position INTEGER NOT NULL,
    content INTEGER NOT NULL,
    path BLOB NOT NULL,
    deck TEXT NOT NULL,
    PRIMARY KEY (selection, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX selected_files_content ON selected_files (selection, content);

CREATE TABLE selected (
    selection INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    key TEXT NOT NULL,
    deck TEXT NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER,
    revision INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    question INTEGER NOT NULL,
    PRIMARY KEY (selection, rank)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX selected_key ON selected (selection, key);
CREATE INDEX selected_deck ON selected (selection, deck, rank);

ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('contents', 'sqlite_autoindex_contents_1', '4000 1'),
    ('questions', 'questions_name', '200000 10'),
    ('tags', 'tags', '400000 4 2 1'),
    ('tags', 'tags_tag', '400000 2000 2 1'),
    ('tags', 'tags_content', '400000 100'),
    ('former', 'former', '4000 2 2 1'),
    ('former', 'former_key', '4000 2'),
    ('former', 'former_content', '4000 2 1'),
    ('needs', 'needs', '40000 4 2 1'),
    ('needs', 'needs_needed', '40000 4'),
    ('needs', 'needs_content', '40000 20'),
    ('selections', 'sqlite_autoindex_selections_1', '4 1'),
    ('selected_files', 'selected_files', '8000 2000 1'),
    ('selected_files', 'selected_files_content', '8000 2000 1'),
    ('selected', 'selected', '400000 100000 1'),
    ('selected', 'selected_key', '400000 100000 1'),
    ('selected', 'selected_deck', '400000 100000 50 1');
"""
"""A content is what one reading of a file's bytes came to, and is never altered. The id of its
question number n, from 0, is `content << 16 | n`, also in `search`; no file has room for as many.

`files` says which content a file had when it was last looked at. A selection is what the files of
one run come to, with the order and the clashes between them; it is never altered either, so that
whoever reads it is not disturbed by another run. What SQLite is told of the indexes is how a large
catalog is: so it plans for one from the beginning, and the same way each time.
"""

CHOSEN = "+content IN (SELECT content FROM {where}selected_files WHERE selection = :selection)"
"""What of a table belongs to the selection; `where` names the database.

The plus keeps SQLite from looking each content up in an index, which it takes to be quicker.
"""

_CHOSEN = CHOSEN.format(where="catalog.")

VIEWS = {
    "chosen_questions": "SELECT key, deck, revision, kind, level, rank FROM catalog.selected"
    " WHERE selection = :selection AND checked = 1",
    "chosen_tags": f"SELECT key, tag FROM catalog.tags WHERE {_CHOSEN}",
    "chosen_former": f"SELECT was, key FROM catalog.former WHERE {_CHOSEN}",
    "chosen_needs": f"SELECT key, needed FROM catalog.needs WHERE {_CHOSEN}",
}
"""What `Catalog.attach` makes for the queue and the statistics."""
