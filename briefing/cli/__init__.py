"""The command line: each command calls one job and prints the result."""

from briefing.cli.main import app, run

__all__ = ["app", "run"]
