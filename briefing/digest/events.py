"""Merge the upcoming events of a story by kind, time, place and participants."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256

from briefing.digest.actors import Names, name_in_story
from briefing.digest.members import Member, MemberLine, grouped, joint_evidence, member_lines
from briefing.digest.wording import containment, jaccard, stem, undated
from briefing.evidence.grounding import words
from briefing.extraction.record_ids import slug_of
from briefing.language.occasions import kinds_of_occasions
from briefing.language.times.values import bounds
from briefing.model.brief import UpcomingEvent, When
from briefing.model.digest import Change, StoryEvent
from briefing.runtime.lexicon import word_set

_ALIKE = 0.5  # share of the words of the shorter title that two titles of one event have in common
_VERY_ALIKE = 0.7  # the same, if participants and days do not support it
_PRECISIONS = ("day", "range", "week", "month", "season", "quarter", "year", "unknown")  # the most exact first
_LONG = frozenset({"season", "quarter", "year"})  # no time for a diary: the event may be months away
_LONGEST_SLUG = 40

EventLines = list[MemberLine[UpcomingEvent]]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event and, if articles differ in its day, the lines for each day; the day of the event comes first."""

    event: StoryEvent
    dates: tuple[tuple[MemberLine[UpcomingEvent], ...], ...] = ()


def merge_events(members: Sequence[Member], names: Names) -> tuple[Happening, ...]:
    """Return the events that the articles of a story announce, in the order of their days.

    Args:
        members: Its articles in order.
        names: The names of its actors in the story.
    """
    entries = [_as_named(one, names) for one in member_lines(members, lambda brief: brief.events)]
    on_one_day = grouped(sorted(entries, key=_most_exact_first), _announce_same_event, _keys)
    happenings = [_happening(group) for group in grouped(on_one_day, _differ_in_date, lambda group: _keys(group[0]))]
    return tuple(sorted(happenings, key=lambda one: (date_order(one.event.when), one.event.id)))


