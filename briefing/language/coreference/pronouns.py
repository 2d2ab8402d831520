"""Referents of pronouns: by agreement in sex and number, then nearness, then the antecedent's grammatical role.

Persons without a name compete with named ones. If "the mayor" without a name is the likelier antecedent, the pronoun
has no referent.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.language.coreference.discourse import LOOSE, REACH, UNNAMED, Discourse, Seen, is_subject
from briefing.language.coreference.pairs import pair_in_focus, pair_of_parties
from briefing.language.neighbours import token_after
from briefing.language.predicate_words import reporting_verbs
from briefing.language.roles.phrases import is_role_noun
from briefing.language.surface import pronoun_sex
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

_SPEAKERS_LEAD = 1.5  # sentences; a speaker counts as nearer to the next "he said" by this distance
_OBJECTS = frozenset({"dobj", "iobj", "dative", "pobj"})
PLURALS = frozenset({"NNS", "NNPS"})
_MOST_STEPS = 8  # steps up the tree from a word to the verb of its clause, at most
_MOST_NEAR = 60  # mentions of persons that are compared, at most
# Parts of speech after a "both" that belongs to a noun: "both its neighbours".
_PHRASES = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM", "ADP"})
_AFTER_BOTH = word_set(__name__, "after_both")


def pronoun_referents(discourse: Discourse, token: Token) -> tuple[int, ...]:
    """Return the referents of a third-person pronoun, several for "they" and "both"; empty if uncertain."""
    word = token.lower_
    sex = pronoun_sex(token)
    if sex is not None:
        return _person(discourse, token, sex)
    if word in word_set(__name__, "plural"):
        is_list = token.dep_ in SUBJECTS and token.head.lemma_ in word_set(__name__, "listing")
        return () if is_list else _plural(discourse, token)  # "The topics are many. They include trade."
    if word == "both" and token.dep_ in (*SUBJECTS, *_OBJECTS, "appos") and not _goes_with_noun(token):
        return pair_in_focus(discourse)
    if word in word_set(__name__, "neuter") and token.i not in discourse.quoted:
        return _neuter(discourse, token)
    return ()


def _goes_with_noun(both: Token) -> bool:
    """Return True if "both" begins a list or a noun phrase: "both its neighbours and the West"."""
    following = token_after(both)
    return following is not None and following.pos_ in _PHRASES and following.lower_ not in _AFTER_BOTH


def _person(discourse: Discourse, pronoun: Token, sex: str) -> tuple[int, ...]:
    owner = _owner_of_subject(discourse, pronoun, sex)
    if owner:
        return owner
    silent = speaker_of(discourse, pronoun, sex)
    if silent is None:
        return ()
    speaking = pronoun.i in discourse.speakers and pronoun.head.lemma_.lower() in reporting_verbs()
    best: tuple[tuple[float, int, int], int] | None = None
    for seen in near_persons(discourse):
        if discourse.sex.get(seen.entity, sex) != sex or excluded(seen, pronoun, discourse) or seen.entity in silent:
            continue
        called = discourse.sex_by_pronoun.get(seen.entity, sex)
        rank = _rank(seen, discourse.sentence - seen.sentence, speaking=speaking, doubtful=called != sex)
        if best is None or rank > best[0]:
            best = (rank, seen.entity)
    if best is None or best[1] == UNNAMED:
        return ()
    discourse.sex_by_pronoun.setdefault(best[1], sex)
    return (best[1],)


def near_persons(discourse: Discourse) -> Iterator[Seen]:
    """Yield the persons within reach: first the named, then the unnamed, each with the latest first."""
    for memory in (discourse.persons, discourse.unnamed):
        for seen in reversed(memory[-_MOST_NEAR:]):
            if discourse.sentence - seen.sentence > REACH:
                break
            if seen.entity != UNNAMED or seen.head.i not in discourse.quoted:
                yield seen


def _owner_of_subject(discourse: Discourse, pronoun: Token, sex: str) -> tuple[int, ...]:
    """Return the owner of the subject of a possessive's clause: "Lind's letter made clear his doubts"."""
    if pronoun.tag_ != "PRP$" or pronoun.i in discourse.quoted:
        return ()
    subject = _subject_of_clause(pronoun)
    owners = [child for child in subject.lefts if child.dep_ == "poss"] if subject is not None else []
    meant = discourse.referents.get(owners[0].i, ()) if owners else ()
    fits = len(meant) == 1 and discourse.kind_of(meant[0]) == "person" and discourse.sex.get(meant[0], sex) == sex
    return meant if fits else ()


def _subject_of_clause(word: Token) -> Token | None:
    """Return the subject before a word in its clause; None if the word is in the subject."""
    verb = word.head
    for _ in range(_MOST_STEPS):
        for child in verb.lefts:
            if child.dep_ in SUBJECTS and verb.pos_ in ("VERB", "AUX"):
                return child if child.right_edge.i < word.i else None
        if verb.dep_ == "ROOT":
            return None
        verb = verb.head
    return None


