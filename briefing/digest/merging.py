"""One brief out of the briefs of a story's articles."""

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
from briefing.digest.standing import standing_figures
from briefing.digest.summaries import summarise
from briefing.digest.wording import content, held
from briefing.evidence.grounding import words
from briefing.model.brief import Article, Evidence
from briefing.model.digest import Story, StoryArticle, StoryEvent, StoryStatement

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

# The same of a story that is told in short: its events, and what contradicts what, are all there.
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
    """A story, and how many of its lines were left out, by list."""

    story: Story
    left_out: Mapping[str, int]


def merge_story(
    members: Iterable[Member],
    story_id: str,
    why: Sequence[str] = (),
    most: Mapping[str, int] = MOST,
    since: str = "",
) -> Merged:
    """Return the story that some articles tell; the order in which they come does not matter.

    Args:
        members: Its articles, one at least.
        story_id: Its id.
        why: Why they are together, in words.
        most: How many lines each list may have; a list that it does not name has all.
        since: Events that were over before this day are left out without a word.

    Raises:
        ValueError: There is no article.
    """
    ordered = in_order(members)
    if not ordered:
        raise ValueError(f"the story {story_id} has no article")
    actors, names = merge_actors(ordered)
    happenings = merge_events(ordered, names)
    standing = standing_figures(ordered)
    corroborated = Corroboration(ordered)
    lists: dict[str, tuple[Any, ...]] = {
        "summary": summarise(ordered, standing, corroborated, most.get("summary", len(ordered))),
        "actors": actors,
        "events": tuple(one.event for one in happenings if not is_over(one.event.when, since)),
        "agreements": merge_points(ordered, names, corroborated, lambda brief: brief.agreements),
        "disagreements": merge_points(ordered, names, corroborated, lambda brief: brief.disagreements),
        "contradictions": find_contradictions(ordered, standing.figures, happenings, names),
        "quotes": merge_quotes(ordered, names),
    }
    points = (*lists["agreements"], *lists["disagreements"])
    told = [*(line.text for line in lists["summary"]), *(point.statement for point in points)]
    lists["background"] = merge_background(ordered, corroborated, told)
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


def in_short(merged: Merged, most: Mapping[str, int] = SHORT) -> Merged:
    """Return a story with fewer lines; a list that *most* does not name stays whole."""
    story = merged.story
    kept = {name: _first(name, getattr(story, name), most) for name in most}
    left_out = Counter(merged.left_out)
    left_out.update({name: len(getattr(story, name)) - len(records) for name, records in kept.items()})
    return Merged(story.model_copy(update=kept), {name: count for name, count in left_out.items() if count})


def _first(name: str, records: tuple[Any, ...], most: Mapping[str, int]) -> tuple[Any, ...]:
    """Return as many records of a list as it may have; of events those of most origins, in the order of their days."""
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
    """Return the title that has most in common with the story's summary, the latest of equals, with where it stands.

    A title that is known of an article, but does not stand in its text, rests on the first words of the text. Where no
    article has a title of its own, the first sentence of the summary stands for it, else an article's opening words.
    """
    titled = [member for member in members if not _is_opening(member.brief.article)]
    if not titled and summary:
        return summary[0].model_copy(update={"change": None})
    told = frozenset(word for line in summary for word in content(line.text))
    worth = {member.id: round(held(told, content(member.brief.article.title)), 2) for member in members}
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
    """Whether the title of an article is but the opening words of its first sentence."""
    if any(paragraph.role == "title" for paragraph in article.paragraphs):
        return False
    title = words(article.title)
    return any(words(article.text[s.start : s.end])[: len(title)] == title for s in article.sentences)


def _salience(members: Sequence[Member]) -> float:
    """Return how much a story matters by its origins and the weights of their sources."""
    weights: dict[str, float] = {}
    for member in members:
        weights[member.origin] = max(weights.get(member.origin, 0.0), member.weight)
    return round(1 - exp2(-sum(sorted(weights.values())) / _HALF), 4)
