"""The page of a brief: its lines as people corrected them, beside the article that they rest on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from briefing.archive.archive import Archive
from briefing.errors import ReviewError
from briefing.jobs.production import print_record
from briefing.jobs.reviews import Review
from briefing.model.brief import EXTENSIONS, LINE_FIELDS, Briefing
from briefing.model.formats import Format
from briefing.profile.profile import Profile, load_profile
from briefing.profile.yaml import shipped_profiles
from briefing.rendering.dates import day_in_words, read_value
from briefing.rendering.page import WEB_ADDRESS
from briefing.review.acts import PAGE_ACTS, Act
from briefing.review.replay import RECORDS, ReviewedLine, undone_acts
from briefing.room.lines import (
    LABELS,
    Choice,
    Deed,
    Offer,
    PageLine,
    deed_of,
    page_line,
    section_label,
)
from briefing.room.source import SourceParagraph, Span, source_paragraphs
from briefing.sources.records import Source

_RECENT: Final = timedelta(days=3)  # what is older is not waited for
_MOST_WAITING: Final = 50
_MOST_TIMES: Final = 30  # of the article, that a date is chosen from
# The marks around a quotation that is a line without them: “We sail.” -> We sail.
_QUOTED: Final = re.compile(r"[\"“„«](?P<words>[^\"“”„«»]+)[\"”“»]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A list of the brief with its lines."""

    name: str
    label: str
    lines: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True)
