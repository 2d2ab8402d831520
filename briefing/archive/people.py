"""Group the sightings of a name by actor, and keep doubtful sightings separate.

Sightings with the same name and affiliation are one person, whatever their roles, because roles change. A sighting
without affiliation joins a person if one role holds all words of the other. A sighting with neither role nor
affiliation joins if only one person has the name. A surname alone joins if exactly one person with this surname fits in
role and affiliation. All other sightings stay separate. Countries, organisations and groups are the same actor if their
names are the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.archive.folding import folded, surname
from briefing.archive.records import Appearance
from briefing.model.brief import Kind


@dataclass(frozen=True, slots=True)
class Sighting:
    """An actor of one brief, with folded values for comparison."""

    version: int
    kind: Kind
    names: frozenset[str]  # all folded names that a search finds it by
    appearance: Appearance

    @property
    def affiliation(self) -> str:
        """The folded affiliation, or an empty string."""
        return folded(self.appearance.affiliation or "")

    @property
    def role(self) -> frozenset[str]:
        """The folded words of the role."""
        return frozenset(folded(self.appearance.role or "").split())

    @property
    def has_surname_only(self) -> bool:
        """True if it is a person with a name of one word."""
        return self.kind == "person" and surname(self.appearance.name) is None


def separate_actors(sightings: Iterable[Sighting], name: str) -> tuple[tuple[Sighting, ...], ...]:
    """Return the sightings of each actor that *name* may mean, in the order of their first sightings.

    Args:
        sightings: All sightings with the name or, if the name has several words, with its last word.
        name: A full name, or a surname, which means everyone with this surname.
    """
    sightings = tuple(sightings)
    groups = [
        group for same in _by_name(one for one in sightings if not one.has_surname_only) for group in _split(same)
    ]
    alone = []
    for one in (one for one in sightings if one.has_surname_only):
        fitting = [group for group in groups if _has_surname(group, one) and _fits(one, group)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            alone.append(one)
    groups += [group for same in _by_name(alone) for group in _split(same)]
    asked = folded(name)
    return tuple(tuple(group) for group in groups if any(asked in one.names for one in group))


def _by_name(sightings: Iterable[Sighting]) -> Iterable[list[Sighting]]:
    groups: dict[tuple[str, Kind], list[Sighting]] = {}
    for one in sightings:
        groups.setdefault((folded(one.appearance.name), one.kind), []).append(one)
    return groups.values()


def _split(same: Sequence[Sighting]) -> list[list[Sighting]]:
    """Split sightings of one name by actor; the most detailed sightings are placed first."""
    if same[0].kind != "person":
        return [list(same)]
    groups: list[list[Sighting]] = []
    by_affiliation: dict[str, list[Sighting]] = {}
    for one in same:
        if one.affiliation:
            by_affiliation.setdefault(one.affiliation, []).append(one)
    groups += by_affiliation.values()
    unaffiliated = [one for one in same if not one.affiliation]
    for one in sorted(unaffiliated, key=lambda one: -len(one.role)):
        fitting = [group for group in groups if _fits(one, group)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            groups.append([one])
    return groups


def _fits(one: Sighting, group: Sequence[Sighting]) -> bool:
    """Return True if the role and affiliation of a sighting agree with those of an actor."""
    affiliations = {other.affiliation for other in group if other.affiliation}
    roles = [other.role for other in group if other.role]
    if one.affiliation and affiliations and one.affiliation not in affiliations:
        return False
    if one.role and roles:
        return any(one.role <= role or role <= one.role for role in roles)
    return one.affiliation in affiliations or not (one.affiliation or one.role)


def _has_surname(group: Sequence[Sighting], one: Sighting) -> bool:
    return any(surname(other.appearance.name) == folded(one.appearance.name) for other in group)
