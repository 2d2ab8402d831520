"""What one says and another one denies, in whichever articles of a story."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.digest.members import Member
from briefing.digest.sides import side_of
from briefing.digest.wording import held, undated
from briefing.evidence.grounding import holds
from briefing.model.brief import Evidence
from briefing.model.digest import Contradiction

_SAME_CLAIM = 0.7  # share of a denial's words that the claim has
_FEWEST_WORDS = 3  # of a denial that can be compared

# "Iceland denied that its boats had entered the zone", "The ministry has rejected claims that ..."; not "it denied
# entry".
_DENIAL = re.compile(
    r"\b(?:denied|denies|denying|refuted|(?:rejected|dismissed|denied)(?: \w+)? (?:claims?|reports?|allegations?|"
    r"accusations?|charges))(?: on \w+)?(?: that| having| any)\b (?P<what>[^.;]+)"
)
# "Norway said that Icelandic boats had entered the zone", "accused Iceland of entering the zone".
_CLAIM = re.compile(
    r"\b(?:said|says|claimed|claims|alleged|alleges|insisted|insists|announced|reported|maintains|maintained|charged)"
    r"(?: on \w+)? that (?P<what>[^.;]+)|\baccus(?:ed|es) (?P<accused>[^.;]+)"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What an actor of an article says, or denies."""

    member: Member
    who: str
    what: str
    evidence: Evidence


def find_denials(members: Sequence[Member]) -> Iterator[Contradiction]:
    """Yield each claim that another actor denies, the claim first.

    Args:
        members: The articles of the story in order.
    """
    claims = [claim for member in members for claim in _found(member, _CLAIM)]
    told: list[str] = []
    for denial in (denial for member in members for denial in _found(member, _DENIAL)):
        said = undated(denial.what)
        if len(said) < _FEWEST_WORDS or any(held(said, undated(one)) >= _SAME_CLAIM for one in told):
            continue
        against = [one for one in claims if one.who != denial.who and held(said, undated(one.what)) >= _SAME_CLAIM]
        if against:
            told.append(denial.what)
            best = against[0]
            claimed = [(one.member, one.evidence) for one in against]
            sides = (
                side_of(best.what, best.evidence.text, best.member, claimed),
                side_of(denial.what, denial.evidence.text, denial.member, [(denial.member, denial.evidence)]),
            )
            yield Contradiction(kind="denial", slot=denial.what, sides=sides)


def _found(member: Member, pattern: re.Pattern[str]) -> Iterator[_Claim]:
    """Yield what actors say in sentences of an article; whose subject is no actor is left out."""
    for sentence, text in member.sentences():
        match = pattern.search(text)
        if match is None:
            continue
        who = _last_named(member, text[: match.start()])
        what = (next(filter(None, match.groups()), "")).strip()
        if who is not None and what:
            yield _Claim(member, who, what, member.cite_sentence(sentence))


def _last_named(member: Member, text: str) -> str | None:
    """Return the actor whose name stands nearest before a verb, as the article knows him."""
    places = [
        (text.casefold().rfind(form.casefold()), len(form), actor.name)
        for actor in member.brief.actors
        for form in (actor.name, *actor.aliases)
        if holds(text, form)
    ]
    return max(places)[2] if places else None