def speaker_of(discourse: Discourse, pronoun: Token, sex: str) -> tuple[int, ...] | None:
    """Return the speaker of the quotation around a pronoun, who cannot be "he"; None if the speaker is unknown."""
    source = discourse.quoted.get(pronoun.i)
    if source is None:
        return ()
    speaker = discourse.doc[source]
    known = discourse.referents.get(source, ())
    if known or source < pronoun.i:
        return known
    if speaker.pos_ == "PRON":
        return _person(discourse, speaker, sex) if source not in discourse.quoted else ()
    return None if is_role_noun(speaker) else ()


def _rank(seen: Seen, distance: int, *, speaking: bool, doubtful: bool) -> tuple[float, int, int]:
    """Return a sort key: the nearest sentence first, and in it the subject.

    If the pronoun is *speaking*, speakers count as nearer. A *doubtful* person counts as one sentence farther: an
    earlier pronoun gave the person the other sex, but it may have been misread.
    """
    lead = (_SPEAKERS_LEAD if speaking and seen.speaks else 0.0) - doubtful
    near = -seen.head.i if seen.head.dep_ in SUBJECTS else seen.head.i - 1_000_000
    return (lead - distance, -distance, near)


def excluded(seen: Seen, pronoun: Token, discourse: Discourse) -> bool:
    """Return True if an antecedent is impossible: in the pronoun's own quotation, or subject and object of one verb."""
    if discourse.quoted.get(seen.head.i) == pronoun.i:
        return True
    if pronoun.tag_ == "PRP" and pronoun.dep_ in _OBJECTS and pronoun.dep_ != "pobj":
        return seen.head.head == pronoun.head
    return False


def _plural(discourse: Discourse, token: Token) -> tuple[int, ...]:
    """Return the plural subject of the pronoun's clause, else the nearest pair or group, subjects first.

    Return none if a plural noun without a name is the likelier antecedent.
    """
    subject = _subject_of_clause(token) if token.dep_ not in SUBJECTS else None
    if subject is not None and (
        subject.tag_ in PLURALS or subject.conjuncts or subject.lower_ in word_set(__name__, "pair_names")
    ):
        return _joined(discourse, subject)
    if token.dep_ == "poss" and token.head.tag_ == "NNS" and token.head.lemma_ in pair_of_parties():
        return ()  # "their countries": each has its own
    groups = [
        (seen.sentence, seen.head, (seen.entity,))
        for seen in discourse.parties[-8:]
        if discourse.kind_of(seen.entity) == "group" and seen.head.dep_ not in LOOSE
    ]
    pairs = [(pair.sentence, pair.head, pair.entities) for pair in discourse.pairs[-4:]]
    plurals = [(plural.sentence, plural.head, plural.entities) for plural in discourse.plurals[-4:]]
    near = [item for item in (*groups, *pairs, *plurals) if discourse.sentence - item[0] <= 1]
    if not near or _has_rival(token):
        return ()
    return max(near, key=lambda item: (item[0], is_subject(item[1]), item[1].i))[2]


def _joined(discourse: Discourse, subject: Token) -> tuple[int, ...]:
    """Return all referents of a plural subject and its conjuncts; empty for "U.N. officials"."""
    for plural in discourse.plurals[-4:]:
        if plural.head.i == subject.i:
            return plural.entities
    members = (subject, *subject.conjuncts)
    return tuple(dict.fromkeys(one for member in members for one in discourse.referents.get(member.i, ())))


def _has_rival(token: Token) -> bool:
    """Return True if a noun without a name precedes the pronoun in the clause above.

    This is the audience in "Told his audience they would vote".
    """
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.dep_ not in ("ccomp", "xcomp"):
        return False
    return any(
        child.dep_ in ("dobj", "dative", "iobj") and child.pos_ == "NOUN" and child.i < token.i
        for child in verb.head.rights
    )


def _neuter(discourse: Discourse, pronoun: Token) -> tuple[int, ...]:
    """Return the subject of the clause or sentence before, if it is a state or body; an empty "it" has no referent."""
    if pronoun.lower_ == "it" and _is_empty(pronoun):
        return ()
    for seen in reversed(discourse.parties):
        if discourse.sentence - seen.sentence > 1:
            return ()
        if discourse.kind_of(seen.entity) == "group" or seen.head.i > pronoun.i:
            continue
        if seen.head.dep_ in SUBJECTS and not excluded(seen, pronoun, discourse):
            return (seen.entity,)
        if pronoun.lower_ == "its" and seen.sentence == discourse.sentence and seen.head.dep_ == "poss":
            continue
    return ()


def _is_empty(pronoun: Token) -> bool:
    verb = pronoun.head
    if pronoun.dep_ not in SUBJECTS:
        return False
    if verb.lemma_ in empty_subject_verbs():
        return True
    clause = any(
        child.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl") and child.i > verb.i for child in verb.children
    )
    adjective = any(child.dep_ in ("acomp", "attr", "oprd") for child in verb.children)
    return (verb.lemma_ == "be" and (clause or adjective)) or (pronoun.dep_ == "nsubjpass" and clause)


def empty_subject_verbs() -> frozenset[str]:
    """Return the verbs of weather and judgement whose "it" has no referent."""
    return word_set(__name__, "empty_subjects")
