"""The page of an actor: its roles over time, and its agreements and disagreements with others."""

from dataclasses import dataclass
from typing import Final

from briefing.archive.archive import Archive
from briefing.archive.records import ActorHistory

_MOST: Final = 300  # articles that are looked at, the newest; Search lists all


@dataclass(frozen=True, slots=True)
class ActorPage:
    """All actors of a name, each apart; those with the most articles come first."""

    name: str
    histories: tuple[ActorHistory, ...]
    followed: bool
    most: int  # the page shows what the newest articles say, and no more of them than this
    cut: bool  # there are more


def actor_page(archive: Archive, person: str, name: str) -> ActorPage:
    """Return the page of an actor."""
    histories = archive.actor(name, most=_MOST)
    shown = sum(len(history.appearances) for history in histories)
    followed = archive.room.follows(person, name)
    return ActorPage(name, histories, followed, _MOST, shown >= _MOST)
