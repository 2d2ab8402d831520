"""The points, quotes and background of a story: what several articles tell is told once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.digest.actors import Names, called
from briefing.digest.corroboration import Corroboration
from briefing.digest.members import Member, Told, grouped, rest_on, told_by
from briefing.digest.wording import content, held, is_negated, numbers, says_the_same, undated
from briefing.evidence.grounding import words
from briefing.extraction.record_ids import slug_of, take_id
from briefing.model.brief import BackgroundFact, Briefing, Position, Quote
from briefing.model.digest import StoryFact, StoryPosition, StoryQuote

_SAME_MATTER = 0.6  # share of the shorter statement's words that two points of the same parties have in common
_SAME_TOPIC = 0.8  # the same, of their topics
_SAME_STATEMENT = 0.8  # the same, whoever is named as party
_SAME_QUOTE = 0.8  # share of the shorter quote's words that the longer one has in reported speech
_SAME_FACT = 0.75  # share of the shorter one's words that two facts have in common
_WITNESSED = 0.5  # share of a quote's length that another origin must have to be counted
_LONGEST_SLUG = 60


def merge_points(
    members: Sequence[Member],
    names: Names,
    corroborated: Corroboration,
    lines: Callable[[Briefing], Sequence[Position]],
) -> tuple[StoryPosition, ...]:
    """Return the points of a story, those of most origins and the most salient first.

    Args:
        members: Its articles in order.
        names: What its actors are called.
        corroborated: Finds the other origins of a line.
        lines: Which points: agreements, or disagreements.
    """
    told = [_point_as_named(one, names) for one in told_by(members, lines)]
    best_first = sorted(told, key=lambda one: (-one.line.confidence, -one.line.salience, one.order))
    groups = grouped(best_first, lambda one, other: are_one_point(one.line, other.line), _point_keys)
    made = [_point(group, corroborated) for group in groups]
    points = sorted(made, key=lambda point: (-point.origins, -point.salience * point.confidence, point.id))
    taken: set[str] = set()
    return tuple(point.model_copy(update={"id": take_id(point.id, taken)}) for point in points)


def are_one_point(one: Position, other: Position) -> bool:
    """Whether two points are one: the same matter between the same parties, or the same words."""
    if not numbers_agree(one.statement, other.statement) or is_negated(one.statement) != is_negated(other.statement):
        return False
    alike = _alike(one.statement, other.statement)
    if alike >= _SAME_STATEMENT:
        return True
    first, second = set(one.parties), set(other.parties)
    same_parties = bool(first and second) and (first <= second or second <= first)
    return same_parties and (alike >= _SAME_MATTER or (_alike(one.topic, other.topic) >= _SAME_TOPIC and alike > 0))


def numbers_agree(one: str, other: str) -> bool:
    """Whether one of two lines has all numbers of the other."""
    first, second = numbers(one), numbers(other)
    return first <= second or second <= first


def merge_quotes(members: Sequence[Member], names: Names) -> tuple[StoryQuote, ...]:
    """Return the quotes of a story, each once in its longest form, the most salient first."""
    told = [_quote_as_named(one, names) for one in told_by(members, lambda brief: brief.quotes)]
    longest_first = sorted(told, key=lambda one: (not one.line.direct, -len(words(one.line.text)), one.order))
    groups = grouped(longest_first, lambda one, other: are_one_quote(one.line, other.line), _quote_keys)
    quotes = sorted(groups, key=lambda group: (-max(one.line.salience for one in group), group[0].order))
    return tuple(map(_quote, quotes))


def are_one_quote(one: Quote, other: Quote) -> bool:
    """Whether two quotes are the same words of the same speaker, one perhaps shortened or in reported speech."""
    if one.speaker != other.speaker:
        return False
    first, second = sorted((words(one.text), words(other.text)), key=len)
    if _stands_in(first, second):
        return True
    return not (one.direct and other.direct) and says_the_same(one.text, other.text, _SAME_QUOTE)


def merge_background(
    members: Sequence[Member], corroborated: Corroboration, lines: Sequence[str]
) -> tuple[StoryFact, ...]:
    """Return the background of a story, each fact once, what most origins tell first.

    Args:
        members: Its articles in order.
        corroborated: Finds the other origins of a line.
        lines: What the story tells otherwise, which is no background.
    """
    known = [content(line) for line in lines]
    told = [
        one
        for one in told_by(members, lambda brief: brief.background)
        if all(held(line, content(one.line.text)) < _SAME_FACT for line in known)
    ]
    longest_first = sorted(told, key=lambda one: (-len(content(one.line.text)), one.order))
    groups = grouped(longest_first, _are_one_fact, lambda one: content(one.line.text))
    facts = sorted(groups, key=lambda group: (-len({one.member.origin for one in group}), group[0].order))
    return tuple(_fact(group, corroborated) for group in facts)


def _are_one_fact(one: Told[BackgroundFact], other: Told[BackgroundFact]) -> bool:
    return says_the_same(one.line.text, other.line.text, _SAME_FACT)


def _alike(one: str, other: str) -> float:
    return held(*sorted((undated(one), undated(other)), key=len))


def _point_keys(told: Told[Position]) -> frozenset[str]:
    return content(f"{told.line.statement} {told.line.topic}")


def _quote_keys(told: Told[Quote]) -> frozenset[str]:
    return content(told.line.text) or frozenset(words(told.line.text))


def _stands_in(part: list[str], whole: list[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _point_as_named(told: Told[Position], names: Names) -> Told[Position]:
    point = told.line
    parties = dict.fromkeys(called(names, told.member, party) or party for party in point.parties)
    changes = {"parties": tuple(parties), "attributed_to": called(names, told.member, point.attributed_to)}
    return replace(told, line=point.model_copy(update=changes))


def _quote_as_named(told: Told[Quote], names: Names) -> Told[Quote]:
    speaker = called(names, told.member, told.line.speaker)
    return replace(told, line=told.line.model_copy(update={"speaker": speaker}))


def _point(group: list[Told[Position]], corroborated: Corroboration) -> StoryPosition:
    best = group[0]
    said = content(best.line.statement)
    evidence, _ = rest_on(best, group, lambda one: held(said, _evidence_words(one)) >= _SAME_MATTER)
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


def _evidence_words(told: Told[Position]) -> frozenset[str]:
    return frozenset(word for piece in told.line.evidence for word in content(piece.text))


def _quote(group: list[Told[Quote]]) -> StoryQuote:
    best = group[0]
    least = _WITNESSED * len(words(best.line.text))
    evidence, count = rest_on(best, group, lambda one: len(words(one.line.text)) >= least)
    salience = max(one.line.salience for one in group)
    return StoryQuote(**(dict(best.line) | {"salience": salience, "evidence": evidence, "origins": count}))


def _fact(group: list[Told[BackgroundFact]], corroborated: Corroboration) -> StoryFact:
    said = content(group[0].line.text)
    evidence, _ = rest_on(group[0], group, lambda one: held(said, content(one.line.text)) >= _SAME_FACT)
    evidence, count = corroborated(group[0].line.text, evidence)
    return StoryFact(**(dict(group[0].line) | {"evidence": evidence, "origins": count}))
