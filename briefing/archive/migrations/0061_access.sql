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
