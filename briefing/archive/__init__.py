"""Articles, briefs, runs and the state of feeds, kept in one SQLite file."""
