"""One extractor for each field of a brief; each takes an Analysis and returns records."""