class LookAgain:
    """An act on a line that the brief no longer has, because it was made anew."""

    label: str  # of its list
    words: str  # of the line, as far as the act holds them
    deed: Deed


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a brief or digest on its way to its readers, and what can be undone."""

    state: str
    by: Deed | None  # the act that it follows from
    void: Deed | None  # an approval that no longer counts
    seen: str  # digest of the exact brief
    doubts: int  # lines that nobody looked at and somebody should
    undo: Deed | None  # the last act of the person that counts
    redo: int | None  # the last act of the person, if it undid one


@dataclass(frozen=True, slots=True)
class BriefPage:
    """All that the page of a brief shows."""

    number: int
    title: str
    outlet: str
    published: str  # in words; empty if it is unknown
    address: str  # of the article on the web; or empty
    profile: str
    standing: Standing
    sections: tuple[BriefSection, ...]
    paragraphs: tuple[SourceParagraph, ...]
    look_again: tuple[LookAgain, ...]
    notices: tuple[str, ...]
    lists: tuple[Choice, ...]  # that a line can be added to
    actors: tuple[str, ...]
    previous: int | None
    next: int | None

    def line(self, digest: str) -> PageLine | None:
        """Return the line with a digest, or None."""
        lines = (line for section in self.sections for line in section.lines)
        return next((line for line in lines if line.digest == digest), None)


def waiting_briefs(archive: Archive, profile: Profile | None) -> tuple[int, ...]:
    """Return the briefs that wait for an approval or a review, in the order of the page Today."""
    every = profile is not None and profile.approval.need == "every-brief"
    first = archive.room.to_approve(profile.name, _RECENT, most=_MOST_WAITING) if profile is not None and every else ()
    rest = archive.room.to_review(without=[profile.name] if profile is not None and every else [], most=_MOST_WAITING)
    return tuple(one.brief for one in (*first, *rest))


def brief_page(review: Review[Briefing], person: str, waiting: Sequence[int] = ()) -> BriefPage:
    """Return the page of a brief.

    Args:
        review: The brief with its acts.
        person: Who looks.
        waiting: The numbers of the briefs that wait, in the order in which they are read.
    """
    record = review.reviewed.record
    article = record.article
    sections = tuple(_sections(review))
    lines = [line for section in sections for line in section.lines]
    spans = (Span(s.start, s.end, line.number) for line in lines if line.state != "rejected" for s in line.evidence)
    number = review.number or 0
    earlier, later = _neighbours(waiting, number)
    return BriefPage(
        number=number,
        title=article.title,
        outlet=article.outlet or "",
        published=day_in_words(article.published, LABELS) if article.published else "",
        address=article.url if article.url and WEB_ADDRESS.fullmatch(article.url) else "",
        profile=record.provenance.profile,
        standing=standing_of(review, person, sum(1 for line in lines if line.doubt)),
        sections=sections,
        paragraphs=source_paragraphs(article, spans),
        look_again=tuple(_look_again(review)),
        notices=tuple(notice.message for notice in record.notices),
        lists=tuple(Choice(name, section_label(name), name == "quotes") for name in RECORDS),
        actors=offer_of(record).actors,
        previous=earlier,
        next=later,
    )


def standing_of(review: Review[Any], person: str, doubts: int) -> Standing:
    """Return the state of a brief or digest, and what a person can undo."""
    undone = undone_acts(review.acts)
    mine = [act for act in review.acts if act.by.who == person and act.number not in undone]
    last = next((act for act in reversed(mine) if act.draft.kind != "undone"), None)
    state = review.state
    return Standing(
        state=state.state,
        by=deed_of(state.act, undone) if state.act is not None else None,
        void=deed_of(state.void, undone) if state.void is not None else None,
        seen=review.reviewed.digest,
        doubts=doubts,
        undo=deed_of(last, undone) if last is not None else None,
        redo=mine[-1].number if mine and mine[-1].draft.kind == "undone" else None,
    )


def offer_of(record: Briefing) -> Offer:
    """Return what corrections of a brief are chosen from: the names, places and times of its article."""
    dateline = record.article.dateline
    countries = (actor.name for actor in record.actors if actor.kind == "country")
    places = (*(event.place for event in record.events), dateline.place if dateline else None, *countries)
    times = {time.value: time.text for time in reversed(record.times) if time.value and _is_day(time.value)}
    return Offer(
        actors=tuple(actor.name for actor in record.actors),
        speakers=tuple(actor.name for actor in sorted(record.actors, key=lambda actor: actor.kind != "person")),
        places=tuple(dict.fromkeys(place for place in places if place)),
        times=tuple((text, value) for value, text in reversed(times.items()))[:_MOST_TIMES],
    )


def read_addition(
    review: Review[Briefing], given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """Return the values and the stretches of a line that is added, from the fields of a form.

    "sentence" holds numbers of sentences; "start" and "end" are a stretch; "words" are those of the line, if they are
    not those of the article.

    Raises:
        ReviewError: There is no such sentence or character.
    """
    article = review.reviewed.made.article
    numbered = {str(one.number): (one.start, one.end) for one in article.sentences}
    spans = []
    for number in given.get("sentence", ()):
        if number not in numbered:
            raise ReviewError("add a line", f"the article has no sentence {number}")
        spans.append(numbered[number])
    edges = [text for name in ("start", "end") for text in given.get(name, ()) if text]
    if edges:
        if len(edges) != 2 or not all(text.isascii() and text.isdigit() and len(text) < 9 for text in edges):
            raise ReviewError("add a line", "start and end are the numbers of two characters of the article")
        spans.append((int(edges[0]), int(edges[1])))
    words = " ".join(given.get("words", ())).replace("\r\n", "\n").strip()
    field = "".join(given.get("list", ()))
    if field == "actors" and edges and not words:
        words = article.text[spans[-1][0] : spans[-1][1]]
    values: dict[str, Any] = {_WORDS[field]: words} if words and field in _WORDS else {}
    if field == "quotes":
        text = article.text
        quoted = _QUOTED.fullmatch(words or " ".join(text[start:end] for start, end in spans))
        marked = any(start and text[start - 1] in '"“„«' for start, _ in spans)
        values |= {"text": quoted["words"]} if quoted else {}
        values |= {"direct": quoted is not None or marked, "speaker": "".join(given.get("speaker", ())).strip()}
    return values, spans


_WORDS: Final[Mapping[str, str]] = dict.fromkeys(RECORDS, "text") | {
    "actors": "name",
    "events": "title",
    "agreements": "statement",
    "disagreements": "statement",
}


def check_undo(review: Review[Any], number: int, who: str) -> None:
    """Check that a person may undo an act: a decision on the whole is taken back by whoever took it.

    Raises:
        ReviewError: Somebody else took it.
    """
    acts = {act.number: act for act in review.acts}
    act = acts.get(number)
    while act is not None and act.draft.undoes is not None:
        act = acts.get(act.draft.undoes)
    if act is not None and act.draft.kind in PAGE_ACTS and act.by.who != who:
        raise ReviewError(f"undo act {number}", f"{act.by.who} {act.draft.kind} it; only {act.by.who} can undo that")


def printed(review: Review[Briefing], output: Format, profile: Profile | None) -> bytes:
    """Return the corrected brief in a format.

    Args:
        review: The brief with its acts.
        output: The format.
        profile: The profile of the room; the brief is printed with it if it was made with it.

    Raises:
        ReviewError: It cannot be made.
    """
    record = review.reviewed.record
    chosen = profile_of(record, profile) or load_profile("standard")
    result = print_record(Source(f"brief {review.number}"), record, (output,), chosen)
    if not result.outputs:
        raise ReviewError(f"print brief {review.number}", "; ".join(result.troubles))
    return result.outputs[0][1]


def profile_of(record: Briefing, profile: Profile | None) -> Profile | None:
    """Return the profile that a brief was made with: that of the room or a shipped one; None if it is neither."""
    name = record.provenance.profile
    if profile is not None and profile.name == name:
        return profile
    return load_profile(name) if name in shipped_profiles() else None


def _sections(review: Review[Briefing]) -> Iterator[BriefSection]:
    """Yield the lists that have lines, in the order of the page; their lines are numbered throughout.

    Nothing can be done to the lines of other packages.
    """
    undone, offer = undone_acts(review.acts), offer_of(review.reviewed.record)
    made = review.reviewed.made
    others = [
        ReviewedLine(f"{EXTENSIONS}.{name}", "", one, one) for name in made.extensions for one in made.extensions[name]
    ]
    by_list: dict[str, list[ReviewedLine]] = {name: [] for name in LINE_FIELDS}
    for line in (*review.reviewed.lines, *others):
        if line.state != "removed":
            by_list.setdefault(line.field, []).append(line)
    number, met = 0, {""}
    for name, found in by_list.items():
        lines = []
        for line in found:
            number += 1
            is_first = line.digest not in met
            met.add(line.digest)
            shown = page_line(line, number, f"line-{line.digest if is_first else number}", offer, undone)
            lines.append(shown if is_first else replace(shown, digest="", slots=()))  # acts are on the first of equals
        if lines:
            yield BriefSection(name, section_label(name), tuple(lines))


def _look_again(review: Review[Briefing]) -> Iterator[LookAgain]:
    undone = undone_acts(review.acts)
    for act in review.reviewed.look_again:
        yield LookAgain(section_label(act.draft.field), _words_in(act), deed_of(act, undone))


def _words_in(act: Act) -> str:
    """Return the words of the line that an act is about, as far as the act holds them."""
    for values in (act.draft.old, act.draft.new):
        for name in ("statement", "title", "text", "name"):
            if values and values.get(name):
                return str(values[name])
    return ""


def _neighbours(waiting: Sequence[int], number: int) -> tuple[int | None, int | None]:
    """Return the briefs before and after one in the circle of those that wait; after any other comes the first."""
    if number not in waiting:
        return None, waiting[0] if waiting else None
    place = waiting.index(number)
    ring = (*waiting[place + 1 :], *waiting[:place])
    return (ring[-1], ring[0]) if ring else (None, None)


def _is_day(value: str) -> bool:
    """Return True if a TIMEX3 value can be the date of an event."""
    return read_value(value, LABELS) is not None
