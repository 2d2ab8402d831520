-- What is known of each feed, so that it is asked for news only and no entry is read twice.

CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,            -- as the server wrote it
    seen TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE feed_entries (
    url TEXT NOT NULL REFERENCES feeds (url) ON DELETE CASCADE,
    entry TEXT NOT NULL,           -- its id, else its address
    seen TEXT NOT NULL,            -- when the feed listed it last
    PRIMARY KEY (url, entry)
) WITHOUT ROWID;
