"""Review a brief or digest: accept, reject, correct or add lines, undo, and decide on the whole."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from pydantic import ValidationError

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.evidence.line_checks import flaws_of
from briefing.evidence.seal import record_digest
from briefing.messages import reason_of
from briefing.model.brief import Actor, Article, Briefing, Evidence, Line, Position, UpcomingEvent
from briefing.model.digest import Digest
from briefing.profile.approval import Approval
from briefing.review.acts import Act, By, Draft, PageAct, Subject
from briefing.review.replay import (
    RECORDS,
    Reviewable,
    Reviewed,
    ReviewedLine,
    correctable,
    corrected,
    replay,
    undone_acts,
)
from briefing.review.states import ReviewState, state_of


@dataclass(frozen=True, slots=True)
class Review(Generic[Reviewable]):
    """A brief or digest of the archive with all that people did to it."""

    number: int | None  # of the brief; None for a digest
    reviewed: Reviewed[Reviewable]
    acts: tuple[Act, ...]
    state: ReviewState

    @property
    def last(self) -> int:
        """Return the number of the last act, or 0."""
        return self.acts[-1].number if self.acts else 0


def brief_review(archive: Archive, number: int) -> Review[Briefing] | None:
    """Return the brief with a number and its acts; None if there is no such brief."""
    made = archive.brief_as_made(number)
    return _review(archive, made, number) if made is not None else None


def digest_review(archive: Archive, profile: str, due: datetime) -> Review[Digest] | None:
    """Return the digest of an instant and its acts; None if there is no such digest."""
    made = archive.digests(profile).digest(due)
    return _review(archive, made, None) if made is not None else None


def accept(archive: Archive, by: By, review: Review[Any], digest: str, *, after: int | None = None) -> None:
    """Accept a line as it is."""
    line = _line(review, digest, "accept")
    archive.act(by, review.reviewed.made, (Draft("accepted", line.field, digest),), after=after)


def reject(
    archive: Archive, by: By, review: Review[Any], digest: str, reason: str = "", *, after: int | None = None
) -> None:
    """Remove a line, and say why."""
    line = _line(review, digest, "reject")
    draft = Draft("rejected", line.field, digest, old=_values(line.now), reason=reason.strip())
    archive.act(by, review.reviewed.made, (draft,), after=after)


def correct(
    archive: Archive,
    by: By,
    review: Review[Any],
    digest: str,
    new: Mapping[str, Any],
    reason: str = "",
    *,
    after: int | None = None,
) -> None:
    """Correct fields of a line.

    Args:
        archive: The archive.
        by: Who corrects.
        review: The brief or digest as the person saw it.
        digest: The line's.
        new: The new values of fields that may be corrected; ``sign`` is "agreement" or "disagreement".
        reason: A note.
        after: The number of the last act on the line that the person knew of.

    Raises:
        ReviewError: A field cannot be corrected, or a value does not fit it.
        ConflictError: Somebody acted on the line since.
    """
    line = _line(review, digest, "correct")
    allowed = correctable(line.field)
    unknown = sorted(set(new) - set(allowed))
    if unknown:
        raise ReviewError(f"correct {line.field}", f"{unknown[0]} cannot be corrected; these can: {', '.join(allowed)}")
    if new.get("sign", "agreement") not in ("agreement", "disagreement"):
        raise ReviewError(f"correct {line.field}", f"sign is {new['sign']!r}; write agreement or disagreement")
    try:
        wanted = _values(corrected(line.now, new)) | {"sign": new.get("sign", _sign_of(line.field))}
    except ValidationError as error:
        raise ReviewError(f"correct {line.field}", reason_of(error.errors()[0])) from error
    before = _values(line.now) | {"sign": _sign_of(line.field)}
    changed = {name: wanted[name] for name in new if before[name] != wanted[name]}
    if not changed:
        return
    old = {name: before[name] for name in changed}
    draft = Draft("corrected", line.field, digest, new=changed, old=old, reason=reason.strip())
    archive.act(by, review.reviewed.made, (draft,), after=after)


def add(
    archive: Archive,
    by: By,
    review: Review[Briefing],
    field: str,
    values: Mapping[str, Any],
    spans: Sequence[tuple[int, int]],
) -> str:
    """Add a line to a list of a brief and return its digest.

    Args:
        archive: The archive.
        by: Who adds it.
        review: The brief as the person saw it.
        field: The list: "quotes".
        values: The line's fields; what is missing gets a value that claims nothing.
        spans: The stretches of the article that the line rests on.

    Raises:
        ReviewError: A value does not fit, no stretch is given, or the evidence does not hold the line's words.
    """
    act = f"add a line to {field}"
    if field not in RECORDS:
        raise ReviewError(act, f"there is no such list; there are {', '.join(RECORDS)}")
    article = review.reviewed.made.article
    evidence = tuple(_evidence(article, start, end, act) for start, end in sorted(set(spans)))
    if not evidence:
        raise ReviewError(act, "select the text that it rests on first")
    record = _new_record(field, values, evidence, act)
    flaws = flaws_of(record, article)
    if flaws:
        raise ReviewError(act, flaws[0])
    digest = record_digest(record)
    if review.reviewed.line(digest) is not None:
        raise ReviewError(act, "the brief has this line already")
    archive.act(by, review.reviewed.made, (Draft("added", field, digest, new=_values(record)),), after=None)
    return digest


def undo(archive: Archive, by: By, review: Review[Any], number: int) -> None:
    """Undo an act on a line or on the whole; to undo an undoing does the act again.

    Raises:
        ReviewError: There is no such act on this brief, or it is undone already.
    """
    act = next((act for act in review.acts if act.number == number), None)
    if act is None:
        raise ReviewError(f"undo act {number}", "it is no act on this brief")
    if number in undone_acts(review.acts):
        raise ReviewError(f"undo act {number}", "it is undone already")
    draft = Draft("undone", act.draft.field, act.draft.line, undoes=number)
    archive.act(by, review.reviewed.made, (draft,), after=None)


def decide(
    archive: Archive,
    by: By,
    review: Review[Any],
    kind: PageAct,
    approval: Approval,
    roles: Sequence[str] = (),
    *,
    seen: str,
) -> None:
    """Mark the whole as reviewed, approve it or withdraw it.

    Args:
        archive: The archive.
        by: Who decides.
        review: The brief or digest.
        kind: What is decided.
        approval: The rules of the profile.
        roles: The roles of the person.
        seen: The digest of the exact brief that the person saw.

    Raises:
        ReviewError: The person may not approve it, or it is not the brief that the person saw.
    """
    act = {"reviewed": "mark as reviewed", "approved": "approve", "withdrawn": "withdraw"}[kind]
    if seen != review.reviewed.digest:
        raise ReviewError(act, "it was changed since this page was made; look at it again")
    if kind == "approved":
        _check_approver(review, approval, by.who, roles)
    state = review.reviewed.digest
    archive.act(by, review.reviewed.made, (Draft(kind, state=state),), after=review.last)


def _check_approver(review: Review[Any], approval: Approval, who: str, roles: Sequence[str]) -> None:
    if approval.by and not {who, *roles} & set(approval.by):
        raise ReviewError("approve", f"the profile lets only {', '.join(approval.by)} approve")
    undone = undone_acts(review.acts)
    hands = {act.by.who for act in review.acts if act.number not in undone and act.draft.kind != "approved"}
    if approval.four_eyes and who in hands:
        raise ReviewError("approve", f"{who} changed or reviewed it; the profile wants somebody else (four_eyes)")


def _review(archive: Archive, made: Reviewable, number: int | None) -> Review[Reviewable]:
    acts = archive.reviews.of(Subject.of(made))
    reviewed = replay(made, acts)
    return Review(number, reviewed, acts, state_of(reviewed, acts))


def _line(review: Review[Any], digest: str, verb: str) -> ReviewedLine:
    line = review.reviewed.line(digest)
    if line is None:
        raise ReviewError(f"{verb} a line", "the brief was made anew and no longer has this line; look at it again")
    return line


def _values(record: Any) -> dict[str, Any]:
    values: dict[str, Any] = record.model_dump(mode="json")
    return values


def _sign_of(field: str) -> str:
    return field.rpartition(".")[2].removesuffix("s")


def _evidence(article: Article, start: int, end: int, act: str) -> Evidence:
    if not 0 <= start < end <= len(article.text):
        raise ReviewError(act, f"the article has no characters {start} to {end}")
    touched = (one.number for one in article.sentences if one.start < end and start < one.end)
    return Evidence(
        start=start,
        end=end,
        text=article.text[start:end],
        sentence=next(touched, None),
        page=article.page_of(start),
    )


def _new_record(field: str, values: Mapping[str, Any], evidence: tuple[Evidence, ...], act: str) -> Line:
    """Return a record with the values that a person gave, and neutral ones for the rest."""
    kind = RECORDS[field]
    given = {name: value for name, value in values.items() if value not in (None, "", ())}
    text = " ".join(piece.text for piece in evidence)
    mark = hashlib.sha256(repr((sorted(given.items()), text)).encode()).hexdigest()[:12]
    neutral: dict[str, Any] = {"text": text}
    if kind is Actor:
        neutral = {"id": f"by-hand-{mark}", "kind": "person", "mentions": 1, "salience": 0.0}
    elif kind is UpcomingEvent:
        neutral = {"id": f"by-hand-{mark}", "title": text, "when": {}, "status": "scheduled"}
    elif kind is Position:
        neutral = {"id": f"by-hand-{mark}", "statement": text, "topic": "", "parties": (), "confidence": 1.0}
    elif field == "quotes":
        neutral |= {"speaker": None, "direct": True, "cue": None}
    try:
        return kind.model_validate({**neutral, **given, "evidence": [piece.model_dump() for piece in evidence]})
    except ValidationError as error:
        raise ReviewError(act, reason_of(error.errors()[0])) from error
