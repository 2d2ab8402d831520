"""The entities of an article: spans of names, repaired, sorted by kind, clustered."""
