"""The command line: thin; each command calls one job and prints what came of it."""

from briefing.cli.main import app, run

__all__ = ["app", "run"]
