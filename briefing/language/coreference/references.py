"""Resolve pronouns and definite nominals to the nearest compatible antecedent, if there is one.

This is one pass through the text, a small version of Lappin and Leass (1994). Speakers are resolved before the words in
their quotations, so that "I" and "we" find their speaker.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Entity, Mention, Role, SentenceSpan
from briefing.language.coreference.certainty import is_certain
from briefing.language.coreference.discourse import Discourse, Pair
from briefing.language.coreference.leaders import leading_offices
from briefing.language.coreference.nominals import is_epithet, may_refer, nominal_referents
from briefing.language.coreference.pairs import pair_of_parties
from briefing.language.coreference.pronouns import pronoun_referents
from briefing.language.coreference.redescriptions import is_age
from briefing.language.coreference.unnamed import find_unnamed
from briefing.language.roles.entity_roles import role_heads
from briefing.language.roles.phrases import is_role_noun
from briefing.language.surface import name_words
from briefing.language.syntax import MODIFIERS
from briefing.runtime.lexicon import word_set

_LEAD = 3  # first sentences, with the title, that introduce the main actors
_LONGEST_INSERTION = 12  # tokens of an editor's "[Russia and Japan]", at most
_REFERRING = frozenset({"PRON", "DET", "NOUN", "PROPN"})
_CALLED = "a later phrase gives the person this office"


def resolve_references(
    doc: Doc, sentences: tuple[SentenceSpan, ...], entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]
) -> tuple[tuple[Entity, ...], Mapping[int, tuple[int, ...]]]:
    """Return the entities with all their mentions, and the entities of each mention's head token.

    Office holders and groups without a name that act are added as entities.
    """
    referents: dict[int, tuple[int, ...]] = {m.head: (e.index,) for e in entities for m in e.mentions}
    for entity in entities:
        for role in entity.roles:
            for head in role_heads(doc, role):
                referents.setdefault(head.i, (entity.index,))
    named = frozenset(m.head for e in entities for m in e.mentions)
    added: dict[int, list[Mention]] = {}
    tokens = tuple(doc)
    speaking = _speaking_tokens(entities, attributions, referents)
    lead_end = sentences[min(_LEAD, len(sentences)) - 1].end if sentences else 0
    discourse = Discourse(doc, entities, speaking, referents, _direct_tokens(tokens, attributions), lead_end)
    for number, sentence in enumerate(sentences):
        discourse.sentence, discourse.in_headline = number, sentence.role == "title" or sentence.number == 1
        for token in tokens[sentence.first : sentence.last]:
            if token.i in named:
                for one in referents[token.i]:
                    discourse.see(one, token)
                discourse.note_pair(token)
                discourse.note_meeting(token)
            elif (token.pos_ in _REFERRING or is_age(token)) and token.i not in referents:
                _resolve(discourse, token, referents, added)
    _resolve_speakers(doc, entities, attributions, referents, added)
    later = _later_roles(doc, entities, added)
    known = tuple(_with_mentions(entity, added.get(entity.index, []), later) for entity in entities)
    unnamed = find_unnamed(tokens, sentences, known, referents, discourse.speakers, discourse.quoted)
    for entity in unnamed:
        referents.update({mention.head: (entity.index,) for mention in entity.mentions})
    return (*known, *unnamed), dict(sorted(referents.items()))


def _speaking_tokens(
    entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], referents: Mapping[int, tuple[int, ...]]
) -> frozenset[int]:
    """Return the head tokens of sources and of the names inside them: "spokesman" and "Peskov"."""
    tokens = {one.source_head for one in attributions if one.source_head is not None}
    sources = [(one.source, one.source_head) for one in attributions if one.source and one.source_head is not None]
    for source, head in sources:
        for entity in referents.get(head, ()):
            tokens.update(m.head for m in entities[entity].mentions if source.start <= m.start and m.end <= source.end)
    return frozenset(tokens)


def _resolve(
    discourse: Discourse, token: Token, referents: dict[int, tuple[int, ...]], added: dict[int, list[Mention]]
) -> None:
    """Resolve a pronoun or common noun and remember its referents."""
    owners: tuple[int, ...] = ()
    if token.pos_ in ("PRON", "DET"):
        meant = pronoun_referents(discourse, token)
    else:
        owners = _owners(token, referents)
        points = may_refer(token) or (discourse.in_headline and is_role_noun(token))
        meant = nominal_referents(discourse, token, owners) if points else ()
        if token.tag_ in ("NNS", "NNPS") and len(meant) < 2:  # "U.N. officials" are not the U.N. itself
            discourse.note_plural(token, owners)
        elif not meant and is_role_noun(token) and not is_epithet(token):
            discourse.note_unnamed(token)
    certain = bool(meant) and is_certain(discourse, token, meant, owners)
    if len(meant) > 1:
        discourse.pairs.append(Pair(meant, discourse.sentence, token))
    if meant:
        referents[token.i] = meant
        if not certain:
            discourse.doubtful.add(token.i)
        for one in meant:
            added.setdefault(one, []).append(_mention_of(token, certain=certain))
            discourse.see(one, token)


def _owners(noun: Token, referents: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Return the entities named inside a noun phrase: before the noun, or after "of", "for" and "from"."""
    inside = [child for child in noun.children if child.dep_ in MODIFIERS]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in word_set(__name__, "belonging"):
            inside.extend(one for word in child.children for one in (word, *word.conjuncts))
    return tuple(dict.fromkeys(one for child in inside for one in referents.get(child.i, ())))


