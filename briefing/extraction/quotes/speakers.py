"""Choose the name that is printed for the speaker of a quotation."""

from typing import NamedTuple

from spacy.tokens import Token

from briefing.language.analysis import Analysis, Attribution
from briefing.language.neighbours import token_before
from briefing.language.roles.phrases import nouns_of
from briefing.language.speech.documents import document_nouns, issuer_of
from briefing.runtime.lexicon import word_set

_LONGEST_NAME = 8  # words of a description that is used as the speaker's name
_MOST_TOKENS = 200  # a "they" farther away than this does not mean the last speakers
_MOST = 3  # a quotation names at most so many speakers


class Speaker(NamedTuple):
    """The printed speaker of a quotation, and the rule that found it."""

    name: str | None
    rule: str
    entities: tuple[int, ...] = ()  # the entities that it names


def speaker_name(analysis: Analysis, attribution: Attribution) -> str | None:
    """Return the names of the speakers, or the words that describe an unnamed speaker ("a spokesman")."""
    return speaker_of(analysis, attribution).name


def speaker_of(analysis: Analysis, attribution: Attribution) -> Speaker:
    """Return the speakers with their names, or a description of an unnamed speaker ("a spokesman")."""
    joint = _joint_speakers(analysis, attribution)
    if joint:
        names = [analysis.entities[index].name for index in joint]
        name = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        return Speaker(name, "the source names several who speak together", joint)
    if attribution.speaker is None and (earlier := _earlier_speakers(analysis, attribution)) is not None:
        return speaker_of(analysis, earlier)._replace(rule="the pronoun means the last speakers")
    if attribution.speaker is None and (reporter := _reporter_of(analysis, attribution)) is not None:
        attribution = reporter
    if _is_somebody(analysis, attribution):
        return Speaker(None, "the article may name that person elsewhere")
    if attribution.speaker is not None and not _speaks_for_body(analysis, attribution):
        rule = attribution.resolved or "the source was resolved"
        return Speaker(analysis.entities[attribution.speaker].name, rule, (attribution.speaker,))
    described = _description(analysis, attribution)
    return Speaker(described, "the words of the source" if described else "the source names no speaker")


def _is_somebody(analysis: Analysis, attribution: Attribution) -> bool:
    """Return True if a source is an age, or a description that no name and no "a director" came before.

    "The director" is then known to readers, mostly by name, from elsewhere in the article.
    """
    if attribution.source_head is None:
        return False
    head = analysis.doc[attribution.source_head]
    if head.lower_.endswith(tuple(word_set(__name__, "ends_of_ages"))):
        return True
    if attribution.speaker is not None:
        entity = analysis.entities[attribution.speaker]
        if entity.kind != "person" or entity.name[0].isupper():
            return False
        head = analysis.doc[entity.mentions[0].head]
    described = head.pos_ == "NOUN" and head.lemma_.lower() in nouns_of("role_nouns", "people_nouns", "unnamed")
    return described and [child.lower_ for child in head.children if child.dep_ != "punct"] == ["the"]


def _speaks_for_body(analysis: Analysis, attribution: Attribution) -> bool:
    """Return True if an unnamed person speaks for a state or body: "a senior official"."""
    if attribution.speaker is None or attribution.source_head is None:
        return False
    unnamed = analysis.doc[attribution.source_head].lemma_.lower() in nouns_of("unnamed")
    return unnamed and analysis.entities[attribution.speaker].kind in ("country", "organisation")


def _joint_speakers(analysis: Analysis, attribution: Attribution) -> tuple[int, ...]:
    """Return two or three entities that speak together: "Sol and Berg said", "they said"."""
    if attribution.source_head is None or attribution.source is None:
        return ()
    head = analysis.doc[attribution.source_head]
    meant = analysis.referents.get(head.i, ())
    if len(meant) < 2:
        heads = _conjoined(head, attribution.source.end)
        each = [_entity_of(analysis, attribution, token) for token in heads]
        meant = tuple(dict.fromkeys(entity for entity in each if entity is not None))
        if len(meant) < len(heads):
            return ()
    actors = tuple(index for index in meant if analysis.entities[index].kind is not None)
    return actors if 1 < len(actors) == len(meant) <= _MOST else ()


def _conjoined(head: Token, end: int) -> list[Token]:
    """Return a noun and the nouns joined to it by "and", up to an offset."""
    heads = [head]
    for token in heads:
        heads += [child for child in token.children if child.dep_ == "conj" and child.idx < end]
    joined = any(child.lower_ in ("and", "&") for token in heads for child in token.children if child.dep_ == "cc")
    return heads if joined else [head]


def _entity_of(analysis: Analysis, attribution: Attribution, token: Token) -> int | None:
    if token.i == attribution.source_head:
        return attribution.speaker
    meant = analysis.referents.get(token.i, ())
    return meant[0] if len(meant) == 1 else None


