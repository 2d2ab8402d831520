"""The person behind a request, and what the roles may do."""

from dataclasses import dataclass
from typing import Final, Literal

from starlette.requests import Request

from briefing.review.acts import By

Role = Literal["reader", "editor", "approver", "admin"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "approver", "admin")  # each may do what those before it may


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
