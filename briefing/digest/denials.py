"""Find claims that another actor denies, across the articles of a story."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.digest.members import Member
from briefing.digest.sides import side_of
from briefing.digest.wording import containment, undated
from briefing.evidence.grounding import holds
from briefing.model.brief import Evidence
from briefing.model.digest import Contradiction
from briefing.runtime.lexicon import word_pattern

_SAME_CLAIM = 0.7  # share of the words of a denial that the claim must hold
_FEWEST_WORDS = 3  # shorter denials are not compared

# "Iceland denied that its boats had entered the zone", "The ministry has rejected claims that ..."; not "it denied
# entry".
_DENIAL = re.compile(
    rf"\b(?:{word_pattern(__name__, 'denials')}"
    rf"|{word_pattern(__name__, 'rejections')}(?: \w+)? {word_pattern(__name__, 'claims')})(?: on \w+)?"
    r"(?: that| having| any)\b (?P<what>[^.;]+)"
)
# "Norway said that Icelandic boats had entered the zone", "accused Iceland of entering the zone".
_CLAIM = re.compile(
    rf"\b{word_pattern(__name__, 'assertions')}"
    r"(?: on \w+)? that (?P<what>[^.;]+)|\baccus(?:ed|es) (?P<accused>[^.;]+)"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A statement that an actor makes or denies."""

    member: Member
    who: str
    what: str
    evidence: Evidence


def find_denials(members: Sequence[Member]) -> Iterator[Contradiction]:
    """Yield a contradiction for each claim that another actor denies; the claim is the first side.

    Args:
        members: The articles of the story in order.
    """
    claims = [claim for member in members for claim in _found(member, _CLAIM)]
    reported: list[str] = []
    for denial in (denial for member in members for denial in _found(member, _DENIAL)):
        denied = undated(denial.what)
        if len(denied) < _FEWEST_WORDS or any(containment(denied, undated(one)) >= _SAME_CLAIM for one in reported):
            continue
        against = [
            one for one in claims if one.who != denial.who and containment(denied, undated(one.what)) >= _SAME_CLAIM
        ]
        if against:
            reported.append(denial.what)
            best = against[0]
            claimed = [(one.member, one.evidence) for one in against]
            sides = (
                side_of(best.what, best.evidence.text, best.member, claimed),
                side_of(denial.what, denial.evidence.text, denial.member, [(denial.member, denial.evidence)]),
            )
            yield Contradiction(kind="denial", slot=denial.what, sides=sides)


def _found(member: Member, pattern: re.Pattern[str]) -> Iterator[_Claim]:
    """Yield the statements of actors in an article; sentences without an actor as subject are skipped."""
    for sentence, text in member.sentences():
        match = pattern.search(text)
        if match is None:
            continue
        who = _last_named(member, text[: match.start()])
        what = (next(filter(None, match.groups()), "")).strip()
        if who is not None and what:
            yield _Claim(member, who, what, member.cite_sentence(sentence))


def _last_named(member: Member, text: str) -> str | None:
    """Return the last actor that a text names, by the name in the article."""
    places = [
        (text.casefold().rfind(form.casefold()), len(form), actor.name)
        for actor in member.brief.actors
        for form in (actor.name, *actor.aliases)
        if holds(text, form)
    ]
    return max(places)[2] if places else None
