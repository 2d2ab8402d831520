"""Merge the points, quotes and background of a story, so that each appears once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.digest.actors import Names, name_in_story
from briefing.digest.corroboration import Corroboration
from briefing.digest.members import Member, MemberLine, grouped, joint_evidence, member_lines
from briefing.digest.wording import containment, content, is_negated, is_same_statement, numbers, undated
from briefing.evidence.grounding import words
from briefing.extraction.record_ids import slug_of, take_id
from briefing.model.brief import BackgroundFact, Briefing, Position, Quote
from briefing.model.digest import StoryFact, StoryPosition, StoryQuote

_SAME_MATTER = 0.6  # share of the words of the shorter statement that two points of the same parties share
_SAME_TOPIC = 0.8  # the same for their topics
_SAME_STATEMENT = 0.8  # the same for points of any parties
_SAME_QUOTE = 0.8  # share of the words of the shorter quote that the longer one holds in reported speech
_LONG_QUOTE = 10  # words; two speakers rarely say as many alike
_SAME_WORDS = 0.9  # share of the words of the shorter long quote; articles cut and gloss quotes
_SAME_FACT = 0.75  # share of the words of the shorter fact that two facts share
_SUPPORTING = 0.5  # share of the length of a quote that a version must have to count as evidence
_LONGEST_SLUG = 60


def merge_points(
    members: Sequence[Member],
    names: Names,
    corroborated: Corroboration,
    lines: Callable[[Briefing], Sequence[Position]],
) -> tuple[StoryPosition, ...]:
    """Return the points of a story, by number of origins and salience.

    Args:
        members: Its articles in order.
        names: The names of its actors in the story.
        corroborated: Finds the other origins of a line.
        lines: Returns the agreements or the disagreements of a brief.
    """
    entries = [_point_as_named(one, names) for one in member_lines(members, lines)]
    best_first = sorted(entries, key=lambda one: (-one.line.confidence, -one.line.salience, one.order))
    groups = grouped(best_first, lambda one, other: are_same_point(one.line, other.line), _point_keys)
    made = [_point(group, corroborated) for group in groups]
    points = sorted(made, key=lambda point: (-point.origins, -point.salience * point.confidence, point.id))
    taken: set[str] = set()
    return tuple(point.model_copy(update={"id": take_id(point.id, taken)}) for point in points)


def are_same_point(one: Position, other: Position) -> bool:
    """Return True if two points agree in subject and parties, or in their words."""
    if not numbers_agree(one.statement, other.statement) or is_negated(one.statement) != is_negated(other.statement):
        return False
    alike = _alike(one.statement, other.statement)
    if alike >= _SAME_STATEMENT:
        return True
    first, second = set(one.parties), set(other.parties)
    same_parties = bool(first and second) and (first <= second or second <= first)
    return same_parties and (alike >= _SAME_MATTER or (_alike(one.topic, other.topic) >= _SAME_TOPIC and alike > 0))


def numbers_agree(one: str, other: str) -> bool:
    """Return True if one of two lines has all numbers of the other."""
    first, second = numbers(one), numbers(other)
    return first <= second or second <= first


def merge_quotes(members: Sequence[Member], names: Names) -> tuple[StoryQuote, ...]:
    """Return each quote of a story once, in its longest form; the most salient quotes come first."""
    entries = [_quote_as_named(one, names) for one in member_lines(members, lambda brief: brief.quotes)]
    longest_first = sorted(entries, key=lambda one: (not one.line.direct, -len(words(one.line.text)), one.order))
    groups = grouped(longest_first, lambda one, other: are_same_quote(one.line, other.line), _quote_keys, by_first=True)
    quotes = sorted(groups, key=lambda group: (-max(one.line.salience for one in group), group[0].order))
    return tuple(map(_quote, quotes))


def are_same_quote(one: Quote, other: Quote) -> bool:
    """Return True if two quotes are the same words, even if shortened or reported.

    Long direct quotes have one speaker, even if one article names the spokesman, another the office.
    """
    first, second = sorted((words(one.text), words(other.text)), key=len)
    if one.speaker != other.speaker:
        return one.direct and other.direct and len(first) >= _LONG_QUOTE and _alike(one.text, other.text) >= _SAME_WORDS
    if _is_part_of(first, second):
        return True
    return not (one.direct and other.direct) and is_same_statement(one.text, other.text, _SAME_QUOTE)


def merge_background(
    members: Sequence[Member], corroborated: Corroboration, lines: Sequence[str]
) -> tuple[StoryFact, ...]:
    """Return each background fact of a story once; facts with most origins come first.

    Args:
        members: Its articles in order.
        corroborated: Finds the other origins of a line.
        lines: The other lines of the story; a fact that repeats one of them is skipped.
    """
    known = [content(line) for line in lines]
    entries = [
        one
        for one in member_lines(members, lambda brief: brief.background)
        if all(containment(line, content(one.line.text)) < _SAME_FACT for line in known)
    ]
    longest_first = sorted(entries, key=lambda one: (-len(content(one.line.text)), one.order))
    groups = grouped(longest_first, _are_same_fact, lambda one: content(one.line.text))
    facts = sorted(groups, key=lambda group: (-len({one.member.origin for one in group}), group[0].order))
    return tuple(_fact(group, corroborated) for group in facts)


def _are_same_fact(one: MemberLine[BackgroundFact], other: MemberLine[BackgroundFact]) -> bool:
    return is_same_statement(one.line.text, other.line.text, _SAME_FACT)


def _alike(one: str, other: str) -> float:
    return containment(*sorted((undated(one), undated(other)), key=len))


def _point_keys(entry: MemberLine[Position]) -> frozenset[str]:
    return content(f"{entry.line.statement} {entry.line.topic}")


def _quote_keys(entry: MemberLine[Quote]) -> frozenset[str]:
    return content(entry.line.text) or frozenset(words(entry.line.text))


def _is_part_of(part: list[str], whole: list[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _point_as_named(entry: MemberLine[Position], names: Names) -> MemberLine[Position]:
    point = entry.line
    parties = dict.fromkeys(name_in_story(names, entry.member, party) or party for party in point.parties)
    changes = {"parties": tuple(parties), "attributed_to": name_in_story(names, entry.member, point.attributed_to)}
    return replace(entry, line=point.model_copy(update=changes))


def _quote_as_named(entry: MemberLine[Quote], names: Names) -> MemberLine[Quote]:
    speaker = name_in_story(names, entry.member, entry.line.speaker)
    return replace(entry, line=entry.line.model_copy(update={"speaker": speaker}))


def _point(group: list[MemberLine[Position]], corroborated: Corroboration) -> StoryPosition:
    best = group[0]
    statement = content(best.line.statement)
    evidence, _ = joint_evidence(best, group, lambda one: containment(statement, _evidence_words(one)) >= _SAME_MATTER)
    evidence, count = corroborated(best.line.statement, evidence)
    parties = dict.fromkeys(party for one in group for party in one.line.parties)
    fields = {
        "id": slug_of(best.line.topic or best.line.statement, "point", _LONGEST_SLUG),
        "parties": tuple(parties),
        "salience": max(one.line.salience for one in group),
        "evidence": evidence,
        "origins": count,
    }
    return StoryPosition(**(dict(best.line) | fields))


def _evidence_words(entry: MemberLine[Position]) -> frozenset[str]:
    return frozenset(word for piece in entry.line.evidence for word in content(piece.text))


def _quote(group: list[MemberLine[Quote]]) -> StoryQuote:
    best = group[0]
    least = _SUPPORTING * len(words(best.line.text))
    evidence, count = joint_evidence(best, group, lambda one: len(words(one.line.text)) >= least)
    salience = max(one.line.salience for one in group)
    return StoryQuote(**(dict(best.line) | {"salience": salience, "evidence": evidence, "origins": count}))


def _fact(group: list[MemberLine[BackgroundFact]], corroborated: Corroboration) -> StoryFact:
    fact = content(group[0].line.text)
    evidence, _ = joint_evidence(group[0], group, lambda one: containment(fact, content(one.line.text)) >= _SAME_FACT)
    evidence, count = corroborated(group[0].line.text, evidence)
    return StoryFact(**(dict(group[0].line) | {"evidence": evidence, "origins": count}))
