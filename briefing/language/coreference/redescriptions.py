"""Descriptions of the last speaker: "the presidential hopeful said", "the Mexican-born journalist added".

News often describes a speaker in new words. If no person in the text has this role, the phrase means the last speaker
or the last subject.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.language.coreference.discourse import Discourse, nouns_of_sex
from briefing.language.roles.phrases import nouns_of
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

_FLOOR = 8  # sentences, with those of quotations, after which a speaker loses the floor
_REMEMBERED = 2000  # tokens that are searched back for an indefinite "a farmer", at most
_MOST = 40  # mentions of persons that are searched, at most
_KIN = word_set(__name__, "kin")
_NEW = word_set(__name__, "introducing")


def redescribed(discourse: Discourse, noun: Token, owners: tuple[int, ...]) -> tuple[int, ...]:
    """Return the person on the floor, if the noun is a speaking source that describes a person's life or standing.

    Args:
        discourse: The mentions so far.
        noun: Head of the noun phrase.
        owners: The entities named inside the phrase. With a person among them it means another person: "Lind's rival".
    """
    if noun.i not in discourse.speakers or noun.i in discourse.quoted or not _describes_person(noun):
        return ()
    if any(discourse.kind_of(owner) == "person" for owner in owners) or _is_introduced(noun):
        return ()
    sex = next((sex for sex in ("male", "female") if noun.lower_ in nouns_of_sex(sex)), None)
    named = {seen.entity for seen in discourse.persons[-_MOST:] if discourse.quoted.get(seen.head.i) == noun.i}
    for entity in _on_the_floor(discourse):
        if entity not in named and (sex is None or discourse.sex.get(entity, sex) == sex):
            return (entity,)
    return ()


def is_age(token: Token) -> bool:
    """Return True if a word is the "old" of "the 43-year-old", which means a person."""
    return token.lower_ == "old" and any(child.dep_ == "npadvmod" for child in token.lefts)


def _describes_person(noun: Token) -> bool:
    """Return True if a phrase with "the" describes a person's standing, work or life."""
    left = [child for child in noun.lefts if child.dep_ != "punct"]
    if noun.tag_ in ("NNS", "NNPS") or noun.left_edge.lower_ != "the":
        return False
    if is_age(noun):
        return True
    if noun.lower_ in _KIN:
        return any(word.pos_ == "NUM" for child in noun.rights if child.lower_ == "of" for word in child.children)
    if any(child.lower_ in word_set(__name__, "belonging") for child in noun.rights):
        return False
    word = "runner" if noun.lower_ == "runner" and any(child.lower_ == "front" for child in left) else noun.lower_
    if word in word_set(__name__, "standing_nouns"):
        return True
    person = word in nouns_of("role_nouns") or word in person_nouns()
    unnamed = word in nouns_of("unnamed")
    return person and any(_describes_life(child, unnamed=unnamed) for child in left)


def _describes_life(modifier: Token, *, unnamed: bool) -> bool:
    """Return True if a modifier describes a person's life: "Mexican-born", "retired"; not in "a former official"."""
    word = modifier.lower_.rsplit("-", 1)[-1]
    if modifier.pos_ in ("VERB", "ADJ") and word in word_set(__name__, "life_participles"):
        return "-" in modifier.lower_ or any(child.text == "-" for child in modifier.lefts)
    return not unnamed and (is_age(modifier) or modifier.lower_ in word_set(__name__, "life_words"))


def _is_introduced(noun: Token) -> bool:
    """Return True if the text has mentioned such a person before, without a name: "a farmer ... the farmer"."""
    return any(
        token.lower_ == noun.lower_ and any(child.lower_ in _NEW for child in token.lefts) and token.dep_ in SUBJECTS
        for token in noun.doc[max(0, noun.i - _REMEMBERED) : noun.i]
    )


def _on_the_floor(discourse: Discourse) -> Iterator[int]:
    """Yield the recent speakers and subjects, the latest first, back to the last unnamed speaker."""
    last_unnamed = next((seen.head.i for seen in reversed(discourse.unnamed) if seen.speaks), -1)
    for seen in reversed(discourse.persons[-_MOST:]):
        if discourse.sentence - seen.sentence > _FLOOR or seen.head.i < last_unnamed:
            return
        if seen.head.i not in discourse.quoted and (seen.speaks or seen.head.dep_ in SUBJECTS):
            yield seen.entity


def person_nouns() -> frozenset[str]:
    """Return the nouns for the person in focus, with any office: "tycoon"."""
    return word_set(__name__, "person_nouns")
