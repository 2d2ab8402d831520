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
        kind IN ('accepted', 'rejected', 'corrected', 'added', 'undone', 'reviewed', 'approved', 'withdrawn', 'held',
            'sent')
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
