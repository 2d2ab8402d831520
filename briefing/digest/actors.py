"""Merge the actors of a story: match them across articles, and choose their names and roles."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from unicodedata import normalize

from briefing.digest.members import Member, MemberLine, grouped, joint_evidence, member_lines
from briefing.digest.wording import content, jaccard
from briefing.evidence.grounding import holds, words
from briefing.extraction.record_ids import slug_of, take_id
from briefing.model.brief import Actor
from briefing.model.digest import HeldRole, StoryActor

_SAME_ROLE = 0.5  # Jaccard index of the words of two roles
_MOST_ROLES = 2  # besides the first

# The full stops of initials: "U.S." is "US".
_INITIALS = re.compile(r"(?<=\b[A-Z])\.")
_ACCENTS = re.compile(r"[\u0300-\u036f]")  # in "François", decomposed
_ARTICLE = re.compile(r"^el$")  # "el-Sissi" is "al-Sisi"
_DOUBLED = re.compile(r"(.)\1+")  # "mm" in "Mohammed"
_INNER_VOWELS = re.compile(r"(?<=\w)[aeiou]+(?=\w)")  # "o", "a" and "e" in "Mohamed"
# The name of an actor in the story, by article id and by the name in that article.
Names = Mapping[tuple[str, str], str]


def merge_actors(members: Sequence[Member]) -> tuple[tuple[StoryActor, ...], Names]:
    """Return the actors of a story, the most salient first, and their names in the story.

    Args:
        members: Its articles in order.
    """
    entries = member_lines(members, lambda brief: brief.actors)
    unsure = _shared_surnames(entries)
    groups = grouped(sorted(entries, key=_fullest_first), lambda one, other: _are_same_actor(one, other, unsure), _keys)
    groups = [_best_named_first(group) for group in groups]
    origins = len({member.origin for member in members})
    taken: set[str] = set()
    merged = []
    names: dict[tuple[str, str], str] = {}
    for group in sorted(groups, key=lambda group: (-_salience(group, origins), words(group[0].line.name))):
        actor = _merged(group, origins, taken)
        merged.append(actor)
        names |= {(one.member.id, one.line.name): actor.name for one in group}
    return tuple(merged), names


def name_in_story(names: Names, member: Member, name: str | None) -> str | None:
    """Return the name of an actor in the story; the name in the article if it is no actor of the story."""
    return names.get((member.id, name), name) if name is not None else None


def _merged(group: list[MemberLine[Actor]], origins: int, taken: set[str]) -> StoryActor:
    best = group[0]
    roles = _roles(group)
    bearer = roles[0][0] if roles else best
    pieces, count = joint_evidence(best, group)
    if bearer is not best:
        extra = tuple(piece for piece in bearer.member.cite(bearer.line.evidence) if piece not in pieces)
        pieces = (*pieces, *extra)
    cited = {piece.article for piece in pieces}
    aliases = dict.fromkeys(alias for one in group if one.member.id in cited for alias in (*one.line.aliases,))
    affiliations = [one.line.affiliation for one in (bearer, *group) if one.line.affiliation]
    return StoryActor(
        id=take_id(slug_of(best.line.name, "actor"), taken),
        name=best.line.name,
        kind=best.line.kind,
        role=bearer.line.role,
        affiliation=affiliations[0] if affiliations else None,
        aliases=tuple(alias for alias in aliases if alias != best.line.name),
        mentions=sum(_per_origin(group, lambda actor: actor.mentions).values()),
        salience=_salience(group, origins),
        evidence=pieces,
        origins=count,
        other_roles=tuple(_held_role(bearers) for bearers in roles[1 : 1 + _MOST_ROLES]),
    )


def _held_role(bearers: list[MemberLine[Actor]]) -> HeldRole:
    evidence, count = joint_evidence(bearers[0], bearers)
    return HeldRole(text=bearers[0].line.role or "", evidence=evidence, origins=count)


def _roles(group: Iterable[MemberLine[Actor]]) -> list[list[MemberLine[Actor]]]:
    """Return the lines of each role, the fullest wording first; the role with most origins comes first."""
    bearers = [one for one in group if one.line.role]
    fullest = sorted(bearers, key=lambda one: (-len(words(one.line.role or "")), one.order))
    roles = grouped(
        fullest, lambda one, other: _are_same_role(one.line.role or "", other.line.role or ""), lambda _: ("",)
    )
    return sorted(roles, key=lambda role: (-len({one.member.origin for one in role}), role[0].order))


def _are_same_role(role: str, other: str) -> bool:
    """Return True if one role contains the other ("minister", "Fisheries Minister") or half of their words agree."""
    first, second = (content(_INITIALS.sub("", one)) for one in (role, other))
    return first <= second or second <= first or jaccard(first, second) >= _SAME_ROLE


def _are_same_actor(entry: MemberLine[Actor], compared: MemberLine[Actor], unsure: frozenset[str]) -> bool:
    """Return True if two actors agree in name, in alias, or in a surname that no other actor has."""
    one, other = entry.line, compared.line
    if one.kind != other.kind:
        return False
    if words(one.name) == words(other.name):
        return True
    if one.kind == "country":
        return False
    if one.kind != "person":
        return _is_alias(one, other) or _is_alias(other, one)
    first, second = _spelling(one.name), _spelling(other.name)
    if first == second:  # an article spells a name in one way, so two spellings in it are two persons
        return entry.member.id != compared.member.id
    short, long = sorted((first, second), key=lambda name: (len(name), len("".join(name))))
    if len(short) > 1 and long[: len(short)] == short:  # "Moon Jae", "Moon Jae-in"
        return True
    if not short or first[-1] != second[-1]:
        return False
    if len(short) == 1:
        return short[0] not in unsure
    given_agree = set(short[:-1]) <= set(long[:-1]) or (len(short[0]) == 1 and long[0].startswith(short[0]))
    return given_agree or _hold_one_office(one, other)


def _spelling(name: str) -> list[str]:
    """Return the words of a name without what spellings of it differ in: "Mohamed", "Mohammed"; "el-Sissi", "al-Sisi".

    A final vowel stays, because it tells Paul from Paula.
    """
    plain = _ACCENTS.sub("", normalize("NFKD", name.casefold())).replace("y", "i")
    return [_INNER_VOWELS.sub("", _DOUBLED.sub(r"\1", _ARTICLE.sub("al", word))) for word in words(plain)]


def _hold_one_office(one: Actor, other: Actor) -> bool:
    """Return True if both have the same role and affiliation: Joe and Joseph, President of one country."""
    same = words(one.role or "") == words(other.role or "") != []
    return same and one.affiliation == other.affiliation


def _is_alias(one: Actor, other: Actor) -> bool:
    return any(words(alias) == words(other.name) for alias in one.aliases)


def _shared_surnames(entries: Sequence[MemberLine[Actor]]) -> frozenset[str]:
    """Return the surnames that persons with different given names share."""
    full = {tuple(_spelling(one.line.name)) for one in entries if one.line.kind == "person"}
    by_surname: dict[str, set[tuple[str, ...]]] = {}
    for name in full:
        if len(name) > 1:
            by_surname.setdefault(name[-1], set()).add(name[:-1])
    return frozenset(
        surname
        for surname, given in by_surname.items()
        if any(not set(a) <= set(b) and not set(b) <= set(a) for a, b in combinations(sorted(given), 2))
    )


def _keys(entry: MemberLine[Actor]) -> list[str]:
    """Return the lookup keys of an actor: first and last word of a person's name, or all names."""
    actor = entry.line
    if actor.kind == "person":
        return [f"person {word}" for name in (_spelling(actor.name),) for word in {*name[:1], *name[-1:]}]
    return [f"{actor.kind} {' '.join(words(name))}" for name in (actor.name, *actor.aliases)]


