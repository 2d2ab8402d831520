"""Referents of "the two sides", "both countries", "the leaders": the pair last named together or in a meeting."""

from briefing.language.coreference.discourse import REACH, Discourse, Pair, is_subject
from briefing.runtime.lexicon import word_set

_REMEMBERED = 12  # pairs that are searched, at most


def pair_in_focus(discourse: Discourse) -> tuple[int, ...]:
    """Return the last pair named together, of any kind; empty if that is long ago."""
    pairs = [pair for pair in discourse.pairs[-_REMEMBERED:] if _is_two(discourse, pair)]
    return pairs[-1].entities if _is_fresh(discourse, pairs) else ()


def persons_in_focus(discourse: Discourse) -> tuple[int, ...]:
    """Return the leaders of the two states that act in this sentence, else the last pair of persons.

    Return none if two states act and their leaders are unknown.
    """
    now = [
        seen.entity for seen in discourse.parties[-8:] if seen.sentence == discourse.sentence and is_subject(seen.head)
    ]
    states = [one for one in dict.fromkeys(now) if discourse.kind_of(one) == "country"]
    if len(states) == 2:
        leaders = [discourse.by_home.get(state, []) for state in states]
        return tuple(one for found in leaders for one in found) if all(len(found) == 1 for found in leaders) else ()
    pairs = [pair for pair in discourse.pairs[-_REMEMBERED:] if _is_two(discourse, pair, persons=True)]
    if _is_fresh(discourse, pairs):
        return pairs[-1].entities
    return tuple(discourse.people) if len(discourse.people) == 2 else ()


def sides_in_focus(discourse: Discourse, *, states: bool) -> tuple[int, ...]:
    """Return the last pair of states or bodies, or those whose leaders met after it.

    Args:
        discourse: The mentions so far.
        states: True if only states can be meant.
    """
    pairs = [pair for pair in discourse.pairs[-_REMEMBERED:] if _is_two(discourse, pair, persons=False)]
    met = [pair for pair in discourse.pairs[-_REMEMBERED:] if _is_two(discourse, pair, persons=True)]
    if met and discourse.sentence - met[-1].sentence <= REACH and (not pairs or pairs[-1].sentence < met[-1].sentence):
        return _homes(discourse, met[-1]) or (() if states else met[-1].entities)
    if not pairs or discourse.sentence - pairs[-1].sentence > 1:
        acting = _states_acting(discourse, discourse.sentence - 1)
        if len(acting) == 2:
            return acting
    if _is_fresh(discourse, pairs):
        return pairs[-1].entities
    homes = _homes(discourse, met[-1]) if met else ()
    return homes or (discourse.principals if states or discourse.only_two_lead else ())


def _is_two(discourse: Discourse, pair: Pair, *, persons: bool | None = None) -> bool:
    kinds = {discourse.kind_of(entity) == "person" for entity in pair.entities}
    return len(pair.entities) == 2 and len(kinds) == 1 and (persons is None or persons in kinds)


def _is_fresh(discourse: Discourse, pairs: list[Pair]) -> bool:
    """Return True if the last pair is near, or is the only pair of the text."""
    if not pairs:
        return False
    alone = len({frozenset(pair.entities) for pair in pairs}) == 1
    return alone or discourse.sentence - pairs[-1].sentence <= REACH


def _homes(discourse: Discourse, pair: Pair) -> tuple[int, ...]:
    """Return the two states of a pair of persons; empty if one is unknown or both are the same."""
    found = tuple(home for entity in pair.entities if (home := discourse.home.get(entity)) is not None)
    return found if len(set(found)) == 2 else ()


def _states_acting(discourse: Discourse, sentence: int) -> tuple[int, ...]:
    """Return the states that are subjects in a sentence: both in "Chad left and Mali followed"."""
    acting = (seen for seen in discourse.parties[-8:] if seen.sentence == sentence and is_subject(seen.head))
    return tuple(dict.fromkeys(seen.entity for seen in acting if discourse.kind_of(seen.entity) == "country"))


def pair_of_parties() -> frozenset[str]:
    """Return the nouns that with "two" or "both" mean two states or bodies."""
    return word_set(__name__, "pair_of_parties")
