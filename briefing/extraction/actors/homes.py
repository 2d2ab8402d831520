"""The state that a head of state or minister serves, where the role does not name it.

The title may name it: "Prime Minister Holm of Norway". A journey names it: "In Peru I will meet President Sol". Home
news says "the president" and seldom of which state: its readers know. There it is the only state of the article.
"""

import re

from briefing.extraction.actors.issuers import state_of_source
from briefing.extraction.lines.statements import is_first_person
from briefing.language.analysis import Analysis, Entity, SentenceSpan
from briefing.language.coreference.leaders import rank_words
from briefing.language.places import place_named
from briefing.language.surface import name_words
from briefing.runtime.lexicon import word_pattern, word_set

# "Readout of Vice President Ana Sol's Call": who publishes it has this vice president.
_REPORT_OF = re.compile(rf"{word_pattern(__name__, 'reports')} of (?:the )?", re.IGNORECASE)
_NAMED_STATE = re.compile(r"(?:['’]s)? of (?:the )?(?P<state>[A-Z].*)")
_LONGEST_STATE = 5  # words
_OPENING = 3  # the first words of a sentence: "While in Peru"


def state_served(analysis: Analysis, person: Entity) -> str | None:
    """Return the state of a person with an office, if the article makes it certain."""
    if person.kind != "person" or not person.roles or person.affiliation or person.roles[0].affiliation:
        return None
    known = _in_title(analysis, person) or _of_report(analysis, person)
    if known is None and serves_state(person):
        known = _on_journey(analysis, person) or home_of(analysis)
    return known


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
    """Return the state whose government reports what a person did: "Readout of President Sol's Call"."""
    title = analysis.article.title
    report = _REPORT_OF.match(title)
    rest = title[report.end() :] if report else ""
    office = person.roles[0].text
    if not rest.startswith(office):
        return None
    following = re.split(r"['’]s? ", rest[len(office) :])[0].split()
    return state_of_source(analysis) if following and following[-1] in person.name.split() else None


def _on_journey(analysis: Analysis, person: Entity) -> str | None:
    """Return the state in "In Peru I will meet President Sol"."""
    for mention in person.mentions:
        sentence = analysis.sentence_of(mention.head)
        if sentence is None or sentence.role != "body":
            continue
        tokens = analysis.tokens_of(sentence)
        place = next((t for t in tokens[:_OPENING] if t.lower_ == "in"), None)
        meeting = next((t for t in tokens if t.lemma_ == "meet" and t.i < mention.head), None)
        subjects = [t for t in meeting.lefts if t.dep_ == "nsubj" and is_first_person(t)] if meeting is not None else []
        states = _states_in(analysis, sentence)
        if place is not None and subjects and len(states) == 1 and place.i < states[0][0] < subjects[0].i:
            return states[0][1]
    return None


def _states_in(analysis: Analysis, sentence: SentenceSpan) -> list[tuple[int, str]]:
    """Return the states that a sentence names, with the head of the first mention of each."""
    found: dict[str, int] = {}
    for entity in analysis.entities:
        for mention in entity.mentions if entity.kind == "country" else ():
            if sentence.first <= mention.head < sentence.last:
                found.setdefault(entity.name, mention.head)
    return sorted((head, name) for name, head in found.items())


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
