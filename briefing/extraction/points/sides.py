"""Which parties are one side: a state, its government, and who leads it."""

import re
from collections.abc import Iterable

from briefing.extraction.homes import home_of, serves_state, state_of_source, state_served
from briefing.language.analysis import Analysis, Entity
from briefing.language.places import place_named
from briefing.runtime.lexicon import word_set


def are_one_side(analysis: Analysis, parties: Iterable[int]) -> bool:
    """Return True if all parties are of one state's government: "Sol", "the Sol Administration" and "Norway"."""
    return len({_side(analysis, analysis.entities[index]) for index in parties}) == 1


def _side(analysis: Analysis, party: Entity) -> str:
    """Return the state for its head, its government or the seat of it, and otherwise the name of the party."""
    if party.kind == "person":
        leads = bool(party.roles) and serves_state(party)
        state = (party.affiliation or party.roles[0].affiliation or state_served(analysis, party)) if leads else None
        return state or party.name
    *others, last = re.split(r"[\s–-]+", party.name)
    if last.casefold() in word_set(__name__, "governments"):
        people = (one for one in analysis.entities if one.kind == "person" and one.name.split()[-1] in others)
        if (leader := next(people, None)) is not None:
            return _side(analysis, leader)
        if {word.casefold() for word in others} <= word_set(__name__, "of_the_state"):
            return state_of_source(analysis) or home_of(analysis) or party.name
    place = place_named(party.name)
    return place.name if place is not None and place.form == "seat" else party.name
