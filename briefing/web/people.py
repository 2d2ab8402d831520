"""The person behind a request."""

from dataclasses import dataclass

from starlette.requests import Request

from briefing.archive.access import ROLES, Role
from briefing.review.acts import By


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    name: str
    role: Role

    @property
    def by(self) -> By:
        """Return how acts of this person in the room are signed."""
        return By(self.name, "web")

    def may(self, least: Role) -> bool:
        """Return True if the person's role is at least this one; templates ask it, too."""
        return ROLES.index(self.role) >= ROLES.index(least)


def person_of(request: Request) -> Person:
    """Return who asks; only endpoints of routes that need a role may call this."""
    person: Person = request.state.person
    return person
