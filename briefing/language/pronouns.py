"""Whom a pronoun means: agreement in sex and number, then nearness, then what the antecedent does in its sentence."""

from spacy.tokens import Token

from briefing.language.discourse import REACH, SUBJECTS, Discourse, Seen
from briefing.language.lexicon import word_set

_SPEAKERS_LEAD = 1.5  # sentences that a speaker is nearer to the next "he said" than others
_OBJECTS = frozenset({"dobj", "iobj", "dative", "pobj"})


def pronoun_referents(discourse: Discourse, token: Token, *, in_quote: bool) -> tuple[int, ...]:
    """Return the entities that a third-person pronoun means, several for "they" and "both"; empty where unsure."""
    word = token.lower_
    if word in word_set("coreference", "male"):
        return _person(discourse, token, "male")
    if word in word_set("coreference", "female"):
        return _person(discourse, token, "female")
    if word in word_set("coreference", "plural"):
        return _plural(discourse, token)
    if word == "both" and token.dep_ in (*SUBJECTS, *_OBJECTS, "appos"):
        return pair_in_focus(discourse, persons=None)
    if word in word_set("coreference", "neuter") and not in_quote:
        return _neuter(discourse, token)
    return ()


def pair_in_focus(discourse: Discourse, *, persons: bool | None) -> tuple[int, ...]:
    """Return the two that were named together last, else the only two countries or persons so far.

    Args:
        discourse: what was read.
        persons: whether two persons are meant, or two states or bodies; None for either.
    """
    for pair, _ in reversed(discourse.pairs[-12:]):
        kinds = {discourse.kind_of(entity) == "person" for entity in pair}
        if len(pair) == 2 and len(kinds) == 1 and (persons is None or persons in kinds):
            return pair
    if persons is None:
        return ()
    seen = discourse.persons if persons else discourse.parties
    counted = dict.fromkeys(one.entity for one in seen if persons or discourse.kind_of(one.entity) == "country")
    return tuple(counted) if len(counted) == 2 else ()


def _person(discourse: Discourse, pronoun: Token, sex: str) -> tuple[int, ...]:
    speaking = pronoun.i in discourse.speakers
    best: tuple[tuple[float, int, int], int] | None = None
    for seen in reversed(discourse.persons):
        distance = discourse.sentence - seen.sentence
        if distance > REACH:
            break
        if discourse.sex.get(seen.entity, sex) != sex or _excluded(seen, pronoun):
            continue
        rank = _rank(seen, distance, speaking=speaking)
        if best is None or rank > best[0]:
            best = (rank, seen.entity)
    if best is None:
        return ()
    discourse.sex.setdefault(best[1], sex)
    return (best[1],)


def _rank(seen: Seen, distance: int, *, speaking: bool) -> tuple[float, int, int]:
    """Return a sort key: the nearest sentence, with a lead for speakers where somebody speaks; there, its subject."""
    lead = _SPEAKERS_LEAD if speaking and seen.speaks else 0.0
    near = -seen.head.i if seen.head.dep_ in SUBJECTS else seen.head.i - 1_000_000
    return (lead - distance, -distance, near)


def _excluded(seen: Seen, pronoun: Token) -> bool:
    """Say whether grammar forbids an antecedent: subject and object of one verb, or a name within its own owner."""
    if pronoun.tag_ == "PRP" and pronoun.dep_ in _OBJECTS and pronoun.dep_ != "pobj":
        return seen.head.head == pronoun.head
    return False


def _plural(discourse: Discourse, token: Token) -> tuple[int, ...]:
    """Return the nearest pair or group; nobody where a plural noun that names nobody stands nearer as subject."""
    groups = [
        (seen.sentence, seen.head.i, (seen.entity,))
        for seen in discourse.parties[-8:]
        if discourse.kind_of(seen.entity) == "group"
    ]
    pairs = [(sentence, -1, pair) for pair, sentence in discourse.pairs[-4:]]
    near = [item for item in (*groups, *pairs) if discourse.sentence - item[0] <= 1]
    if not near:
        return ()
    chosen = max(near, key=lambda item: (item[0], item[1]))
    return () if chosen[0] < discourse.sentence and _has_rival(token) else chosen[2]


def _has_rival(token: Token) -> bool:
    """Say whether a plural noun stands as subject before the pronoun in its sentence."""
    index = token.i
    while index > 0 and not token.doc[index].is_sent_start:
        index -= 1
        if token.doc[index].tag_ == "NNS" and token.doc[index].dep_ in SUBJECTS:
            return True
    return False


def _neuter(discourse: Discourse, pronoun: Token) -> tuple[int, ...]:
    """Return the subject of the clause or sentence before, where it is a state or body; empty "it" means nobody."""
    if pronoun.lower_ == "it" and _is_empty(pronoun):
        return ()
    for seen in reversed(discourse.parties):
        if discourse.sentence - seen.sentence > 1:
            return ()
        if discourse.kind_of(seen.entity) == "group" or seen.head.i > pronoun.i:
            continue
        if seen.head.dep_ in SUBJECTS and not _excluded(seen, pronoun):
            return (seen.entity,)
        if pronoun.lower_ == "its" and seen.sentence == discourse.sentence and seen.head.dep_ == "poss":
            continue
    return ()


def _is_empty(pronoun: Token) -> bool:
    verb = pronoun.head
    if pronoun.dep_ not in SUBJECTS:
        return False
    if verb.lemma_ in word_set("coreference", "empty_subjects"):
        return True
    clause = any(
        child.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl") and child.i > verb.i for child in verb.children
    )
    adjective = any(child.dep_ in ("acomp", "attr", "oprd") for child in verb.children)
    return (verb.lemma_ == "be" and (clause or adjective)) or (pronoun.dep_ == "nsubjpass" and clause)
