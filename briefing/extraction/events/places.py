"""The place of an upcoming event."""

from spacy.tokens import Token

from briefing.extraction.scoring.features import Tie
from briefing.extraction.scoring.joining import SURE_PLACE, Scored
from briefing.language.analysis import Analysis
from briefing.language.neighbours import word_after
from briefing.runtime.lexicon import word_set

_MODIFIERS = frozenset({"nmod", "amod", "npadvmod"})
_AS_LIKELY = 0.75  # share of the best place's probability from which an earlier one of its list is named


def place_of(analysis: Analysis, scored: Scored, deed: Token | None) -> tuple[str | None, tuple[int, ...]]:
    """Return the likeliest place of an event in the words of the article, and the sentence that gives it, if any.

    The sentence that says what happens comes before the others. Of several places the first is named: "Kyiv, Ukraine".

    Args:
        analysis: The article.
        scored: The event.
        deed: The word that says what happens, if it is known.
    """
    sure = [one for one in scored.near["place"] if one.likely >= SURE_PLACE and _may_be(analysis, one.tie, deed)]
    own = analysis.sentence_of(deed.i) if deed is not None else None
    sure.sort(key=lambda one: own is None or not own.start <= one.tie.start < own.end)
    if not sure:
        return None, ()
    best, first = sure[0], _first_of(analysis.tokens[sure[0].tie.index])
    is_part = analysis.tokens[best.tie.index].dep_ == "appos"
    others = [one for one in sure if is_part or one.likely >= _AS_LIKELY * best.likely]
    tie = next((one.tie for one in others if one.tie.index == first.i), best.tie)
    written = " ".join(analysis.article.text[tie.start : tie.end].split())
    for possessive in ("'s", "’s"):
        written = written.removesuffix(possessive)
    return written.removeprefix("the ").removeprefix("The "), (best.sentence,)


def _first_of(place: Token) -> Token:
    while place.dep_ in ("conj", "appos"):
        place = place.head
    return place


def _may_be(analysis: Analysis, tie: Tie, deed: Token | None) -> bool:
    """Return False for a time, a person, a mere party, or what is left: "with Norway", "leave Oslo".

    Nor is what qualifies another word: "the Oslo-based group".
    """
    if any(tie.start < time.end and time.start < tie.end for time in analysis.times):
        return False  # "in the May budget"
    place = analysis.tokens[tie.index]
    if any(entity.kind == "person" for entity in analysis.entities_of(place)):
        return False
    place = _first_of(place)
    if place.dep_ in _MODIFIERS and place.head != deed and word_after(place) != ",":  # "Aln, Sol region"
        return False
    while place.dep_ in ("compound", "conj", "appos"):
        place = place.head  # "a debate on the Sudan policy"
    if place.dep_ == "dobj":
        return place.head.lemma_ not in word_set(__name__, "not_there")
    if place.dep_ != "pobj":
        return True
    link = place.head
    return link.lower_ not in word_set(__name__, "not_where") and (
        link.head.pos_ == "VERB" or link.lower_ not in word_set(__name__, "not_where_of_noun")
    )
