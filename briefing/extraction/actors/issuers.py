"""The person who speaks in a statement: the title has the name and the office, the text only "I" and "we"."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from briefing.extraction.homes import state_of_source
from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.lines.statements import is_first_person, is_own_voice, statement_speakers
from briefing.language.analysis import Analysis, Entity, Mention, Role
from briefing.language.roles.phrases import nouns_of
from briefing.language.surface import name_words
from briefing.runtime.lexicon import word_set

BY_STATEMENT = "the title names it as the speaker of a statement"


def with_issuer(analysis: Analysis) -> Analysis:
    """Return an analysis in which the person who speaks in a statement is an entity that each "I" mentions."""
    speakers = statement_speakers(analysis)
    speaker = next(iter(speakers.values()), None)
    if speaker is None or speaker.kind != "person":
        return analysis
    office, name = _office_and_name(speaker.name)
    mentions = _mentions(analysis, speakers)
    if not name or not mentions:
        return analysis
    index = speaker.index
    if index < 0:
        index = len(analysis.entities)
        issuer = Entity(index, name, "person", mentions, basis=BY_STATEMENT)
    else:
        known = analysis.entities[index]
        mentions = tuple(sorted({*known.mentions, *mentions}, key=lambda mention: mention.start))
        aliases = tuple(alias for alias in dict.fromkeys((known.name, *known.aliases)) if alias != name)
        issuer = replace(known, name=name, mentions=mentions, aliases=aliases)
    first = mentions[0]
    named = Role(office, first.start, first.end, rule="the title of the statement has it") if office else None
    role = issuer.roles[0] if issuer.roles else named
    if role and named and role.text == named.text:
        role = replace(role, affiliation=role.affiliation or state_of_source(analysis))
    issuer = replace(issuer, roles=(role, *issuer.roles[1:]) if role else ())
    return replace(analysis, entities=(*analysis.entities[:index], issuer, *analysis.entities[index + 1 :]))


def _office_and_name(text: str) -> tuple[str, str]:
    """Return the office and the name in "Foreign Minister Jan Holm"; no name if the text names only an office."""
    words = text.split()
    known = nouns_of("role_nouns") | name_words("titles", "ranks")
    end = next((number for number, word in enumerate(words, 1) if word.lower() in known), 0)
    inner = name_words("titles", "portfolios", "complement_nouns", "organisation_nouns")
    small = word_set(__name__, "within_office")
    end += len(tuple(takewhile(lambda word: end and word.lower() in inner | small, words[end:])))
    name = words[end:]
    if not name or words[end - 1].lower() in small:
        return "", ""  # "Prime Minister of Norland"
    return " ".join(words[:end]), " ".join(name)


def _mentions(analysis: Analysis, speakers: Mapping[int, Entity]) -> tuple[Mention, ...]:
    """Return the words "I" and "my" of a speaker as mentions; "we" and "our" if there are none."""
    quoted = quoted_tokens(analysis)
    spoken = [sentence for sentence in analysis.sentences if sentence.first in speakers]
    words = [token for sentence in spoken for token in analysis.tokens_of(sentence) if token.i not in quoted]
    tokens = [token for token in words if is_first_person(token)]
    own = [token for token in tokens if is_own_voice(token)] or tokens
    return tuple(Mention(token.idx, token.idx + len(token), token.i, "pronoun") for token in own)
