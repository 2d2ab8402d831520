"""Make one digest of many briefs: find copies and origins, cluster stories, merge them, and mark what changed."""
