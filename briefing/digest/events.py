"""The upcoming events of a story: one event for one happening, by what it is, when, where and who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256

from briefing.digest.actors import Names, called
from briefing.digest.members import Member, Told, grouped, rest_on, told_by
from briefing.digest.wording import held, jaccard, stem, undated, word_list
from briefing.evidence.grounding import words
from briefing.extraction.record_ids import slug_of
from briefing.language.lexicon import read_lexicon
from briefing.language.times.values import bounds
from briefing.model.brief import UpcomingEvent, When
from briefing.model.digest import Change, StoryEvent

_ALIKE = 0.5  # share of the shorter title's words that two titles of one happening have in common
_VERY_ALIKE = 0.7  # the same, where nothing else speaks for it
_PRECISIONS = ("day", "range", "week", "month", "season", "quarter", "year", "unknown")  # the most exact first
_LONGEST_SLUG = 40

Tellers = list[Told[UpcomingEvent]]


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening, and where articles name different days for it, who names which, the day of the event first."""

    event: StoryEvent
    dates: tuple[tuple[Told[UpcomingEvent], ...], ...] = ()


def merge_events(members: Sequence[Member], names: Names) -> tuple[Happening, ...]:
    """Return the happenings that the articles of a story announce, in the order of their days.

    Args:
        members: Its articles in order.
        names: What its actors are called.
    """
    told = [_as_named(one, names) for one in told_by(members, lambda brief: brief.events)]
    on_one_day = grouped(sorted(told, key=_surest_first), _tell_one, _keys)
    happenings = [_happening(group) for group in grouped(on_one_day, _dated_otherwise, lambda group: _keys(group[0]))]
    return tuple(sorted(happenings, key=lambda one: (date_order(one.event.when), one.event.id)))


