"""Merge the briefs of the articles of a story into one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp2
from typing import Any

from briefing.digest.actors import merge_actors
from briefing.digest.contradictions import find_contradictions
from briefing.digest.corroboration import Corroboration
from briefing.digest.events import is_over, merge_events
from briefing.digest.members import Member, in_order
from briefing.digest.points import merge_background, merge_points, merge_quotes
from briefing.digest.summaries import summarise
from briefing.digest.superseding import current_figures
from briefing.digest.wording import containment, content
from briefing.evidence.grounding import words
from briefing.model.brief import Article, Evidence
from briefing.model.digest import Story, StoryArticle, StoryEvent, StoryStatement

_HALF = 3  # number of origins at which a story has a salience of one half

# The maximum length of each list of a story.
MOST: Mapping[str, int] = {
    "summary": 4,
    "actors": 8,
    "events": 8,
    "agreements": 5,
    "disagreements": 5,
    "contradictions": 6,
    "quotes": 4,
    "background": 3,
}

# The same for a story in short form, which keeps all its events and contradictions.
SHORT: Mapping[str, int] = {
    "summary": 2,
    "actors": 0,
    "agreements": 1,
    "disagreements": 1,
    "quotes": 0,
    "background": 0,
}


@dataclass(frozen=True, slots=True)
class Merged:
    """A story, and the number of omitted lines for each list."""

    story: Story
    left_out: Mapping[str, int]


def merge_story(
    members: Iterable[Member],
    story_id: str,
    why: Sequence[str] = (),
    most: Mapping[str, int] = MOST,
    since: str = "",
) -> Merged:
    """Return the story of some articles; their order does not matter.

    Args:
        members: Its articles, at least one.
        story_id: Its id.
        why: Why the articles belong together, in words.
        most: The maximum length of each list; a list without an entry is not limited.
        since: Events that ended before this day are omitted without a notice.

    Raises:
        ValueError: There is no article.
    """
    ordered = in_order(members)
    if not ordered:
        raise ValueError(f"the story {story_id} has no article")
    actors, names = merge_actors(ordered)
    happenings = merge_events(ordered, names)
    figures = current_figures(ordered)
    corroborated = Corroboration(ordered)
    lists: dict[str, tuple[Any, ...]] = {
        "summary": summarise(ordered, figures, corroborated, most.get("summary", len(ordered))),
        "actors": actors,
        "events": tuple(one.event for one in happenings if not is_over(one.event.when, since)),
        "agreements": merge_points(ordered, names, corroborated, lambda brief: brief.agreements),
        "disagreements": merge_points(ordered, names, corroborated, lambda brief: brief.disagreements),
        "contradictions": find_contradictions(ordered, figures.current, happenings, names),
        "quotes": merge_quotes(ordered, names),
    }
    points = (*lists["agreements"], *lists["disagreements"])
    lines = [*(line.text for line in lists["summary"]), *(point.statement for point in points)]
    lists["background"] = merge_background(ordered, corroborated, lines)
    kept = {name: _first(name, records, most) for name, records in lists.items()}
    story = Story(
        id=story_id,
        headline=_headline(ordered, kept["summary"]),
        salience=_salience(ordered),
        why=tuple(why),
        articles=tuple(StoryArticle(id=member.id, outlet=member.outlet, origin=member.origin) for member in ordered),
        **kept,
    )
    left_out = {name: len(records) - len(kept[name]) for name, records in lists.items()}
    return Merged(story, {name: count for name, count in left_out.items() if count})


def shorten(merged: Merged, most: Mapping[str, int] = SHORT) -> Merged:
    """Return a story with fewer lines; a list without an entry in *most* is not limited."""
    story = merged.story
    kept = {name: _first(name, getattr(story, name), most) for name in most}
    left_out = Counter(merged.left_out)
    left_out.update({name: len(getattr(story, name)) - len(records) for name, records in kept.items()})
    return Merged(story.model_copy(update=kept), {name: count for name, count in left_out.items() if count})


def _first(name: str, records: tuple[Any, ...], most: Mapping[str, int]) -> tuple[Any, ...]:
    """Return the first records of a list up to its limit; of events, those with most origins in order of days."""
    limit = most.get(name, len(records))
    if name != "events" or len(records) <= limit:
        return records[:limit]
    best = sorted(
        range(len(records)), key=lambda number: (-records[number].origins, _is_undated(records[number]), number)
    )
    best = best[:limit]
    return tuple(records[number] for number in sorted(best))


def _is_undated(event: StoryEvent) -> bool:
    return event.when.value is None


def _headline(members: Sequence[Member], summary: Sequence[StoryStatement]) -> StoryStatement:
    """Return the title that has most in common with the summary of the story; of equals, the latest.

    If a title is not in the text of its article, its evidence is the first sentence of the text. If no article has a
    title of its own, the headline is the first sentence of the summary, else the opening words of an article.
    """
    titled = [member for member in members if not _is_opening(member.brief.article)]
    if not titled and summary:
        return summary[0].model_copy(update={"change": None})
    known = frozenset(word for line in summary for word in content(line.text))
    worth = {member.id: round(containment(known, content(member.brief.article.title)), 2) for member in members}
    best = max(titled or members, key=lambda member: (worth[member.id], member.published, member.id))
    article = best.brief.article
    titles = [(p.start, p.end) for p in article.paragraphs if p.role == "title"]
    first = [(span.start, span.end) for spans in (article.sentences, article.paragraphs) for span in spans[:1]]
    start, end = (*titles, *first, (0, len(article.text)))[0]
    piece = Evidence(
        start=start, end=end, text=article.text[start:end], article=article.id, page=article.page_of(start)
    )
    return StoryStatement(text=article.title or piece.text, evidence=(piece,), origins=1)


def _is_opening(article: Article) -> bool:
    """Return True if the title of an article only repeats the opening words of a sentence."""
    if any(paragraph.role == "title" for paragraph in article.paragraphs):
        return False
    title = words(article.title)
    return any(words(article.text[s.start : s.end])[: len(title)] == title for s in article.sentences)


def _salience(members: Sequence[Member]) -> float:
    """Return the salience of a story, from its origins and the weights of their sources."""
    weights: dict[str, float] = {}
    for member in members:
        weights[member.origin] = max(weights.get(member.origin, 0.0), member.weight)
    return round(1 - exp2(-sum(sorted(weights.values())) / _HALF), 4)
