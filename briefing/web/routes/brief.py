"""The page of a brief: read it beside its article, correct its lines, and decide on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.jobs import reviews
from briefing.jobs.reviews import Review
from briefing.model.brief import Briefing
from briefing.model.formats import format_kind
from briefing.profile.approval import Approval
from briefing.review.acts import PageAct
from briefing.room.brief import (
    BriefPage,
    brief_page,
    check_undo,
    offer_of,
    printed,
    profile_of,
    read_addition,
    waiting_briefs,
)
from briefing.room.lines import PageLine, read_correction
from briefing.room.why import Explainer, Why
from briefing.web.forms import Fields, Refusal, fields_of, known, number, one
from briefing.web.pages import answer, is_fragment, see
from briefing.web.people import Person, person_of
from briefing.web.room import Room, room_of
from briefing.web.routing import deed, file, page

# Printed HTML brings its own style sheet and typefaces; it can do nothing else.
_CONFINED: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_OUTPUTS: Final = ("pdf", "html", "json", "docx", "md", "ics")
_EXPLAINER: Final = Explainer()

LineDeed = Callable[[Archive, Person, Review[Briefing], str, Fields], None]


@dataclass(frozen=True, slots=True)
class Saved:
    """A line after an act on it, and what else of the page changed."""

    brief: BriefPage
    line: PageLine
    source_changed: bool


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Why a line is in the brief."""

    number: int
    anchor: str
    why: Why | None
    trouble: str


def brief(request: Request) -> Response:
    """Return the page of a brief."""
    with room_of(request).reading() as archive:
        return answer(request, "brief.html.j2", _page(request, archive, _review(request, archive)))


def article(request: Request) -> Response:
    """Return the article of a brief alone."""
    with room_of(request).reading() as archive:
        return answer(request, "article.html.j2", _page(request, archive, _review(request, archive)))


def why(request: Request) -> Response:
    """Return the reasons for a line."""
    room = room_of(request)
    with room.reading() as archive:
        review = _review(request, archive)
    number, digest = review.number or 0, request.path_params["digest"]
    try:
        found = _EXPLAINER.why(review, digest, room.settings.profile)
        shown = WhyPage(number, f"line-{digest}", found, "")
    except ReviewError as error:
        shown = WhyPage(number, f"line-{digest}", None, error.reason)
    return answer(request, "reasons.html.j2" if is_fragment(request) else "why.html.j2", shown)


def output(request: Request) -> Response:
    """Return the corrected brief as a file."""
    room, name = room_of(request), request.path_params["output"]
    if name not in _OUTPUTS:
        raise HTTPException(404)
    with room.reading() as archive:
        review = _review(request, archive)
    try:
        content = printed(review, name, room.settings.profile)
    except ReviewError as error:
        raise HTTPException(503, str(error)) from error
    place = "inline" if name in ("html", "json", "md") else "attachment"  # browsers show no PDF in a sandbox
    headers = {
        "Content-Security-Policy": _CONFINED,
        "Content-Disposition": f'{place}; filename="brief-{review.number}.{name}"',
    }
    return Response(content, headers=headers, media_type=format_kind(name).media_type)


def accept(request: Request) -> Response:
    """Accept a line; a second time changes nothing."""

    def act(archive: Archive, person: Person, review: Review[Briefing], digest: str, given: Fields) -> None:
        if _state(review, digest) != "accepted":
            reviews.accept(archive, person.by, review, digest, after=known(given))

    return _act_on_line(request, act)


def reject(request: Request) -> Response:
    """Reject a line, with a reason; a second time changes nothing."""

    def act(archive: Archive, person: Person, review: Review[Briefing], digest: str, given: Fields) -> None:
        if _state(review, digest) != "rejected":
            reviews.reject(archive, person.by, review, digest, one(given, "reason"), after=known(given))

    return _act_on_line(request, act)


def correct(request: Request) -> Response:
    """Correct fields of a line."""

    def act(archive: Archive, person: Person, review: Review[Briefing], digest: str, given: Fields) -> None:
        line = review.reviewed.line(digest)
        new = read_correction(line, given, offer_of(review.reviewed.record)) if line is not None else {}
        reviews.correct(archive, person.by, review, digest, new, one(given, "reason"), after=known(given))

    return _act_on_line(request, act)


def undo_on_line(request: Request) -> Response:
    """Undo an act on a line, or an undoing."""
    return _act_on_line(
        request,
        lambda archive, person, review, _, given: reviews.undo(archive, person.by, review, number(given, "act")),
    )


def add(request: Request) -> Response:
    """Add a line that rests on sentences or on a stretch of the article."""
    person, given = person_of(request), fields_of(request)
    with room_of(request).writing() as archive:
        review = _review(request, archive)
        try:
            values, spans = read_addition(review, given)
            digest = reviews.add(archive, person.by, review, one(given, "list"), values, spans)
        except ReviewError as error:
            return _refused(request, archive, review, None, error, given)
    return see(f"/briefs/{review.number}#line-{digest}")


