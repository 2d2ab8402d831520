"""Groups and bodies that a common noun names as parties: "opposition leaders", "the ferry company"."""

from spacy.tokens import Token

from briefing.extraction.points.grammar import prepositional
from briefing.extraction.points.lists import LEXICON, is_in
from briefing.extraction.points.parties.party import Party
from briefing.runtime.lexicon import word_set

MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "quantmod"})
NO_PARTY = frozenset({"no", "any", "some", "a", "an", "another", "every", "each"})
_PARTICULAR = ("institutions", "firms", "crowds", "regimes")
_BODIES = ("institutions", "private", "localities")
_GROUPS = ("bodies", "institutions", "private", "crowds")
_QUANTITIES = frozenset({"many", "several", "other", "most", "all", "few", "more", "multiple", "various", "both"})
_KNOWN = frozenset(
    {"government", "opposition", "authority"}
)  # which one is meant is clear in an article on one country
_UNNAMED = "a group by a common noun"
_WHERE = frozenset({"in", "near", "at", "across", "around", "outside"})
_STATES = frozenset({"country", "nation", "state"})


def group_of(token: Token) -> Party | None:
    """Return the group that a common noun names: "opposition leaders", "the union"; None for one unnamed person."""
    lemma = token.lemma_.lower()
    if token.lower_ in word_set(LEXICON, "unions") and token.text.isupper():
        return Party(token.text, None, True, at=token.i, rule=_UNNAMED)
    if token.pos_ != "NOUN" or not any(lemma in word_set(LEXICON, name) for name in _GROUPS):
        return None
    lefts = [child for child in token.lefts if child.dep_ in (*MODIFIERS, "det")]
    if any(child.lower_ in NO_PARTY and child.dep_ == "det" for child in lefts) and not (
        _are_some(token) or _is_particular(token)
    ):
        return None
    if lemma == "head" and any(word.lower_ == "state" for word in prepositional(token, ("of",))):
        return None
    if any(child.lower_ == "both" for child in lefts) and not is_told(token):
        return None  # which two is for the text before to tell
    if lemma == "opposition" and any(child.lower_ in ("to", "from", "among") for child in token.rights):
        return None
    plural = token.tag_ == "NNS"
    if not plural and lemma not in word_set(LEXICON, "collectives") and not _is_particular(token):
        return None
    modifiers = [child for child in lefts if child.dep_ in MODIFIERS and child.lower_ not in _QUANTITIES]
    alone = not is_told(token) and all(child.pos_ == "NUM" for child in modifiers)
    if (
        alone
        and (lemma in word_set(LEXICON, "anaphors") or lemma in word_set(LEXICON, "bodies"))
        and lemma not in _KNOWN
    ):
        return None
    if lemma in _STATES and not any(child.pos_ == "NUM" or child.text[:1].isupper() for child in modifiers):
        return None
    start = min((word.i for child in modifiers for word in child.subtree), default=token.i)
    name = " ".join(token.doc[start : token.i + 1].text.split())
    several = word_set(LEXICON, "assemblies") & word_set(LEXICON, "collectives")
    return Party(name, None, plural or lemma in several, at=token.i, rule=_UNNAMED)


def body_of(noun: Token) -> list[Party]:
    """Return the one body that a common noun names with words of its own: "the ferry company", "the museum"."""
    lemma = noun.lemma_.lower()
    if noun.dep_ == "pobj" and noun.head.lower_ in _WHERE:
        return []  # where it is done, not who does it
    if noun.pos_ != "NOUN" or noun.tag_ == "NNS" or not any(lemma in word_set(LEXICON, name) for name in _BODIES):
        return []
    named = next((gloss for gloss in noun.rights if gloss.dep_ == "appos" and gloss.pos_ == "PROPN"), None)
    if named is not None:
        start = min((child.i for child in named.lefts if child.dep_ in MODIFIERS), default=named.i)
        return [Party(noun.doc[start : named.i + 1].text, None, at=noun.i, rule="by the name alone")]
    lefts = [child for child in noun.lefts if child.dep_ in (*MODIFIERS, "poss")]
    place = next((word for word in prepositional(noun, ("of",)) if word.pos_ == "PROPN"), None)
    pointing = any(child.lower_ in ("the", "his", "her", "their", "its") for child in noun.lefts)
    if not (lefts or place is not None or (pointing and lemma not in word_set(LEXICON, "anaphors"))):
        return []
    start = min((word.i for child in lefts for word in child.subtree if word.dep_ != "det"), default=noun.i)
    end = place.i if place is not None and place.i == noun.i + 2 else noun.i
    return [Party(noun.doc[start : end + 1].text, None, at=noun.i, rule=_UNNAMED)]


def is_told(noun: Token) -> bool:
    """Say whether words right after a noun tell which is meant: "parties that push for change"."""
    return any(child.left_edge.i == noun.i + 1 and not child.is_punct for child in noun.rights)


def _is_particular(noun: Token) -> bool:
    """Say whether a name before it tells which one is meant: "the Oslo court", "a Dutch judge", "a Danish firm"."""
    modifiers = (child for child in noun.lefts if child.dep_ in MODIFIERS)
    named = any(word.text[:1].isupper() for child in modifiers for word in child.subtree)  # "a Kabul-backed militia"
    return named and not is_in(noun, "related") and any(is_in(noun, name) for name in _PARTICULAR)


def _are_some(noun: Token) -> bool:
    """Say whether a noun is "some residents who", "some Baltic states": not all, but words beside it tell which."""
    known = is_told(noun) or any(child.dep_ in MODIFIERS and child.text[:1].isupper() for child in noun.lefts)
    return noun.tag_ == "NNS" and known and any(child.lower_ == "some" for child in noun.lefts)
