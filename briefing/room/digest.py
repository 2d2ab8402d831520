"""The pages of digests: the list, and a digest with its lines as people corrected them, beside its articles."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from briefing.archive.archive import Archive
from briefing.jobs.reviews import Review, digest_review
from briefing.model.brief import LINE_FIELDS
from briefing.model.digest import Digest, Story
from briefing.model.runs import DueRun
from briefing.profile.profile import Profile
from briefing.rendering.digest.page import digest_title
from briefing.rendering.layout import Layout
from briefing.review.replay import ReviewedLine, undone_acts
from briefing.room.brief import BriefSection, LookAgain, Standing, standing_of
from briefing.room.lines import Offer, PageLine, deed_of, page_line, section_label
from briefing.room.source import SourceParagraph, Span, source_paragraphs

_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class StorySection:
    """A story with its lists."""

    headline: str
    outlets: str
    sections: tuple[BriefSection, ...]


@dataclass(frozen=True, slots=True)
class DigestSource:
    """An article of a digest."""

    id: str
    title: str
    outlet: str
    brief: int | None  # its brief in the archive
    paragraphs: tuple[SourceParagraph, ...]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """All that the page of a digest shows."""

    profile: str
    due: datetime
    path: str  # the address of the page
    title: str
    run: str  # the state of its run: "waiting", "done"; empty if no schedule made it
    reason: str  # why it is held or failed
    deadline: datetime | None  # while it waits
    need: str  # what must be approved
    standing: Standing
    stories: tuple[StorySection, ...]
    articles: tuple[DigestSource, ...]
    look_again: tuple[LookAgain, ...]
    notices: tuple[str, ...]

    def sources_of(self, line: PageLine) -> "tuple[DigestSource, ...]":
        """Return the articles that a line rests on."""
        named = {spot.article for spot in line.evidence}
        return tuple(article for article in self.articles if article.id in named)

    def line(self, digest: str) -> PageLine | None:
        """Return the line with a digest, or None."""
        lines = (line for story in self.stories for section in story.sections for line in section.lines)
        return next((line for line in lines if line.digest == digest), None)


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """A digest in the list."""

    profile: str
    due: datetime
    path: str
    title: str
    run: str
    reason: str
    state: str  # of its review
    who: str


def list_digests(archive: Archive) -> tuple[DigestEntry, ...]:
    """Return the latest digests, the newest first."""
    found = []
    for profile, due in archive.schedule.digests(_SHOWN):
        review = digest_review(archive, profile, due)
        if review is not None:
            runs = archive.schedule.of_digest(profile, due)
            run = runs[0][0] if runs else None
            title = digest_title(review.reviewed.record, Layout())
            said = (run.state, run.reason) if run is not None else ("", "")
            found.append(
                DigestEntry(profile, due, path_of(profile, due), title, *said, review.state.state, review.state.who)
            )
    return tuple(found)


def digest_page(
    archive: Archive, review: Review[Digest], due: datetime, person: str, profile: Profile | None
) -> DigestPage:
    """Return the page of a digest.

    Args:
        archive: The archive.
        review: The digest with its acts.
        due: Its instant.
        person: Who looks.
        profile: The profile of the room.
    """
    record = review.reviewed.record
    name = record.provenance.profile
    stories = tuple(_stories(review))
    lines = [line for story in stories for section in story.sections for line in section.lines]
    runs = archive.schedule.of_digest(name, due)
    run: DueRun | None = runs[0][0] if runs else None
    waits = run is not None and run.state == "waiting"
    ours = profile is not None and profile.name == name
    undone = undone_acts(review.acts)
    return DigestPage(
        profile=name,
        due=due,
        path=path_of(name, due),
        title=digest_title(record, Layout()),
        run=run.state if run is not None else "",
        reason=run.reason if run is not None else "",
        deadline=run.deadline if run is not None and waits else None,
        need=profile.approval.need if profile is not None and ours else "",
        standing=standing_of(review, person, sum(1 for line in lines if line.doubt)),
        stories=stories,
        articles=tuple(_articles(record, lines, archive.digests(name).brief_numbers(due))),
        look_again=tuple(
            LookAgain(section_label(act.draft.field), "", deed_of(act, undone)) for act in review.reviewed.look_again
        ),
        notices=tuple(notice.message for notice in record.notices),
    )


def path_of(profile: str, due: datetime) -> str:
    """Return the address of the page of a digest."""
    return f"/digests/{quote(profile, safe='')}/{due.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def offer_of_story(story: Story) -> Offer:
    """Return the names and places that corrections of a story are chosen from."""
    places = dict.fromkeys(event.place for event in story.events if event.place)
    return Offer(actors=tuple(actor.name for actor in story.actors), places=tuple(places))


def offer_of_line(review: Review[Digest], line: ReviewedLine) -> Offer:
    """Return what corrections of a line of a digest are chosen from."""
    stories = review.reviewed.record.stories
    place = line.field.removeprefix("stories[").partition("]")[0]
    return offer_of_story(stories[int(place)]) if place.isdecimal() and int(place) < len(stories) else Offer()


def _stories(review: Review[Digest]) -> Iterator[StorySection]:
    """Yield the stories that have lines; their lines are numbered throughout."""
    undone, record = undone_acts(review.acts), review.reviewed.record
    outlet_of = {item.article.id: item.outlet or item.article.outlet for item in record.articles}
    number, met = 0, Counter[str]()
    for place, story in enumerate(record.stories):
        offer = offer_of_story(story)
        sections = []
        for name in LINE_FIELDS:
            shown = []
            for line in review.reviewed.lines:
                if line.field == f"stories[{place}].{name}" and line.state != "removed":
                    number += 1
                    met[line.digest] += 1
                    anchor = f"line-{line.digest if met[line.digest] == 1 else number}"
                    shown.append(_with_outlets(page_line(line, number, anchor, offer, undone), outlet_of))
            if shown:
                sections.append(BriefSection(name, section_label(name), tuple(shown)))
        outlets = dict.fromkeys(article.outlet for article in story.articles if article.outlet)
        yield StorySection(story.headline.text, ", ".join(outlets), tuple(sections))


def _with_outlets(line: PageLine, outlet_of: Mapping[str, str | None]) -> PageLine:
    """Return a line whose pieces of evidence also name the outlet of their article."""
    named = (
        replace(spot, place=f"{outlet}, {spot.place}") if (outlet := outlet_of.get(spot.article or "")) else spot
        for spot in line.evidence
    )
    return replace(line, evidence=tuple(named))


def _articles(digest: Digest, lines: list[PageLine], numbers: dict[str, int]) -> Iterator[DigestSource]:
    spans: dict[str, list[Span]] = {}
    for line in lines:
        for spot in line.evidence:
            if spot.article is not None and line.state != "rejected":
                spans.setdefault(spot.article, []).append(Span(spot.start, spot.end, line.number))
    for item in digest.articles:
        article = item.article
        paragraphs = source_paragraphs(article, spans.get(article.id, ()))
        outlet = item.outlet or article.outlet or ""
        yield DigestSource(article.id, article.title, outlet, numbers.get(article.id), paragraphs)
