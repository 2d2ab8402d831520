"""Whether a line is one that an earlier digest told, and how it differs from it."""

from datetime import date

from briefing.digest.events import are_one, are_one_moved, days_agree, is_over
from briefing.digest.figures import Found, figures_in
from briefing.digest.ledger import Told, names_of, origins_of, value_of, words_of
from briefing.digest.points import numbers_agree
from briefing.digest.wording import content, held, is_negated, jaccard, says_the_same, undated
from briefing.evidence.grounding import words
from briefing.model.digest import Change, Contradiction, Story, StoryActor, StoryEvent, StoryPosition, StoryQuote
from briefing.model.ledger import LedgerLine

_SAME = 0.7  # share of the shorter line's words that two lines have in common
_SAME_MATTER = 0.6  # Jaccard index of the words about two amounts of one thing
_OPPOSED = {"agreements": "disagreements", "disagreements": "agreements"}


def is_known(field: str, record: Told, line: LedgerLine, today: date) -> bool:
    """Whether a line of a story tells what a remembered one of the same story told, though perhaps otherwise.

    An event whose day was over before *today* cannot have been moved.
    """
    opposed = isinstance(record, StoryPosition) and line.field == _OPPOSED[field]
    if line.field != field and not opposed:
        return False
    if words_of(record) == line.text and not opposed and not isinstance(record, StoryEvent):
        return True
    match record:
        case StoryEvent():
            return line.event is not None and _is_known_event(record, line.event, today)
        case StoryPosition():
            return _is_known_point(record, line, opposed=opposed)
        case StoryActor():
            return words(record.name) == words(line.text) or line.text in record.aliases
        case StoryQuote():
            return names_of(record) == line.names and says_the_same(record.text, line.text, _SAME)
        case Contradiction():
            return jaccard(content(words_of(record)), content(line.text)) >= _SAME
        case _:
            return _tells_again(record.text, line.text) or bool(_counted_anew(record.text, line.text))


def _is_known_event(event: StoryEvent, before: StoryEvent, today: date) -> bool:
    moved = not is_over(before.when, today.isoformat()) and are_one_moved(event, before)
    return event.id == before.id or are_one(event, before) or moved


def nearness(field: str, record: Told, line: LedgerLine) -> tuple[bool, bool, bool, str]:
    """Order remembered lines: the same words, the same list, the same value or day, then the latest."""
    same = line.event is None or not isinstance(record, StoryEvent) or record.when == line.event.when
    worded = words_of(record) == line.text and names_of(record) == line.names
    return (worded and same, line.field == field, same and value_of(record) == line.value, line.seen)


def verdict_on(field: str, record: Told, line: LedgerLine, story: Story) -> Change | None:
    """Return how a line differs from a remembered one; None where it does not."""
    change = _difference(field, record, line, story)
    if change is None and origins_of(record) > line.origins and not isinstance(record, Contradiction):
        change = Change(kind="confirmed", was=None, since=line.seen)
    return change


def _difference(field: str, record: Told, line: LedgerLine, story: Story) -> Change | None:
    match record:
        case StoryEvent():
            return _event_change(record, line, story)
        case StoryActor():
            if line.value is None or record.role is None or _is_within(record.role, line.value):
                return None
            return Change(kind="updated", was=line.value, since=line.seen)
        case StoryPosition():
            if line.field == field:
                return None
            return Change(kind="contradicted", was=line.text, since=line.seen)
        case Contradiction():
            changed = line.value is not None and value_of(record) != line.value
            return Change(kind="updated", was=line.value, since=line.seen) if changed else None
        case StoryQuote():
            return None
        case _:
            return _statement_change(record.text, line)


def _event_change(event: StoryEvent, line: LedgerLine, story: Story) -> Change | None:
    before = line.event
    if before is None:
        return None
    if days_agree(event.when, before.when) is False:
        disputed = any(one.kind == "date" and one.slot == event.title for one in story.contradictions)
        kind = "contradicted" if disputed else "updated"
        return Change(kind=kind, was=before.when.text or before.when.value, since=line.seen)
    if event.when.value != before.when.value and before.when.text is not None and event.when.value is not None:
        return Change(kind="updated", was=before.when.text, since=line.seen)
    if event.status != before.status and {event.status, before.status} & {"cancelled", "postponed"}:
        return Change(kind="updated", was=before.status, since=line.seen)
    return None


def _statement_change(text: str, line: LedgerLine) -> Change | None:
    """Return a number that was put higher or otherwise since, or the denial of what was told."""
    if text == line.text:
        return None
    for now, before in _counted_anew(text, line.text):
        if now.range != before.range:
            falls = now.grows and not now.range.meets(before.range) and now.range.most < before.range.least
            return Change(kind="contradicted" if falls else "updated", was=before.text, since=line.seen)
    if is_negated(text) != is_negated(line.text) and held(undated(line.text), undated(text)) >= _SAME:
        return Change(kind="contradicted", was=line.text, since=line.seen)
    return None


def _tells_again(text: str, before: str) -> bool:
    """Whether two sentences say the same, or one the opposite of the other."""
    if says_the_same(text, before, _SAME):
        return True
    alike = jaccard(undated(text), undated(before)) >= _SAME
    return alike and numbers_agree(text, before)


def _counted_anew(text: str, before: str) -> list[tuple[Found, Found]]:
    """Return the numbers of two sentences that are of one thing."""
    alike = jaccard(undated(text), undated(before)) >= _SAME_MATTER
    return [
        (now, then)
        for now in figures_in(text)
        for then in figures_in(before)
        if now.slot == then.slot and (now.grows or alike)
    ]


def _is_known_point(point: StoryPosition, line: LedgerLine, *, opposed: bool) -> bool:
    """Whether a point was told: in like words, or on the same topic by the same parties."""
    parties = set(point.parties)
    shared = bool(parties & set(line.names)) or not parties or not line.names
    if not shared or not numbers_agree(point.statement, line.text):
        return False
    likeness = held(*sorted((undated(point.statement), undated(line.text)), key=len))
    topics = held(*sorted((undated(point.topic), undated(line.topic)), key=len))
    if opposed:
        return topics >= _SAME and parties == set(line.names)
    return likeness >= _SAME or (topics >= _SAME and likeness > 0 and parties == set(line.names))


def _is_within(role: str, other: str) -> bool:
    first, second = set(words(role)), set(words(other))
    return first <= second or second <= first
