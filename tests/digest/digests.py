"""Digests of hand-made stories."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from briefing.digest.building import DigestOptions, Gathered, build_digest
from briefing.digest.changes import mark_changes
from briefing.digest.ledger import ledger_of
from briefing.digest.members import Member
from briefing.evidence.seal import seal
from briefing.model.brief import Notice
from briefing.model.digest import Digest
from briefing.model.ledger import Ledger
from tests.digest.stories import PROVENANCE, Draft

MEETING = "The ministers of Norway and Iceland will meet"
QUOTE = "The quota is a wall across the sea, and we will climb it"


def digest_of(
    *stories: Sequence[Member],
    day: str = "2031-06-10",
    ids: Sequence[str] = ("s1", "s2", "s3"),
    notices: Sequence[Notice] = (),
    earlier: date = date.min,
    **options: Any,
) -> Digest:
    """Return the digest of some stories, by default called "s1", "s2", ..., with all their events."""
    named = zip(ids, stories, strict=False)
    gathered = [Gathered(name, tuple(members), ("shared names",)) for name, members in named]
    at = datetime.fromisoformat(f"{day}T06:00:00+02:00")
    return build_digest(
        gathered,
        DigestOptions(**options),
        at=at,
        since=None,
        notices=notices,
        provenance=PROVENANCE,
        earlier=earlier,
    )


def marked(digest: Digest, earlier: Ledger | None) -> Digest:
    """Return a digest compared with a ledger on the day of its run."""
    return mark_changes(digest, earlier, datetime.fromisoformat(digest.at).date())


def after(*digests: Digest) -> Ledger:
    """Return the ledger after some digests, each compared with those before it."""
    ledger: Ledger | None = None
    for digest in digests:
        ledger = ledger_of(marked(digest, ledger), ledger)
    assert ledger is not None
    return ledger


def two_articles() -> list[Member]:
    """Return a story of two origins, with a line in each of its lists."""
    first = Draft(
        f"{MEETING} in Bergen on 12 June, Norway's Fisheries Minister Ingrid Solheim said. Fourteen people were killed "
        "in the collision. Norway and Iceland agreed to extend the zone until September. Iceland rejects the quota of "
        f"40,000 tonnes. “{QUOTE},” Jon Arnarsson said. The first treaty was signed in 2019.",
        title="Norway and Iceland to meet over the quota",
    )
    first.summary("Fourteen people were killed in the collision.")
    first.actor("Ingrid Solheim", "Fisheries Minister", "Norway").actor("Norway", kind="country", salience=0.9)
    first.actor("Jon Arnarsson").actor("Iceland", kind="country", salience=0.8)
    first.event(MEETING, "12 June", "2031-06-12", "Norway", "Iceland", place="Bergen")
    statement = "Norway and Iceland agreed to extend the zone until September"
    first.point("agreements", statement, "zone", "Norway", "Iceland")
    first.point("disagreements", "Iceland rejects the quota of 40,000 tonnes", "quota", "Iceland", "Norway")
    first.quote("Jon Arnarsson", f"{QUOTE},").fact("The first treaty was signed in 2019.")
    second = Draft(
        f"{MEETING} on 13 June, a union said. Sixteen people were killed in the collision. Iceland rejects Norway's "
        "quota of 40,000 tonnes.",
        title="Fishermen wait for ministers",
    )
    second.summary("Sixteen people were killed in the collision.")
    second.actor("Iceland", kind="country").actor("Norway", kind="country")
    second.event(MEETING, "13 June", "2031-06-13", "Norway", "Iceland")
    second.point("disagreements", "Iceland rejects Norway's quota of 40,000 tonnes", "quota", "Iceland", "Norway")
    url = "https://example.org/kell?id=1&x=2"
    return [first.by("o1", "Northern Wire", url=url), second.by("o2", "Bergen Post")]


def sealed_digest() -> Digest:
    """Return a digest with all kinds of content, compared with one of the day before."""
    before = Draft("At least 12 people were killed in the collision.")
    before.summary("At least 12 people were killed in the collision.")
    passed = Draft("The fund's board will meet on 9 June.").event("The fund's board will meet", "9 June", "2031-06-09")
    stories = ([passed.by("o0", "Fund News")], [before.by("o1")])
    earlier = after(digest_of(*stories, day="2031-06-09", ids=("fund", "s1")))
    other = Draft("Dockers will vote on the deal on 20 June.", title="Dockers to vote")
    other.event("Dockers will vote on the deal", "20 June", "2031-06-20").summary(
        "Dockers will vote on the deal on 20 June."
    )
    failed = Notice(code="source-failed", message="https://example.org/rss cannot be read: the server answers 503")
    digest = digest_of(two_articles(), [other.by("o3", "Dock Post")], notices=(failed,), actors=("Norway",))
    return seal(marked(digest, earlier))
