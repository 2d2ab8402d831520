"""Leaders of states and bodies, whatever their office: "the Polish leader", "the bank's boss"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from briefing.language.analysis import Role
from briefing.language.coreference.discourse import Discourse
from briefing.language.syntax import MODIFIERS
from briefing.runtime.lexicon import word_set

_OWNING = word_set(__name__, "owning")
_HIGHEST = word_set(__name__, "highest")
_LESSER = word_set(__name__, "lesser")


def leader_of(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the only person who leads the state or body in a phrase; of a state's two leaders the higher one."""
    if noun.lower_ not in word_set(__name__, "leader_nouns") or len(owners) != 1:
        return ()
    owner = discourse.entities[owners[0]]
    if owner.kind not in ("country", "organisation") or any(child.lower_ in _LESSER for child in noun.lefts):
        return ()
    leading = leading_offices() if owner.kind == "country" else word_set(__name__, "body_offices")
    leaders = [person for person in discourse.people if _leads(discourse, person, owner.name, leading)]
    if len(leaders) > 1 and owner.kind == "country":
        leaders = [person for person in leaders if _leads(discourse, person, owner.name, _HIGHEST)]
    return tuple(leaders) if len(leaders) == 1 else ()


def has_owner(noun: Token, roles: Sequence[Role]) -> bool:
    """Return True if a role has the owner of the noun: "EU" of "the EU High Representative" in "... of the EU"."""
    owners = {word.lower_ for word in _owning_words(noun)}
    return any(owners & set(role.text.casefold().split()) for role in roles)


def _owning_words(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ in MODIFIERS and child.i < noun.i and child.pos_ in ("PROPN", "NOUN"):
            yield child
        elif child.dep_ == "prep" and child.lower_ in _OWNING:
            yield from (word for word in child.children if word.pos_ in ("PROPN", "NOUN"))


def _leads(discourse: Discourse, person: int, body: str, offices: frozenset[str]) -> bool:
    """Return True if a person has an office that leads a state or body, not as a deputy or in the past."""
    for role in discourse.entities[person].roles:
        words = set(role.text.casefold().replace("-", " ").split())
        own = "prime" in words or not words & _ministries()
        if role.affiliation == body and words & offices and own and not words & _LESSER:
            return True
    return False


def _ministries() -> frozenset[str]:
    """Return the words that mark a minister of one field, not the prime minister."""
    return rank_words() - {"prime"}


def leading_offices() -> frozenset[str]:
    """Return the words of offices that represent a state abroad."""
    return word_set(__name__, "leading_offices")


def rank_words() -> frozenset[str]:
    """Return the words that distinguish offices with the same noun: "deputy", "finance"."""
    return word_set(__name__, "rank_words")
