"""The commands that review briefs and digests, as the reading room does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.archive import ArchiveOption, LimitOption, ProfileOption, opened
from briefing.cli.printing import SOME_FAILED, examples, fail, login_name
from briefing.cli.saying import say
from briefing.errors import ProfileError, ReviewError

if TYPE_CHECKING:
    from briefing.archive.archive import Archive
    from briefing.jobs.reviews import Review
    from briefing.profile.approval import Approval
    from briefing.review.acts import By, PageAct

app = typer.Typer(name="review", help="Correct, review and approve briefs and digests.", no_args_is_help=True)

SubjectArgument = Annotated[
    str,
    typer.Argument(
        help="Number of the brief, or a digest as PROFILE@INSTANT: morning@2031-06-09T06:00+02:00.", metavar="BRIEF"
    ),
]
PlaceArgument = Annotated[str, typer.Argument(help="The line, as `show` lists it: quotes[0].", metavar="LINE")]
ValuesArgument = Annotated[
    list[str], typer.Argument(help='Fields and values: speaker="Jon Arnarsson".', metavar="FIELD=VALUE")
]
NameOption = Annotated[
    str | None, typer.Option("--as", help="Name under which you act.", metavar="NAME", show_default="your login name")
]
ReasonOption = Annotated[str, typer.Option(help="Why.", metavar="TEXT", show_default=False)]


@app.command("list", epilog=examples("briefing review list --archive briefs.sqlite"))
def list_reviews(archive: ArchiveOption = None, profile: ProfileOption = None, limit: LimitOption = 20) -> None:
    """List the newest briefs with their states, and the digests that wait for approval."""
    from briefing.archive.records import Selection
    from briefing.jobs.reviews import brief_review
    from briefing.messages import counted

    with _reviewing(archive, profile) as kept:
        for run, _ in kept.schedule.recent((), limit):
            if run.state == "waiting":
                held = f" ({run.reason})" if run.reason else ""
                say(f"{run.profile}@{run.due.isoformat()}  waiting{held}  {run.title}")
        for entry in kept.find(Selection(limit=limit)):
            review = brief_review(kept, entry.brief)
            if review is not None:
                said = counted(len(review.acts), "act")
                say(f"{entry.brief}  {_state(review)}  {said}  {' '.join(entry.title.split())}")


@app.command(epilog=examples("briefing review show 12 --archive briefs.sqlite"))
def show(subject: SubjectArgument, archive: ArchiveOption = None, profile: ProfileOption = None) -> None:
    """Print the lines of a brief with their places, and what people did to them."""
    from briefing.jobs.review_text import review_lines

    with _reviewing(archive, profile) as kept:
        review = _review(kept, subject)
        say(f"{subject}: {_state(review)}", *review_lines(review), sep="\n")


@app.command(epilog=examples("briefing review accept 12 'quotes[0]' --archive briefs.sqlite"))
def accept(
    subject: SubjectArgument,
    place: PlaceArgument,
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    name: NameOption = None,
) -> None:
    """Mark a line as right; a rejected line comes back."""
    from briefing.jobs.reviews import accept as accept_line

    def act(kept: "Archive", review: "Review[Any]") -> None:
        line = _line(review, place)
        accept_line(kept, _by(name), review, line.digest, after=line.last)

    _act(archive, profile, subject, act)


@app.command(epilog=examples("briefing review reject 12 'quotes[0]' --reason 'no quote' --archive briefs.sqlite"))
def reject(
    subject: SubjectArgument,
    place: PlaceArgument,
    reason: ReasonOption = "",
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    name: NameOption = None,
) -> None:
    """Remove a line."""
    from briefing.jobs.reviews import reject as reject_line

    def act(kept: "Archive", review: "Review[Any]") -> None:
        line = _line(review, place)
        reject_line(kept, _by(name), review, line.digest, reason, after=line.last)

    _act(archive, profile, subject, act)


@app.command(
    epilog=examples(
        "briefing review correct 12 'quotes[0]' speaker='Jon Arnarsson' --archive briefs.sqlite",
        "briefing review correct 12 'events[1]' when=2031-06-12 place= --archive briefs.sqlite",
    )
)
def correct(
    subject: SubjectArgument,
    place: PlaceArgument,
    values: ValuesArgument,
    reason: ReasonOption = "",
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    name: NameOption = None,
) -> None:
    """Correct fields of a line; several parties or participants are separated by semicolons."""
    from briefing.jobs.review_text import read_values
    from briefing.jobs.reviews import correct as correct_line

    def act(kept: "Archive", review: "Review[Any]") -> None:
        line = _line(review, place)
        given = read_values(line.field, values)
        correct_line(kept, _by(name), review, line.digest, given, reason, after=line.last)

    _act(archive, profile, subject, act)


@app.command(epilog=examples("briefing review add 12 summary --sentence 4 --archive briefs.sqlite"))
def add(
    subject: SubjectArgument,
    field: Annotated[str, typer.Argument(help="The list: summary, actors, events, quotes ...", metavar="LIST")],
    values: Annotated[
        list[str] | None,
        typer.Argument(help="Fields and values: speaker=Jon.", metavar="FIELD=VALUE", show_default=False),
    ] = None,
    sentence: Annotated[
        list[int] | None, typer.Option(help="Number of a sentence that it rests on. Repeatable.", metavar="N")
    ] = None,
    words: Annotated[
        list[str] | None, typer.Option(help="Words of the article that it rests on. Repeatable.", metavar="TEXT")
    ] = None,
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    name: NameOption = None,
) -> None:
    """Add a line that rests on words of the article."""
    from briefing.jobs.review_text import read_values, spans_of
    from briefing.jobs.reviews import add as add_line

    def act(kept: "Archive", review: "Review[Any]") -> None:
        made = review.reviewed.made
        if review.number is None:
            raise ReviewError("add a line", "a digest takes no new lines; add it to the brief of its article")
        spans = spans_of(made.article, sentence or (), words or ())
        add_line(kept, _by(name), review, field, read_values(field, values or ()), spans)

    _act(archive, profile, subject, act)


@app.command(epilog=examples("briefing review undo 12 --archive briefs.sqlite"))
def undo(
    subject: SubjectArgument,
    number: Annotated[
        int | None, typer.Argument(help="Number of the act.", metavar="ACT", show_default="the last")
    ] = None,
    archive: ArchiveOption = None,
    profile: ProfileOption = None,
    name: NameOption = None,
) -> None:
    """Undo an act; to undo an undoing does the act again."""
    from briefing.jobs.reviews import undo as undo_act

    def act(kept: "Archive", review: "Review[Any]") -> None:
        undo_act(kept, _by(name), review, number if number is not None else review.last)

    _act(archive, profile, subject, act)


@app.command(epilog=examples("briefing review reviewed 12 --archive briefs.sqlite"))
def reviewed(
    subject: SubjectArgument, archive: ArchiveOption = None, profile: ProfileOption = None, name: NameOption = None
) -> None:
    """Mark a brief as read and found right."""
    _decide(archive, profile, subject, name, "reviewed")


@app.command(epilog=examples("briefing review approve morning@2031-06-09T06:00+02:00 --profile morning.yaml"))
def approve(
    subject: SubjectArgument, archive: ArchiveOption = None, profile: ProfileOption = None, name: NameOption = None
) -> None:
    """Approve a brief or digest as it is now; any change of it voids the approval."""
    _decide(archive, profile, subject, name, "approved")


@app.command(epilog=examples("briefing review withdraw 12 --archive briefs.sqlite"))
def withdraw(
    subject: SubjectArgument, archive: ArchiveOption = None, profile: ProfileOption = None, name: NameOption = None
) -> None:
    """Say that a brief or digest must not be sent; an approval then lets it go again."""
    _decide(archive, profile, subject, name, "withdrawn")


def _decide(archive: Any, profile: str | None, subject: str, name: str | None, kind: "PageAct") -> None:
    from briefing.jobs.reviews import decide

    def act(kept: "Archive", review: "Review[Any]") -> None:
        approval = _approval(profile, review)
        decide(kept, _by(name), review, kind, approval, seen=review.reviewed.digest)

    _act(archive, profile, subject, act)


def _approval(profile: str | None, review: "Review[Any]") -> "Approval":
    """Return the rules of approval of the profile that a brief was made with.

    Raises:
        ReviewError: That profile is in a file that is not named, or another one is named.
    """
    from briefing.profile.profile import load_profile

    wanted = review.reviewed.made.provenance.profile
    try:
        chosen = load_profile(profile or wanted)
    except ProfileError as error:
        raise ReviewError("decide", f"name its profile, {wanted}, which says who may: --profile FILE") from error
    if chosen.name != wanted:
        raise ReviewError("decide", f"it was made with the profile {wanted}, not {chosen.name}")
    return chosen.approval


def _act(archive: Any, profile: str | None, subject: str, act: "Callable[[Archive, Review[Any]], None]") -> None:
    """Do something to a brief or digest, and print its last act."""
    from briefing.jobs.review_text import act_line

    with _reviewing(archive, profile) as kept:
        before = _review(kept, subject)
        act(kept, before)
        after = _review(kept, subject)
        if after.last == before.last:
            say("nothing to change")
        for one in after.acts:
            if one.number > before.last:
                say(act_line(one, one.draft.field, is_undone=False))


@contextmanager
def _reviewing(archive: Any, profile: str | None) -> "Iterator[Archive]":
    """Open the archive; an act that cannot be done is reported in one line."""
    with opened(archive, profile) as kept:
        try:
            yield kept
        except ReviewError as error:
            fail(str(error), SOME_FAILED)


def _review(kept: "Archive", subject: str) -> "Review[Any]":
    """Return a brief by its number, or a digest by its profile and instant.

    Raises:
        ReviewError: The archive does not have it.
    """
    from briefing.jobs.reviews import brief_review, digest_review

    profile, at, instant = subject.partition("@")
    found: Review[Any] | None = None
    if at:
        try:
            found = digest_review(kept, profile, datetime.fromisoformat(instant).astimezone())
        except ValueError as error:
            raise ReviewError(f"find {subject}", "write the instant as 2031-06-09T06:00+02:00") from error
    elif subject.isdecimal():
        found = brief_review(kept, int(subject))
    if found is None:
        raise ReviewError(f"find {subject}", f"{kept.path} does not have it; briefing review list shows what it has")
    return found


def _line(review: "Review[Any]", place: str) -> Any:
    from briefing.jobs.review_text import line_at

    return line_at(review, place)


def _state(review: "Review[Any]") -> str:
    who = f" by {review.state.who}" if review.state.who else ""
    void = ", an earlier approval is void" if review.state.void is not None else ""
    return f"{review.state.state}{who}{void}"


def _by(name: str | None) -> "By":
    from briefing.review.acts import By

    return By(name or login_name(), "command line")
