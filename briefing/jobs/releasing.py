"""Send a digest that needs approval: decide at its deadline, and print what people made of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from briefing.archive.archive import Archive
from briefing.archive.digests import DigestRecords, FinalDigest, GatheredArticle, Waiting
from briefing.errors import ReviewError
from briefing.evidence.seal import seal_again
from briefing.jobs.digest_run import DigestRequest, compose, ledger_after
from briefing.jobs.gathering import since_day
from briefing.jobs.plan import layout_of
from briefing.jobs.reviews import Review, brief_review, digest_review
from briefing.messages import counted
from briefing.model.brief import Notice
from briefing.model.digest import Digest
from briefing.model.notices import notice
from briefing.profile.approval import AtDeadline
from briefing.profile.profile import Profile
from briefing.rendering.printable import title_on_page
from briefing.review.acts import Subject
from briefing.review.replay import exact_digest, replay

_TRIES = 5  # to read everything while nobody acts


@dataclass(frozen=True, slots=True)
class ToSend:
    """A digest that may be sent."""

    digest: Digest  # as people corrected it, with its mark if it has one
    state: str  # digest of the exact digest without the mark
    acts: int  # acts of review up to this number are in it
    why: str  # "approved by ann"
    mark: str = ""  # how its title is marked: "Not approved: {title}"
    final: FinalDigest | None = None  # None: it is final already


@dataclass(frozen=True, slots=True)
class Held:
    """A digest that may not be sent yet."""

    reason: str


def decide_release(archive: Archive, profile: Profile, due: datetime) -> ToSend | Held:
    """Return what is to be sent of a digest whose deadline has come, or why it is held.

    Raises:
        ReviewError: The digest is no longer in the archive.
    """
    for _ in range(_TRIES):
        before = archive.reviews.last()
        decided = _decided(archive, profile, due, before)
        if archive.reviews.last() == before:
            return decided
    return Held("people are still at work on it")


def marked(digest: Digest, profile: Profile, mark: str, *notices: Notice) -> Digest:
    """Return a digest with a marked title and further notices, which count as no edits by hand."""
    title = mark.format(title=title_on_page(digest, layout_of(profile))) if mark else digest.title
    changed = digest.model_copy(update={"title": title, "notices": (*notices, *digest.notices)})
    return seal_again(changed, digest)


def _decided(archive: Archive, profile: Profile, due: datetime, acts: int) -> ToSend | Held:
    review = digest_review(archive, profile.name, due)
    if review is None:
        raise ReviewError("send the digest", "it is no longer in the archive")
    waiting = archive.digests(profile.name).waiting_digest(due)
    if review.state.state == "withdrawn":
        return Held(f"{review.state.who} withdrew it")
    if profile.approval.need == "every-brief" and waiting is not None:
        return _from_approved_briefs(archive, profile, due, waiting, acts)
    final = _final(archive.digests(profile.name), review.reviewed.made, review.reviewed.record, waiting)
    to_send = ToSend(review.reviewed.record, review.reviewed.digest, acts, "", final=final)
    return _with_reason(to_send, profile, _consent(review, profile), "nobody has approved it")


def _consent(review: Review[Digest], profile: Profile) -> str:
    """Return why a digest may be sent; an empty string if it may not."""
    if review.state.state == "approved":
        return f"approved by {review.state.who}"
    digest = review.reviewed.record
    if not (digest.stories or digest.passed):
        return "it is empty"
    return "the profile asks for no approval" if profile.approval.need == "none" else ""


def _with_reason(to_send: ToSend, profile: Profile, consent: str, refusal: str) -> ToSend | Held:
    """Return a digest with the reason to send it, marked if nobody approved it, or why it is held."""
    at_deadline: AtDeadline = profile.approval.at_deadline
    if consent:
        return replace(to_send, why=consent)
    if at_deadline == "send-marked":
        mark = layout_of(profile).labels.entries["sending.unapproved"]
        digest = marked(to_send.digest, profile, mark, notice("not-approved.digest"))
        return replace(to_send, digest=digest, why=f"{refusal}; it is marked", mark=mark)
    return Held(refusal)


def _from_approved_briefs(
    archive: Archive, profile: Profile, due: datetime, waiting: Waiting, acts: int
) -> ToSend | Held:
    """Make the digest anew from its briefs as people corrected them; with "approved-only", from the approved ones."""
    records = archive.digests(profile.name)
    states = {
        article: review.state.state
        for article, number in records.brief_numbers(due).items()
        if (review := brief_review(archive, number)) is not None
    }
    gathered, _ = since_day(records.gathered(due), waiting.since, strict=False)
    ours = {article.brief.article.id for article in gathered}
    others = {one for one in ours if states.get(one) != "approved"}
    refused = {one for one in ours if states.get(one) == "withdrawn"}
    at_deadline = profile.approval.at_deadline
    refusal = f"{len(others)} of {counted(len(ours), 'brief')} not approved"
    if others and at_deadline == "hold":
        return Held(refusal)
    left = frozenset(others if at_deadline == "approved-only" else refused)
    kept = [article for article in gathered if article.brief.article.id not in left]
    missing = notice("not-approved.briefs", count=len(left)) if left else None
    made = _made_anew(records, kept, profile, due, waiting, missing)
    reviewed = replay(made, archive.reviews.of(Subject.of_digest(profile.name, due)))
    final = _final(records, made, reviewed.record, waiting, left)
    to_send = ToSend(reviewed.record, exact_digest(reviewed.record), acts, "", final=final)
    is_fine = not others or at_deadline == "approved-only"
    consent = f"{counted(len(ours - left), 'brief')} approved" if is_fine else ""
    return _with_reason(to_send, profile, consent, refusal)


def _made_anew(
    records: DigestRecords,
    articles: list[GatheredArticle],
    profile: Profile,
    due: datetime,
    waiting: Waiting,
    missing: Notice | None,
) -> Digest:
    request = DigestRequest(profile, (), due)
    notices = (*waiting.notices, *filter(None, (missing,)))
    return compose(articles, records.earlier_stories(due), waiting.ledger, request, waiting.since, notices)


def _final(
    records: DigestRecords,
    made: Digest,
    corrected: Digest,
    waiting: Waiting | None,
    left: frozenset[str] = frozenset(),
) -> FinalDigest | None:
    if waiting is None:
        return None
    return FinalDigest(made, ledger_after(corrected, waiting.ledger, records), left)
