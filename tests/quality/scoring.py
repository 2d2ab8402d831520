"""Score briefs against our gold briefs.

Every figure is a share where 1.0 is best: how many were right, out of how many. A precision is out of what the brief
prints, a recall out of what the gold asks for. Optional gold (experts differ on it) counts neither way.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from briefing.jobs.verification import check_lines
from briefing.model.brief import LINE_FIELDS, Actor, Briefing, Evidence, Line, Position, Quote, UpcomingEvent
from tests.quality.gold import GoldActor, GoldBrief, GoldEvent, GoldPoint, level

MAX_EVIDENCE_WORDS = 90  # evidence longer than that points at nothing
MIN_QUOTE_WORDS = 5  # a shorter quotation is a title or scare quotes
MAX_QUOTE_WORDS = 120
MAX_OTHER_ROLE_WORDS = 8  # a role may say more than the gold's, but not tell the story

Span = tuple[int, int]
Printed = TypeVar("Printed")
Wanted = TypeVar("Wanted", GoldEvent, GoldPoint)

_WORD = re.compile(r"[^\W_]+")
_MARK = r"""["'‘’“”«»]"""
_ENDINGS = {"s", "the", "a", "an"}  # of "Japan's", and articles


@dataclass(slots=True)
class Tally:
    """Counts of right answers and of questions, by the name of the figure."""

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, figure: str, right: int, asked: int) -> None:
        before = self.counts.get(figure, (0, 0))
        self.counts[figure] = (before[0] + right, before[1] + asked)

    def add_lists(self, name: str, matched: int, printed: int, wanted: int) -> None:
        self.add(f"{name} precision", matched, printed)
        self.add(f"{name} recall", matched, wanted)

    def figures(self) -> dict[str, float]:
        """Return each figure, and the harmonic mean (F1) of each precision with its recall."""
        shares = {name: right / asked if asked else 1.0 for name, (right, asked) in self.counts.items()}
        for name in [name.removesuffix(" precision") for name in shares if name.endswith(" precision")]:
            precision, recall = shares[f"{name} precision"], shares[f"{name} recall"]
            both = precision + recall
            shares[f"{name} F1"] = 2 * precision * recall / both if both else 0.0
        return dict(sorted(shares.items()))


def score(pairs: Iterable[tuple[Briefing, GoldBrief]]) -> Tally:
    """Return the counts over briefs and the gold of their articles."""
    tally = Tally()
    for brief, gold in pairs:
        score_actors(brief, gold, tally)
        score_events(brief, gold, tally)
        score_points(brief, gold, tally)
        score_quotes(brief, gold, tally)
        score_background(brief, gold, tally)
        score_lines(brief, gold, tally)
    return tally


def score_actors(brief: Briefing, gold: GoldBrief, tally: Tally) -> None:
    """Count the actors that the gold knows, their kinds and the roles of persons; a second entry for one is wrong."""
    found: dict[str, tuple[Actor, GoldActor]] = {}
    for actor in brief.actors:
        known = next(filter(None, (denoted(name, gold.actors) for name in (actor.name, *actor.aliases))), None)
        if known is not None:
            found.setdefault(known.name, (actor, known))
    wanted = [actor for actor in gold.actors if actor.tier <= 2]
    central = [actor for actor in gold.actors if actor.tier == 1]
    tally.add("actors precision", len(found), len(brief.actors))
    tally.add("actors recall", sum(actor.name in found for actor in wanted), len(wanted))
    tally.add("tier-1 actors recall", sum(actor.name in found for actor in central), len(central))
    tally.add("kinds", sum(actor.kind == known.kind for actor, known in found.values()), len(found))
    with_role = [pair for pair in found.values() if pair[1].kind == "person" and pair[1].role]
    tally.add("roles", sum(has_role(actor, known) for actor, known in with_role), len(with_role))


def score_events(brief: Briefing, gold: GoldBrief, tally: Tally) -> None:
    """Count the events to come that were found, and of these the right dates, statuses and places."""

    def is_reported(event: UpcomingEvent, wanted: GoldEvent) -> bool:
        said = level(" ".join([event.title, *(piece.text for piece in event.evidence)])).lower()
        return any(word.lower() in said for word in wanted.what) and rests_on(event, wanted.evidence, brief)

    pairs = pair_off(brief.events, gold.events, is_reported, has_date)
    pairs = _add_lists(tally, "events", pairs, brief.events, gold.events)
    tally.add("event dates", sum(has_date(event, wanted) for event, wanted in pairs), len(pairs))
    tally.add("event statuses", sum(event.status in wanted.status for event, wanted in pairs), len(pairs))
    placed = [(event, wanted) for event, wanted in pairs if wanted.place]
    tally.add("event places", sum(has_place(event, wanted) for event, wanted in placed), len(placed))


