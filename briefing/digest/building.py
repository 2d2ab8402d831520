"""Build a digest from stories: rank and group them, limit their number, and collect the agenda."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from briefing.digest.events import are_same_event, date_order, is_near
from briefing.digest.members import Member, in_order
from briefing.digest.merging import MOST, Merged, merge_story, shorten
from briefing.digest.regions import region_of
from briefing.digest.wording import content
from briefing.evidence.grounding import holds
from briefing.model.brief import EMPTYING, Notice, Provenance
from briefing.model.digest import Copy, Digest, DigestArticle, LineRef, Story, StoryEvent
from briefing.model.notices import about_article, counted_lines, english, notice

GroupBy = Literal["region", "outlet", "topic", "none"]

_TITLES = 5  # titles of omitted stories that a notice names


@dataclass(frozen=True, slots=True)
class Gathered:
    """The articles of one story, from clustering."""

    id: str
    members: tuple[Member, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """Options that decide which stories a digest holds, and in which order."""

    title: str = ""  # empty: the default title in the language of the page
    actors: tuple[str, ...] = ()  # stories with these actors come first
    topics: tuple[str, ...] = ()  # stories about these topics come first
    group_by: GroupBy = "none"  # the topic of a story is the first of *topics* that matches it
    horizon: int = 14  # days of the agenda
    stories: int = 40  # at most, in the whole digest
    in_full: int = 12  # stories in full; the others get a few lines each
    most: Mapping[str, int] = field(default_factory=lambda: dict(MOST))  # maximum length of each list of a story


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
    """Return the digest of some stories; it is not yet compared with an earlier one, and not sealed.

    Args:
        gathered: The stories, in any order.
        options: Which stories it holds, and in which order.
        at: The instant of the run, with its zone.
        since: The instant or day from which articles were gathered.
        notices: Notices about the sources, for example those that failed.
        provenance: The program, the profile and the inputs.
        earlier: The day of the digest that it will be compared with; events that ended before it are omitted.
    """
    found = {one.id: one for one in gathered if one.members}
    day = (earlier or at.date()).isoformat()
    merged = (merge_story(one.members, one.id, one.why, options.most, day) for one in found.values())
    grouped_stories = [_with_group(story, options) for story in merged]
    ranked = sorted(grouped_stories, key=lambda one: _rank(one.story))
    rest = ranked[options.stories :]
    full, short = ranked[: options.stories][: options.in_full], ranked[options.in_full : options.stories]
    kept = [*full, *map(shorten, short)]
    stories = tuple(_by_group([one.story for one in kept]))
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
            *_omission_notices(kept, [one.story for one in rest]),
        ),
        provenance=provenance,
    )


def agenda_of(stories: Sequence[Story], today: date, horizon: int) -> tuple[LineRef, ...]:
    """Return the events of the coming days over all stories, by day; an event of two stories is listed once."""
    found: list[tuple[LineRef, StoryEvent]] = []
    for story in stories:
        for number, event in enumerate(story.events):
            if is_near(event.when, today, horizon) and not any(
                are_same_event(event, other) for reference, other in found if reference.story != story.id
            ):
                found.append((LineRef(story=story.id, field="events", number=number), event))
    ordered = sorted(enumerate(found), key=lambda one: (date_order(one[1][1].when), one[0]))
    return tuple(reference for _, (reference, _) in ordered)


def _with_group(merged: Merged, options: DigestOptions) -> Merged:
    """Return a story with its group and the matching entries of the watch list."""
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
    """Return True if one line of a story holds all words of a topic."""
    wanted = content(topic)
    lines = (story.headline.text, *(line.text for line in story.summary))
    points = (point.statement for point in (*story.agreements, *story.disagreements))
    return bool(wanted) and any(wanted <= content(line) for line in (*lines, *points))


def _rank(story: Story) -> tuple[bool, float, str]:
    return (not story.watched, -story.salience, story.id)


def _by_group(stories: Sequence[Story]) -> Iterable[Story]:
    """Return stories by group, in the order of the first story of each; stories without group come last."""
    groups: dict[str | None, list[Story]] = defaultdict(list)
    for story in stories:
        groups[story.group].append(story)
    ungrouped = groups.pop(None, [])
    return [story for group in (*groups.values(), ungrouped) for story in group]


def _articles(gathered: Iterable[Gathered]) -> tuple[DigestArticle, ...]:
    """Return each article of the stories once, with the other places where the same text appeared."""
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
    """Return one notice for each kind of flaw in the articles; lines that a brief omits are no flaw here."""
    by_code: dict[str, list[tuple[Member, Notice]]] = defaultdict(list)
    for member in members:
        for flaw in {n.code: n for n in member.brief.notices if n.code not in EMPTYING - {"extractor-failed"}}.values():
            by_code[flaw.code].append((member, flaw))
    for _, found in sorted(by_code.items()):
        member, flaw = found[0]
        yield about_article(flaw, member.brief.article.title, len(found) - 1)


def _omission_notices(kept: Sequence[Merged], rest: Sequence[Story]) -> Iterable[Notice]:
    """Return notices about lines and stories that were omitted because of the limits."""
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
