-- Runs over many sources, so that one that was broken off goes on where it stopped.

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,            -- "make", "digest"
    key TEXT NOT NULL,             -- digest of all that decides what the run makes of a source
    host TEXT NOT NULL,
    process INTEGER NOT NULL,
    begun TEXT NOT NULL,
    ended TEXT
);
CREATE INDEX runs_by_key ON runs (kind, key) WHERE ended IS NULL;

CREATE TABLE run_items (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    digest TEXT,                   -- SHA-256 of the source's bytes, where they were read before the run
    state TEXT NOT NULL CHECK (state IN ('done', 'failed')),
    outputs TEXT NOT NULL,         -- paths as a JSON list
    brief_id INTEGER REFERENCES briefs (id) ON DELETE SET NULL,
    ended TEXT NOT NULL,
    PRIMARY KEY (run_id, source)
) WITHOUT ROWID;
CREATE INDEX run_items_by_brief ON run_items (brief_id);
