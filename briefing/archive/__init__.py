"""Store articles, briefs, runs and the state of feeds in one SQLite file."""

from briefing.archive.archive import Archive

__all__ = ["Archive"]
