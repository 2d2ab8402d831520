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
