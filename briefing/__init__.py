"""Turn a news article into a one-page brief whose every line can be checked against the article."""

from typing import TYPE_CHECKING, Any

from briefing.version import __version__

if TYPE_CHECKING:
    from briefing.jobs.briefs import brief, render

__all__ = ["__version__", "brief", "render"]


def __getattr__(name: str) -> Any:
    """Import what is asked for on first use, so that ``briefing --help`` answers at once."""
    if name in ("brief", "render"):
        from briefing.jobs import briefs as jobs

        return getattr(jobs, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
