"""Tell certain references from likely ones: a name in brackets needs an antecedent without a rival.

Speakers and actors are counted by the likeliest antecedent; only what is printed as a fact needs a certain one.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.language.coreference.discourse import REACH, UNNAMED, Discourse, is_subject, role_word
from briefing.language.coreference.leaders import has_owner
from briefing.language.coreference.pronouns import PLURALS, excluded, near_persons, speaker_of
from briefing.language.neighbours import token_after
from briefing.language.predicate_words import reporting_verbs
from briefing.language.roles.phrases import is_role_noun, nouns_of
from briefing.language.surface import pronoun_sex
from briefing.language.syntax import SUBJECTS

_THINGS = frozenset({"NN", "NNP"})
_PLACES = SUBJECTS | {"dobj", "attr"}
_MOST_PAIRS = 12  # pairs that are compared
_MOST_STEPS = 8  # steps up the tree from a pronoun to the main verb, at most


def is_certain(discourse: Discourse, token: Token, meant: tuple[int, ...], owners: tuple[int, ...]) -> bool:
    """Return True if nothing else competes for a reference.

    Args:
        discourse: The mentions before it.
        token: The pronoun, or the head of the noun phrase.
        meant: Its likeliest referents.
        owners: The entities named inside the phrase.
    """
    if token.pos_ not in ("PRON", "DET"):
        if len(meant) > 1:
            return _is_only_pair(discourse, meant)
        return discourse.kind_of(meant[0]) != "person" or _is_only_holder(discourse, token, meant[0], owners)
    if _precedes_its_name(discourse, token, meant):
        return False
    if token.dep_ == "poss" and token.head.pos_ == "PROPN":
        return False  # "His Excellency"
    if len(meant) > 1 or discourse.kind_of(meant[0]) == "group":
        return _is_only_pair(discourse, meant) and not _has_plural_rival(discourse, token, meant)
    if discourse.kind_of(meant[0]) == "person":
        return _is_only_person(discourse, token, meant[0])
    return _is_only_body(discourse, token, meant[0])


def _precedes_its_name(discourse: Discourse, pronoun: Token, meant: tuple[int, ...]) -> bool:
    """Return True if a later subject may be meant: "In a post for his blog, Jan Holm said"."""
    verb = pronoun
    for _ in range(_MOST_STEPS):
        verb = verb.head
        for child in verb.lefts:
            if child.dep_ in SUBJECTS and pronoun.i < child.left_edge.i:
                if pronoun.i in discourse.quoted and child.i in discourse.speakers:
                    continue  # who says "he" of another
                later = discourse.referents.get(child.i, ())
                kinds = {discourse.kind_of(one) for one in later}
                rival = not kinds.isdisjoint(map(discourse.kind_of, meant)) or (not later and is_role_noun(child))
                if rival and later != meant:
                    return True
    return False


def _is_only_person(discourse: Discourse, pronoun: Token, person: int) -> bool:
    """Return True if the person is near, and no other is as near, or the person alone is a subject there."""
    latest = next((seen for seen in reversed(discourse.persons) if seen.entity == person), None)
    if latest is None or discourse.sentence - latest.sentence > 1 or latest.head.i in discourse.doubtful:
        return False
    if (latest.head.i in discourse.quoted) != (pronoun.i in discourse.quoted):
        return False  # who speaks may be meant, or a person who is named in words that are not quoted
    sex = pronoun_sex(pronoun)
    silent = speaker_of(discourse, pronoun, sex or "") or ()
    since = [
        seen
        for seen in near_persons(discourse)
        if seen.sentence >= latest.sentence and discourse.sex.get(seen.entity, sex) == sex
    ]
    leads = any(seen.entity == person and is_subject(seen.head) for seen in since)
    rivals = (seen for seen in since if seen.entity != person and seen.entity not in silent)
    if any(is_subject(seen.head) or not leads for seen in rivals if not excluded(seen, pronoun, discourse)):
        return False
    return not any(map(_is_person_noun, _subjects(discourse, latest.head.i + 1, pronoun)))


def _is_only_body(discourse: Discourse, pronoun: Token, body: int) -> bool:
    """Return True if the body is the last subject, and no other thing can be "it"; a body alone says something."""
    latest = next((seen for seen in reversed(discourse.parties) if seen.entity == body), None)
    if latest is None or latest.head.i in discourse.doubtful or latest.head.dep_ not in SUBJECTS:
        return False
    if pronoun.lower_ == "it" and (pronoun.head.lemma_ == "be" or pronoun.dep_ == "nsubjpass"):
        return False
    if pronoun.dep_ in SUBJECTS and pronoun.head.lemma_.lower() in reporting_verbs():
        return True
    between = discourse.doc[latest.head.sent.start : pronoun.i]
    return not any(
        token.tag_ in _THINGS
        and token.dep_ in _PLACES
        and discourse.referents.get(token.i, ()) != (body,)
        and not any(discourse.kind_of(one) == "person" for one in discourse.referents.get(token.i, ()))
        for token in between
    )


def _has_plural_rival(discourse: Discourse, pronoun: Token, meant: tuple[int, ...]) -> bool:
    """Return True if "they" may mean another subject, or "them" and "their" any other plural noun."""
    subjects = SUBJECTS if pronoun.dep_ in SUBJECTS else None
    first = next((pair.head for pair in reversed(discourse.pairs) if pair.entities == meant), None)
    first = first or next((seen.head for seen in reversed(discourse.parties) if (seen.entity,) == meant), pronoun)
    return first.i in discourse.doubtful or any(
        token.tag_ in PLURALS
        and (subjects is None or token.dep_ in subjects)
        and not set(discourse.referents.get(token.i, ())) & set(meant)
        for token in discourse.doc[first.sent.start : pronoun.i]
    )


def _is_only_pair(discourse: Discourse, meant: tuple[int, ...]) -> bool:
    """Return True if no other pair was mentioned lately; two leaders are the same pair as their states."""
    if len(meant) == 1:
        return True
    sides = _sides(discourse, meant)
    persons = discourse.kind_of(meant[0]) == "person"
    recent = [pair for pair in discourse.pairs[-_MOST_PAIRS:] if discourse.sentence - pair.sentence <= REACH]
    same = [pair for pair in recent if _sides(discourse, pair.entities) == sides]
    if same and same[-1].head.i in discourse.doubtful:
        return False
    since = max((pair.sentence for pair in same if is_subject(pair.head)), default=0)
    return all(
        _sides(discourse, pair.entities) <= sides
        for pair in recent
        if pair.sentence >= since and (not persons or discourse.kind_of(pair.entities[0]) == "person")
    )


def _sides(discourse: Discourse, entities: tuple[int, ...]) -> frozenset[int]:
    return frozenset(discourse.home.get(one, one) for one in entities)


def _is_only_holder(discourse: Discourse, noun: Token, person: int, owners: tuple[int, ...]) -> bool:
    """Return True if nobody else holds an office, or no other person is near one who is only described."""
    after = token_after(noun)
    if after is not None and after.pos_ == "PROPN":
        return False  # "the candidate Jan Holm", which was parsed badly
    holders = discourse.by_role.get(role_word(noun), ())
    near = {seen.entity for seen in near_persons(discourse)}
    if person not in discourse.people:
        return False  # a person named later may hold this office elsewhere
    if person not in holders:
        return near <= {person, UNNAMED}
    names = {discourse.entities[owner].name for owner in owners}
    roles = discourse.entities[person].roles
    tied = any(role.affiliation in names for role in roles) or has_owner(noun, roles)
    if names and not tied:
        states = {seen.entity for seen in discourse.parties if discourse.kind_of(seen.entity) == "country"}
        tied = states <= set(owners) and not any(role.affiliation for role in roles)
    return near.isdisjoint(set(holders) - {person}) and (not names or tied)


def _subjects(discourse: Discourse, first: int, pronoun: Token) -> Iterator[Token]:
    """Yield the singular subjects without a referent from a token to a pronoun."""
    for token in discourse.doc[first : pronoun.i]:
        if token.dep_ in SUBJECTS and token.tag_ == "NN" and token.i not in discourse.referents:
            yield token


def _is_person_noun(token: Token) -> bool:
    """Return True if a token is a noun for people: "mayor", "gunmen"; not "crowd"."""
    lemma = token.lemma_.lower()
    known = lemma in nouns_of("role_nouns") or lemma in nouns_of("people_nouns")
    return (is_role_noun(token) or known) and lemma not in nouns_of("collective_nouns")
