-- Two articles with the same text share one row of briefs, so a digest keeps the brief of each.
ALTER TABLE gathered ADD COLUMN json BLOB;  -- as in briefs; NULL: of an earlier version, or too old to be kept

-- An empty run has a digest with nothing to report, which channels that skip empty digests did not get.
ALTER TABLE scheduled_runs ADD COLUMN empty INTEGER NOT NULL DEFAULT 0;
