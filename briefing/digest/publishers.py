"""Find the publisher of an article, so that all its outlets and editions count as one origin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from courlan import extract_domain

from briefing.extraction.record_ids import slug_of
from briefing.runtime.lexicon import read_lexicon


@dataclass(frozen=True, slots=True)
class Family:
    """A publisher and its outlets; a profile may add families to those of ``publishers.yaml``."""

    name: str
    outlets: tuple[str, ...] = ()  # as they name themselves
    domains: tuple[str, ...] = ()  # registrable: "example.co.uk" for all its subdomains


Place = tuple[str | None, str | None]  # the outlet's name and the article's address


class House(NamedTuple):
    """The publisher of an article: a family, a single outlet, or a domain if no more is known."""

    id: str
    name: str


class _Index(NamedTuple):
    outlets: dict[str, str]  # house by folded name
    domains: dict[str, str]


def house_of(outlet: str | None, url: str | None, families: Sequence[Family] = ()) -> House | None:
    """Return the publisher for the name of an outlet and an address; None if neither is known.

    A family that lists the outlet or the domain comes first; *families* take precedence over the built-in ones. The
    next choice is the domain, so that editions on subdomains have one publisher. Domains of portals and platforms are
    skipped. The last choice is the name of the outlet.
    """
    domain = next((found for found in (domain_of(url), domain_of(outlet)) if found and found not in _platforms()), None)
    name = fold_name(outlet) if outlet else ""
    for index in (*([_indexed(tuple(families))] if families else []), _indexed(_built_in_families())):
        house = index.domains.get(domain or "") or index.outlets.get(name)
        if house is not None:
            return House(slug_of(house, house), house)
    if domain is not None:
        return House(slug_of(domain, domain), outlet if outlet and not domain_of(outlet) else domain)
    return House(slug_of(name, name), " ".join(outlet.split())) if outlet and name else None


def houses_of(places: Iterable[Place], families: Sequence[Family] = ()) -> dict[Place, House]:
    """Return the publisher of each place where articles appeared; unknown publishers are missing.

    An outlet without an address gets the publisher of a place with the same outlet and an address, if there is one.
    """
    found = {place: house for place in places if (house := house_of(*place, families)) is not None}
    named: dict[str, House] = {}
    for (outlet, url), house in sorted(found.items(), key=lambda pair: pair[1]):
        if outlet and domain_of(url):
            named.setdefault(fold_name(outlet), house)
    return {
        (outlet, url): named.get(fold_name(outlet), house) if outlet and not domain_of(url) else house
        for (outlet, url), house in found.items()
    }


def domain_of(address: str | None) -> str | None:
    """Return the registrable domain of a URL or a bare host, such as "example.co.uk", or None."""
    if not address or " " in address.strip():
        return None
    address = address.strip()
    found: str | None = extract_domain(address if "//" in address else f"http://{address}")
    return found.lower() if found and "." in found else None


def fold_name(name: str) -> str:
    """Return the lookup key of an outlet or agency: "The  Associated Press" becomes "associated press"."""
    return " ".join(name.casefold().replace("’", "'").split()).removeprefix("the ")


@cache
def _platforms() -> frozenset[str]:
    return frozenset(read_lexicon(__name__)["platforms"])


@cache
def _built_in_families() -> tuple[Family, ...]:
    houses = read_lexicon(__name__)["houses"]
    return tuple(Family(name, tuple(of["outlets"]), tuple(of["domains"])) for name, of in houses.items())


@cache
def _indexed(families: tuple[Family, ...]) -> _Index:
    outlets = {fold_name(outlet): family.name for family in families for outlet in (family.name, *family.outlets)}
    return _Index(outlets, {domain.lower(): family.name for family in families for domain in family.domains})
