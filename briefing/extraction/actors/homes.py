"""The state that a head of state or minister serves, where an article speaks of only one state.

Home news says "the president" and seldom of which state: its readers know.
"""

from briefing.language.analysis import Analysis, Entity
from briefing.language.coreference.leaders import rank_words
from briefing.language.surface import name_words
from briefing.runtime.lexicon import word_set


def home_of(analysis: Analysis) -> str | None:
    """Return the only state that an article mentions, not only in an office; otherwise None."""
    states = [entity for entity in analysis.entities if entity.kind == "country"]
    if len(states) != 1:
        return None
    offices = [(role.start, role.end) for entity in analysis.entities for role in entity.roles]
    for mention in states[0].mentions:
        if not any(start <= mention.start < end for start, end in offices):
            return states[0].name
    return None


def serves_state(person: Entity) -> bool:
    """Return True if the office of a person can only be one of a state: "Foreign Minister", not "party president"."""
    if person.kind != "person" or not person.roles or person.affiliation or person.roles[0].affiliation:
        return False
    words = person.roles[0].text.replace("-", " ").split()
    office = words[-1] if "of" not in words else words[words.index("of") - 1]
    if not office or office.casefold() not in word_set(__name__, "state_offices"):
        return False
    if office.casefold() in word_set(__name__, "offices_of_bodies") and (office.islower() or not _is_title(person)):
        return False
    others = rank_words() | name_words("portfolios") | word_set(__name__, "standings")
    return all(word == office or word.casefold() in others for word in words)


def _is_title(person: Entity) -> bool:
    """Return True if the first role of a person comes right before a name: not "Ana Sol, President, Aln Bank"."""
    return any(mention.start - person.roles[0].end == 1 for mention in person.mentions)
