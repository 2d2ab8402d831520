"""Choose the words that say what happens at an upcoming event: the act that is to come, or the name of the occasion."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from spacy.tokens import Token

from briefing.extraction.events.phrases import is_timed
from briefing.extraction.events.wording import planned
from briefing.extraction.scoring.model import ScoredArticle
from briefing.language.analysis import Analysis
from briefing.language.factuality import factuality
from briefing.language.neighbours import word_after
from briefing.language.occasions import kinds_of_occasions
from briefing.language.syntax import SUBJECTS, is_infinitive
from briefing.runtime.lexicon import word_set

_LEAST_DEED = 0.1  # probability below which a word does not say what happens
_MOST_STEPS = 8  # from a noun up to the verb of its clause


def deeds_of(
    analysis: Analysis,
    article: ScoredArticle,
    sentences: Sequence[int],
    timed: Collection[int],
    dated: Collection[int],
    *,
    may_be_past: bool,
) -> Iterator[Token]:
    """Yield the words that may say what happens, the likeliest first: a verb before the noun that it governs.

    A title needs somebody who acts, so "Peru will hold talks" is better than "talks". A noun serves alone if it names
    an occasion; a noun with the time of the event in its phrase comes last: "the arrival of the ship next year".

    Args:
        analysis: The article.
        article: What the model says of it.
        sentences: The numbers of the sentences of the event.
        timed: The tokens of time expressions.
        dated: Those of the time of the event.
        may_be_past: The event is cancelled or postponed, which its verb may say as a fact.
    """
    found = {
        tie.index: likely
        for number in sentences
        for tie, likely in zip(article.ties[number], article.scores.ties[number], strict=True)
        if tie.what == "deed" and likely >= _LEAST_DEED
    }
    for index in sorted(found, key=lambda index: (-found[index], index)):
        token = analysis.tokens[index]
        if token.pos_ == "VERB":
            verb = _main_act(token, dated)
            if verb is not None and (may_be_past or looks_ahead(verb, timed) or is_past(verb)):
                yield verb
        elif not any(entity.kind is not None for entity in analysis.entities_of(token)):  # an actor does not happen
            yield from _deeds_of_noun(token, timed, dated, may_be_past=may_be_past)
    for index in sorted(dated):
        noun = _dated_noun(analysis.tokens[index], dated)
        yield from () if noun is None else (noun,)


def _deeds_of_noun(
    noun: Token, timed: Collection[int], dated: Collection[int], *, may_be_past: bool
) -> Iterator[Token]:
    """Yield the verb that a noun belongs to, and the noun itself if it names an occasion.

    The noun comes first if the time is its own, not that of the verb: "will speak at the summit that opens in May".
    """
    verb = _main_act(noun, dated)
    is_dated = noun.dep_ != "dobj" and not may_be_past and any(token.i in dated for token in noun.subtree)
    if verb is not None and factuality(verb).negated and not is_dated:
        return  # "refuses to hold talks": the noun alone would say the opposite
    if verb is not None and not looks_ahead(verb, timed) and not (may_be_past and noun.head == verb):
        verb = None  # "announced a summit"
    named = noun if noun.lemma_.lower() in kinds_of_occasions() else None
    yield from filter(None, (named, verb) if is_dated else (verb, named))


def _main_act(token: Token, dated: Collection[int]) -> Token | None:
    """Return the verb that a word belongs to: "goes on strike"; not its aim: "travels to Oslo to meet the king".

    An aim with the time of the event is the event: "set up a panel to report by March".
    """
    node = token
    for _ in range(_MOST_STEPS):
        is_mere_aim = _is_aim(node) and node.head.pos_ == "VERB" and not _is_timed(node, dated)
        if node.pos_ == "VERB" and not is_mere_aim:
            return node
        if node.dep_ == "ROOT":
            return None
        node = node.head
    return None


def looks_ahead(verb: Token, timed: Collection[int]) -> bool:
    """Return True for an act that is to come: "will sign", "plans to sign", "is signing", "signs on Friday"."""
    facts = factuality(verb)
    if facts.modality != "actual" or facts.tense != "present":
        return facts.modality != "actual" or facts.tense == "future"
    is_under_way = any(word.lower_ == "being" for word in verb.lefts)
    return is_under_way or verb.lower_ in planned() or _is_timed(verb, timed)


def _is_timed(verb: Token, timed: Collection[int]) -> bool:
    """Return True for "opens on Friday" and "Friday, when it opens"."""
    if verb.dep_ in ("relcl", "advcl") and verb.head.i in timed:
        return True
    return any(is_timed(child, timed) for child in verb.children)


def _dated_noun(token: Token, dated: Collection[int]) -> Token | None:
    """Return the noun that a time belongs to: "arrival" in "the arrival of the ship next year"."""
    node = token
    while node.dep_ != "ROOT" and (node.i in dated or node.pos_ in ("ADP", "ADJ") or node.lower_ in planned()):
        node = node.head
    return node if node.pos_ == "NOUN" else None


def is_past(deed: Token) -> bool:
    """Return True for "signed", "has signed", the noun of "held a summit" and the aim of "came to sign"."""
    if deed.dep_ == "acl" and is_infinitive(deed):
        return False  # "announced a plan to sign"
    facts = factuality(deed.head if _is_aim(deed) else deed)
    return facts.tense == "past" and facts.modality == "actual"


def was_held(noun: Token) -> bool:
    """Return True for an occasion that somebody took part in, or in the course of which something was done."""
    link = noun.head
    if noun.dep_ != "pobj" or not (link.lower_ in word_set(__name__, "in_course_of") or is_of_taking_part(link)):
        return False
    verb = next((word for word in link.ancestors if word.pos_ == "VERB"), None)
    return verb is not None and is_past(verb)


def is_of_taking_part(link: Token) -> bool:
    """Return True for the "in" of "took part in the talks" and "her participation in the talks"."""
    words = (link.head, *(child for child in link.head.rights if child.dep_ == "dobj"))
    return link.lower_ == "in" and any(word.lemma_.lower() in word_set(__name__, "taking_part") for word in words)


def _is_aim(verb: Token) -> bool:
    return verb.dep_ == "advcl" and is_infinitive(verb) and not any(child.dep_ in SUBJECTS for child in verb.lefts)


def is_unsure(deed: Token) -> bool:
    """Return True for an act that is only likely: "is likely to sign", "will probably sign", "may sign"."""
    words = [*deed.lefts, *([deed.head] if deed.dep_ in ("xcomp", "conj") else [])]
    return any(word.lower_ in word_set(__name__, "unsure") and word.pos_ != "PROPN" for word in words)


def is_called_off(tokens: Iterable[Token]) -> bool:
    """Return True if a sentence says that something is called off or put off; not of what merely failed."""
    return any(
        token.lemma_.lower() in word_set(__name__, "calling_off")
        or (token.lemma_ in ("call", "put", "push") and word_after(token) in ("off", "back"))
        for token in tokens
    )


def is_visit(deed: Token) -> bool:
    """Return True for "will visit Oslo" and "the visit"."""
    return deed.lemma_.lower() in word_set(__name__, "visits")


def is_within_visit(deed: Token) -> bool:
    """Return True for what is done "during the visit" or "while in Oslo"."""
    for token in deed.sent:
        if token.lower_ == "during" and any(is_visit(child) for child in token.children):
            return True
        if token.lower_ == "while" and token.i < deed.i and word_after(token) in ("in", "there"):
            return True
    return False
