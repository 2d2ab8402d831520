"""Digests: read one beside its articles, correct its lines, and approve it before it is sent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.archive import Archive
from briefing.errors import ReviewError, ScheduleError
from briefing.jobs import reviews
from briefing.jobs.corrections import Corrections, count_corrections
from briefing.jobs.reviews import Review
from briefing.model.digest import Digest
from briefing.profile.approval import Approval
from briefing.review.acts import By, PageAct
from briefing.room.brief import check_undo
from briefing.room.digest import DigestEntry, DigestPage, DigestSource, digest_page, list_digests, offer_of_line
from briefing.room.lines import PageLine, read_correction
from briefing.schedule.requests import start_work
from briefing.web.forms import Fields, Refusal, fields_of, known, number, one
from briefing.web.pages import answer, is_fragment, see
from briefing.web.people import person_of
from briefing.web.room import room_of
from briefing.web.routes.deliveries import due_of
from briefing.web.routing import deed, page

LineDeed = Callable[[Archive, By, Review[Digest], str, Fields], None]


@dataclass(frozen=True, slots=True)
class DigestsPage:
    """The list of digests."""

    digests: tuple[DigestEntry, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """The articles that a line of a digest rests on."""

    path: str
    line: PageLine
    articles: tuple[DigestSource, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """What people corrected, counted."""

    counts: Corrections


def digests(request: Request) -> Response:
    """Return the list of digests."""
    with room_of(request).reading() as archive:
        return answer(request, "digests.html.j2", DigestsPage(list_digests(archive)))


def digest(request: Request) -> Response:
    """Return the page of a digest."""
    with room_of(request).reading() as archive:
        return answer(request, "digest.html.j2", _page(request, archive, _review(request, archive)))


def why(request: Request) -> Response:
    """Return the articles that a line rests on, whose briefs have the reasons."""
    with room_of(request).reading() as archive:
        shown_page = _page(request, archive, _review(request, archive))
    line = shown_page.line(request.path_params["digest"])
    if line is None:
        raise HTTPException(404, "the digest has no such line")
    template = "digest_sources.html.j2" if is_fragment(request) else "digest_why.html.j2"
    return answer(request, template, SourcesPage(shown_page.path, line, shown_page.sources_of(line)))


def corrections(request: Request) -> Response:
    """Return what people corrected, by field and by rule or score."""
    with room_of(request).reading() as archive:
        return answer(request, "corrections.html.j2", CorrectionsPage(count_corrections(archive)))


def accept(request: Request) -> Response:
    """Accept a line."""
    return _act_on_line(
        request, lambda archive, by, review, line, given: reviews.accept(archive, by, review, line, after=known(given))
    )


def reject(request: Request) -> Response:
    """Reject a line, with a reason."""

    def deed_on(archive: Archive, by: By, review: Review[Digest], line: str, given: Fields) -> None:
        reviews.reject(archive, by, review, line, one(given, "reason"), after=known(given))

    return _act_on_line(request, deed_on)


def correct(request: Request) -> Response:
    """Correct fields of a line."""

    def deed_on(archive: Archive, by: By, review: Review[Digest], digest: str, given: Fields) -> None:
        line = review.reviewed.line(digest)
        new = read_correction(line, given, offer_of_line(review, line)) if line is not None else {}
        reviews.correct(archive, by, review, digest, new, one(given, "reason"), after=known(given))

    return _act_on_line(request, deed_on)


def undo_on_line(request: Request) -> Response:
    """Undo an act on a line, or an undoing."""
    return _act_on_line(
        request, lambda archive, by, review, _, given: reviews.undo(archive, by, review, number(given, "act"))
    )


def undo(request: Request) -> Response:
    """Undo an act on the digest or on any of its lines, or an undoing."""

    def deed_on(archive: Archive, by: By, review: Review[Digest], _: str, given: Fields) -> None:
        check_undo(review, number(given, "act"), by.who)
        reviews.undo(archive, by, review, number(given, "act"))

    return _act_on_line(request, deed_on)


def review_it(request: Request) -> Response:
    """Mark a digest as reviewed."""
    return _decide(request, "reviewed")


def approve(request: Request) -> Response:
    """Approve a digest; if its deadline is over, it is sent at once."""
    done = _decide(request, "approved")
    room, due = room_of(request), due_of(request)
    profile = room.settings.profile
    if profile is not None and profile.name == request.path_params["profile"]:
        with room.reading() as archive:
            waits = due in [run.due for run in archive.schedule.waiting((profile.name,))]
        if waits and due <= room.clock():
            with suppress(ScheduleError):  # the page of deliveries says why it cannot be sent
                start_work(profile, room.settings.archive, due)
    return done


def withdraw(request: Request) -> Response:
    """Withdraw a digest."""
    return _decide(request, "withdrawn")


def _decide(request: Request, kind: PageAct) -> Response:
    person, profile = person_of(request), room_of(request).settings.profile

    def deed_on(archive: Archive, by: By, review: Review[Digest], _: str, given: Fields) -> None:
        ours = profile is not None and profile.name == review.reviewed.made.provenance.profile
        approval = profile.approval if profile is not None and ours else Approval()
        reviews.decide(archive, by, review, kind, approval, (person.role,), seen=one(given, "seen"))

    return _act_on_line(request, deed_on)


def _act_on_line(request: Request, deed_on: LineDeed) -> Response:
    """Do something to a digest or a line of it, and go back to where it was asked for."""
    given, line = fields_of(request), request.path_params.get("digest", "")
    with room_of(request).writing() as archive:
        review = _review(request, archive)
        try:
            deed_on(archive, person_of(request).by, review, line, given)
        except ReviewError as error:
            return _refused(request, archive, review, line, error, given)
        if is_fragment(request):
            return Response(headers={"HX-Refresh": "true"})
        path = _page(request, archive, review).path
    return see(f"{path}#line-{line}" if line else path)


def _refused(
    request: Request, archive: Archive, review: Review[Digest], digest: str, error: ReviewError, given: Fields
) -> Response:
    seen = _page(request, archive, review)
    line = seen.line(digest) if digest else None
    template = "digest_refused_line.html.j2" if is_fragment(request) and line is not None else "digest_refused.html.j2"
    refusal = Refusal.of(request, seen, line, error, given)
    return answer(request, template, refusal, status=refusal.status)


def _review(request: Request, archive: Archive) -> Review[Digest]:
    """Return the digest that a request names.

    Raises:
        HTTPException: There is no such digest.
    """
    review = reviews.digest_review(archive, request.path_params["profile"], due_of(request))
    if review is None:
        raise HTTPException(404, "there is no such digest")
    return review


def _page(request: Request, archive: Archive, review: Review[Digest]) -> DigestPage:
    profile = room_of(request).settings.profile
    return digest_page(archive, review, due_of(request), person_of(request).name, profile)


_DIGEST: Final = "/digests/{profile}/{due}"
_LINE: Final = f"{_DIGEST}/lines/{{digest}}"
ROUTES: Final = (
    page("/digests", digests, "reader"),
    page("/corrections", corrections, "reader"),
    page(_DIGEST, digest, "reader"),
    page(f"{_LINE}/why", why, "reader"),
    deed(f"{_LINE}/accept", accept, "editor"),
    deed(f"{_LINE}/reject", reject, "editor"),
    deed(f"{_LINE}/correct", correct, "editor"),
    deed(f"{_LINE}/undo", undo_on_line, "editor"),
    deed(f"{_DIGEST}/undo", undo, "editor"),
    deed(f"{_DIGEST}/reviewed", review_it, "editor"),
    deed(f"{_DIGEST}/approved", approve, "approver"),
    deed(f"{_DIGEST}/withdrawn", withdraw, "approver"),
)
