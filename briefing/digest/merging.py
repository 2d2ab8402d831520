"""One brief out of the briefs of a story's articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp2
from typing import Any

from briefing.digest.actors import merge_actors
from briefing.digest.contradictions import find_contradictions
from briefing.digest.events import merge_events
from briefing.digest.members import Member, in_order
from briefing.digest.points import merge_background, merge_points, merge_quotes
from briefing.digest.standing import standing_figures
from briefing.digest.summaries import summarise
from briefing.digest.wording import content, held
from briefing.digest_model import Story, StoryArticle, StoryStatement
from briefing.model import Evidence

_LONGEST_HEADLINE = 300  # characters of a first sentence that stands in for a title
_HALF = 3  # origins that make a story half as salient as one can be

# How many lines each list of a story has at most.
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


@dataclass(frozen=True, slots=True)
class Merged:
    """A story, and how many of its lines were left out, by list."""

    story: Story
    left_out: Mapping[str, int]


def merge_story(
    members: Iterable[Member], story_id: str, why: Sequence[str] = (), most: Mapping[str, int] = MOST
) -> Merged:
    """Return the story that some articles tell; the order in which they come does not matter.

    Args:
        members: Its articles, one at least.
        story_id: Its id.
        why: Why they are together, in words.
        most: How many lines each list may have; a list that it does not name has all.

    Raises:
        ValueError: There is no article.
    """
    ordered = in_order(members)
    if not ordered:
        raise ValueError(f"the story {story_id} has no article")
    actors, names = merge_actors(ordered)
    happenings = merge_events(ordered, names)
    standing = standing_figures(ordered)
    lists: dict[str, tuple[Any, ...]] = {
        "summary": summarise(ordered, standing, most.get("summary", len(ordered))),
        "actors": actors,
        "events": tuple(happening.event for happening in happenings),
        "agreements": merge_points(ordered, names, lambda brief: brief.agreements),
        "disagreements": merge_points(ordered, names, lambda brief: brief.disagreements),
        "contradictions": find_contradictions(ordered, standing.figures, happenings, names),
        "quotes": merge_quotes(ordered, names),
    }
    points = (*lists["agreements"], *lists["disagreements"])
    told = [*(line.text for line in lists["summary"]), *(point.statement for point in points)]
    lists["background"] = merge_background(ordered, told)
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


def _first(name: str, records: tuple[Any, ...], most: Mapping[str, int]) -> tuple[Any, ...]:
    """Return as many records of a list as it may have; of events those of most origins, in the order of their days."""
    limit = most.get(name, len(records))
    if name != "events" or len(records) <= limit:
        return records[:limit]
    best = sorted(range(len(records)), key=lambda number: (-records[number].origins, number))[:limit]
    return tuple(records[number] for number in sorted(best))


def _headline(members: Sequence[Member], summary: Sequence[StoryStatement]) -> StoryStatement:
    """Return the title that has most in common with the story's summary, the latest of equals.

    Where no article has a title, the first line of the summary stands for it, else the beginning of an article.
    """
    told = frozenset(word for line in summary for word in content(line.text))
    titles = [(member, piece) for member in members for piece in [_title(member)] if piece is not None]
    if titles:
        worth = {member.id: round(held(told, content(piece.text)), 2) for member, piece in titles}
        _, piece = max(titles, key=lambda pair: (worth[pair[0].id], pair[0].published, pair[0].id))
        return StoryStatement(text=piece.text, evidence=(piece,), origins=1)
    if summary:
        return summary[0].model_copy(update={"change": None})
    article = members[-1].brief.article
    first = article.text[:_LONGEST_HEADLINE].strip() or article.text
    start = article.text.index(first)
    piece = Evidence(start=start, end=start + len(first), text=first, article=article.id)
    return StoryStatement(text=first, evidence=(piece,), origins=1)


def _title(member: Member) -> Evidence | None:
    article = member.brief.article
    title = next((paragraph for paragraph in article.paragraphs if paragraph.role == "title"), None)
    if title is None:
        return None
    return Evidence(start=title.start, end=title.end, text=article.text[title.start : title.end], article=article.id)


def _salience(members: Sequence[Member]) -> float:
    """Return how much a story matters by its origins and the weights of their sources."""
    weights: dict[str, float] = {}
    for member in members:
        weights[member.origin] = max(weights.get(member.origin, 0.0), member.weight)
    return round(1 - exp2(-sum(sorted(weights.values())) / _HALF), 4)
