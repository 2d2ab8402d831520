-- A digest that needs approval waits for it; a corrected copy of a sent digest is a run of its own. The three tables are
-- made anew, because SQLite cannot change a CHECK.

DROP VIEW open_deliveries;
ALTER TABLE deliveries RENAME TO old_deliveries;
ALTER TABLE run_outputs RENAME TO old_run_outputs;
ALTER TABLE scheduled_runs RENAME TO old_scheduled_runs;

CREATE TABLE scheduled_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile TEXT NOT NULL,
    due TEXT NOT NULL,
    copy INTEGER NOT NULL DEFAULT 0,      -- 0: the digest; 1, 2, ...: its corrected copies
    state TEXT NOT NULL CHECK (
        state IN (
            'due', 'fetching', 'briefed', 'merged', 'waiting', 'rendered', 'delivering', 'done', 'failed', 'missed'
        )
    ),
    attempts INTEGER NOT NULL DEFAULT 0,  -- how often it was begun and neither ended nor was stopped
    title TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    changed TEXT NOT NULL,
    empty INTEGER NOT NULL DEFAULT 0,     -- nothing to report
    deadline TEXT,                        -- while it waits: from when on it is sent
    mark TEXT NOT NULL DEFAULT '',        -- how its title is marked: 'Correction: {title}'
    acts INTEGER NOT NULL DEFAULT 0,      -- acts up to this number are in what was delivered
    UNIQUE (profile, due, copy)
);
INSERT INTO scheduled_runs (id, profile, due, state, attempts, title, reason, changed, empty)
    SELECT id, profile, due, state, attempts, title, reason, changed, empty FROM old_scheduled_runs;

CREATE TABLE run_outputs (
    run_id INTEGER NOT NULL REFERENCES scheduled_runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (run_id, number)
);
INSERT INTO run_outputs SELECT * FROM old_run_outputs;

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES scheduled_runs (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'refused', 'given up')),
    recipients TEXT NOT NULL,      -- as a JSON list
    waiting TEXT NOT NULL,         -- those that have not been served, as a JSON list
    refused TEXT NOT NULL DEFAULT '[]',   -- those that will not be, with the reasons: [[recipient, reason], ...]
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt TEXT,             -- NULL: at the next run of the profile, or when the schedule is started again
    reason TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    UNIQUE (run_id, target)
);
INSERT INTO deliveries SELECT * FROM old_deliveries;

UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'old_scheduled_runs')
    WHERE name = 'scheduled_runs';
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'old_deliveries')
    WHERE name = 'deliveries';
DROP TABLE old_deliveries;
DROP TABLE old_run_outputs;
DROP TABLE old_scheduled_runs;
CREATE INDEX scheduled_runs_by_state ON scheduled_runs (state, due);
CREATE INDEX deliveries_by_state ON deliveries (state, next_attempt);
CREATE VIEW open_deliveries AS
    SELECT deliveries.*, profile
    FROM deliveries JOIN scheduled_runs ON scheduled_runs.id = run_id
    WHERE deliveries.state IN ('pending', 'sending');

-- What a digest that waits for approval was made of, besides its articles: the ledger before it, its first day and its
-- notices, as JSON. It is removed when the digest is sent.
CREATE TABLE waiting_digests (
    profile TEXT NOT NULL,
    due TEXT NOT NULL,
    json BLOB NOT NULL,            -- deflated (zlib)
    PRIMARY KEY (profile, due)
) WITHOUT ROWID;