def score_points(brief: Briefing, gold: GoldBrief, tally: Tally) -> None:
    """Count the points that were found, those with the right parties, and those of the right sign."""
    sides = {
        "agreements": (brief.agreements, gold.agreements, gold.disagreements),
        "disagreements": (brief.disagreements, gold.disagreements, gold.agreements),
    }

    def is_same(point: Position, wanted: GoldPoint) -> bool:
        return rests_on(point, wanted.evidence, brief)

    def is_between(point: Position, wanted: GoldPoint) -> bool:
        return has_parties(point, wanted, gold.actors)

    def has_topic(point: Position, wanted: GoldPoint) -> bool:
        said = level(f"{point.topic} {point.statement}").lower()
        return any(stem.lower() in said for stem in wanted.topic)

    for name, (points, wanted, others) in sides.items():
        pairs = _add_lists(tally, name, pair_off(points, wanted, is_same, is_between), points, wanted)
        tally.add(f"{name} parties", sum(is_between(*pair) for pair in pairs), len(pairs))
        tally.add(f"{name} topics", sum(has_topic(*pair) for pair in pairs), len(pairs))
        turned = [
            point
            for point in points
            if not any(is_same(point, one) for one in wanted) and any(is_same(point, one) for one in others)
        ]
        tally.add("signs", len(points) - len(turned), len(points))


def score_quotes(brief: Briefing, gold: GoldBrief, tally: Tally) -> None:
    """Count the direct quotations that were found by their first words, and those given to the right speaker."""
    printed = [quote for quote in brief.quotes if quote.direct]
    long = [quote for quote in printed if len(words(quote.text)) >= MIN_QUOTE_WORDS]
    found = [(next((q for q in printed if _opens(wanted.text, q)), None), wanted) for wanted in gold.quotes]
    tally.add("quotes precision", sum(any(_opens(w.text, quote) for w in gold.quotes) for quote in long), len(long))
    tally.add("quotes recall", sum(quote is not None for quote, _ in found), len(found))
    pairs = [(quote.speaker, wanted.speaker) for quote, wanted in found if quote is not None]
    right = [known for said, speaker in pairs if (known := denoted(said or "", gold.actors)) and known.name == speaker]
    tally.add("speakers", len(right), len(pairs))


def score_background(brief: Briefing, gold: GoldBrief, tally: Tally) -> None:
    """Count the sentences of past context that were found; what else is printed may be context too."""
    found = [any(rests_on(fact, [opening], brief) for fact in brief.background) for opening in gold.background]
    tally.add("background recall", sum(found), len(found))


def score_lines(brief: Briefing, gold: GoldBrief, tally: Tally) -> None:
    """Count the printed lines that hold the article's words only, and the noise that none of them holds."""
    printed = [record for name in LINE_FIELDS for record in getattr(brief, name)]
    flawed = {flaw.split(":")[0] for flaw in check_lines(brief)}
    tally.add("lines grounded", len(printed) - len(flawed), len(printed))
    page = level(" ".join(map(_printed_text, printed)))
    tally.add("noise kept out", sum(level(noise) not in page for noise in gold.noise), len(gold.noise))


def words(text: str) -> list[str]:
    """Return the words of *text* in lower case, without articles and the ending of a possessive."""
    return [word for word in _WORD.findall(level(text).lower()) if word not in _ENDINGS]


def denoted(name: str, actors: Sequence[GoldActor]) -> GoldActor | None:
    """Return the actor that *name* denotes: one of its names, or for a person the end of one, if of one person only."""
    said = words(name)
    if not said:
        return None
    for actor in actors:
        if any(words(known) == said for known in actor.names):
            return actor
    persons = [actor for actor in actors if actor.kind == "person" and any(_ends(said, words(n)) for n in actor.names)]
    return persons[0] if len(persons) == 1 else None


