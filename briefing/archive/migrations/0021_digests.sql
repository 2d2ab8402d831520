-- The articles that the digests of each profile are made of, and the digests themselves. Instants are in UTC.

CREATE TABLE gathered (
    profile TEXT NOT NULL,
    source TEXT NOT NULL,          -- address or path
    digest TEXT NOT NULL,          -- SHA-256 of its bytes
    due TEXT NOT NULL,             -- instant of the digest that it was gathered for
    brief_id INTEGER NOT NULL REFERENCES briefs (id) ON DELETE CASCADE,
    outlet TEXT,                   -- as its source or the article names it
    url TEXT,
    weight REAL NOT NULL,
    PRIMARY KEY (profile, source, digest)
) WITHOUT ROWID;
CREATE INDEX gathered_by_due ON gathered (profile, due);
CREATE INDEX gathered_by_brief ON gathered (brief_id);

CREATE TABLE digests (
    profile TEXT NOT NULL,
    due TEXT NOT NULL,
    made TEXT NOT NULL,
    json BLOB NOT NULL,            -- the whole digest as JSON in UTF-8, deflated (zlib)
    PRIMARY KEY (profile, due)
) WITHOUT ROWID;
