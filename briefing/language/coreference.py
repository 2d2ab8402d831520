"""Pronouns and definite nominals to whom they mean: the nearest compatible antecedent, else nobody.

Rules in the order of Hobbs (1978) and Lappin and Leass (1994) made small: agreement in sex and number first, then
the same sentence before the last one, subjects before others; beyond a few sentences nothing is guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Entity, Mention, SentenceSpan
from briefing.language.lexicon import word_set

_REACH = 3  # sentences back that a pronoun looks for its antecedent
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PARTIES = frozenset({"country", "organisation", "group"})
_OWN = frozenset({"his", "her", "its", "their"})


@dataclass(slots=True)
class _Discourse:
    """Who has been mentioned so far, while the text is read from its start to its end."""

    doc: Doc
    entities: tuple[Entity, ...]
    sex: dict[int, str] = field(default_factory=dict)
    persons: list[tuple[int, Token, int]] = field(default_factory=list)  # entity, head, sentence
    parties: list[tuple[int, Token, int]] = field(default_factory=list)
    pairs: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    sentence: int = 0

    def see(self, entity: int, head: Token) -> None:
        kind = self.entities[entity].kind
        if kind == "person":
            self.persons.append((entity, head, self.sentence))
        elif kind is not None:
            self.parties.append((entity, head, self.sentence))


def resolve_references(
    doc: Doc, sentences: tuple[SentenceSpan, ...], entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]
) -> tuple[tuple[Entity, ...], Mapping[int, tuple[int, ...]]]:
    """Return the entities with all their mentions, and whom each mention's head token refers to."""
    referents: dict[int, tuple[int, ...]] = {m.head: (e.index,) for e in entities for m in e.mentions}
    added: list[tuple[int, Mention]] = []
    quoted = _direct_tokens(doc, attributions)
    discourse = _Discourse(doc, entities)
    for number, sentence in enumerate(sentences):
        discourse.sentence = number
        for token in doc[sentence.first : sentence.last]:
            if token.i in referents:
                for entity in referents[token.i]:
                    discourse.see(entity, token)
                _note_pair(discourse, token, referents)
                continue
            meant = _referents_of(discourse, token, in_quote=token.i in quoted)
            if meant:
                referents[token.i] = meant
                mention = _mention_of(doc, token)
                added.extend((entity, mention) for entity in meant)
                for entity in meant:
                    discourse.see(entity, token)
    _resolve_speakers(doc, entities, attributions, referents, added)
    return _with_mentions(entities, added), dict(sorted(referents.items()))


def _direct_tokens(doc: Doc, attributions: tuple[Attribution, ...]) -> frozenset[int]:
    ranges = sorted(part for attribution in attributions if attribution.direct for part in attribution.content)
    tokens: set[int] = set()
    index = 0
    for token in doc:
        while index < len(ranges) and ranges[index].end <= token.idx:
            index += 1
        if index < len(ranges) and ranges[index].start <= token.idx:
            tokens.add(token.i)
    return frozenset(tokens)


def _note_pair(discourse: _Discourse, token: Token, referents: Mapping[int, tuple[int, ...]]) -> None:
    """Remember two or more that are named in one breath: "Russia and Japan"."""
    if token.dep_ == "conj":
        return
    members = [token, *token.conjuncts]
    meant = tuple(dict.fromkeys(entity for member in members for entity in referents.get(member.i, ())))
    if len(meant) > 1:
        discourse.pairs.append((meant, discourse.sentence))


def _referents_of(discourse: _Discourse, token: Token, *, in_quote: bool) -> tuple[int, ...]:
    word = token.lower_
    if word in word_set("coreference", "male"):
        return _person(discourse, token, "male")
    if word in word_set("coreference", "female"):
        return _person(discourse, token, "female")
    if word in word_set("coreference", "plural"):
        return _plural(discourse)
    if word == "both" and token.dep_ in (*_SUBJECTS, "dobj", "pobj", "appos"):
        return _pair(discourse, persons=None)
    if token.pos_ == "NOUN" and (word.endswith("s") or token.tag_ == "NNS") and _is_of_two(token):
        if token.lemma_ in word_set("coreference", "pair_of_persons"):
            return _pair(discourse, persons=True)
        if token.lemma_ in word_set("coreference", "pair_of_parties"):
            return _pair(discourse, persons=False)
    if token.pos_ == "NOUN" and token.tag_ == "NN" and _is_definite(token):
        return _nominal(discourse, token)
    if word in ("it", "its", "itself") and not in_quote:
        return _neuter(discourse, token)
    return ()


def _person(discourse: _Discourse, pronoun: Token, sex: str) -> tuple[int, ...]:
    best: tuple[tuple[int, ...], int] | None = None
    for entity, head, sentence in reversed(discourse.persons):
        distance = discourse.sentence - sentence
        if distance > _REACH:
            break
        if discourse.sex.get(entity, sex) != sex or _same_clause(head, pronoun):
            continue
        rank = (-distance, int(head.dep_ in _SUBJECTS), -head.i if head.dep_ in _SUBJECTS else head.i)
        if best is None or rank > best[0]:
            best = (rank, entity)
    if best is None:
        return ()
    discourse.sex.setdefault(best[1], sex)
    return (best[1],)


