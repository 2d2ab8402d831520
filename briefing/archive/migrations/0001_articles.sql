-- Articles and their briefs. An item is an article however often it was updated; each of its texts is a version, stored
-- once, whatever addresses it was found under. Days and moments are ISO 8601, moments in UTC.

CREATE TABLE items (
    id INTEGER PRIMARY KEY AUTOINCREMENT
);

CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL REFERENCES items (id),
    text_id TEXT NOT NULL UNIQUE,  -- the article's id, a digest of its text
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,                -- day of publication, where it is known
    day TEXT NOT NULL,             -- the same, else the day on which it was stored first
    brief_id INTEGER NOT NULL      -- the newest of its briefs; the tables below index that one
);
CREATE INDEX versions_by_item ON versions (item_id);
CREATE INDEX versions_by_day ON versions (day, id);

CREATE TABLE addresses (
    url TEXT NOT NULL,             -- canonical
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    outlet TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    PRIMARY KEY (url, version_id)
) WITHOUT ROWID;
CREATE INDEX addresses_by_version ON addresses (version_id);

CREATE TABLE briefs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    profile TEXT NOT NULL,
    profile_sha256 TEXT NOT NULL,
    program TEXT NOT NULL,         -- version of briefing
    url TEXT,                      -- canonical address of the article that it tells of, where it has one
    made TEXT NOT NULL,
    json BLOB NOT NULL,            -- the whole brief as JSON in UTF-8, deflated (zlib)
    UNIQUE (version_id, profile, profile_sha256, program)
);
CREATE INDEX briefs_by_moment ON briefs (made);

CREATE TABLE actors (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT,
    affiliation TEXT,
    PRIMARY KEY (version_id, number)
) WITHOUT ROWID;

CREATE TABLE names (
    folded TEXT NOT NULL,          -- without capitals and accents
    version_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (folded, version_id, number),
    FOREIGN KEY (version_id, number) REFERENCES actors (version_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX names_by_actor ON names (version_id, number);

CREATE TABLE events (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    value TEXT,                    -- TIMEX3
    first_day TEXT,
    last_day TEXT,
    place TEXT,
    status TEXT NOT NULL,
    PRIMARY KEY (version_id, number)
) WITHOUT ROWID;
CREATE INDEX events_by_day ON events (first_day, last_day);

CREATE TABLE points (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('agreement', 'disagreement')),
    statement TEXT NOT NULL,
    topic TEXT NOT NULL,
    attributed_to TEXT,
    PRIMARY KEY (version_id, number)
) WITHOUT ROWID;

CREATE TABLE parties (
    version_id INTEGER NOT NULL,
    number INTEGER NOT NULL,       -- of the point
    place INTEGER NOT NULL,        -- among its parties
    name TEXT NOT NULL,
    PRIMARY KEY (version_id, number, place),
    FOREIGN KEY (version_id, number) REFERENCES points (version_id, number) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE VIRTUAL TABLE texts USING fts5 (
    title, text, lines,            -- of a version; its id is the rowid
    tokenize = "unicode61 remove_diacritics 2"
);
