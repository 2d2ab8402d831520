-- The lines that the digests of each profile printed, and the articles of each of their stories.

CREATE TABLE ledgers (
    profile TEXT PRIMARY KEY,
    at TEXT NOT NULL               -- instant of the last digest
) WITHOUT ROWID;

CREATE TABLE ledger_lines (
    profile TEXT NOT NULL REFERENCES ledgers (profile) ON DELETE CASCADE,
    identity TEXT NOT NULL,
    place INTEGER NOT NULL,        -- among the lines of the ledger
    seen TEXT NOT NULL,            -- instant of the last digest that had the line
    json BLOB NOT NULL,            -- the whole line, compressed
    PRIMARY KEY (profile, identity)
) WITHOUT ROWID;

CREATE TABLE digest_stories (
    profile TEXT NOT NULL REFERENCES ledgers (profile) ON DELETE CASCADE,
    story TEXT NOT NULL,           -- the story's id
    article TEXT NOT NULL,         -- the article's id
    seen TEXT NOT NULL,            -- instant of the last digest that had it
    PRIMARY KEY (profile, story, article)
) WITHOUT ROWID;