def _fullest_first(entry: MemberLine[Actor]) -> tuple[int, bool, int, tuple[str, str, int]]:
    """Order actors by the length of their name, by whether the evidence holds it, then by article."""
    named = any(holds(piece.text, entry.line.name) for piece in entry.line.evidence)
    return (-len(words(entry.line.name)), not named, -len(entry.line.name), entry.order)


def _best_named_first(group: list[MemberLine[Actor]]) -> list[MemberLine[Actor]]:
    """Return the lines of a person in order of names: full names that most origins use come first.

    So a longer name that only one article has, perhaps by a slip, does not replace the usual one. Of other actors the
    fullest name stays first, because the usual one may be an abbreviation.
    """
    if group[0].line.kind != "person":
        return group
    origins: dict[tuple[str, ...], set[str]] = {}
    for one in group:
        origins.setdefault(tuple(words(one.line.name)), set()).add(one.member.origin)
    return sorted(
        group,
        key=lambda one: (
            len(words(one.line.name)) < 2 <= len(words(group[0].line.name)),
            -len(origins[tuple(words(one.line.name))]),
        ),
    )


def _salience(group: Iterable[MemberLine[Actor]], origins: int) -> float:
    """Return the mean salience over the origins of the story; an origin that omits the actor counts 0."""
    best: dict[str, float] = {}
    for one in group:
        best[one.member.origin] = max(best.get(one.member.origin, 0.0), one.line.salience)
    return round(sum(sorted(best.values())) / origins, 4)


def _per_origin(group: Iterable[MemberLine[Actor]], of: Callable[[Actor], int]) -> dict[str, int]:
    best: dict[str, int] = {}
    for one in group:
        best[one.member.origin] = max(best.get(one.member.origin, 0), of(one.line))
    return best