def _earlier_speakers(analysis: Analysis, attribution: Attribution) -> Attribution | None:
    """Return the last attribution to several speakers, if "they" continues it and has no other antecedent."""
    if attribution.source_head is None or analysis.doc[attribution.source_head].lower_ != "they":
        return None
    before = [
        other for other in analysis.attributions if _has_several_speakers(analysis, other, attribution.source_head)
    ]
    last = max(before, key=lambda other: other.source_head or 0, default=None)
    if last is None or last.source_head is None:
        return None
    return last if attribution.source_head - last.source_head <= _MOST_TOKENS else None


def _has_several_speakers(analysis: Analysis, attribution: Attribution, before: int) -> bool:
    """Return True if a noun before this token names several speakers."""
    head = attribution.source_head
    if head is None or head >= before or analysis.doc[head].pos_ not in ("NOUN", "PROPN"):
        return False
    if len(_joint_speakers(analysis, attribution)) > 1:
        return True
    return attribution.speaker is not None and analysis.doc[head].tag_ in ("NNS", "NNPS")


def _description(analysis: Analysis, attribution: Attribution) -> str | None:
    """Return the words that identify a source, without further details; for a document, its issuer.

    A mere "statement" is somebody's who is not named.
    """
    if attribution.source is None or attribution.source_head is None:
        return None
    head = analysis.doc[attribution.source_head]
    issuer = issuer_of(head) if attribution.speaker is None else None
    if issuer is not None and issuer.pos_ in ("NOUN", "PROPN"):
        return _phrase(analysis, issuer)
    meant = analysis.referents.get(head.i, ())
    is_mere_statement = head.lemma_.lower() == "statement" and all(child.dep_ == "det" for child in head.children)
    if len(meant) > 1 or is_mere_statement or not _may_speak(head, attribution.cue):
        return None
    start, end = attribution.source
    cut = end
    for token in analysis.doc[head.i + 1 : head.right_edge.i + 1]:
        if token.idx >= end:
            break
        if token.text in (",", "(", "—", "–") or token.dep_ == "relcl":
            end = min(end, max(token.left_edge.idx, head.idx + len(head)))
        elif token.dep_ in ("acl", "prep") and token.head.i == head.i:
            cut = min(cut, token.idx)
    text = analysis.article.text
    end = _end_of_name(analysis, start, head) or end
    whole, shorter = text[start:end].strip(" -–—"), text[start : min(cut, end)].strip(" -–—")
    return next((name for name in (whole, shorter) if name and len(name.split()) <= _LONGEST_NAME), None)


def _end_of_name(analysis: Analysis, start: int, head: Token) -> int | None:
    """Return the end of a name that comes before its description: "Amaq, a news site"."""
    for token in analysis.doc[head.left_edge.i + 1 : head.i]:
        before = token_before(token)
        if token.text == "," and token.idx > start and before is not None and before.pos_ == "PROPN":
            return token.idx
    return None


def _may_speak(noun: Token, cue: str | None) -> bool:
    """Return True if a noun is a name, something with words on it, or, with a *cue*, people or a body."""
    if noun.pos_ != "NOUN" or (noun.text[0].isupper() and not noun.is_sent_start):
        return noun.pos_ in ("NOUN", "PROPN")
    lemma = noun.lemma_.lower()
    if lemma.endswith((*document_nouns(), *word_set(__name__, "inscribed"))):  # "newspaper", too
        return True
    bodies = nouns_of("role_nouns", "people_nouns", "collective_nouns", "company_words", "unnamed")
    is_agent = lemma.endswith(tuple(word_set(__name__, "ends_of_agents")))
    known = is_agent or lemma in bodies | word_set(__name__, "bodies")
    return cue is not None and known and lemma not in word_set(__name__, "no_agents")


def _phrase(analysis: Analysis, head: Token) -> str | None:
    """Return a noun phrase up to its first comma or clause; None if it is long."""
    last = head.right_edge.i + 1
    end = next((token.i for token in analysis.doc[head.i + 1 : last] if _ends_name(token, head)), last)
    words = analysis.doc[head.left_edge.i : end].text
    return words if len(words.split()) <= _LONGEST_NAME else None


def _ends_name(token: Token, head: Token) -> bool:
    return token.is_punct or (token.head.i == head.i and token.dep_ in ("relcl", "acl", "appos"))


def _reporter_of(analysis: Analysis, attribution: Attribution) -> Attribution | None:
    """Return the report that contains a quotation and its source: the speaker of "the law reflects ...", she said."""
    if attribution.source is None:
        return None
    start, end = attribution.source.start, attribution.content[0].end
    holders = (
        other
        for other in analysis.attributions
        if other.speaker is not None and not other.direct
        if any(content.start <= start and end - 1 <= content.end for content in other.content)
    )
    return next(holders, None)
