"""From proposals to records: words are found in the article, names among its actors, and our writers word the lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from briefing.extraction.events.extractor import EventExtractor
from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.lines.speaking_turns import turn_speakers
from briefing.extraction.lines.statements import statement_speakers
from briefing.extraction.points.positions import Point, write_points
from briefing.extraction.points.signs import are_allies
from briefing.extraction.quotes.extractor import QuoteExtractor
from briefing.extraction.scoring.joining import SURE_TIME, Scored
from briefing.extraction.scoring.model import score_article, score_proposed
from briefing.extraction.scoring.scores import Kind
from briefing.extraction.summary.extractor import SummaryExtractor
from briefing.extraction.summary.ranking import rank_sentences
from briefing.extraction.summary.traits import NEVER, is_command
from briefing.language.analysis import Analysis, Range, SentenceSpan
from briefing.language.surface import name_words
from briefing.language.times.values import bounds
from briefing.model.brief import Quote, Record
from briefing.proposals.aligning import align
from briefing.proposals.proposed import Proposals, ProposedEvent, ProposedQuote
from briefing.runtime.lexicon import word_set

_NOT_FOUND: Final = "its evidence is not in the article, is under three words, or could be in several places"
# Probability from which a proposed time is taken: that of 53 of 75 times of an expert's events in 71
# articles, and of 6 of 26 other times in their sentences.
_LEAST_TIME: Final = 0.3
# Confidence from which a proposal is printed. The expert's agreements, disagreements and events have it for 0.40, 0.52
# and 0.89; other sentences of the same articles, with two of their actors, for 0.05, 0.11 and 0.19.
_LEAST: Final = 0.2
_SURE: Final = 0.3  # confidence from which our own point of the same sentence replaces one without two parties
_LEAST_PARTIES: Final = 2
_NO_PARTIES: Final = "it has not two parties"
_SHOWN: Final = 120  # characters of a proposal in an explanation


@dataclass(frozen=True, slots=True)
class Dropped:
    """A proposal that is not printed, and why."""

    field: str
    what: str  # the start of its evidence
    reason: str

    def __str__(self) -> str:
        return f"{self.field}: dropped, {self.reason}: {self.what!r}"


@dataclass(frozen=True, slots=True)
class Grounded:
    """The records that proposals led to, by field, and the proposals that led to none."""

    records: Mapping[str, tuple[Record, ...]]
    dropped: tuple[Dropped, ...]


def ground(analysis: Analysis, proposals: Proposals, extractors: Mapping[str, Any]) -> Grounded:
    """Return what the article holds of the proposals.

    Args:
        analysis: The article.
        proposals: Of a language model; nothing in them is trusted.
        extractors: Ours of each field, with the options of the profile; they write the lines.
    """
    names, dropped = Names(analysis), list[Dropped]()
    records: dict[str, tuple[Record, ...]] = {}
    for field, items in proposals.by_field.items():
        found = [(item, ranges) for item in items if (ranges := _ranges(analysis, field, item, dropped))]
        records[field] = tuple(_WRITERS[field](analysis, found, names, dropped, extractors.get(field)))
    return Grounded(records, tuple(dropped))


class Names:
    """The actors of an article by the ways that a name may be written."""

    def __init__(self, analysis: Analysis) -> None:
        self._known: dict[str, int] = {}
        surnames: dict[str, set[int]] = {}
        for entity in analysis.entities:
            if entity.kind is None:
                continue
            for name in (entity.name, *entity.aliases):
                self._known.setdefault(_plain(name), entity.index)
            if entity.kind == "person":
                surnames.setdefault(_plain(entity.name).rsplit(" ", 1)[-1], set()).add(entity.index)
        for surname, owners in surnames.items():
            if len(owners) == 1:
                self._known.setdefault(surname, *owners)

    def find(self, name: str) -> int | None:
        """Return the index of the entity with a name, an alias or a surname that only one person has; or None.

        Two words of a name or more are enough if only one entity has them: "Free Party" for "Free Party of Lisle". A
        title before a name does not count: "President Sol".
        """
        wanted = _plain(name)
        titles = name_words("titles", "ranks")
        while wanted not in self._known and " " in wanted and wanted.split()[0] in titles:
            wanted = wanted.partition(" ")[2]
        if wanted in self._known or " " not in wanted:
            return self._known.get(wanted)
        owners = {index for known, index in self._known.items() if f" {wanted} " in f" {known} "}
        return owners.pop() if len(owners) == 1 else None


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split()).removeprefix("the ")


def _ranges(analysis: Analysis, field: str, item: Any, dropped: list[Dropped]) -> tuple[Range, ...]:
    """Return the places of all evidence of a proposal; nothing if some of it is not in the article."""
    found = [align(analysis.article.text, words) for words in item.evidence]
    ranges = tuple(one for one in found if one is not None)
    if None in found:
        dropped.append(_dropped(field, item, _NOT_FOUND))
        return ()
    if any(_is_demand(analysis, analysis.sentences[number]) for number in _sentences(analysis, ranges)):
        dropped.append(_dropped(field, item, "it speaks to its reader, or of what is made of the text"))
        return ()
    return ranges


def _is_demand(analysis: Analysis, sentence: SentenceSpan) -> bool:
    """Return True if a sentence speaks to its reader, or of what reads a text, such as a machine with a prompt.

    In a speech "you" are the listeners, and in quotation marks whoever was spoken to. Of 2,915 sentences that an expert
    takes as evidence, in 571 articles, this leaves out 24, mostly orders in lists of aims.
    """
    quoted = quoted_tokens(analysis)
    words = [token for token in analysis.tokens_of(sentence) if not token.is_punct and not token.is_space]
    own = [token for token in words if token.i not in quoted]
    nouns = {token.lemma_.lower() for token in words if token.pos_ in ("NOUN", "PROPN")}
    is_spoken = sentence.first in statement_speakers(analysis) or sentence.first in turn_speakers(analysis)
    speaks_to_reader = not is_spoken and any(token.lower_ in word_set(__name__, "readers") for token in own)
    return speaks_to_reader or not nouns.isdisjoint(word_set(__name__, "of_readers")) or is_command(own)


def _dropped(field: str, item: Any, reason: str) -> Dropped:
    return Dropped(field, _start_of(item.evidence[0]), reason)


def _start_of(words: str) -> str:
    return " ".join(words.split())[:_SHOWN]


def _sentences(analysis: Analysis, ranges: Iterable[Range]) -> tuple[int, ...]:
    """Return the numbers of the sentences that evidence covers by half, or that cover half of it, counted from 0."""
    numbers = set()
    for start, end in ranges:
        for number, one in enumerate(analysis.sentences):
            common = min(end, one.end) - max(start, one.start)
            if common > 0 and 2 * common >= min(end - start, one.end - one.start):
                numbers.add(number)
    return tuple(sorted(numbers))


Found = Sequence[tuple[Any, tuple[Range, ...]]]


def _summary(
    analysis: Analysis, found: Found, _: Names, dropped: list[Dropped], extractor: SummaryExtractor | None
) -> tuple[Record, ...]:
    """Return the first line of our own summary and what is proposed, as far as there is room."""
    writer = extractor or SummaryExtractor()
    ours = {one.sentence for one in rank_sentences(analysis).sentences if one.opening != NEVER}
    chosen: dict[SentenceSpan, Any] = dict.fromkeys(writer.lead(analysis))
    for item, ranges in found:
        body = [one for n in _sentences(analysis, ranges) if (one := analysis.sentences[n]) in ours]
        if not body:
            dropped.append(_dropped("summary", item, "it is no sentence that a summary may hold"))
        chosen |= dict.fromkeys(body, item)
    if not any(chosen.values()):
        return ()
    written = writer.write(analysis, chosen)
    printed = {one.start for statement in written for one in statement.evidence}
    dropped += [
        _dropped("summary", item, "the summary has no room for it")
        for sentence, item in chosen.items()
        if item is not None and sentence.start not in printed
    ]
    return written


class _Proposed(NamedTuple):
    """A proposal, the numbers of the sentences that it quotes, and the indices of the actors that it names."""

    item: Any
    numbers: tuple[int, ...]
    actors: tuple[int, ...]


class _BorneOut(NamedTuple):
    """A proposal, the numbers of the sentences that it quotes, and what the learned model says of it."""

    item: Any
    numbers: tuple[int, ...]
    scored: Scored


def _points(kind: Kind) -> "Writer":
    def write(analysis: Analysis, found: Found, names: Names, dropped: list[Dropped], _: object) -> Iterator[Record]:
        field = f"{kind}s"
        proposed = _proposed(analysis, field, found, names, dropped)
        if not proposed:
            return
        article = score_proposed(analysis, kind, [(one.numbers, one.actors) for one in proposed])
        ours = [one for one in score_article(analysis).points[kind] if one.confidence >= _SURE]
        borne_out = []
        for (item, numbers, parties), scored in zip(proposed, article.points[kind], strict=True):
            if absent := _names(analysis, set(parties) - set(scored.parties)):
                dropped.append(_dropped(field, item, f"only {absent}: no party by its evidence"))
            has_two = min(len(parties), len(scored.parties)) >= _LEAST_PARTIES
            own = next((one for one in ours if {*one.group.sentences} & {*numbers}), None)
            if has_two and scored.confidence >= _LEAST:
                borne_out.append(_BorneOut(item, numbers, scored))
            elif own is not None:
                dropped.append(_dropped(field, item, "only its parties: our own are printed"))
                borne_out.append(_BorneOut(item, own.group.sentences, own))
            else:
                dropped.append(_doubtful(field, item, scored) if has_two else _dropped(field, item, _NO_PARTIES))
        once = _once(borne_out, lambda _: None)
        dropped += _repeats(field, borne_out, once)
        written = write_points(analysis, article, [one.scored for one in once])
        allied = [point for point in written.points if kind == "disagreement" and _are_allies(analysis, point)]
        yield from (point.position for point in written.points if point not in allied)
        refused = [*written.refused, *((point.scored, "its parties are on one side") for point in allied)]
        dropped += _unwritten(analysis, field, once, refused)

    return write


def _are_allies(analysis: Analysis, point: Point) -> bool:
    return are_allies(analysis, analysis.sentences[point.stated], point.scored.parties)


def _proposed(
    analysis: Analysis, field: str, found: Found, names: Names, dropped: list[Dropped]
) -> Sequence[_Proposed]:
    """Return the points or events that quote sentences, with the actors that they name."""
    proposed = []
    for item, ranges in found:
        known = {name: names.find(name) for name in item.names}
        actors = tuple(dict.fromkeys(index for index in known.values() if index is not None))
        if unknown := ", ".join(name for name, index in known.items() if index is None):
            dropped.append(_dropped(field, item, f"only {unknown}: no actor of the article"))
        elif field != "events" and len(actors) < _LEAST_PARTIES:
            dropped.append(_dropped(field, item, "only its second party: it is the first once more"))
        if numbers := _sentences(analysis, ranges):
            proposed.append(_Proposed(item, numbers, actors))
        else:
            dropped.append(_dropped(field, item, "its evidence is no sentence"))
    return proposed


def _names(analysis: Analysis, indices: Iterable[int]) -> str:
    return ", ".join(analysis.entities[index].name for index in sorted(indices))


def _events(
    analysis: Analysis, found: Found, names: Names, dropped: list[Dropped], extractor: EventExtractor | None
) -> Iterator[Record]:
    proposed = _proposed(analysis, "events", found, names, dropped)
    if not proposed:
        return
    article = score_proposed(analysis, "event", [(one.numbers, one.actors) for one in proposed])
    timed = []
    for (item, numbers, taking_part), scored in zip(proposed, article.points["event"], strict=True):
        if absent := _names(analysis, set(taking_part) - set(scored.parties)):
            dropped.append(_dropped("events", item, f"only {absent}: takes no part by its evidence"))
        dated = _at_time(analysis, scored, item)
        if dated is None:
            dropped.append(_dropped("events", item, f"{item.when!r} is not its time by its evidence"))
        elif scored.confidence < _LEAST:
            dropped.append(_doubtful("events", item, scored))
        else:
            timed.append(_BorneOut(item, numbers, dated))
    once = _once(timed, lambda one: _time_of(analysis, one))
    dropped += _repeats("events", timed, once)
    ours = extractor or EventExtractor()
    written = ours.write(analysis, article, [one.scored for one in once])
    yield from (event for event, _ in written)
    left = [one.scored for one in once if one.scored not in [scored for _, scored in written]]
    refused = [
        (scored, "another says it better" if ours.write(analysis, article, [scored]) else "it is over, or has no title")
        for scored in left
    ]
    dropped += _unwritten(analysis, "events", once, refused)


def _doubtful(field: str, item: Any, scored: Scored) -> Dropped:
    return _dropped(field, item, f"too doubtful ({scored.confidence:.2f})")


def _unwritten(
    analysis: Analysis, field: str, found: Iterable[_BorneOut], refused: Sequence[tuple[Scored, str]]
) -> Iterator[Dropped]:
    """Yield the proposals that were not written, and of the others the quoted sentences that are no evidence."""
    for item, numbers, scored in found:
        reason = next((why for one, why in refused if one is scored), None)
        if reason is not None:
            yield _dropped(field, item, reason)
            continue
        for sentence in (analysis.sentences[number] for number in numbers if number not in scored.group.sentences):
            words = _start_of(analysis.article.text[sentence.start : sentence.end])
            yield Dropped(field, words, "only this sentence: another one states it more surely")


def _once(found: Iterable[_BorneOut], key: Callable[[Scored], object]) -> list[_BorneOut]:
    """Return proposals, those that quote most and are surest first, each once.

    Two that quote one sentence are one, unless both have a key and the keys differ.
    """
    kept: list[_BorneOut] = []
    for one in sorted(found, key=lambda one: (key(one.scored) is None, -len(one.numbers), -one.scored.confidence)):
        own = key(one.scored)
        twins = (other for other in kept if {*other.numbers} & {*one.numbers})
        if not any(own is None or key(other.scored) == own for other in twins):
            kept.append(one)
    return kept


def _repeats(field: str, found: Iterable[_BorneOut], kept: Sequence[_BorneOut]) -> Iterator[Dropped]:
    yield from (_dropped(field, one.item, "another proposal quotes its sentence") for one in found if one not in kept)


def _time_of(analysis: Analysis, scored: Scored) -> str | None:
    """Return the value of an event's likeliest time, or its words; None without a sure one."""
    best = next(iter(scored.near["time"]), None)
    if best is None or best.likely < SURE_TIME:
        return None
    time = analysis.times[best.tie.index]
    return time.value or time.text


