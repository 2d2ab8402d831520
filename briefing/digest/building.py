"""A digest out of stories: their order, what it leaves out, and the agenda of the coming days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from briefing.digest.events import are_one, date_order
from briefing.digest.members import Member, in_order
from briefing.digest.merging import MOST, Merged, in_short, merge_story
from briefing.digest.regions import region_of
from briefing.digest.wording import content
from briefing.evidence.grounding import holds
from briefing.language.times.values import bounds
from briefing.model.brief import EMPTYING, Notice, Provenance
from briefing.model.digest import Copy, Digest, DigestArticle, LineRef, Story, StoryEvent
from briefing.model.notices import about_article, counted_lines, english, notice

GroupBy = Literal["region", "outlet", "topic", "none"]

_TITLES = 5  # of stories left out that a notice names


@dataclass(frozen=True, slots=True)
class Gathered:
    """The articles of one story, as clustering found them."""

    id: str
    members: tuple[Member, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """What a digest holds, and in which order."""

    title: str = ""  # empty: that of the page's language
    actors: tuple[str, ...] = ()  # whose stories come first
    topics: tuple[str, ...] = ()  # the same, by words of the story
    group_by: GroupBy = "none"  # a topic is the first of *topics* that a story is about
    horizon: int = 14  # days of the agenda
    stories: int = 40  # at most
    in_full: int = 12  # of these; of the others there are a few lines each
    most: Mapping[str, int] = field(default_factory=lambda: dict(MOST))  # lines of each list of a story


def build_digest(
    gathered: Iterable[Gathered],
    options: DigestOptions,
    *,
    at: datetime,
    since: str | None,
    notices: Sequence[Notice],
    provenance: Provenance,
    earlier: date | None = None,
) -> Digest:
    """Return the digest of some stories, neither compared with an earlier one nor sealed.

    Args:
        gathered: The stories, in any order.
        options: What it holds.
        at: The instant of the run, with its zone.
        since: The instant or day since which articles were gathered.
        notices: What is to be said of the sources: those that failed, what was left out before.
        provenance: What made it, from what.
        earlier: The day of the digest that it will be compared with; events that were over before are left out.
    """
    found = {one.id: one for one in gathered if one.members}
    day = (earlier or at.date()).isoformat()
    told = (merge_story(one.members, one.id, one.why, options.most, day) for one in found.values())
    merged = [_described(story, options) for story in told]
    ranked = sorted(merged, key=lambda one: _rank(one.story))
    rest = ranked[options.stories :]
    full, short = ranked[: options.stories][: options.in_full], ranked[options.in_full : options.stories]
    kept = [*full, *map(in_short, short)]
    stories = tuple(_in_groups([one.story for one in kept]))
    return Digest(
        title=options.title,
        at=at.isoformat(),
        since=since,
        articles=_articles(found[story.id] for story in stories),
        stories=stories,
        agenda=agenda_of(stories, at.date(), options.horizon),
        notices=(
            *notices,
            *_notices_of(member for story in stories for member in in_order(found[story.id].members)),
            *_left_out(kept, [one.story for one in rest]),
        ),
        provenance=provenance,
    )


def agenda_of(stories: Sequence[Story], today: date, horizon: int) -> tuple[LineRef, ...]:
    """Return the events of the coming days over all stories, by day; what two stories announce stands there once."""
    last = today + timedelta(days=horizon)
    found: list[tuple[LineRef, StoryEvent]] = []
    for story in stories:
        for number, event in enumerate(story.events):
            days = bounds(event.when.value) if event.when.value else None
            near = days is not None and days[1] >= today and days[0] <= last
            if near and not any(are_one(event, other) for reference, other in found if reference.story != story.id):
                found.append((LineRef(story=story.id, field="events", number=number), event))
    ordered = sorted(enumerate(found), key=lambda one: (date_order(one[1][1].when), one[0]))
    return tuple(reference for _, (reference, _) in ordered)


def _described(merged: Merged, options: DigestOptions) -> Merged:
    """Return a story with what of the watch list it is about, and its group."""
    story = merged.story
    topics = [topic for topic in options.topics if _is_about(story, topic)]
    watched = (*(name for name in options.actors if _acts_in(story, name)), *topics)
    group = _group_of(story, topics, options.group_by)
    return Merged(story.model_copy(update={"watched": watched, "group": group}), merged.left_out)


def _group_of(story: Story, topics: Sequence[str], group_by: GroupBy) -> str | None:
    match group_by:
        case "region":
            return region_of(story)
        case "outlet":
            return story.articles[-1].outlet
        case "topic":
            return topics[0] if topics else None
        case "none":
            return None


def _acts_in(story: Story, name: str) -> bool:
    forms = (form for actor in story.actors for form in (actor.name, *actor.aliases))
    return any(holds(form, name) for form in forms)


def _is_about(story: Story, topic: str) -> bool:
    """Whether one line of a story holds all words of a topic."""
    wanted = content(topic)
    lines = (story.headline.text, *(line.text for line in story.summary))
    points = (point.statement for point in (*story.agreements, *story.disagreements))
    return bool(wanted) and any(wanted <= content(line) for line in (*lines, *points))


def _rank(story: Story) -> tuple[bool, float, str]:
    return (not story.watched, -story.salience, story.id)


def _in_groups(stories: Sequence[Story]) -> Iterable[Story]:
    """Return stories by group, the group of the first story first; those without a group come last."""
    groups: dict[str | None, list[Story]] = defaultdict(list)
    for story in stories:
        groups[story.group].append(story)
    ungrouped = groups.pop(None, [])
    return [story for group in (*groups.values(), ungrouped) for story in group]


def _articles(gathered: Iterable[Gathered]) -> tuple[DigestArticle, ...]:
    """Return the articles of the stories, each once, with the places where the very text appeared too."""
    articles: dict[str, DigestArticle] = {}
    for one in gathered:
        for member in in_order(one.members):
            places = {(m.outlet or "", m.url or "") for m in one.members if m.id == member.id}
            places -= {(member.outlet or "", member.url or "")}
            copies = tuple(Copy(outlet=outlet or None, url=url or None) for outlet, url in sorted(places))
            item = DigestArticle(
                article=member.brief.article, outlet=member.outlet, url=member.url, origin=member.origin, copies=copies
            )
            articles.setdefault(member.id, item)
    return tuple(articles.values())


def _notices_of(members: Iterable[Member]) -> Iterable[Notice]:
    """Return the flaws of the articles, each kind once; what a brief leaves out is no flaw of a digest."""
    by_code: dict[str, list[tuple[Member, Notice]]] = defaultdict(list)
    for member in members:
        for flaw in {n.code: n for n in member.brief.notices if n.code not in EMPTYING - {"extractor-failed"}}.values():
            by_code[flaw.code].append((member, flaw))
    for _, found in sorted(by_code.items()):
        member, flaw = found[0]
        yield about_article(flaw, member.brief.article.title, len(found) - 1)


def _left_out(kept: Sequence[Merged], rest: Sequence[Story]) -> Iterable[Notice]:
    """Return what was left out for want of room, of stories and of whole stories."""
    lines: Counter[str] = Counter()
    for merged in kept:
        lines.update(merged.left_out)
    if lines:
        yield notice("left-out.digest", sections=counted_lines({name: lines[name] for name in MOST if lines[name]}))
    if rest:
        titles = "; ".join(story.headline.text for story in rest[:_TITLES])
        if len(rest) > _TITLES:
            titles = english("more.titles", titles=titles, others=len(rest) - _TITLES)
        yield notice("stories-left-out", count=len(rest), kept=len(kept), titles=titles)
