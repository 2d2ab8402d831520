"""Other words for the person who has the floor: "the presidential hopeful said", "the Mexican-born journalist added".

News calls a speaker by what else he is. Such a phrase tells nothing by which its bearer could be found (it is no role
that the text gave anybody), so it means who spoke last, or whom the text was last about.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.language.coreference.discourse import Discourse
from briefing.language.grammar import SUBJECTS
from briefing.language.lexicon import word_set

_FLOOR = 8  # sentences, those of quotations among them, within which a speaker has the floor
_MOST = 40  # mentions of persons that are looked at
_KIN = frozenset({"mother", "father", "grandmother", "grandfather"})
_NEW = frozenset({"a", "an", "another", "one"})


def redescribed(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the person who has the floor where a definite noun phrase that tells somebody's life or standing speaks.

    Args:
        discourse: what was read so far.
        noun: head of the noun phrase.
        owners: the entities named inside the phrase; another person among them is somebody else's: "Lind's rival".
    """
    if noun.i not in discourse.speakers or noun.i in discourse.quoted or not _tells_who_somebody_is(noun):
        return ()
    if any(discourse.kind_of(owner) == "person" for owner in owners) or _is_introduced(noun):
        return ()
    sex = next((sex for sex in ("male", "female") if noun.lower_ in word_set("roles", f"{sex}_nouns")), None)
    named = {seen.entity for seen in discourse.persons[-_MOST:] if discourse.quoted.get(seen.head.i) == noun.i}
    for entity in _on_the_floor(discourse):
        if entity not in named and (sex is None or discourse.sex.get(entity, sex) == sex):
            return (entity,)
    return ()


def is_age(token: Token) -> bool:
    """Say whether a word is the "old" of "the 43-year-old", said of a person."""
    return token.lower_ == "old" and any(child.dep_ == "npadvmod" for child in token.lefts)


def _tells_who_somebody_is(noun: Token) -> bool:
    """Say whether a phrase with "the" tells a person's standing, calling or life."""
    left = [child for child in noun.lefts if child.dep_ != "punct"]
    if noun.tag_ in ("NNS", "NNPS") or noun.left_edge.lower_ != "the":
        return False
    if is_age(noun):
        return True
    if noun.lower_ in _KIN:
        return any(word.pos_ == "NUM" for child in noun.rights if child.lower_ == "of" for word in child.children)
    if any(child.lower_ in ("of", "for", "from") for child in noun.rights):
        return False
    word = "runner" if noun.lower_ == "runner" and any(child.lower_ == "front" for child in left) else noun.lower_
    if word in word_set("coreference", "standing_nouns"):
        return True
    person = any(word in word_set(*names) for names in (("roles", "role_nouns"), ("coreference", "person_nouns")))
    unnamed = word in word_set("attribution", "unnamed")
    return person and any(_tells_a_life(child, unnamed=unnamed) for child in left)


def _tells_a_life(modifier: Token, *, unnamed: bool) -> bool:
    """Say whether a word before a noun tells a person's life: "Mexican-born", "retired", not of "a former official"."""
    word = modifier.lower_.rsplit("-", 1)[-1]
    if modifier.pos_ in ("VERB", "ADJ") and word in word_set("coreference", "life_participles"):
        return "-" in modifier.lower_ or any(child.text == "-" for child in modifier.lefts)
    return not unnamed and (is_age(modifier) or modifier.lower_ in word_set("coreference", "life_words"))


def _is_introduced(noun: Token) -> bool:
    """Say whether the text has told of such a one before, without a name: "a farmer ... the farmer"."""
    return any(
        token.lower_ == noun.lower_ and any(child.lower_ in _NEW for child in token.lefts) and token.dep_ in SUBJECTS
        for token in noun.doc[: noun.i]
    )


def _on_the_floor(discourse: Discourse) -> Iterator[int]:
    """Yield those who spoke or were told of as subjects, the latest first, up to an unnamed one who spoke."""
    stranger = next((seen.head.i for seen in reversed(discourse.strangers) if seen.speaks), -1)
    for seen in reversed(discourse.persons[-_MOST:]):
        if discourse.sentence - seen.sentence > _FLOOR or seen.head.i < stranger:
            return
        if seen.head.i not in discourse.quoted and (seen.speaks or seen.head.dep_ in SUBJECTS):
            yield seen.entity