def undo(request: Request) -> Response:
    """Undo an act on the brief or on any of its lines, or an undoing."""
    person, given = person_of(request), fields_of(request)
    with room_of(request).writing() as archive:
        review = _review(request, archive)
        try:
            check_undo(review, number(given, "act"), person.name)
            reviews.undo(archive, person.by, review, number(given, "act"))
        except ReviewError as error:
            return _refused(request, archive, review, None, error, given)
    line = next((act.draft.line for act in review.acts if act.number == number(given, "act")), "")
    return see(f"/briefs/{review.number}#line-{line}" if line else f"/briefs/{review.number}")


def review_it(request: Request) -> Response:
    """Mark a brief as reviewed."""
    return _decide(request, "reviewed")


def withdraw(request: Request) -> Response:
    """Withdraw a brief."""
    return _decide(request, "withdrawn")


def approve(request: Request) -> Response:
    """Approve a brief."""
    return _decide(request, "approved")


def _decide(request: Request, kind: PageAct) -> Response:
    room, person, given = room_of(request), person_of(request), fields_of(request)
    with room.writing() as archive:
        review = _review(request, archive)
        profile = profile_of(review.reviewed.record, room.settings.profile)
        approval = profile.approval if profile is not None else Approval()
        try:
            reviews.decide(archive, person.by, review, kind, approval, (person.role,), seen=one(given, "seen"))
        except ReviewError as error:
            return _refused(request, archive, review, None, error, given)
    following = one(given, "next") if one(given, "then") == "next" else ""
    return see(f"/briefs/{following}" if following.isdigit() else f"/briefs/{review.number}")


def _act_on_line(request: Request, act: LineDeed) -> Response:
    """Do something to a line; answer with the line alone if htmx asks, else go back to it."""
    person, given, digest = person_of(request), fields_of(request), request.path_params["digest"]
    with room_of(request).writing() as archive:
        review = _review(request, archive)
        try:
            act(archive, person, review, digest, given)
        except ReviewError as error:
            return _refused(request, archive, review, digest, error, given)
        if not is_fragment(request):
            return see(f"/briefs/{review.number}#line-{digest}")
        before, after = _page(request, archive, review), _page(request, archive, _review(request, archive))
    was, now = before.line(digest), after.line(digest)
    if was is None or now is None or (was.number, was.field) != (now.number, now.field):
        return Response(headers={"HX-Refresh": "true"})
    return answer(request, "saved.html.j2", Saved(after, now, before.paragraphs != after.paragraphs))


def _refused(
    request: Request, archive: Archive, review: Review[Briefing], digest: str | None, error: ReviewError, given: Fields
) -> Response:
    seen = _page(request, archive, review)
    line = seen.line(digest) if digest is not None else None
    template = "refused_line.html.j2" if is_fragment(request) and line is not None else "refused.html.j2"
    refusal = Refusal.of(request, seen, line, error, given)
    return answer(request, template, refusal, status=refusal.status)


def _state(review: Review[Briefing], digest: str) -> str:
    line = review.reviewed.line(digest)
    return line.state if line is not None else ""


def _review(request: Request, archive: Archive) -> Review[Briefing]:
    """Return the brief that a request names.

    Raises:
        HTTPException: There is no such brief.
    """
    review = reviews.brief_review(archive, request.path_params["number"])
    if review is None:
        raise HTTPException(404, f"there is no brief {request.path_params['number']}")
    return review


def _page(request: Request, archive: Archive, review: Review[Briefing]) -> BriefPage:
    room: Room = room_of(request)
    name = person_of(request).name
    return brief_page(review, name, waiting_briefs(archive, room.settings.profile))


_LINE: Final = "/briefs/{number:int}/lines/{digest}"
ROUTES: Final = (
    page("/briefs/{number:int}", brief, "reader"),
    page("/briefs/{number:int}/article", article, "reader"),
    page(f"{_LINE}/why", why, "reader"),
    file("/briefs/{number:int}/{output}", output, "reader"),
    deed(f"{_LINE}/accept", accept, "editor"),
    deed(f"{_LINE}/reject", reject, "editor"),
    deed(f"{_LINE}/correct", correct, "editor"),
    deed(f"{_LINE}/undo", undo_on_line, "editor"),
    deed("/briefs/{number:int}/lines", add, "editor"),
    deed("/briefs/{number:int}/undo", undo, "editor"),
    deed("/briefs/{number:int}/approved", approve, "approver"),
    deed("/briefs/{number:int}/reviewed", review_it, "editor"),
    deed("/briefs/{number:int}/withdrawn", withdraw, "approver"),
)