def _at_time(analysis: Analysis, scored: Scored, item: ProposedEvent) -> Scored | None:
    """Return an event with the proposed time as its likeliest; None if that can hardly be its time."""
    if item.when is None or not item.when.strip():
        return scored
    wanted, times = _words(item.when), scored.near["time"]
    proposed = [one for one in times if _holds(wanted, _words(analysis.article.text[one.tie.start : one.tie.end]))]
    if any(bounds(analysis.times[one.tie.index].value or "") is not None for one in proposed):
        best = times[0]  # another time of the sentence may be that of another event
        is_sure = best in proposed and best.likely >= _LEAST_TIME and best.sentence in scored.group.sentences
        return (
            replace(scored, near={**scored.near, "time": (replace(best, likely=1.0), *times[1:])}) if is_sure else None
        )
    own = (analysis.sentences[number] for number in scored.group.sentences)
    is_vague = any(wanted in _words(analysis.article.text[one.start : one.end]) for one in own)
    return scored if is_vague else None  # "after the harvest", "within weeks"; our own times, if any, are printed


def _holds(words: str, others: str) -> bool:
    return f" {others} " in f" {words} "


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _quotes(
    analysis: Analysis, found: Found, names: Names, dropped: list[Dropped], extractor: QuoteExtractor | None
) -> tuple[Record, ...]:
    chosen = replace(extractor or QuoteExtractor(), limit=None)
    kept: dict[Quote, None] = {}
    for item, ranges in found:
        quotes = chosen.at(analysis, ranges)
        if not quotes:
            dropped.append(_dropped("quotes", item, "it is no quotation with a source"))
        for quote in quotes:
            if _says_another(analysis, item, quote.speaker, names):
                dropped.append(_dropped("quotes", item, f"the article has it from {quote.speaker or 'nobody'}"))
            else:
                kept[quote] = None
    order = {quote: number for number, quote in enumerate(chosen(analysis))}
    return tuple(sorted(kept, key=lambda quote: order.get(quote, 0)))


def _says_another(analysis: Analysis, item: ProposedQuote, speaker: str | None, names: Names) -> bool:
    """Return True if a proposal names a speaker other than the one that the article names."""
    if not item.speaker:
        return False
    if speaker is not None and _plain(item.speaker) == _plain(speaker):
        return False  # a speaker without a name, in the words of the article
    meant = names.find(item.speaker)
    return meant is None or speaker is None or analysis.entities[meant].name != speaker


Writer = Callable[[Analysis, Found, Names, list[Dropped], Any], Iterable[Record]]
_WRITERS: Final[Mapping[str, Writer]] = {
    "summary": _summary,
    "events": _events,
    "agreements": _points("agreement"),
    "disagreements": _points("disagreement"),
    "quotes": _quotes,
}