def has_role(actor: Actor, known: GoldActor) -> bool:
    """Return True if the actor's role and affiliation hold all words of a right role, and not much else."""
    said = set(words(f"{actor.role or ''} {actor.affiliation or ''}"))
    roles = [set(words(role)) for role in known.role]
    return any(role <= said and len(said - role) <= MAX_OTHER_ROLE_WORDS for role in roles)


def has_date(event: UpcomingEvent, wanted: GoldEvent) -> bool:
    """Return True if the event has one of the right dates, or rightly no date; the time of day does not count."""
    value = "/".join(part.split("T")[0] for part in (event.when.value or "").split("/"))
    return value in wanted.when if wanted.when else not value


def has_place(event: UpcomingEvent, wanted: GoldEvent) -> bool:
    """Return True if the event's place holds one of the right ones."""
    said = words(event.place or "")
    return any(set(words(place)) <= set(said) for place in wanted.place)


def has_parties(point: Position, wanted: GoldPoint, actors: Sequence[GoldActor]) -> bool:
    """Return True if two parties are named (or the only one), and at most one other."""
    named = {known.name if (known := denoted(party, actors)) else party for party in point.parties}
    parties = set(wanted.parties)
    return len(named & parties) >= min(2, len(parties)) and len(named - parties) <= 1


def rests_on(line: Line, openings: Sequence[str], brief: Briefing) -> bool:
    """Return True if at least half of the line's evidence lies in the sentences that open with the given words."""
    wanted = list(chain.from_iterable(sentence_spans(opening, brief) for opening in openings))
    hits = [_touches(piece, wanted) for piece in line.evidence]
    return 2 * sum(hits) >= len(hits) > 0


def sentence_spans(opening: str, brief: Briefing) -> list[Span]:
    """Return the sentences, or else paragraphs, of the article in which *opening* begins."""
    pattern = r"\s+".join(re.escape(word) for word in level(opening).split())
    pattern = re.sub(r"""\\?["']""", _MARK, pattern)
    starts = [match.start() for match in re.finditer(pattern, brief.article.text)]
    return [span for start in starts if (span := _around(start, brief)) is not None]


def pair_off(
    printed: Sequence[Printed],
    wanted: Sequence[Wanted],
    is_same: Callable[[Printed, Wanted], bool],
    is_better: Callable[[Printed, Wanted], bool],
) -> list[tuple[Printed, Wanted]]:
    """Pair what is printed with what is wanted, one to one: the better pairs first, optional gold last."""
    candidates = [
        (gold.optional, not is_better(line, gold), row, column)
        for row, line in enumerate(printed)
        for column, gold in enumerate(wanted)
        if is_same(line, gold)
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    pairs: list[tuple[Printed, Wanted]] = []
    for *_, row, column in sorted(candidates):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((printed[row], wanted[column]))
    return pairs


def _add_lists(
    tally: Tally,
    name: str,
    pairs: Sequence[tuple[Printed, Wanted]],
    printed: Sequence[Printed],
    wanted: Sequence[Wanted],
) -> list[tuple[Printed, Wanted]]:
    """Count a list and return the pairs that count: those whose gold is not optional."""
    counted = [pair for pair in pairs if not pair[1].optional]
    asked = sum(not gold.optional for gold in wanted)
    tally.add_lists(name, len(counted), len(printed) - (len(pairs) - len(counted)), asked)
    return counted


def _ends(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and long[-len(short) :] == short


def _opens(opening: str, quote: Quote) -> bool:
    said = words(quote.text)
    return len(said) <= MAX_QUOTE_WORDS and " ".join(words(opening)) in " ".join(said)


def _touches(piece: Evidence, wanted: Sequence[Span]) -> bool:
    if len(words(piece.text)) > MAX_EVIDENCE_WORDS:
        return False
    return any(piece.start < end and start < piece.end for start, end in wanted)


def _around(start: int, brief: Briefing) -> Span | None:
    sentences = [(sentence.start, sentence.end) for sentence in brief.article.sentences]
    paragraphs = [(paragraph.start, paragraph.end) for paragraph in brief.article.paragraphs]
    return next((span for span in (*sentences, *paragraphs) if span[0] <= start < span[1]), None)


def _printed_text(record: Line) -> str:
    names = ("name", "role", "affiliation", "title", "place", "topic", "statement", "text", "speaker")
    said = [getattr(record, name, None) for name in names]
    return " ".join(text for text in said if text)
