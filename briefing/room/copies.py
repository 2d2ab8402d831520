"""Corrected copies: after a digest was sent, a corrected one goes to those who got the wrong line, once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from briefing.archive.archive import Archive
from briefing.archive.scheduling import Release
from briefing.errors import ReviewError
from briefing.jobs.digests import run_result
from briefing.jobs.plan import layout_of
from briefing.jobs.releasing import marked
from briefing.jobs.reviews import Review, brief_review, correct, digest_review, reject
from briefing.model.brief import Briefing
from briefing.model.digest import Digest
from briefing.model.notices import notice
from briefing.model.runs import DueRun
from briefing.profile.profile import Profile
from briefing.review.acts import By, Draft
from briefing.review.replay import Reviewed, ReviewedLine, correctable, replay
from briefing.room.digest import path_of
from briefing.room.lines import LIST_LABELS, shown, words_of

_MOST: Final = 40  # sent digests that are searched for a line
_LATEST: Final = 50  # acts whose lines are searched for


@dataclass(frozen=True, slots=True)
class Copy:
    """A corrected copy of a sent digest that can be sent now."""

    profile: str
    due: datetime
    number: int  # 1, 2, ...
    targets: tuple[tuple[str, tuple[str, ...]], ...]  # who got the digest: each target with its recipients
    changes: tuple[str, ...]  # places of the lines that differ from what was sent
    digest: str  # of the exact digest as it is now


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line of a sent digest that says what was corrected in the brief of its article since."""

    profile: str
    due: datetime
    line: str  # digest of its record
    field: str
    new: dict[str, Any] | None  # the values that it should have; None: it should not be there
    targets: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class CorrectedSince:
    """A line that was corrected in a brief after a digest was sent with it."""

    brief: int
    title: str  # of its article
    path: str  # the address of the digest
    words: str  # of the line, as it was sent
    change: str  # what it should say, in words
    wrong: WrongLine


def copy_of(archive: Archive, profile: str, due: datetime) -> Copy | None:
    """Return the corrected copy that a digest needs; None if it was not sent or is what was sent last."""
    review = digest_review(archive, profile, due)
    runs = archive.schedule.of_digest(profile, due)
    targets = _served(archive, profile, due)
    if review is None or not targets:
        return None
    last, _ = runs[-1]
    changes = tuple(_changes(_as_sent(review, last), review.reviewed))
    return Copy(profile, due, last.copy + 1, targets, changes, review.reviewed.digest) if changes else None


def send_copy(archive: Archive, by: By, profile: Profile, due: datetime, seen: str, now: datetime) -> bool:
    """Store the corrected copy of a digest for delivery; return False if it has been stored already.

    Args:
        archive: The archive.
        by: Who sends it.
        profile: The profile of the digest.
        due: The instant of the digest, in the time zone of its schedule.
        seen: The digest of the exact digest that the person saw.
        now: The moment.

    Raises:
        ReviewError: The digest was changed since.
    """
    copy = copy_of(archive, profile.name, due)
    if copy is None:
        return False
    review = digest_review(archive, profile.name, due)
    if review is None or seen != copy.digest or review.reviewed.digest != seen:
        raise ReviewError("send the corrected copy", "it was changed since this page was made; look at it again")
    mark = layout_of(profile).labels.entries["sending.correction"]
    digest = marked(review.reviewed.record, profile, mark, notice("corrected-copy", day=due.date()))
    suffix = "-corrected" if copy.number == 1 else f"-corrected-{copy.number}"
    result = run_result(digest, profile, due, (), suffix, mark)
    goes_to = "; ".join(target for target, _ in copy.targets)
    draft = Draft("sent", state=seen, reason=f"corrected copy {copy.number}; to {goes_to}")
    run, _ = archive.schedule.of_digest(profile.name, due)[-1]
    return archive.schedule.keep_copy(run, result, copy.targets, now, Release(by, draft, review.last))


def wrong_lines(archive: Archive, review: Review[Briefing], digest: str) -> tuple[WrongLine, ...]:
    """Return the lines of sent digests that print a line of a brief as it was before it was corrected."""
    line = review.reviewed.line(digest)
    if line is None or (line.is_printed and line.now == line.made and line.field == line.was_in):
        return ()
    found = []
    for profile, due in archive.schedule.sent_with(review.reviewed.made.article.id, _MOST):
        digest_now = digest_review(archive, profile, due)
        targets = _served(archive, profile, due)
        if digest_now is not None and targets:
            article = review.reviewed.made.article.id
            lines = _wrong(digest_now.reviewed, line, article)
            found += [WrongLine(profile, due, one.digest, one.field, new, targets) for one, new in lines]
    return tuple(found)


