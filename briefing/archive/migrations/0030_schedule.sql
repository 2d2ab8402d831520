-- Runs on a schedule and the way of their results to each recipient. Moments are in UTC: 2026-11-30T05:00:00+00:00.

CREATE TABLE schedules (
    profile TEXT PRIMARY KEY,
    looked TEXT NOT NULL           -- what was due up to then is in the table below
) WITHOUT ROWID;

CREATE TABLE scheduled_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('due', 'fetching', 'briefed', 'merged', 'rendered', 'delivering', 'done', 'failed', 'missed')
    ),
    attempts INTEGER NOT NULL DEFAULT 0,  -- how often it was begun and neither ended nor was stopped
    title TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    changed TEXT NOT NULL,
    UNIQUE (profile, due)
);
CREATE INDEX scheduled_runs_by_state ON scheduled_runs (state, due);

-- What a run made, kept until all of it is delivered. The mail is the file without a name.
CREATE TABLE run_outputs (
    run_id INTEGER NOT NULL REFERENCES scheduled_runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (run_id, number)
);

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
CREATE INDEX deliveries_by_state ON deliveries (state, next_attempt);

CREATE VIEW open_deliveries AS
    SELECT deliveries.*, profile
    FROM deliveries JOIN scheduled_runs ON scheduled_runs.id = run_id
    WHERE deliveries.state IN ('pending', 'sending');
