"""The same actor in several articles, told from others of the name with caution.

Two records are one person where name and affiliation are the same, whatever the roles: those change. A record without
affiliation joins where one of the person's roles holds all words of its own, or the other way round; one with neither
joins where there is but one person of that name. A record that has a surname alone joins where exactly one person of
that surname fits, its role and its affiliation included. What can be neither told apart nor joined so is shown apart.
Countries, organisations and groups are one where the name is the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.archive.folding import folded, surname
from briefing.archive.records import Appearance
from briefing.model.brief import Kind


@dataclass(frozen=True, slots=True)
class Sighting:
    """An actor of one brief; what is compared is folded."""

    version: int
    kind: Kind
    names: frozenset[str]  # all that it is found by
    appearance: Appearance

    @property
    def affiliation(self) -> str:
        """Its affiliation; empty where there is none."""
        return folded(self.appearance.affiliation or "")

    @property
    def role(self) -> frozenset[str]:
        """The words of its role."""
        return frozenset(folded(self.appearance.role or "").split())

    @property
    def has_surname_only(self) -> bool:
        """Whether it is a person of whom the brief gives one name."""
        return self.kind == "person" and surname(self.appearance.name) is None


def tell_apart(sightings: Iterable[Sighting], name: str) -> tuple[tuple[Sighting, ...], ...]:
    """Return those that *name* may mean, each actor apart, in the order of their first sightings.

    Args:
        sightings: All that are found by the name or, where it has several words, by its last one.
        name: A name in full, or a surname, which means everyone who bears it.
    """
    sightings = tuple(sightings)
    groups = [
        group for same in _by_name(one for one in sightings if not one.has_surname_only) for group in _split(same)
    ]
    alone = []
    for one in (one for one in sightings if one.has_surname_only):
        fitting = [group for group in groups if _bears(group, one) and _fits(one, group)]
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
    """Part sightings of one name into those of one actor each; those that say most are looked at first."""
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
    """Say whether nothing tells a sighting from an actor, and what it says of itself is said of the actor, too."""
    affiliations = {other.affiliation for other in group if other.affiliation}
    roles = [other.role for other in group if other.role]
    if one.affiliation and affiliations and one.affiliation not in affiliations:
        return False
    if one.role and roles:
        return any(one.role <= role or role <= one.role for role in roles)
    return one.affiliation in affiliations or not (one.affiliation or one.role)


def _bears(group: Sequence[Sighting], one: Sighting) -> bool:
    return any(surname(other.appearance.name) == folded(one.appearance.name) for other in group)
