"""The state that a head of state or minister serves, where the role does not name it.

Readers know it of "President Chirac". The title may name it: "Prime Minister Holm of Norway". A government names its
own leader without the state. Home news says "the minister" and seldom of which state: there it is the only state of the
article.
"""

import re

from briefing.extraction.known_leaders import state_led
from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.lines.statements import is_own_voice
from briefing.language.analysis import Analysis, Entity
from briefing.language.coreference.leaders import rank_words
from briefing.language.places import place_named
from briefing.language.roles.phrases import nouns_of
from briefing.language.surface import name_words
from briefing.runtime.lexicon import word_pattern, word_set

# "Readout of President Sol's Call", "Statement from President Sol on Ports": she serves the publisher.
_REPORT_OF = re.compile(
    rf"{word_pattern(__name__, 'reports')} (?:of|from|by) (?P<holder>.*?)(?:['’]|\b(?:call|meeting|on|with)\b|$)",
    re.IGNORECASE,
)
_NAMED_STATE = re.compile(r"(?:['’]s)? of (?:the )?(?P<state>[A-Z].*)")
_LONGEST_STATE = 5  # words


def state_served(analysis: Analysis, person: Entity) -> str | None:
    """Return the state of a person with an office, if the article makes it certain."""
    if person.kind != "person" or not person.roles or person.affiliation or person.roles[0].affiliation:
        return None
    known = _known_leader(analysis, person) or _in_title(analysis, person) or _of_report(analysis, person)
    if known is not None or not serves_state(person):
        return known
    source = state_of_source(analysis)
    if source is None:
        return None if _is_met(analysis, person) else home_of(analysis)
    if _leads_source(analysis, person):
        return source
    return source if home_of(analysis) == source and not _is_guest(analysis, person) else None


def _known_leader(analysis: Analysis, person: Entity) -> str | None:
    """Return the state that a known head of state or government leads, if the article names it."""
    office = person.roles[0].text
    ranks = word_set(__name__, "ranks", "standings", "state_offices")
    if not ranks.issuperset(office.casefold().replace("-", " ").split()):
        return None
    states = {entity.name for entity in analysis.entities if entity.kind == "country"}
    return state_led(person.name, office, states)


def _in_title(analysis: Analysis, person: Entity) -> str | None:
    """Return the state that the title gives a person: "Readout of the Call with Prime Minister Holm of Norway"."""
    for word in person.name.split():
        for found in re.finditer(rf"\b{re.escape(word)}{_NAMED_STATE.pattern}", analysis.article.title):
            words = found["state"].split()
            tried = (" ".join(words[:size]).rstrip(",.;:") for size in range(_LONGEST_STATE, 0, -1))
            state = next((place for text in tried if (place := place_named(text.removesuffix("’s")))), None)
            if state is not None and state.form == "name":
                return state.name
    return None


def _of_report(analysis: Analysis, person: Entity) -> str | None:
    """Return the state whose government reports what a person did or said: "Readout of President Sol's Call"."""
    report = _REPORT_OF.match(analysis.article.title)
    holder = report["holder"].replace(",", "").split() if report else []
    words = person.name.split()
    named = holder and (words[-1] in holder or holder[-1] in words)  # either may end with "Jr."
    return state_of_source(analysis) if named else None


def _leads_source(analysis: Analysis, person: Entity) -> bool:
    """Return True if a person leads the government that publishes an article.

    It writes of "the Sol Administration"; or an office writes in the third person of its only holder: "Prime Minister
    Holm announced" from the "Prime Minister of Norway".
    """
    surname = re.escape(person.name.split()[-1])
    if re.search(rf"\b{surname}(?:[-–]\w+)? Administration", analysis.article.text):
        return True
    office = person.roles[0].text
    holders = [one for one in analysis.entities if one.roles and one.roles[0].text == office]
    bare = [one for one in holders if one.kind == "person" and not one.roles[0].affiliation]
    return bare == [person] and _is_office_of_source(analysis, office) and not _speaks_itself(analysis)


def _is_office_of_source(analysis: Analysis, office: str) -> bool:
    """Return True if an office publishes the article: "Prime Minister" of "Prime Minister of Norway"."""
    return (analysis.article.outlet or "").startswith(f"{office} of ")


def _speaks_itself(analysis: Analysis) -> bool:
    """Return True if an article says "I" outside its quotations."""
    quoted = quoted_tokens(analysis)
    return any(is_own_voice(token) and token.i not in quoted for token in analysis.doc)


def _is_guest(analysis: Analysis, person: Entity) -> bool:
    """Return True if the government that publishes an article has no such office, or its holder is who speaks.

    The office of a government is known from its name, "Prime Minister of Norway", or from its seat: a president's.
    """
    office = person.roles[0].text
    if _is_office_of_source(analysis, office):
        return _speaks_itself(analysis)
    heads = {"president"} if " of " in (analysis.article.outlet or "") else {"minister", "chancellor", "premier"}
    return office.casefold().split()[-1] in heads


def _is_met(analysis: Analysis, person: Entity) -> bool:
    """Return True if others meet a person, who may be of another state: "The envoy of Norway met President Sol"."""
    for mention in person.mentions:
        sentence = analysis.sentence_of(mention.head)
        before = [token for token in analysis.tokens_of(sentence) if token.i < mention.head] if sentence else []
        if any(token.lemma_ == "meet" for token in before):
            return True
    return False


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


def state_of_source(analysis: Analysis) -> str | None:
    """Return the state whose government publishes an article: "The White House", "Prime Minister of Norland"."""
    outlet = analysis.article.outlet or ""
    office, _, owner = outlet.rpartition(" of ")
    if not office.strip():
        seat = place_named(outlet)
        return seat.name if seat and seat.form == "seat" else None
    state = place_named(owner) if office.lower().split()[-1] in nouns_of("role_nouns") else None
    return state.name if state else None
