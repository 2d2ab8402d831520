"""Find contradictions between the articles of a story: numbers, days, offices and denials.

Precision comes first. Statements that can both be true, later reports, and corrections by one origin are no
contradictions.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from briefing.digest.actors import Names, name_in_story
from briefing.digest.denials import find_denials
from briefing.digest.events import Happening
from briefing.digest.figures import Figure
from briefing.digest.members import LineT, Member, MemberLine, grouped, member_lines
from briefing.digest.sides import side_of
from briefing.digest.superseding import are_comparable
from briefing.evidence.grounding import holds, words
from briefing.model.brief import Actor, Evidence
from briefing.model.digest import Contradiction, Side
from briefing.runtime.lexicon import word_set

_MOST_SIDES = 6  # of a number; sides with most origins are shown


def find_contradictions(
    members: Sequence[Member], figures: Sequence[Figure], happenings: Iterable[Happening], names: Names
) -> tuple[Contradiction, ...]:
    """Return the contradictions between the articles of a story, by kind.

    Args:
        members: Its articles in order.
        figures: Its numbers that no later report superseded.
        happenings: Its events; those with different days in different articles are contradictions.
        names: The names of its actors in the story.
    """
    return (
        *_numbers(figures),
        *(found for happening in happenings for found in _days(happening)),
        *_offices(members, names),
        *find_denials(members),
    )


def _numbers(current: Sequence[Figure]) -> Iterator[Contradiction]:
    by_slot = sorted(
        current, key=lambda figure: (figure.slot, figure.member.published, figure.member.id, figure.evidence.start)
    )
    for _, of_slot in groupby(by_slot, key=lambda figure: figure.slot):
        for figures in grouped(tuple(of_slot), are_comparable, lambda _: ("",)):
            sides = grouped(figures, lambda one, other: one.range.meets(other.range), lambda _: ("",))
            distinct = [side for side in sides if not any(_meet(side, other) for other in sides if other is not side)]
            if len(distinct) > 1 and len({figure.member.origin for side in distinct for figure in side}) > 1:
                shown = sorted(map(_number_side, distinct), key=lambda side: -side.origins)[:_MOST_SIDES]
                yield Contradiction(kind="number", slot=distinct[0][0].subject, sides=tuple(shown))


def _meet(one: Iterable[Figure], other: Sequence[Figure]) -> bool:
    return any(first.range.meets(second.range) for first in one for second in other)


def _number_side(figures: Sequence[Figure]) -> Side:
    exact = min(
        figures, key=lambda figure: (figure.range.most - figure.range.least, figure.member.published, figure.member.id)
    )
    return side_of(exact.text, exact.evidence.text, exact.member, [(f.member, f.evidence) for f in figures])


def _days(happening: Happening) -> Iterator[Contradiction]:
    sides = []
    for group in happening.dates:
        said = [one for one in group if one.line.when.text and _piece_with(one, one.line.when.text)]
        if said:
            best = said[0]
            pieces = [(one.member, piece) for one in said for piece in _piece_with(one, one.line.when.text)]
            side = side_of(best.line.when.text or "", pieces[0][1].text, best.member, pieces)
            # the slot needs the whole evidence of the event
            whole = dict.fromkeys((*side.evidence, *best.member.cite(best.line.evidence)))
            sides.append(side.model_copy(update={"evidence": tuple(whole)}))
    if len(sides) > 1:
        event = happening.dates[0][0].line
        yield Contradiction(kind="date", slot=event.title, insertions=event.insertions, sides=tuple(sides))


def _offices(members: Sequence[Member], names: Names) -> Iterator[Contradiction]:
    """Yield offices with a single holder that different origins assign to different persons."""
    entries = [
        one for one in member_lines(members, lambda brief: brief.actors) if one.line.kind == "person" and _office(one)
    ]
    for office in sorted({_office(one) for one in entries}):
        bearers: dict[str, list[MemberLine[Actor]]] = {}
        for one in entries:
            if _office(one) == office:
                bearers.setdefault(name_in_story(names, one.member, one.line.name) or one.line.name, []).append(one)
        if len(bearers) < 2 or _one_article_knows_both(members, names, bearers):
            continue
        if len({one.member.origin for group in bearers.values() for one in group}) > 1:
            first = next(iter(bearers.values()))[0].line
            sides = tuple(_office_side(group) for group in bearers.values())
            yield Contradiction(kind="office", slot=first.role or "", sides=sides)


def _office(entry: MemberLine[Actor]) -> str:
    """Return the office of an actor and its affiliation; empty if it may have several holders or is unsure."""
    role, whose = words(entry.line.role or ""), words(entry.line.affiliation or "")
    if not whose or set(role) & word_set(__name__, "other") or not _piece_with(entry, entry.line.name, entry.line.role):
        return ""
    if role[-1:] == ["minister"] and role[-2:-1] and role[-2] in word_set(__name__, "portfolios"):
        return f"{role[-2]} minister / {' '.join(whose)}"
    ending = next((o for o in sorted(word_set(__name__, "single")) if role[-len(o.split()) :] == o.split()), None)
    return f"{ending} / {' '.join(whose)}" if ending else ""


def _one_article_knows_both(members: Sequence[Member], names: Names, bearers: Iterable[str]) -> bool:
    """Return True if one article names two of the holders, who then are successors or have two offices."""
    wanted = set(bearers)
    for member in members:
        known = {name_in_story(names, member, actor.name) or actor.name for actor in member.brief.actors}
        if len(known & wanted) > 1:
            return True
    return False


def _office_side(group: Sequence[MemberLine[Actor]]) -> Side:
    best = group[0]
    pieces = [(one.member, piece) for one in group for piece in _piece_with(one, one.line.name, one.line.role)]
    return side_of(best.line.name, pieces[0][1].text, best.member, pieces)


def _piece_with(entry: MemberLine[LineT], *said: str | None) -> tuple[Evidence, ...]:
    """Return the first piece of the evidence of a line that holds all these words; empty otherwise."""
    pieces = entry.member.cite(entry.line.evidence)
    return next(((piece,) for piece in pieces if all(holds(piece.text, one or "") for one in said)), ())