def are_one(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Whether two lines announce one happening: the same thing by the same people, at times that agree."""
    if not _could_be_one(one, other):
        return False
    alike = likeness(one.title, other.title)
    shared = bool(set(one.participants) & set(other.participants))
    agree = days_agree(one.when, other.when)
    if agree is None:
        return alike >= _ALIKE and (shared or alike >= _VERY_ALIKE)
    return agree and (shared or alike >= _ALIKE or one.when.precision == other.when.precision == "day")


def are_one_moved(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Whether two lines announce one happening on different days: much of the words, and who meets where, are the same.

    The less that participants and place say, the more of the words must be the same.
    """
    if not _could_be_one(one, other) or days_agree(one.when, other.when) is not False:
        return False
    alike = likeness(one.title, other.title)
    close = jaccard(undated(one.title), undated(other.title)) >= _ALIKE
    shared = set(one.participants) & set(other.participants)
    placed = bool(one.place and other.place)
    if placed and len(shared) > 1:
        return alike >= _ALIKE
    same_words = undated(one.title) == undated(other.title)
    fewer = shared in (set(one.participants), set(other.participants)) and same_words  # one names some of them only
    known = len(shared) > 1 or (bool(shared) and (placed or fewer)) or one.participants == other.participants
    return known and close and alike >= _VERY_ALIKE


def likeness(one: str, other: str) -> float:
    """Return the share of the shorter title's words that the other one has, but for days and numbers."""
    return held(*sorted((undated(one), undated(other)), key=len))


def days_agree(one: When, other: When) -> bool | None:
    """Say whether two times have a day in common; None where one of them is not known."""
    first = bounds(one.value) if one.value else None
    second = bounds(other.value) if other.value else None
    if first is None or second is None:
        return True if one.value and one.value == other.value else None
    return first[0] <= second[1] and second[0] <= first[1]


def is_over(when: When, day: str) -> bool:
    """Whether the last day of a time lies before a day: what is over cannot have been moved."""
    days = bounds(when.value) if when.value else None
    return days is not None and bool(day) and days[1].isoformat() < day


def date_order(when: When) -> tuple[str, str]:
    """Return where a time stands among others: by its last day; those without one last."""
    days = bounds(when.value) if when.value else None
    return (days[1].isoformat(), when.value or "") if days else ("9999-12-31", when.value or "")


def concepts(title: str) -> frozenset[str]:
    """Return what kind of happening a title names, words of one meaning alike: "talks" and "meeting"."""
    kinds = _kinds()
    return frozenset(kinds[word] for word in map(stem, words(title)) if word in kinds)


@cache
def _kinds() -> dict[str, str]:
    events = read_lexicon("events")
    verbs = frozenset(events["event_verbs"]) - frozenset(events["light_verbs"])
    table = {stem(word): stem(word) for word in (*sorted(verbs), *events["acts"])}
    for kind, nouns in events["occasions"].items():
        table |= {stem(noun): kind for noun in nouns}
    return table | {"meet": "meetings", "talk": "meetings", "vote": "votes", "visit": "visits", "strik": "protests"}


def _could_be_one(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Whether neither kind, place nor participants speak against it."""
    first, second = (set(event.participants) for event in (one, other))
    parted = bool(first and second) and not first & second and not _same_words(one, other)
    same_thing = concepts(one.title) & concepts(other.title) or likeness(one.title, other.title) >= _VERY_ALIKE
    return bool(same_thing) and not parted and _places_agree(one.place, other.place)


def _same_words(one: UpcomingEvent, other: UpcomingEvent) -> bool:
    """Whether two events have one title, one day and one place: "the ministers" are then whom the other one names."""
    on_one_day = one.when.precision == "day" and one.when.value == other.when.value
    return on_one_day and one.place is not None and one.place == other.place and words(one.title) == words(other.title)


def _places_agree(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    return bool(set(words(one)) & set(words(other)))


def _tell_one(one: Told[UpcomingEvent], other: Told[UpcomingEvent]) -> bool:
    """Whether two articles announce one happening; what one article parts are two."""
    return one.member.id != other.member.id and are_one(one.line, other.line)


def _dated_otherwise(one: Tellers, other: Tellers) -> bool:
    """Whether two groups of articles announce one happening for different days, and no article knows of both."""
    apart = not {told.member.id for told in one} & {told.member.id for told in other}
    latest = max(told.member.published for told in (*one, *other))
    to_come = all(not is_over(group[0].line.when, latest) for group in (one, other))
    return apart and to_come and are_one_moved(one[0].line, other[0].line)


def _keys(told: Told[UpcomingEvent]) -> tuple[str, ...]:
    return (*sorted(concepts(told.line.title)), *sorted(undated(told.line.title)))


def _as_named(told: Told[UpcomingEvent], names: Names) -> Told[UpcomingEvent]:
    """Return an event whose participants bear the names that they have in the story."""
    parties = dict.fromkeys(called(names, told.member, party) or party for party in told.line.participants)
    return replace(told, line=told.line.model_copy(update={"participants": tuple(parties)}))


def _surest_first(told: Told[UpcomingEvent]) -> tuple[object, ...]:
    """Order events by how exact their day is and how much they say, then as the articles come."""
    event = told.line
    dated = event.when.value is not None and bounds(event.when.value) is not None
    said = (len(event.participants), event.place is not None)
    return (not dated, _PRECISIONS.index(event.when.precision), -said[0], not said[1], told.order)


def _happening(groups: list[Tellers]) -> Happening:
    """Return the happening that some groups of articles announce, each for a day of its own."""
    standing = [[one for one in group if not _is_outdated(one, group, groups)] for group in groups]
    dates = sorted((group for group in standing if group), key=_best_borne)
    outdated = [one for group, left in zip(groups, standing, strict=True) for one in group if one not in left]
    event = _event(dates[0])
    if len(dates) == 1 and outdated:
        before = max(outdated, key=lambda one: one.order)
        change = Change(kind="updated", was=before.line.when.text, since=before.member.published or None)
        event = event.model_copy(update={"change": change})
    return Happening(event, tuple(map(tuple, dates)) if len(dates) > 1 else ())


def _is_outdated(told: Told[UpcomingEvent], own: Tellers, groups: list[Tellers]) -> bool:
    """Whether a later article of the same origin names another day, or any later article says that it was moved."""
    return any(
        other.member.published > told.member.published
        and (other.member.origin == told.member.origin or _tells_of_a_move(other))
        for group in groups
        if group is not own
        for other in group
    )


def _tells_of_a_move(told: Told[UpcomingEvent]) -> bool:
    said = " ".join(piece.text for piece in told.line.evidence).casefold()
    return told.line.status == "postponed" or any(word in said for word in word_list("words", "moved"))


def _best_borne(group: Tellers) -> tuple[object, ...]:
    """Order days by how many origins name them, then the latest article, then the earlier day."""
    latest = max(one.member.published for one in group)
    return (
        -len({one.member.origin for one in group}),
        [-ord(sign) for sign in latest],
        date_order(group[0].line.when),
        group[0].order,
    )


def _event(group: Tellers) -> StoryEvent:
    best = min(group, key=_surest_first)
    evidence, count = rest_on(best, group)
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


def _id(told: Told[UpcomingEvent]) -> str:
    """Return an id that no other event has in any digest, and that the same article gives again."""
    place = f"{told.member.id}/{told.line.evidence[0].start}/{told.line.title}/{told.line.when.value}"
    slug = slug_of(told.line.title, "event", _LONGEST_SLUG)
    return f"{slug}-{sha256(place.encode('utf-8', 'replace')).hexdigest()[:8]}"
