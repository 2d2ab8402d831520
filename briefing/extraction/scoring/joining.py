"""From scores to points and events: sentences that state the same are joined, and the best set of parties is chosen."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from briefing.extraction.scoring.around import Near, near_ties
from briefing.extraction.scoring.features import TIED_AROUND, TIED_TO, Candidate, Described, Tied
from briefing.extraction.scoring.scores import DECIMALS, FLOOR, KINDS, Kind, Scores
from briefing.extraction.scoring.trees import Trees
from briefing.language.times.values import bounds

_LINK = 0.6  # likeness from which two groups of sentences state the same
_TELLING = 0.9  # share of the best sentence's probability that the others of a group need to be its evidence
_MOST = 6  # entities that a set of parties is chosen among
_HALF = 0.5  # share of members in common from which two sets of parties are taken as one
_SHARED = 0.5  # weight of the share of members beside the chance that a set fits
_MEMBER = 0.1  # what each member costs a set; a reader takes a party too many for an error
_TAKES_PART = 0.5  # probability from which an entity takes part in an event
# Probability that a proposed party needs. Of the parties and participants that an expert names in 71 articles and their
# sentence mentions it keeps 0.90 to 0.94, of others that are mentioned 0.67 to 0.74.
_MAY_BE_PARTY = 0.25
# Likeness to the surest of some proposed sentences below which another is no evidence of the same point. On the same
# articles it keeps 0.66 to 0.80 of the sentences of one point, and leaves out 0.57 to 0.71 of others.
_ALIKE = 0.5
SURE_TIME, SURE_PLACE = 0.4, 0.2  # probability from which a time or place is that of an event
_SEEN = 3  # parties that the features of a point describe one by one
_FAR = 30.0  # sentences, as the distance to a point if there is no such point

_INSIDE = -6  # place in the row of an entity of how many of the sentences mention it
_KIND_END = 11  # the first features of an entity say where it is and its kind

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that state the same.

    Attributes:
        kind: What they state.
        joined: Their numbers, in reading order.
        sentences: Those among them that state it surely enough to be its evidence.
        stated: The probability of the surest one.
        likeness: To the most alike of the other groups, 0 to 1.
    """

    kind: Kind
    joined: tuple[int, ...]
    sentences: tuple[int, ...]
    stated: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A point or event before it is worded.

    Attributes:
        group: Its sentences.
        likely: The probability of each entity near them to be a party; of entities with one name, the likeliest.
        parties: Indices of its parties, the surest first.
        near: What may be tied to an event, the likeliest first, by kind of tie.
        fit: The probability that the parties are right, given that there is such a point.
        confidence: The probability that the point is right: that it is one, and that its parties are right.
    """

    group: Group
    likely: Mapping[int, float]
    parties: tuple[int, ...]
    near: Mapping[Tied, Sequence[Near]]
    fit: float
    confidence: float = 0.0


def groups_of(scores: Scores, kind: Kind, apart: Container[tuple[int, int]] = ()) -> list[Group]:
    """Return the groups of sentences that state the same, in reading order; pairs that are *apart* do not."""
    stated = scores.sentences[kind]
    numbers = [number for number, likely in enumerate(stated) if likely >= FLOOR]
    likeness = {pair: 0.0 if pair in apart else _likeness(scores, kind, *pair) for pair in combinations(numbers, 2)}
    joined: list[tuple[int, ...]] = [(number,) for number in numbers]
    while len(joined) > 1:
        best, one, other = max(
            (_mean_likeness(joined[i], joined[j], likeness), -i, -j) for i, j in combinations(range(len(joined)), 2)
        )
        if best < _LINK:
            break
        merged = tuple(sorted(joined[-one] + joined[-other]))
        joined = [group for place, group in enumerate(joined) if place not in (-one, -other)] + [merged]
    groups = []
    for own in sorted(joined):
        best = max(stated[number] for number in own)
        telling = tuple(number for number in own if stated[number] >= _TELLING * best)
        others = [_mean_likeness(own, other, likeness) for other in joined if other != own]
        groups.append(Group(kind, own, telling, best, max(others, default=0.0)))
    return groups


def scored(article: Described, scores: Scores, kind: Kind, trees: Mapping[str, Trees]) -> list[Scored]:
    """Return the points of a kind in reading order, the doubtful ones, too."""
    return _judged(article, scores, unjudged(article, scores, kind, trees), trees)


def _judged(article: Described, scores: Scores, found: Sequence[Scored], trees: Mapping[str, Trees]) -> list[Scored]:
    """Return points of one kind with their confidence."""
    if not found:
        return []
    rows = [point_row(article, scores, one, found) for one in found]
    sure = trees[f"{found[0].group.kind}-point"].likely(np.array(rows, np.float32))
    return [replace(one, confidence=float(p)) for one, p in zip(found, sure, strict=True)]


def scored_as_proposed(
    article: Described,
    scores: Scores,
    kind: Kind,
    trees: Mapping[str, Trees],
    proposed: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
) -> list[Scored]:
    """Return the points that somebody proposes, each as the numbers of its sentences and the indices of its parties.

    The parties, and what is tied to an event, are judged by the surest sentence alone: two sentences could be of two
    matters. Others are evidence of a point, not of an event, if they are like the surest. Parties that the surest
    sentence does not bear out, or that no evidence mentions, are left out. If none are proposed, they are chosen as for
    our own, and who by our own takes part in an event is added.
    """
    found = []
    for given, parties in proposed:
        best = max(given, key=lambda number: (scores.sentences[kind][number], -number))
        stated = scores.sentences[kind][best]
        one = _with_parties(article, scores, Group(kind, (best,), (best,), stated, 0.0), trees)
        if kind != "event":
            alike = tuple(n for n in given if n == best or _likeness(scores, kind, best, n) >= _ALIKE)
            one = replace(one, group=Group(kind, alike, alike, stated, 0.0))
        known = {article.names[index]: likely for index, likely in one.likely.items()}
        likely = {index: known.get(article.names[index], 0.0) for index in parties}
        kept = tuple(i for i in parties if likely[i] >= _MAY_BE_PARTY and _is_named(article, i, one.group.sentences))
        if kept or (parties and kind != "event"):
            fit = min((likely[i] for i in kept), default=0.0)
            own = one.parties if kind == "event" else ()
            one = replace(one, parties=tuple(dict.fromkeys((*kept, *own))), likely=likely | dict(one.likely), fit=fit)
        found.append(one)
    return _judged(article, scores, found, trees)


def _is_named(article: Described, index: int, numbers: Sequence[int]) -> bool:
    """Return True if one of these sentences mentions an entity."""
    return any(one.sentence in numbers for one in article.occurrences[index])


def unjudged(article: Described, scores: Scores, kind: Kind, trees: Mapping[str, Trees]) -> list[Scored]:
    """Return the points of a kind with their parties, and with what is tied to them; the confidence of each is 0."""
    apart = _at_other_times(article, scores) if kind == "event" else frozenset()
    return [_with_parties(article, scores, group, trees) for group in groups_of(scores, kind, apart)]


def _at_other_times(article: Described, scores: Scores) -> frozenset[tuple[int, int]]:
    """Return the pairs of sentences whose events are surely at times that have no day in common."""
    times = {
        number: [
            period
            for tie, likely in zip(article.ties[number], scores.ties[number], strict=True)
            if tie.what == "time" and likely >= SURE_TIME and (period := bounds(article.key_of(tie))) is not None
        ]
        for number in scores.ties
    }
    return frozenset(
        pair
        for pair in combinations(sorted(number for number, periods in times.items() if periods), 2)
        if all(one[1] < other[0] or other[1] < one[0] for one in times[pair[0]] for other in times[pair[1]])
    )


def _with_parties(article: Described, scores: Scores, group: Group, trees: Mapping[str, Trees]) -> Scored:
    rows = party_rows(article, scores, group.kind, group.sentences)
    likely: dict[int, float] = {}
    if rows:
        values = trees[f"{group.kind}-party"].likely(np.array(list(rows.values()), np.float32))
        likely = _by_name(article.names, dict(zip(rows, map(float, values), strict=True)))
    if group.kind != "event":
        parties, fit = choose_parties(likely)
        return Scored(group, likely, parties, {}, fit)
    near = {what: _likeliest(*near_ties(article, scores, group.sentences, what), trees[what]) for what in TIED_AROUND}
    return Scored(group, likely, _takers(likely), near, 1.0)


def _likeliest(near: Sequence[Near], rows: Floats, trees: Trees) -> tuple[Near, ...]:
    """Return what may be tied to an event, the likeliest first."""
    values = trees.likely(rows) if near else ()
    judged = [replace(one, likely=float(value)) for one, value in zip(near, values, strict=True)]
    return tuple(sorted(judged, key=lambda one: (-one.likely, one.sentence, one.tie.start)))


def _takers(likely: Mapping[int, float]) -> tuple[int, ...]:
    """Return who takes part in an event."""
    ranked = sorted(likely, key=lambda index: (-likely[index], index))
    return tuple(index for index in ranked if likely[index] >= _TAKES_PART)


def _by_name(names: Sequence[str], likely: Mapping[int, float]) -> dict[int, float]:
    """Return the likeliest of the entities that have one name."""
    kept: dict[str, tuple[float, int]] = {}
    for index in sorted(likely):
        kept[names[index]] = max(kept.get(names[index], (-1.0, index)), (likely[index], index), key=lambda one: one[0])
    return {index: value for value, index in kept.values()}


def party_rows(article: Described, scores: Scores, kind: Kind, numbers: Sequence[int]) -> Mapping[int, Floats]:
    """Return the features of each entity near these sentences: over all of them, and beside the other entities."""
    seen: dict[int, list[Candidate]] = {}
    for number in numbers:
        for candidate in article.candidates[number]:
            seen.setdefault(candidate.entity, []).append(candidate)
    if not seen:
        return {}
    weights = [scores.sentences[kind][number] for number in numbers]
    rows = []
    for index, found in seen.items():
        network = [scores.parties[kind].get(number, {}).get(index, 0.0) for number in numbers]
        mean = sum(value * weight for value, weight in zip(network, weights, strict=True)) / max(sum(weights), 1e-3)
        others = [scores.parties[one].get(n, {}) for one in KINDS if one != kind for n in numbers]
        rows.append(
            [
                mean,
                max(network),
                min(network),
                max(one.get(index, 0.0) for one in others),
                *_entity_row(article, index, found, numbers),
            ]
        )
    table = np.array(rows, np.float32)
    beside = [_ranks(table[:, 0]), _ranks(table[:, -1]), _ranks(table[:, _INSIDE]), (table[:, _INSIDE] > 0).sum()]
    beside = [np.broadcast_to(np.asarray(one, np.float32), len(table)) for one in (*beside, len(table))]
    return dict(zip(seen, np.concatenate([table, np.stack(beside, axis=1)], axis=1), strict=True))


def _entity_row(article: Described, index: int, found: Sequence[Candidate], numbers: Sequence[int]) -> list[float]:
    features = np.array([one.features for one in found], np.float32)
    occurrences = article.occurrences[index]
    inside = features[:, 0]
    more = [
        len(numbers),
        inside.sum(),
        inside.mean(),
        len(occurrences),
        len({one.sentence for one in occurrences}),
        numbers[0],
        sum(one.sentence in numbers for one in occurrences) / len(occurrences),
    ]
    return [*features.max(axis=0), *features.mean(axis=0), *features[0], *more]


def point_row(article: Described, scores: Scores, point: Scored, points: Sequence[Scored]) -> list[float]:
    """Return the features by which a point is judged: how surely it is stated, who the parties are, what else is."""
    group, stated = point.group, scores.sentences[point.group.kind]
    first = max(group.sentences, key=lambda number: (stated[number], -number))
    chosen = sorted((point.likely[index] for index in point.parties), reverse=True)
    left = sorted((p for index, p in point.likely.items() if index not in point.parties), reverse=True)
    row = [
        sum(stated[number] for number in group.joined) / len(group.joined),
        len(group.joined),
        len(group.sentences),
        group.likeness,
        point.fit,
        group.joined[0],
        len(points),
        sum(stated),
        len(chosen),
        *(chosen + [0.0] * _SEEN)[:_SEEN],
        *[*left, 0.0][:1],
        *(best_tie(article, scores, group.sentences, what)[1] for what in TIED_TO[group.kind]),
        *(next((one.likely for one in near), 0.0) for near in point.near.values()),
        *(value for kind in KINDS for value in _around(scores.sentences[kind], group, first)),
        *_beside_surer(article, scores, point, points),
        *article.sentence_features[first],
    ]
    near = {candidate.entity: candidate.features for candidate in article.candidates[first]}
    width = len(next(iter(near.values()))) if near else 0
    ranked = sorted(point.parties, key=lambda index: (-point.likely[index], index))
    for place in range(2):
        index = ranked[place] if place < len(ranked) else -1
        row += [*near.get(index, (0.0,) * width)][:_KIND_END] + [0.0] * (_KIND_END - width)
    return [float(value) for value in row]


def _around(stated: Sequence[float], group: Group, first: int) -> Iterator[float]:
    """Yield how surely a kind is stated in the sentences of a group, before and after the first, and anywhere."""
    yield max(stated[number] for number in group.sentences)
    yield stated[first - 1] if first else 0.0
    yield stated[first + 1] if first + 1 < len(stated) else 0.0
    yield max(stated)


def _beside_surer(article: Described, scores: Scores, point: Scored, points: Sequence[Scored]) -> Iterator[float]:
    """Yield how much a point is like those that are stated more surely: it may be one of them once more."""
    group, kind = point.group, point.group.kind
    surer = [one for one in points if _sureness(one) > _sureness(point)]
    names = [_shared_names(article, point, one) for one in surer]
    pairs = [[(i, j) for i in group.sentences for j in one.group.sentences] for one in surer]
    same = [max(_same_matter(scores, kind, *pair) for pair in ones) for ones in pairs]
    parties = [max(_shared(scores.parties[kind][i], scores.parties[kind][j]) for i, j in ones) for ones in pairs]
    apart = [min(abs(group.joined[0] - number) for number in one.group.joined) for one in surer]
    rivals = [place for place, share in enumerate(names) if share >= _HALF]
    yield len(surer)
    yield max(same, default=0.0)
    yield max(parties, default=0.0)
    yield max(((one + other) / 2 for one, other in zip(same, parties, strict=True)), default=0.0)
    yield max(names, default=0.0)
    yield len(rivals)
    yield max((same[place] for place in rivals), default=0.0)
    yield min(apart, default=_FAR)
    yield min((apart[place] for place in rivals), default=_FAR)


def _same_matter(scores: Scores, kind: Kind, one: int, other: int) -> float:
    return 1.0 if one == other else scores.same_matter[kind][min(one, other), max(one, other)]


def _sureness(point: Scored) -> tuple[float, int]:
    return point.group.stated, -point.group.joined[0]


def _shared_names(article: Described, one: Scored, other: Scored) -> float:
    """Return the share of parties that two points have in common."""
    own, others = ({article.names[index] for index in point.parties} for point in (one, other))
    return len(own & others) / max(1, len(own | others))


def best_tie(
    article: Described, scores: Scores, numbers: Sequence[int], what: Tied
) -> tuple[tuple[int, int] | None, float]:
    """Return the likeliest time, place or matter in these sentences, as sentence and number there, and how likely."""
    ties = [
        (-likely, number, place)
        for number in numbers
        if number in scores.ties
        for place, (tie, likely) in enumerate(zip(article.ties[number], scores.ties[number], strict=True))
        if tie.what == what
    ]
    if not ties:
        return None, 0.0
    likely, number, place = min(ties)
    return (number, place), -likely


def choose_parties(likely: Mapping[int, float]) -> tuple[tuple[int, ...], float]:
    """Return the set of two or more entities that fits best, and how surely.

    A set fits if it shares at least half of the members that it and the true set have together; among sets that fit
    about as surely, a small one that shares most is chosen. Entities are taken as independent, given that there are two
    or more parties.
    """
    ranked = sorted(likely, key=lambda index: (-likely[index], index))[:_MOST]
    if len(ranked) < 2:
        return tuple(ranked), 0.0
    sets, shares = _sets(len(ranked))
    each = np.clip(np.array([likely[index] for index in ranked]), 1e-4, 1 - 1e-4)
    chance = np.where(sets, each, 1 - each).prod(axis=1)
    chance /= chance.sum()
    fits = np.round((shares >= _HALF) @ chance, DECIMALS)
    worth = fits + _SHARED * (shares @ chance) - _MEMBER * sets.sum(axis=1)
    best = int(np.argmax(np.round(worth, DECIMALS)))
    return tuple(index for index, member in zip(ranked, sets[best], strict=True) if member), float(fits[best])


@cache
def _sets(size: int) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return all sets of two or more of *size* members, and the share of members that each two have in common."""
    numbers = np.arange(2**size)
    every = (numbers[:, None] >> np.arange(size)) & 1
    sets = every[every.sum(axis=1) >= 2]
    shared = sets @ sets.T
    union = sets.sum(axis=1)[:, None] + sets.sum(axis=1) - shared
    return sets.astype(bool), shared / union


def _ranks(values: Floats) -> NDArray[np.int64]:
    """Return the rank of each value, the highest first."""
    return np.argsort(np.argsort(-values, kind="stable"), kind="stable")


def _shared(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """Return how alike the parties of two sentences are, 0 to 1."""
    indices = one.keys() | other.keys()
    most = sum(max(one.get(index, 0.0), other.get(index, 0.0)) for index in indices)
    return sum(min(one.get(index, 0.0), other.get(index, 0.0)) for index in indices) / most if most else 0.0


def _likeness(scores: Scores, kind: Kind, one: int, other: int) -> float:
    """Return how surely two sentences state the same, 0 to 1."""
    one, other = sorted((one, other))
    parties = scores.parties[kind]
    return (_shared(parties[one], parties[other]) + _same_matter(scores, kind, one, other)) / 2


def _mean_likeness(one: Sequence[int], other: Sequence[int], likeness: Mapping[tuple[int, int], float]) -> float:
    values = [likeness[min(i, j), max(i, j)] for i in one for j in other]
    return round(sum(values) / len(values), DECIMALS)
