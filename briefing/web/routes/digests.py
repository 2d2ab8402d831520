"""Digests: read one beside its articles, correct its lines, and approve it before it is sent."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.archive.archive import Archive
from briefing.errors import ConflictError, ReviewError, ScheduleError
from briefing.jobs import reviews
from briefing.jobs.corrections import Corrections, count_corrections
from briefing.jobs.reviews import Review
from briefing.jobs.room_brief import check_undo
from briefing.jobs.room_digest import DigestEntry, DigestPage, DigestSource, digest_page, list_digests, offer_of_line
from briefing.jobs.room_lines import LIST_LABELS, PageLine, read_correction, shown
from briefing.model.digest import Digest
from briefing.profile.approval import Approval
from briefing.review.acts import By, PageAct
from briefing.schedule.requests import start_work
from briefing.web.pages import answer, form_of, is_fragment, see
from briefing.web.people import person_of
from briefing.web.room import room_of
from briefing.web.routes.deliveries import due_of
from briefing.web.routing import deed, page

Fields = Mapping[str, Sequence[str]]
LineDeed = Callable[[Archive, By, Review[Digest], str, Fields], None]


@dataclass(frozen=True, slots=True)
class DigestsPage:
    """The list of digests."""

    digests: tuple[DigestEntry, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """Two values of one field that two people gave at the same time."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """An act that was refused; the page offers to do it again."""

    digest: DigestPage
    line: PageLine | None
    message: str
    values: tuple[Value, ...]
    action: str  # where the act is sent to again; empty if it cannot be done
    again: tuple[tuple[str, str], ...]  # the fields of the form as they were sent, but for "after"


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
        request, lambda archive, by, review, line, given: reviews.accept(archive, by, review, line, after=_after(given))
    )


def reject(request: Request) -> Response:
    """Reject a line, with a reason."""

    def deed_on(archive: Archive, by: By, review: Review[Digest], line: str, given: Fields) -> None:
        reviews.reject(archive, by, review, line, _one(given, "reason"), after=_after(given))

    return _act_on_line(request, deed_on)


def correct(request: Request) -> Response:
    """Correct fields of a line."""

    def deed_on(archive: Archive, by: By, review: Review[Digest], digest: str, given: Fields) -> None:
        line = review.reviewed.line(digest)
        new = read_correction(line, given, offer_of_line(review, line)) if line is not None else {}
        reviews.correct(archive, by, review, digest, new, _one(given, "reason"), after=_after(given))

    return _act_on_line(request, deed_on)


def undo_on_line(request: Request) -> Response:
    """Undo an act on a line, or an undoing."""
    return _act_on_line(
        request, lambda archive, by, review, _, given: reviews.undo(archive, by, review, _number(given, "act"))
    )


def undo(request: Request) -> Response:
    """Undo an act on the digest or on any of its lines, or an undoing."""

    def deed_on(archive: Archive, by: By, review: Review[Digest], _: str, given: Fields) -> None:
        check_undo(review, _number(given, "act"), by.who)
        reviews.undo(archive, by, review, _number(given, "act"))

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
        reviews.decide(archive, by, review, kind, approval, (person.role,), seen=_one(given, "seen"))

    return _act_on_line(request, deed_on)


def _act_on_line(request: Request, deed_on: LineDeed) -> Response:
    """Do something to a digest or a line of it, and go back to where it was asked for."""
    given, line = _fields(request), request.path_params.get("digest", "")
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
    """Return the page that says why an act was refused; of a conflict, both values and the way to store one's own."""
    seen = _page(request, archive, review)
    line = seen.line(digest) if digest else None
    values: tuple[Value, ...] = ()
    is_conflict = isinstance(error, ConflictError)
    if isinstance(error, ConflictError):
        names = [name for name in LIST_LABELS if name in error.mine or name in error.theirs]
        values = tuple(Value(LIST_LABELS[n], _value(error.theirs, n), _value(error.mine, n)) for n in names)
    again = tuple((name, text) for name, texts in given.items() for text in texts if name != "after")
    action = request.url.path if is_conflict and line is not None else ""
    template = "digest_refused_line.html.j2" if is_fragment(request) and line is not None else "digest_refused.html.j2"
    trouble = Trouble(seen, line, str(error), values, action, again)
    return answer(request, template, trouble, status=409 if is_conflict else 422)


def _value(values: Mapping[str, object], name: str) -> str:
    return shown(values[name]) if name in values else "as before"


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


def _fields(request: Request) -> Fields:
    """Return the texts of a form by name; a name may have several."""
    form = form_of(request)
    return {name: [text for text in form.getlist(name) if isinstance(text, str)] for name in form}


def _one(given: Fields, name: str) -> str:
    """Return the last text of a field; an empty string if the form lacks it."""
    return (given.get(name) or [""])[-1]


def _number(given: Fields, name: str) -> int:
    text = _one(given, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _after(given: Fields) -> int | None:
    """Return the last act that the person knew of; None if the form does not say."""
    return _number(given, "after") if given.get("after") else None


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
