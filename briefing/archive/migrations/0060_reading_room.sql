-- What people decided about briefs and digests. Acts are only ever added; each holds the hash of the one before it, so
-- that a change is found. What people wrote is apart, salted and hashed into its act: it can be removed because of its
-- age, and the chain of hashes still holds.

CREATE TABLE acts (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('web', 'command line', 'schedule')),
    subject TEXT NOT NULL CHECK (subject IN ('brief', 'digest')),
    profile TEXT NOT NULL,
    key TEXT NOT NULL,             -- the article's id; of a digest, its instant
    kind TEXT NOT NULL CHECK (
        kind IN (
            'accepted', 'rejected', 'corrected', 'added', 'undone', 'reviewed', 'approved', 'withdrawn', 'asked', 'held',
            'sent'
        )
    ),
    field TEXT NOT NULL,           -- the list of the line; '' if the whole is meant
    line TEXT NOT NULL,            -- digest of the line's record as it was made; '' if the whole is meant
    undoes INTEGER REFERENCES acts (number),
    state TEXT NOT NULL,           -- digest of the exact brief that is reviewed or approved, else ''
    content TEXT NOT NULL,         -- SHA-256 of the salt and the values below
    previous TEXT NOT NULL,        -- hash of the act before it; of the first, ''
    hash TEXT NOT NULL             -- SHA-256 of all of the above
);
CREATE INDEX acts_by_subject ON acts (subject, profile, key);

CREATE TABLE act_values (
    number INTEGER PRIMARY KEY REFERENCES acts (number),
    salt TEXT NOT NULL,
    json TEXT NOT NULL             -- who, the reason, the values before and after
);
CREATE INDEX act_values_by_person ON act_values (json_extract(json, '$.who'));

CREATE TRIGGER acts_stay BEFORE UPDATE ON acts BEGIN SELECT raise(ABORT, 'an act is never changed'); END;
CREATE TRIGGER acts_are_kept BEFORE DELETE ON acts BEGIN SELECT raise(ABORT, 'an act is never removed'); END;
CREATE TRIGGER act_values_stay BEFORE UPDATE ON act_values BEGIN SELECT raise(ABORT, 'an act is never changed'); END;

-- Acts on briefs and digests that are still there.
CREATE VIEW living_acts AS
    SELECT acts.number FROM acts WHERE subject = 'brief' AND EXISTS (
        SELECT 1 FROM briefs JOIN versions ON versions.id = version_id
        WHERE text_id = acts.key AND briefs.profile = acts.profile
    ) OR subject = 'digest' AND EXISTS (
        SELECT 1 FROM digests WHERE digests.profile = acts.profile AND due = acts.key
    );
CREATE TRIGGER act_values_are_kept BEFORE DELETE ON act_values
    WHEN old.number IN (SELECT number FROM living_acts)
    BEGIN SELECT raise(ABORT, 'what is said of a brief stays as long as the brief'); END;

-- Who may enter the reading room. A link and the cookie of a session are secrets: only their SHA-256 is kept.

CREATE TABLE users (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'approver', 'admin')),
    added TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE invitations (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    here INTEGER NOT NULL,         -- 1: of the person at the machine of the room, who is an admin there and no user
    made TEXT NOT NULL,
    ends TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    here INTEGER NOT NULL,
    seen TEXT NOT NULL,
    idle INTEGER NOT NULL,         -- seconds without a request after which it ends
    ends TEXT NOT NULL
) WITHOUT ROWID;

-- The reading room: what waits for a person, why a source failed, the actors that people follow, and the keys that they chose.

-- The newest brief of a text by a profile. Briefs from before this table are not counted; their doubts are -1.
CREATE TABLE waiting (
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    profile TEXT NOT NULL,
    brief_id INTEGER NOT NULL UNIQUE REFERENCES briefs (id) ON DELETE CASCADE,
    day TEXT NOT NULL,             -- on which it was made, in UTC
    doubts INTEGER NOT NULL,       -- lines that a person should look at first
    state TEXT NOT NULL,           -- "made", "reviewed", "approved", "withdrawn"
    PRIMARY KEY (version_id, profile)
) WITHOUT ROWID;
INSERT INTO waiting
    SELECT version_id, profile, max(id), substr(max(made), 1, 10), -1, 'made' FROM briefs GROUP BY version_id, profile;
CREATE INDEX waiting_by_doubt ON waiting (state, day, doubts, brief_id);
CREATE INDEX waiting_by_profile ON waiting (profile, day);

ALTER TABLE run_items ADD COLUMN reason TEXT NOT NULL DEFAULT '';  -- why it failed
CREATE INDEX run_items_failed ON run_items (ended) WHERE state = 'failed';
CREATE INDEX run_items_by_digest ON run_items (digest, brief_id) WHERE digest IS NOT NULL;

-- The orders in which pages show texts and events.
DROP INDEX versions_by_day;
CREATE INDEX versions_by_day ON versions (day, brief_id);
CREATE INDEX versions_by_outlet ON versions (outlet COLLATE NOCASE);
CREATE INDEX addresses_by_outlet ON addresses (outlet COLLATE NOCASE);
CREATE INDEX events_that_last ON events (last_day) WHERE first_day < last_day;

CREATE TABLE follows (
    person TEXT NOT NULL,
    folded TEXT NOT NULL,          -- the actor's name without capitals and accents
    name TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (person, folded)
) WITHOUT ROWID;

CREATE TABLE bindings (
    person TEXT NOT NULL,
    action TEXT NOT NULL,
    key TEXT NOT NULL,             -- '' if the action has no key
    PRIMARY KEY (person, action)
) WITHOUT ROWID;

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