def _direct_tokens(tokens: Sequence[Token], attributions: tuple[Attribution, ...]) -> Mapping[int, int | None]:
    """Return the tokens within direct speech, each with the head token of its source."""
    quoted: dict[int, int | None] = {}
    for attribution in attributions:
        for part in attribution.content if attribution.direct else ():
            first = bisect_left(tokens, part.start, key=_offset)
            inside = range(first, bisect_left(tokens, part.end, lo=first, key=_offset))
            quoted.update(dict.fromkeys(inside, attribution.source_head))
    return quoted


def _offset(token: Token) -> int:
    return token.idx


def _mention_of(token: Token, *, certain: bool = True) -> Mention:
    if token.pos_ == "PRON":
        return Mention(token.idx, token.idx + len(token), token.i, "pronoun", certain)
    before = [child.i for child in token.children if child.i < token.i and child.dep_ != "punct"]
    first = token.doc[min([token.i, *before])]
    return Mention(first.idx, token.idx + len(token), token.i, "nominal", certain)


def _resolve_speakers(
    doc: Doc,
    entities: tuple[Entity, ...],
    attributions: tuple[Attribution, ...],
    referents: dict[int, tuple[int, ...]],
    added: dict[int, list[Mention]],
) -> None:
    """Resolve "I" and "we" within direct speech to the speaker and the speaker's side."""
    for attribution in attributions:
        speaker = referents.get(attribution.source_head, ()) if attribution.source_head is not None else ()
        if not attribution.direct or len(speaker) != 1:
            continue
        for token in _tokens_in(doc, attribution):
            if token.i in referents:
                continue
            meant: tuple[int, ...] = ()
            if token.lower_ in word_set(__name__, "speaker"):
                meant = speaker
            elif token.lower_ in word_set(__name__, "speakers"):
                meant = _inserted(token, referents) or (() if _owns_pair(token) else _side_of(entities, speaker[0]))
            if meant:
                referents[token.i] = meant
                for one in meant:
                    added.setdefault(one, []).append(_mention_of(token))


def _owns_pair(pronoun: Token) -> bool:
    """Return True if "our" owns more than the speaker's side: "our countries"."""
    return pronoun.dep_ == "poss" and pronoun.head.tag_ == "NNS" and (pronoun.head.lemma_ in pair_of_parties())


def _tokens_in(doc: Doc, attribution: Attribution) -> Iterator[Token]:
    for part in attribution.content:
        span = doc.char_span(part.start, part.end, alignment_mode="contract")
        if span is not None:
            yield from span


def _inserted(pronoun: Token, referents: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Return the entities in an editor's brackets after a pronoun: "We [Russia and Japan]"."""
    doc, start = pronoun.doc, pronoun.i + 1
    if start >= len(doc) or doc[start].text != "[":
        return ()
    end = next((i for i in range(start, min(len(doc), start + _LONGEST_INSERTION)) if doc[i].text == "]"), start)
    return tuple(dict.fromkeys(one for i in range(start, end) for one in referents.get(i, ())))


def _side_of(entities: tuple[Entity, ...], speaker: int) -> tuple[int, ...]:
    """Return the state or body of a speaker; a body that speaks is its own side."""
    if entities[speaker].kind != "person":
        return (speaker,)
    affiliation = next((role.affiliation for role in entities[speaker].roles if role.affiliation), None)
    return tuple(entity.index for entity in entities if entity.name == affiliation)[:1]


def _later_roles(doc: Doc, entities: tuple[Entity, ...], added: Mapping[int, list[Mention]]) -> Mapping[int, Role]:
    """Return a role for persons without one, if a later phrase calls them by an office: "the former senator".

    Not "as the former senator, ...", which is of whoever comes next.
    """
    later: dict[int, Role] = {}
    offices = (name_words("titles") | leading_offices()) - word_set(__name__, "no_offices")
    for index, mentions in added.items():
        entity = entities[index]
        if entity.kind != "person" or entity.roles:
            continue
        for mention in mentions:
            noun = doc[mention.head]
            owned = any(child.dep_ in MODIFIERS for child in noun.children)
            is_office = noun.lemma_.lower() in offices and noun.head.lower_ != "as"
            if mention.form == "nominal" and is_office and owned:
                start = min(c.left_edge.idx for c in noun.children if c.dep_ in MODIFIERS)
                later.setdefault(index, Role(_between(doc, start, mention.end), start, mention.end, rule=_CALLED))
    return later


def _between(doc: Doc, start: int, end: int) -> str:
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.text if span is not None else ""


def _with_mentions(entity: Entity, more: list[Mention], later: Mapping[int, Role]) -> Entity:
    if not more:
        return entity
    mentions = tuple(sorted((*entity.mentions, *more), key=lambda mention: mention.start))
    return replace(entity, mentions=mentions, roles=(later[entity.index],) if entity.index in later else entity.roles)
