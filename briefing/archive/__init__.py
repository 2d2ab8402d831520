"""Articles, briefs, runs and the state of feeds, kept in one SQLite file."""

from briefing.archive.archive import Archive

__all__ = ["Archive"]
