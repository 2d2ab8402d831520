"""Match a line with the lines of earlier digests, and find how it changed."""

from datetime import date

from briefing.digest.events import are_same_event, days_agree, is_over, is_rescheduled
from briefing.digest.figures import SentenceFigure, figures_in
from briefing.digest.ledger import StoryRecord, names_of, origins_of, value_of, words_of
from briefing.digest.points import numbers_agree
from briefing.digest.wording import containment, content, is_negated, is_same_statement, jaccard, undated
from briefing.evidence.grounding import words
from briefing.model.digest import Change, Contradiction, Story, StoryActor, StoryEvent, StoryPosition, StoryQuote
from briefing.model.ledger import LedgerLine

_SAME = 0.7  # share of the words of the shorter line that two lines have in common
_SAME_MATTER = 0.6  # Jaccard index of the words about two comparable amounts
_OPPOSED = {"agreements": "disagreements", "disagreements": "agreements"}


def is_known(field: str, record: StoryRecord, line: LedgerLine, today: date) -> bool:
    """Return True if a line of a story has the same subject as a remembered line of that story.

    An event that ended before *today* cannot be rescheduled.
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
            return names_of(record) == line.names and is_same_statement(record.text, line.text, _SAME)
        case Contradiction():
            return jaccard(content(words_of(record)), content(line.text)) >= _SAME
        case _:
            return _is_repeated(record.text, line.text) or bool(_comparable_numbers(record.text, line.text))


def _is_known_event(event: StoryEvent, before: StoryEvent, today: date) -> bool:
    moved = not is_over(before.when, today.isoformat()) and is_rescheduled(event, before)
    return event.id == before.id or are_same_event(event, before) or moved


def match_rank(field: str, record: StoryRecord, line: LedgerLine) -> tuple[bool, bool, bool, str]:
    """Return the rank of a matching line: same words, same list, same value or day, then the latest."""
    same = line.event is None or not isinstance(record, StoryEvent) or record.when == line.event.when
    worded = words_of(record) == line.text and names_of(record) == line.names
    return (worded and same, line.field == field, same and value_of(record) == line.value, line.seen)


def change_since(field: str, record: StoryRecord, line: LedgerLine, story: Story) -> Change | None:
    """Return how a line changed since a remembered one; None if it did not."""
    change = _difference(field, record, line, story)
    if change is None and origins_of(record) > line.origins and not isinstance(record, Contradiction):
        change = Change(kind="confirmed", was=None, since=line.seen)
    return change


def _difference(field: str, record: StoryRecord, line: LedgerLine, story: Story) -> Change | None:
    match record:
        case StoryEvent():
            return _event_change(record, line, story)
        case StoryActor():
            return _role_change(record, line)
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


def _role_change(actor: StoryActor, line: LedgerLine) -> Change | None:
    """Return a changed role; None if an article of the story still gives the old one beside it."""
    roles = [role for role in (actor.role, *(other.text for other in actor.other_roles)) if role]
    if line.value is None or actor.role is None or any(_is_within(role, line.value) for role in roles):
        return None
    return Change(kind="updated", was=line.value, since=line.seen)


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
    """Return a changed number, or a negation of the remembered line; None if neither is found."""
    if text == line.text:
        return None
    for now, before in _comparable_numbers(text, line.text):
        if now.range != before.range:
            falls = now.grows and not now.range.meets(before.range) and now.range.most < before.range.least
            return Change(kind="contradicted" if falls else "updated", was=before.text, since=line.seen)
    if is_negated(text) != is_negated(line.text) and containment(undated(line.text), undated(text)) >= _SAME:
        return Change(kind="contradicted", was=line.text, since=line.seen)
    return None


def _is_repeated(text: str, before: str) -> bool:
    """Return True if two sentences say the same, or the opposite of each other."""
    if is_same_statement(text, before, _SAME):
        return True
    alike = jaccard(undated(text), undated(before)) >= _SAME
    return alike and numbers_agree(text, before)


def _comparable_numbers(text: str, before: str) -> list[tuple[SentenceFigure, SentenceFigure]]:
    """Return the pairs of numbers in two sentences that count or measure the same."""
    alike = jaccard(undated(text), undated(before)) >= _SAME_MATTER
    return [
        (now, then)
        for now in figures_in(text)
        for then in figures_in(before)
        if now.slot == then.slot and (now.grows or alike)
    ]


def _is_known_point(point: StoryPosition, line: LedgerLine, *, opposed: bool) -> bool:
    """Return True if a point matches a line in its words, or in its topic and parties."""
    parties = set(point.parties)
    shared = bool(parties & set(line.names)) or not parties or not line.names
    if not shared or not numbers_agree(point.statement, line.text):
        return False
    likeness = containment(*sorted((undated(point.statement), undated(line.text)), key=len))
    topics = containment(*sorted((undated(point.topic), undated(line.topic)), key=len))
    if opposed:
        return topics >= _SAME and parties == set(line.names)
    return likeness >= _SAME or (topics >= _SAME and likeness > 0 and parties == set(line.names))


def _is_within(role: str, other: str) -> bool:
    first, second = set(words(role)), set(words(other))
    return first <= second or second <= first
