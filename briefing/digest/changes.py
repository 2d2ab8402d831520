"""What changed since the last digest of a profile: each line new, updated, confirmed, contradicted, or its day over."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from briefing.digest.events import are_one, date_order, is_over
from briefing.digest.first_page import told_first
from briefing.digest.known_lines import is_known, nearness, verdict_on
from briefing.digest.ledger import Told, entries, joined_stubs
from briefing.digest.wording import content, jaccard
from briefing.language.times.values import bounds
from briefing.model.digest import Change, ChangeKind, Digest, DigestArticle, LineRef, Story, StoryEvent
from briefing.model.ledger import Ledger, LedgerLine

_SAME_STORY = 0.5  # Jaccard index of the words of two headlines


def mark_changes(digest: Digest, earlier: Ledger | None, today: date, horizon: int = 14) -> Digest:
    """Return a digest whose lines say how they differ from what earlier ones of its profile told.

    A first digest, which there is nothing to compare with, has no marks but those within itself. A story, and an event,
    that is known bears the id that it had. Of events that are over those stand in their story that were announced and
    whose day passed since the last digest; where no article tells of one any more, it is added to ``passed``, with the
    sentences that announced it. What earlier digests announced for the coming days and no article of this one tells of
    is added likewise as ``announced``.

    Args:
        digest: As it was built; one that was marked before is marked anew.
        earlier: What is remembered of the profile's digests; None for a first one.
        today: The day of the run, in the user's zone.
        horizon: Days of the agenda.
    """
    if earlier is None:
        return digest.model_copy(update={"compared": None})
    ids = _known_stories(digest.stories, earlier)
    stories: list[Story] = []
    matched: set[str] = set()
    for story in digest.stories:
        lines = [line for line in earlier.lines if line.story == ids[story.id]]
        told, found = _marked(story.model_copy(update={"id": ids[story.id]}), lines, earlier, today)
        stories.append(told)
        matched |= found
    passed = _untold(earlier, matched, lambda event: _has_passed(event, earlier, today))
    shown = {story.id: _without_stale(story, today) for story in stories}
    marked = {story.id: story for story in stories}
    named = (one.model_copy(update={"story": ids[one.story]}) for one in digest.agenda)
    changes: dict[str, Any] = {
        "compared": earlier.at,
        "stories": tuple(shown.values()),
        "agenda": tuple(_renumbered(one, marked[one.story].events, today) for one in named),
        "changes": tuple(reference for story in shown.values() for reference in told_first(story)),
    }
    here = tuple(event for story in shown.values() for event in story.events)
    coming = _untold(earlier, matched, lambda event: _is_coming(event, today, horizon), here)
    return _with_untold(digest.model_copy(update=changes), passed, coming)


def _known_stories(stories: Sequence[Story], earlier: Ledger) -> Mapping[str, str]:
    """Return the id under which each story is remembered, its own where it is not."""
    headlines = {line.story: line.text for line in earlier.lines if line.field == "headline"}
    ids = {story.id: story.id for story in stories}
    free = [known for known in headlines if known not in ids]
    for story in stories:
        if story.id in headlines or not free:
            continue
        alike = {known: jaccard(content(story.headline.text), content(headlines[known])) for known in free}
        best = max(sorted(alike), key=alike.__getitem__)
        if alike[best] >= _SAME_STORY:
            ids[story.id] = best
            free.remove(best)
    return ids


def _marked(story: Story, known: Sequence[LedgerLine], earlier: Ledger, today: date) -> tuple[Story, set[str]]:
    """Return a story with its marks, and the identities of the lines that it tells again."""
    matched: set[str] = set()
    lists: dict[str, list[Told]] = {}
    for field, _, record in entries(story):
        line = _remembered(field, record, known, today)
        updated: dict[str, Any] = {"change": _own_change(record)}
        if line is not None:
            change = _passing(record, line, earlier, today) or verdict_on(field, record, line, story)
            updated["change"] = change
            if line.event is not None and line.identity not in matched:
                updated["id"] = line.identity
            matched.add(line.identity)
        lists.setdefault(field, []).append(record.model_copy(update=updated))
    headline = lists.pop("headline")[0].model_copy(update={"change": None})
    fields: dict[str, Any] = {field: tuple(records) for field, records in lists.items()}
    change = None if known else Change(kind="new")
    return story.model_copy(update={**fields, "headline": headline, "change": change}), matched


def _remembered(field: str, record: Told, known: Sequence[LedgerLine], today: date) -> LedgerLine | None:
    alike = [line for line in known if is_known(field, record, line, today)]
    return max(alike, key=lambda line: (nearness(field, record, line), line.identity)) if alike else None


def _own_change(record: Told) -> Change:
    """Return the mark of a line that is not remembered: what changed within the digest, or that it is new."""
    own = record.change
    return own if own is not None and own.kind == "updated" else Change(kind="new")


def _passing(record: Told, line: LedgerLine, earlier: Ledger, today: date) -> Change | None:
    if isinstance(record, StoryEvent) and _has_passed(record, earlier, today):
        return Change(kind="date passed", since=line.seen)
    return None


def _has_passed(event: StoryEvent, earlier: Ledger, today: date) -> bool:
    """Whether the last day of an event lies between the last digest, or on its day, and today."""
    days = bounds(event.when.value) if event.when.value else None
    return days is not None and datetime.fromisoformat(earlier.at).date() <= days[1] < today


def _without_stale(story: Story, today: date) -> Story:
    """Return a story without the events that are over but those whose day passed since they were announced."""
    return story.model_copy(update={"events": tuple(event for event in story.events if not _is_stale(event, today))})


def _renumbered(reference: LineRef, events: Sequence[StoryEvent], today: date) -> LineRef:
    """Return a reference to one of the events of a story, as it is once those that are stale are gone."""
    gone = sum(_is_stale(event, today) for event in events[: reference.number])
    return reference.model_copy(update={"number": reference.number - gone})


def _is_stale(event: StoryEvent, today: date) -> bool:
    return is_over(event.when, today.isoformat()) and (event.change is None or event.change.kind != "date passed")


def _untold(
    earlier: Ledger, matched: Iterable[str], wanted: Callable[[StoryEvent], bool], told: Iterable[StoryEvent] = ()
) -> list[LedgerLine]:
    """Return the remembered events that are wanted and that no article tells of any more, each once, by day.

    Args:
        earlier: What is remembered.
        matched: The identities of the lines that the digest tells again.
        wanted: Whether an event is asked for.
        told: Events that the digest tells, perhaps within another story.
    """
    known = set(matched)
    told_of = list(told)
    found: list[tuple[tuple[str, str], LedgerLine]] = []
    for line in sorted(earlier.lines, key=lambda line: (line.story, line.identity)):
        event = line.event
        if event is None or line.identity in known or not wanted(event):
            continue
        if not any(are_one(event, other) for other in told_of):
            told_of.append(event)
            found.append((date_order(event.when), line))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _is_coming(event: StoryEvent, today: date, horizon: int) -> bool:
    """Whether a day of an event lies within the agenda, and it was not called off."""
    days = bounds(event.when.value) if event.when.value else None
    last = today + timedelta(days=horizon)
    return days is not None and event.status != "cancelled" and days[1] >= today and days[0] <= last


def _with_untold(digest: Digest, passed: Sequence[LedgerLine], coming: Sequence[LedgerLine]) -> Digest:
    """Return a digest with events that no article tells of, and the sentences of the articles that announced them."""
    held = {item.article.id: item for item in digest.articles if not _is_of_untold(item, digest)}
    for item in (item for line in (*passed, *coming) for item in line.articles):
        known = held.get(item.article.id)
        held[item.article.id] = item if known is None else joined_stubs(known, item)

    def events(lines: Iterable[LedgerLine], change: ChangeKind | None) -> Iterator[StoryEvent]:
        for line in lines:
            if line.event is not None:
                origins = len({held[piece.article or ""].origin for piece in line.event.evidence})
                mark = Change(kind=change, since=line.seen) if change is not None else None
                yield line.event.model_copy(update={"origins": origins, "change": mark})

    added = {"passed": tuple(events(passed, "date passed")), "announced": tuple(events(coming, None))}
    return Digest(**(dict(digest) | {"articles": tuple(held.values())} | added))


def _is_of_untold(item: DigestArticle, digest: Digest) -> bool:
    """Whether an article stands in the digest only for an event that none of its articles tells of."""
    return not any(item.article.id == member.id for story in digest.stories for member in story.articles)
