"""Referents of definite noun phrases: "the ambassador", "the company", "the two sides", "the country"."""

from collections.abc import Collection
from functools import cache

from spacy.tokens import Token

from briefing.language.analysis import Role
from briefing.language.coreference.discourse import (
    REACH,
    Discourse,
    bare_roles,
    is_premier,
    long_form,
    role_word,
    same_role,
)
from briefing.language.coreference.leaders import has_owner, leader_of, leading_offices, rank_words
from briefing.language.coreference.pairs import pair_of_parties, persons_in_focus, sides_in_focus
from briefing.language.coreference.redescriptions import person_nouns, redescribed
from briefing.language.roles.finders import relational_nouns
from briefing.language.roles.phrases import has_age, is_role_noun
from briefing.language.syntax import MODIFIERS, SUBJECTS
from briefing.runtime.lexicon import word_set

_HOME = 2  # a bare title can belong to a state with at least 1/_HOME of the mentions of the most frequent state
_HEAVY = frozenset({"relcl", "acl"})


def nominal_referents(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the referents of a common noun with its modifiers; empty if uncertain.

    Args:
        discourse: The mentions so far.
        noun: Head of the noun phrase.
        owners: The entities named inside the phrase: Russia in "the Russian president".
    """
    return _meant(discourse, noun, owners) or redescribed(discourse, noun, owners)


def _meant(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    if noun.tag_ == "NNS":
        return _several(discourse, noun) or _members(discourse, noun, owners)
    if noun.lower_ in word_set(__name__, "document_nouns"):
        return _author(noun, owners)
    if has_age(noun) and is_definite(noun) and not owners:
        return _person_in_focus(discourse)
    if noun.lower_ in word_set(__name__, "own_states") and (own := _own_state(discourse, noun, owners)):
        return own
    if is_role_noun(noun):
        return _holder(discourse, noun, owners)
    if not is_definite(noun):
        return ()
    if owners or any(child.dep_ in _HEAVY for child in noun.children):
        return ()
    lemma = noun.lemma_.lower()
    if lemma in word_set(__name__, "state_nouns"):
        return _nearest_party(discourse, "country") if not _is_modified(noun) else ()
    return _body(discourse, noun, lemma)


def may_refer(noun: Token) -> bool:
    """Return True if a noun can refer back: it is definite, or needs no article."""
    if noun.tag_ == "NNS":
        return noun.lemma_ in _plural_nouns()
    if noun.lower_ in word_set(__name__, "document_nouns"):
        return True
    return noun.left_edge.lower_ == "the" or any(child.dep_ in ("det", "poss") for child in noun.children)


@cache
def _plural_nouns() -> frozenset[str]:
    return pair_of_parties() | word_set(__name__, "pair_of_persons", "member_nouns")


def is_definite(noun: Token) -> bool:
    """Return True if a noun phrase begins with "the", "this" or "that"."""
    return any(child.dep_ == "det" and child.lower_ in word_set(__name__, "definite") for child in noun.children)


def is_epithet(noun: Token) -> bool:
    """Return True if a noun may refer to a known person without being an office: "the businessman"."""
    return is_definite(noun) and noun.lower_ in person_nouns()


def _is_modified(noun: Token) -> bool:
    return any(child.dep_ in (*MODIFIERS, "prep") for child in noun.children)


def _several(discourse: Discourse, noun: Token) -> tuple[int, ...]:
    words = {child.lower_ for child in noun.children}
    two = ("two" in words and words & word_set(__name__, "before_two")) or "both" in words
    if any(child.dep_ in ("amod", "compound") and child.text[0].isupper() for child in noun.children):
        return ()  # "the two Korean states" are not those in focus
    if noun.lemma_ in word_set(__name__, "pair_of_persons"):
        alone = noun.lemma_ in word_set(__name__, "leaders_alone") and is_definite(noun) and not _is_modified(noun)
        return persons_in_focus(discourse) if two or alone else ()
    if noun.lemma_ in pair_of_parties():
        alone = noun.lemma_ in word_set(__name__, "pair_alone") and is_definite(noun) and not _is_modified(noun)
        states = noun.lemma_ in word_set(__name__, "state_nouns")
        return sides_in_focus(discourse, states=states) if two or alone else ()
    return ()


def _members(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the body or state of officials or members: "NASA officials"."""
    if len(owners) != 1 or noun.lemma_ not in word_set(__name__, "member_nouns"):
        return ()
    return owners if discourse.kind_of(owners[0]) in ("organisation", "country") else ()


def _author(noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the author of a statement, report or letter, if the phrase names exactly one entity."""
    return owners if len(owners) == 1 and noun.dep_ in SUBJECTS else ()


def _holder(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the referent of an office: "her lawyer", "the head of state", "the ambassador"."""
    if any(child.tag_ == "PRP$" for child in noun.children):
        return _only_holder(discourse, noun)
    owned = any(child.dep_ == "poss" for child in noun.lefts)
    if not owned and noun.left_edge.lower_ not in word_set(__name__, "definite"):
        headline = discourse.in_headline and not any(child.dep_ == "det" for child in noun.lefts)
        return _named_holder(discourse, noun, owners) if headline else ()
    if _heads_state(noun):
        return _head_of_state(discourse, owners)
    found = _office_holder(discourse, noun, owners)
    if owned and not all(_is_tied(discourse, person, noun, owners) for person in found):
        found = ()
    return found or leader_of(discourse, noun, owners)


def _is_tied(discourse: Discourse, person: int, noun: Token, owners: tuple[int, ...]) -> bool:
    """Return True if a person's role has the owner that a phrase names: "the board's president"."""
    roles = discourse.entities[person].roles
    names = {discourse.entities[owner].name for owner in owners}
    return any(role.affiliation in names for role in roles) or has_owner(noun, roles)


def _named_holder(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the only person whose role has this noun and these owners."""
    people = discourse.by_role.get(role_word(noun), ())
    fitting = tuple(person for person in people if _fits(discourse, person, noun, owners))
    return fitting if len(fitting) == 1 else ()


def _office_holder(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the person whose role has this noun and these owners, else the only person in focus without a role."""
    candidates = [
        person for person in discourse.by_role.get(role_word(noun), ()) if _fits(discourse, person, noun, owners)
    ]
    if candidates:
        return discourse.nearest(candidates)
    near = {seen.entity for seen in discourse.persons[-12:] if discourse.sentence - seen.sentence <= REACH}
    if noun.lower_ in person_nouns() and not owners:
        return tuple(near) if len(near) == 1 else ()
    if noun.lower_ in relational_nouns() or discourse.is_known_unnamed(noun):
        return ()
    if not owners:
        return _sole_in_focus(discourse, noun)
    return discourse.roleless if len(discourse.roleless) == 1 and discourse.roleless[0] in near else ()


def _sole_in_focus(discourse: Discourse, noun: Token) -> tuple[int, ...]:
    """Return the only person nearby, if the text gives that person no role: "the former senator"."""
    if noun.lower_ in leading_offices():
        return ()
    near = _person_in_focus(discourse)
    return near if near and not discourse.entities[near[0]].roles else ()


def _heads_state(noun: Token) -> bool:
    """Return True if a noun is the head of "head of state"."""
    if noun.lower_ not in ("head", "chief"):
        return False
    after = [child for child in noun.rights if child.dep_ == "prep"]
    return any(word.lower_ == "state" for child in after[:1] for word in child.children if child.lower_ == "of")


def _head_of_state(discourse: Discourse, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the only president or monarch; if the phrase names a state, the only one who may be of it.

    Of several, return the one with twice as many mentions as the next.
    """
    heads = [one for word in sorted(word_set(__name__, "heads_of_state")) for one in discourse.by_role.get(word, ())]
    if owners:
        states = {discourse.entities[owner].name for owner in owners}
        heads = [one for one in heads if any(_rules(role, states) for role in discourse.entities[one].roles)]
    ordered = sorted(dict.fromkeys(heads), key=lambda one: -len(discourse.entities[one].mentions))
    counts = [len(discourse.entities[one].mentions) for one in ordered]
    if len(counts) > 1 and counts[0] < 2 * counts[1]:
        return ()
    return tuple(ordered[:1])


def _rules(role: Role, states: Collection[str]) -> bool:
    """Return True if a role names one of the states, or none: "President"; not "President of the Republic of Peru"."""
    return role.affiliation in states or (role.affiliation is None and " of " not in role.text)


def _only_holder(discourse: Discourse, noun: Token) -> tuple[int, ...]:
    """Return the referent of "her lawyer": the only person with this role, if at most one other is in focus."""
    if noun.lower_ in relational_nouns():
        return ()
    holders = discourse.by_role.get(role_word(noun), ())
    if len(holders) != 1 or not _fits(discourse, holders[0], noun, ()):
        return ()
    near = {seen.entity for seen in discourse.persons[-12:] if discourse.sentence - seen.sentence <= REACH}
    return tuple(holders) if len(near - set(holders)) <= 1 else ()


def _fits(discourse: Discourse, person: int, noun: Token, owners: tuple[int, ...]) -> bool:
    """Return True if the modifiers of a phrase fit a person's role: the country, "deputy", "prime"."""
    roles = [role for role in discourse.entities[person].roles if role_word(noun) in _words(role.text)]
    names = {discourse.entities[owner].name for owner in owners}
    given = {role.affiliation for role in roles if role.affiliation}
    if names and not names & given and not has_owner(noun, roles):
        titled = any(role.text[0].isupper() for role in roles)
        if given or not titled or not all(_is_home(discourse, owner) for owner in owners):
            return False
    marks = rank_words()
    held = [_ranks(role.text) & marks for role in roles]
    asked = {word for child in noun.children if (word := child.lower_) in marks}
    asked |= {word for part in noun.lower_.split("-") if (word := part) in marks}
    if is_premier(noun.lower_):
        asked = asked | {"prime"}
    return (
        not held or any(asked == ranks for ranks in held) or (not asked and any(ranks <= {"prime"} for ranks in held))
    )


def _ranks(text: str) -> set[str]:
    """Return the words of a role, with "prime" for a premier."""
    words = set(text.casefold().replace("-", " ").split())
    return words | {"prime"} if any(map(is_premier, words)) else words


def _is_home(discourse: Discourse, owner: int) -> bool:
    """Return True if a state or body has enough mentions for "President Lind" without a country to be its president."""
    kind = discourse.kind_of(owner)
    most = discourse.most_mentions.get(kind or "", 0)
    return _HOME * len(discourse.entities[owner].mentions) >= most


def _words(text: str) -> set[str]:
    words = [long_form(word) for word in text.casefold().replace("-", " ").split()]
    return {form for word in words for form in (word, same_role(word), *bare_roles(word))}


def _person_in_focus(discourse: Discourse) -> tuple[int, ...]:
    """Return the only person mentioned in this and the last sentence."""
    near = {seen.entity for seen in discourse.persons[-12:] if discourse.sentence - seen.sentence <= 1}
    return tuple(near) if len(near) == 1 else ()


def _own_state(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the state of a government, or of a person's office: Denmark for "his government" of a Danish minister."""
    if len(owners) != 1:
        return ()
    if not any(child.tag_ == "PRP$" for child in noun.children):
        governs = noun.lower_ == "government" and not any(child.dep_ == "amod" for child in noun.children)
        return owners if governs and discourse.kind_of(owners[0]) == "country" else ()
    held = (role.affiliation for role in discourse.entities[owners[0]].roles if role.affiliation)
    return tuple(discourse.states[name] for name in held if name in discourse.states)[:1]


def _body(discourse: Discourse, noun: Token, lemma: str) -> tuple[int, ...]:
    """Return the organisation with this noun in its name; for "the company" and similar nouns the nearest one."""
    if any(child.dep_ in ("prep", "poss") for child in noun.children):
        return ()
    extra = {child.lower_ for child in noun.children if child.dep_ in ("amod", "compound")}
    named = [
        body
        for body in discourse.by_word.get(lemma, ())
        if not extra or extra <= set(discourse.entities[body].name.casefold().split())
    ]
    if named:
        for seen in reversed(discourse.parties[-40:]):
            if seen.entity in named:
                return (seen.entity,)
        return ()
    if extra and lemma in word_set(__name__, "epithet_nouns"):
        return _body_in_focus(discourse)
    if extra or lemma not in word_set(__name__, "organisation_nouns"):
        return ()
    return _nearest_party(discourse, "organisation")


def _body_in_focus(discourse: Discourse) -> tuple[int, ...]:
    """Return the only organisation mentioned in this and the last sentence: "the software giant"."""
    near = {
        seen.entity
        for seen in discourse.parties[-12:]
        if discourse.sentence - seen.sentence <= 1 and discourse.kind_of(seen.entity) == "organisation"
    }
    return tuple(near) if len(near) == 1 else ()


def _nearest_party(discourse: Discourse, kind: str) -> tuple[int, ...]:
    """Return the last entity of this kind; in its sentence the subject wins."""
    best: tuple[tuple[int, bool, int], int] | None = None
    for seen in reversed(discourse.parties):
        if discourse.sentence - seen.sentence > REACH:
            break
        if discourse.kind_of(seen.entity) == kind:
            rank = (seen.sentence, seen.head.dep_ in SUBJECTS, seen.head.i)
            if best is None or rank > best[0]:
                best = (rank, seen.entity)
    return (best[1],) if best else ()