def corrected_since(archive: Archive) -> tuple[CorrectedSince, ...]:
    """Return the lines of sent digests that the latest corrections of briefs are about."""
    acts = [act for act in archive.reviews.journal(most=_LATEST) if act.subject.kind == "brief" and act.is_of_line]
    found = []
    for subject, line in dict.fromkeys((act.subject, act.draft.line) for act in acts):
        number = archive.reviews.newest(subject)
        review = brief_review(archive, number) if number is not None else None
        for wrong in wrong_lines(archive, review, line) if review is not None else ():
            title = review.reviewed.made.article.title if review is not None else ""
            path = path_of(wrong.profile, wrong.due)
            found.append(CorrectedSince(number or 0, title, path, _words(archive, wrong), _in_words(wrong), wrong))
    return tuple(found)


def correct_in_digest(archive: Archive, by: By, wrong: WrongLine) -> None:
    """Correct a line of a sent digest as it was corrected in the brief of its article."""
    review = digest_review(archive, wrong.profile, wrong.due)
    if review is None:
        raise ReviewError("correct the digest", "it is no longer in the archive")
    if wrong.new is None:
        reject(archive, by, review, wrong.line, "as in the brief")
    else:
        correct(archive, by, review, wrong.line, wrong.new, "as in the brief")


def _words(archive: Archive, wrong: WrongLine) -> str:
    review = digest_review(archive, wrong.profile, wrong.due)
    line = review.reviewed.line(wrong.line) if review is not None else None
    return words_of(line.now) if line is not None else ""


def _in_words(wrong: WrongLine) -> str:
    if wrong.new is None:
        return "it should not be there"
    return "; ".join(f"{LIST_LABELS[name]}: {shown(value)}" for name, value in wrong.new.items())


def _served(archive: Archive, profile: str, due: datetime) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return who got a digest: each target with the recipients that were served."""
    return tuple(
        (delivery.target, delivery.served)
        for run, deliveries in archive.schedule.of_digest(profile, due)
        if run.copy == 0
        for delivery in deliveries
        if delivery.served
    )


def _as_sent(review: Review[Digest], last: DueRun) -> Reviewed[Digest]:
    return replay(review.reviewed.made, [act for act in review.acts if act.number <= last.acts])


def _changes(sent: Reviewed[Digest], now: Reviewed[Digest]) -> Iterator[str]:
    """Yield the list of each line that differs from what was sent."""
    before = {line.digest: (line.now, line.field, line.is_printed) for line in sent.lines}
    for line in now.lines:
        if before.get(line.digest) != (line.now, line.field, line.is_printed):
            yield line.field


def _wrong(
    digest: Reviewed[Digest], line: ReviewedLine, article: str
) -> Iterator[tuple[ReviewedLine, dict[str, Any] | None]]:
    """Yield the lines of a digest that say what a line of a brief said, and the values that they should have."""
    spans = {(piece.start, piece.end) for piece in line.made.evidence}
    for one in digest.lines:
        ours = {(piece.start, piece.end) for piece in one.now.evidence if piece.article == article}
        if one.is_printed and ours & spans and one.field.rpartition(".")[2] == line.was_in:
            new = _new_values(one, line) if line.is_printed else None
            if new != {}:
                yield one, new


def _new_values(one: ReviewedLine, line: ReviewedLine) -> dict[str, Any]:
    """Return the values that a digest's line should have; empty if it does not say what was wrong."""
    new: dict[str, Any] = {}
    for name in correctable(line.was_in):
        if name == "sign":
            if line.field != line.was_in:
                new[name] = line.field.removesuffix("s")
            continue
        before, now, printed = (getattr(record, name) for record in (line.made, line.now, one.now))
        if before == now:
            continue
        if isinstance(printed, tuple):  # merged from several articles
            gone, come = set(before) - set(now), [value for value in now if value not in before]
            wanted = tuple(dict.fromkeys([*(value for value in printed if value not in gone), *come]))
            if wanted != printed:
                new[name] = wanted
        elif printed == before:
            new[name] = now
    return new