def are_same_event(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Return True if two lines announce the same event: kind, participants and times agree."""
    if not _may_be_same(one, other):
        return False
    alike = likeness(one.title, other.title)
    shared = bool(set(one.participants) & set(other.participants))
    agree = days_agree(one.when, other.when)
    if agree is None:
        return alike >= _ALIKE and (shared or alike >= _VERY_ALIKE)
    return agree and (shared or alike >= _ALIKE or one.when.precision == other.when.precision == "day")


def is_rescheduled(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Return True if two lines announce the same event for different days.

    Titles, participants and places must agree. The fewer participants and places are known, the more words of the
    titles must agree.
    """
    if not _may_be_same(one, other) or days_agree(one.when, other.when) is not False:
        return False
    alike = likeness(one.title, other.title)
    close = jaccard(undated(one.title), undated(other.title)) >= _ALIKE
    shared = set(one.participants) & set(other.participants)
    placed = bool(one.place and other.place)
    if placed and len(shared) > 1:
        return alike >= _ALIKE
    same_words = undated(one.title) == undated(other.title)
    fewer = shared in (set(one.participants), set(other.participants)) and same_words  # one names only some of them
    known = len(shared) > 1 or (bool(shared) and (placed or fewer)) or one.participants == other.participants
    return known and close and alike >= _VERY_ALIKE


def likeness(one: str, other: str) -> float:
    """Return the share of the words of the shorter title that the other holds, without days and numbers."""
    return containment(*sorted((undated(one), undated(other)), key=len))


def days_agree(one: When, other: When) -> bool | None:
    """Return True if two times have a day in common; None if one of them is unknown."""
    first = bounds(one.value) if one.value else None
    second = bounds(other.value) if other.value else None
    if first is None or second is None:
        return True if one.value and one.value == other.value else None
    return first[0] <= second[1] and second[0] <= first[1]


def is_over(when: When, day: str) -> bool:
    """Return True if the last day of a time is before a day; a past event cannot be rescheduled."""
    days = bounds(when.value) if when.value else None
    return days is not None and bool(day) and days[1].isoformat() < day


def is_near(when: When, today: date, horizon: int) -> bool:
    """Return True if a day of a time is among the coming days; a long period ("2031") must end with them."""
    days = bounds(when.value) if when.value else None
    last = today + timedelta(days=horizon)
    if days is None or days[1] < today:
        return False
    return (days[1] if when.precision in _LONG else days[0]) <= last


def date_order(when: When) -> tuple[str, str]:
    """Return the sort key of a time: its last day; unknown times come last."""
    days = bounds(when.value) if when.value else None
    return (days[1].isoformat(), when.value or "") if days else ("9999-12-31", when.value or "")


def concepts(title: str) -> frozenset[str]:
    """Return the kinds of event that a title names; synonyms are one kind: "talks" and "meeting"."""
    kinds = _kinds()
    return frozenset(kinds[word] for word in map(stem, words(title)) if word in kinds)


@cache
def _kinds() -> dict[str, str]:
    table = {stem(word): stem(word) for word in word_set(__name__, "acts")}
    table |= {stem(noun): kind for noun, kind in kinds_of_occasions().items()}
    return table | {"meet": "meetings", "talk": "meetings", "vote": "votes", "visit": "visits", "strik": "protests"}


def _may_be_same(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Return True if kind, place and participants do not exclude that two lines announce the same event."""
    first, second = (set(event.participants) for event in (one, other))
    parted = bool(first and second) and not first & second and not _same_words(one, other)
    same_thing = concepts(one.title) & concepts(other.title) or likeness(one.title, other.title) >= _VERY_ALIKE
    return bool(same_thing) and not parted and _places_agree(one.place, other.place)


def _same_words(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Return True if title and day are equal, so that "the ministers" may be the persons named elsewhere."""
    on_one_day = one.when.precision == "day" and one.when.value == other.when.value
    return on_one_day and words(one.title) == words(other.title)


def _places_agree(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    return bool(set(words(one)) & set(words(other)))


def _announce_same_event(one: MemberLine[UpcomingEvent], other: MemberLine[UpcomingEvent]) -> bool:
    """Return True if two lines announce the same event; of one article, only if title and time are equal."""
    repeated = words(one.line.title) == words(other.line.title) and one.line.when.value == other.line.when.value
    return (repeated or one.member.id != other.member.id) and are_same_event(one.line, other.line)


def _differ_in_date(one: EventLines, other: EventLines) -> bool:
    """Return True if two groups announce the same coming event for different days, and share no article."""
    apart = not {line.member.id for line in one} & {line.member.id for line in other}
    latest = max(line.member.published for line in (*one, *other))
    to_come = all(not is_over(group[0].line.when, latest) for group in (one, other))
    return apart and to_come and is_rescheduled(one[0].line, other[0].line)


def _keys(entry: MemberLine[UpcomingEvent]) -> tuple[str, ...]:
    return (*sorted(concepts(entry.line.title)), *sorted(undated(entry.line.title)))


def _as_named(entry: MemberLine[UpcomingEvent], names: Names) -> MemberLine[UpcomingEvent]:
    """Return an event whose participants have their names in the story."""
    parties = dict.fromkeys(name_in_story(names, entry.member, party) or party for party in entry.line.participants)
    return replace(entry, line=entry.line.model_copy(update={"participants": tuple(parties)}))


def _most_exact_first(entry: MemberLine[UpcomingEvent]) -> tuple[object, ...]:
    """Order events by the precision of their day and by their details, then by article."""
    event = entry.line
    dated = event.when.value is not None and bounds(event.when.value) is not None
    details = (len(event.participants), event.place is not None)
    return (not dated, _PRECISIONS.index(event.when.precision), -details[0], not details[1], entry.order)


def _happening(groups: list[EventLines]) -> Happening:
    """Return the event that some groups of articles announce, each group for another day."""
    current = [[one for one in group if not _is_outdated(one, group, groups)] for group in groups]
    dates = sorted((group for group in current if group), key=_best_supported)
    outdated = [one for group, kept in zip(groups, current, strict=True) for one in group if one not in kept]
    event = _event(dates[0])
    if len(dates) == 1 and outdated:
        before = max(outdated, key=lambda one: one.order)
        change = Change(kind="updated", was=before.line.when.text, since=before.member.published or None)
        event = event.model_copy(update={"change": change})
    return Happening(event, tuple(map(tuple, dates)) if len(dates) > 1 else ())


def _is_outdated(entry: MemberLine[UpcomingEvent], own: EventLines, groups: list[EventLines]) -> bool:
    """Return True if a later article of the same origin names another day, or any later one reports a change."""
    return any(
        other.member.published > entry.member.published
        and (other.member.origin == entry.member.origin or _says_rescheduled(other))
        for group in groups
        if group is not own
        for other in group
    )


def _says_rescheduled(entry: MemberLine[UpcomingEvent]) -> bool:
    text = " ".join(piece.text for piece in entry.line.evidence).casefold()
    return entry.line.status == "postponed" or any(word in text for word in word_set(__name__, "moved"))


def _best_supported(group: EventLines) -> tuple[object, ...]:
    """Order groups by number of origins, then by the latest article, then by the earlier day."""
    latest = max(one.member.published for one in group)
    return (
        -len({one.member.origin for one in group}),
        [-ord(sign) for sign in latest],
        date_order(group[0].line.when),
        group[0].order,
    )


def _event(group: EventLines) -> StoryEvent:
    best = min(group, key=_most_exact_first)
    evidence, count = joint_evidence(best, group)
    cited = {piece.article for piece in evidence}
    placed = [one for one in (best, *group) if one.line.place and one.member.id in cited]
    if placed and placed[0] is not best:
        evidence = tuple(dict.fromkeys((*evidence, *placed[0].member.cite(placed[0].line.evidence))))
    parties = dict.fromkeys(party for one in (best, *group) for party in one.line.participants)
    latest = max(group, key=lambda one: one.order)
    return StoryEvent(
        id=_id(best),
        title=best.line.title,
        when=best.line.when,
        place=placed[0].line.place if placed else None,
        participants=tuple(parties),
        status=latest.line.status if latest.member.published > best.member.published else best.line.status,
        evidence=evidence,
        insertions=best.line.insertions,
        origins=count,
    )


def _id(entry: MemberLine[UpcomingEvent]) -> str:
    """Return an id that is unique in all digests, and that the same article always gives."""
    place = f"{entry.member.id}/{entry.line.evidence[0].start}/{entry.line.title}/{entry.line.when.value}"
    slug = slug_of(entry.line.title, "event", _LONGEST_SLUG)
    return f"{slug}-{sha256(place.encode('utf-8', 'replace')).hexdigest()[:8]}"
