"""The named entities of an article: spans of names, repaired, clustered and given a kind."""
