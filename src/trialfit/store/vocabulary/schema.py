"""The tables of the compiled vocabulary. Lists in a cell are separated by line ends, which no name or key holds."""

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
    place INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, licence TEXT NOT NULL,
    address TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, entries INTEGER NOT NULL, joined INTEGER NOT NULL
);
CREATE TABLE concept (
    place INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, system TEXT NOT NULL,
    code TEXT NOT NULL, parents TEXT NOT NULL, synonyms TEXT NOT NULL, codes TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE code (system TEXT, code TEXT, key TEXT NOT NULL, PRIMARY KEY (system, code)) WITHOUT ROWID;
CREATE TABLE child (parent TEXT, place INTEGER, key TEXT NOT NULL, PRIMARY KEY (parent, place)) WITHOUT ROWID;
CREATE TABLE word (folded TEXT PRIMARY KEY, keys TEXT NOT NULL, kinds TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE letter (
    written TEXT PRIMARY KEY, folded TEXT NOT NULL, keys TEXT NOT NULL, kinds TEXT NOT NULL
) WITHOUT ROWID;
"""

INDEXES = "CREATE UNIQUE INDEX IF NOT EXISTS concept_key ON concept (key);"
"""Made after the rows are in: sorting once is quicker than keeping order."""
