"""Many briefs to one digest: near-duplicates and origins, stories, their merging, and what changed since last time."""
