"""Mark each line of a digest as new, updated, confirmed, contradicted or passed, compared with earlier digests."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from briefing.digest.events import are_same_event, date_order, is_near, is_over
from briefing.digest.first_page import first_page_lines
from briefing.digest.known_lines import change_since, is_known, match_rank
from briefing.digest.ledger import StoryRecord, entries, merge_stubs
from briefing.digest.wording import content, jaccard
from briefing.language.times.values import bounds
from briefing.model.digest import Change, ChangeKind, Digest, DigestArticle, LineRef, Story, StoryEvent
from briefing.model.ledger import Ledger, LedgerLine

_SAME_STORY = 0.5  # Jaccard index of the words of two headlines


def mark_changes(digest: Digest, earlier: Ledger | None, today: date, horizon: int = 14) -> Digest:
    """Return a digest whose lines are marked with their changes since the earlier digests of its profile.

    A first digest keeps only the marks of changes within itself. Known stories and events keep their earlier ids.

    A past event stays in its story if it was announced and its day passed since the last digest. If no article mentions
    such an event any more, it is added to ``passed`` with the sentences that announced it. Coming events that only
    earlier digests announced are added to ``announced`` in the same way.

    Args:
        digest: The digest to mark; existing marks are replaced.
        earlier: The ledger of the profile; None for a first digest.
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
        marked_story, found = _marked(story.model_copy(update={"id": ids[story.id]}), lines, earlier, today)
        stories.append(marked_story)
        matched |= found
    passed = _unmentioned(earlier, matched, lambda event: _has_passed(event, earlier, today))
    shown = {story.id: _without_stale(story, today) for story in stories}
    marked = {story.id: story for story in stories}
    named = (one.model_copy(update={"story": ids[one.story]}) for one in digest.agenda)
    changes: dict[str, Any] = {
        "compared": earlier.at,
        "stories": tuple(shown.values()),
        "agenda": tuple(_renumbered(one, marked[one.story].events, today) for one in named),
        "changes": tuple(reference for story in shown.values() for reference in first_page_lines(story)),
    }
    here = tuple(event for story in shown.values() for event in story.events)

    def wanted(event: StoryEvent) -> bool:
        return event.status != "cancelled" and is_near(event.when, today, horizon)

    coming = _unmentioned(earlier, matched, wanted, here)
    return _add_remembered(digest.model_copy(update=changes), passed, coming)


def _known_stories(stories: Sequence[Story], earlier: Ledger) -> Mapping[str, str]:
    """Return the id of each story in the ledger; its own id if the story is new."""
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
    """Return a story with its marks, and the identities of the remembered lines that it repeats."""
    matched: set[str] = set()
    taken = {event.id for event in story.events}  # two events of a story never share an id
    lists: dict[str, list[StoryRecord]] = {}
    for field, _, record in entries(story):
        line = _remembered(field, record, known, today)
        updated: dict[str, Any] = {"change": _own_change(record)}
        if line is not None:
            change = _passing(record, line, earlier, today) or change_since(field, record, line, story)
            updated["change"] = change
            if line.event is not None and line.identity not in taken:
                updated["id"] = line.identity
                taken.add(line.identity)
            matched.add(line.identity)
        lists.setdefault(field, []).append(record.model_copy(update=updated))
    headline = lists.pop("headline")[0].model_copy(update={"change": None})
    fields: dict[str, Any] = {field: tuple(records) for field, records in lists.items()}
    change = None if known else Change(kind="new")
    return story.model_copy(update={**fields, "headline": headline, "change": change}), matched


def _remembered(field: str, record: StoryRecord, known: Sequence[LedgerLine], today: date) -> LedgerLine | None:
    alike = [line for line in known if is_known(field, record, line, today)]
    return max(alike, key=lambda line: (match_rank(field, record, line), line.identity)) if alike else None


def _own_change(record: StoryRecord) -> Change:
    """Return the mark of a line that the ledger does not hold: updated within the digest, or new."""
    own = record.change
    return own if own is not None and own.kind == "updated" else Change(kind="new")


def _passing(record: StoryRecord, line: LedgerLine, earlier: Ledger, today: date) -> Change | None:
    if isinstance(record, StoryEvent) and _has_passed(record, earlier, today):
        return Change(kind="date passed", since=line.seen)
    return None


def _has_passed(event: StoryEvent, earlier: Ledger, today: date) -> bool:
    """Return True if an event ended on or after the day of the last digest, and before today."""
    days = bounds(event.when.value) if event.when.value else None
    return days is not None and datetime.fromisoformat(earlier.at).date() <= days[1] < today


def _without_stale(story: Story, today: date) -> Story:
    """Return a story without past events, except those marked "date passed"."""
    return story.model_copy(update={"events": tuple(event for event in story.events if not _is_stale(event, today))})


def _renumbered(reference: LineRef, events: Sequence[StoryEvent], today: date) -> LineRef:
    """Return a reference to an event, renumbered for the list without stale events."""
    gone = sum(_is_stale(event, today) for event in events[: reference.number])
    return reference.model_copy(update={"number": reference.number - gone})


def _is_stale(event: StoryEvent, today: date) -> bool:
    return is_over(event.when, today.isoformat()) and (event.change is None or event.change.kind != "date passed")


def _unmentioned(
    earlier: Ledger, matched: Iterable[str], wanted: Callable[[StoryEvent], bool], listed: Iterable[StoryEvent] = ()
) -> list[LedgerLine]:
    """Return the remembered events that no article mentions any more, each once, by day.

    Args:
        earlier: The ledger.
        matched: The identities of the remembered lines that the digest repeats.
        wanted: Returns True for the events to return.
        listed: Events in the digest, perhaps in another story.
    """
    known = set(matched)
    seen = list(listed)
    found: list[tuple[tuple[str, str], LedgerLine]] = []
    for line in sorted(earlier.lines, key=lambda line: (line.story, line.identity)):
        event = line.event
        if event is None or line.identity in known or not wanted(event):
            continue
        if not any(are_same_event(event, other) for other in seen):
            seen.append(event)
            found.append((date_order(event.when), line))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _add_remembered(digest: Digest, passed: Sequence[LedgerLine], coming: Sequence[LedgerLine]) -> Digest:
    """Return a digest with remembered events, and the sentences that announced them."""
    held = {item.article.id: item for item in digest.articles if not _is_in_no_story(item, digest)}
    for item in (item for line in (*passed, *coming) for item in line.articles):
        known = held.get(item.article.id)
        held[item.article.id] = item if known is None else merge_stubs(known, item)

    def events(lines: Iterable[LedgerLine], change: ChangeKind | None) -> Iterator[StoryEvent]:
        for line in lines:
            if line.event is not None:
                origins = len({held[piece.article or ""].origin for piece in line.event.evidence})
                mark = Change(kind=change, since=line.seen) if change is not None else None
                yield line.event.model_copy(update={"origins": origins, "change": mark})

    added = {"passed": tuple(events(passed, "date passed")), "announced": tuple(events(coming, None))}
    return Digest(**(dict(digest) | {"articles": tuple(held.values())} | added))


def _is_in_no_story(item: DigestArticle, digest: Digest) -> bool:
    """Return True if an article belongs to no story, and is kept only for a remembered event."""
    return not any(item.article.id == member.id for story in digest.stories for member in story.articles)