def _same_clause(head: Token, pronoun: Token) -> bool:
    """Say whether an object pronoun cannot mean this antecedent: both belong to one verb."""
    return (
        pronoun.lower_ in ("him", "her", "them", "it")
        and pronoun.dep_ in ("dobj", "iobj", "dative")
        and head.head == pronoun.head
    )


def _plural(discourse: _Discourse) -> tuple[int, ...]:
    groups = [
        (sentence, (entity,))
        for entity, _, sentence in discourse.parties[-8:]
        if discourse.entities[entity].kind == "group"
    ]
    pairs = [(sentence, pair) for pair, sentence in discourse.pairs[-4:]]
    near = [item for item in (*groups, *pairs) if discourse.sentence - item[0] <= 1]
    return max(near, key=lambda item: item[0])[1] if near else ()


def _pair(discourse: _Discourse, *, persons: bool | None) -> tuple[int, ...]:
    """Return the two in focus: the last two that were named together, else the only two of their kind so far."""
    for pair, _ in reversed(discourse.pairs):
        kinds = {discourse.entities[entity].kind == "person" for entity in pair}
        if len(pair) == 2 and len(kinds) == 1 and (persons is None or persons in kinds):
            return pair
    if persons is None:
        return ()
    seen = [entity for entity, _, _ in (discourse.persons if persons else discourse.parties)]
    counted = list(dict.fromkeys(entity for entity in seen if persons or discourse.entities[entity].kind == "country"))
    return tuple(sorted(counted)) if len(counted) == 2 else ()


def _is_of_two(noun: Token) -> bool:
    words = {child.lower_ for child in noun.children}
    return "two" in words and bool(words & {"the", "these", "those", "our", "their"}) or "both" in words


def _is_definite(noun: Token) -> bool:
    children = list(noun.children)
    return any(child.lower_ in ("the", "this", "that") and child.dep_ == "det" for child in children) and not any(
        child.dep_ in ("prep", "relcl", "amod", "compound", "poss", "acl") for child in children
    )


def _nominal(discourse: _Discourse, noun: Token) -> tuple[int, ...]:
    lemma = noun.lemma_.lower()
    if lemma in word_set("coreference", "state_nouns"):
        return _nearest_party(discourse, "country")
    if lemma in word_set("coreference", "organisation_nouns"):
        return _nearest_party(discourse, "organisation")
    return ()


def _nearest_party(discourse: _Discourse, kind: str) -> tuple[int, ...]:
    for entity, _, sentence in reversed(discourse.parties):
        if discourse.sentence - sentence > _REACH:
            return ()
        if discourse.entities[entity].kind == kind:
            return (entity,)
    return ()


def _neuter(discourse: _Discourse, pronoun: Token) -> tuple[int, ...]:
    """Return the subject of the clause or sentence before, where it is a state or body."""
    for entity, head, sentence in reversed(discourse.parties):
        if discourse.sentence - sentence > 1:
            return ()
        if head.dep_ in _SUBJECTS and not _same_clause(head, pronoun):
            return (entity,)
    return ()


def _mention_of(doc: Doc, token: Token) -> Mention:
    if token.pos_ == "PRON":
        return Mention(token.idx, token.idx + len(token), token.i, "pronoun")
    first = doc[
        min(
            [
                token.i,
                *(child.i for child in token.children if child.dep_ in ("det", "nummod", "amod", "poss", "predet")),
            ]
        )
    ]
    return Mention(first.idx, token.idx + len(token), token.i, "nominal")


def _resolve_speakers(
    doc: Doc,
    entities: tuple[Entity, ...],
    attributions: tuple[Attribution, ...],
    referents: dict[int, tuple[int, ...]],
    added: list[tuple[int, Mention]],
) -> None:
    """Give "I" and "we" within direct speech to the speaker and to the speaker's side."""
    for attribution in attributions:
        speaker = referents.get(attribution.source_head, ()) if attribution.source_head is not None else ()
        if not attribution.direct or len(speaker) != 1:
            continue
        for token in _tokens_in(doc, attribution):
            if token.i in referents:
                continue
            meant: tuple[int, ...] = ()
            if token.lower_ in word_set("coreference", "speaker"):
                meant = speaker
            elif token.lower_ in word_set("coreference", "speakers"):
                meant = _side_of(entities, speaker[0])
            if meant:
                referents[token.i] = meant
                added.extend((entity, _mention_of(doc, token)) for entity in meant)


def _tokens_in(doc: Doc, attribution: Attribution) -> Iterator[Token]:
    for part in attribution.content:
        span = doc.char_span(part.start, part.end, alignment_mode="contract")
        if span is not None:
            yield from span


def _side_of(entities: tuple[Entity, ...], speaker: int) -> tuple[int, ...]:
    """Return the state or body that a speaker speaks for, the speaker where that is unknown."""
    affiliation = next((role.affiliation for role in entities[speaker].roles if role.affiliation), None)
    return tuple(entity.index for entity in entities if entity.name == affiliation)[:1] or (speaker,)


def _with_mentions(entities: tuple[Entity, ...], added: list[tuple[int, Mention]]) -> tuple[Entity, ...]:
    more: dict[int, list[Mention]] = {}
    for entity, mention in added:
        more.setdefault(entity, []).append(mention)
    return tuple(
        replace(
            entity, mentions=tuple(sorted((*entity.mentions, *more[entity.index]), key=lambda mention: mention.start))
        )
        if entity.index in more
        else entity
        for entity in entities
    )
