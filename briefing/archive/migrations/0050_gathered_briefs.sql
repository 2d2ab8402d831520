-- Two articles with one text share a row of briefs, which tells of one of them: a digest keeps the brief of each.

ALTER TABLE gathered ADD COLUMN json BLOB;  -- as in briefs; NULL: of an earlier version, or too old to be kept
