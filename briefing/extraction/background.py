"""Background: the sentences that tell what was before the news."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from spacy.tokens import Token

from briefing.extraction.explanation import Finding, Reason
from briefing.extraction.summary.extractor import summarised
from briefing.extraction.summary.ranking import RankedSentence, rank_sentences
from briefing.extraction.summary.traits import is_pluperfect
from briefing.extraction.summary.trimming import SentenceTrimmer
from briefing.language.analysis import Analysis
from briefing.language.lexicon import word_set
from briefing.language.times.values import bounds
from briefing.model.brief import BackgroundFact, TimeExpression

_NEWS = timedelta(days=7)  # what happened within them before publication is still the news
_LATELY = timedelta(days=31)  # what happened within them is the story so far

# What speaks for and against background; most in steps of one half.
_CLUES = {
    "past time": 3.0,  # its main clause is set in a time before the news
    "earlier": 2.0,  # "previously", "last year", "ago"
    "since": 1.5,
    "passive": 1.0,  # its main verb is "was signed"
    "perfect": 0.5,  # "has boycotted", "had boycotted"
    "after": 0.5,
    "reporting": -1.5,  # its main verb is "said", "discussed"
    "recent time": -1.0,  # it names a day of the news
    "of late": -1.5,  # no time that it names lies more than a month back
    "to come": -2.0,
    "first person": -1.0,
    "topics only": -3.0,
    "opening": -6.0,  # it is the first sentence
}
# A sentence with one of these traits tells no fact.
_NO_FACT = frozenset(
    {"question", "setting", "label", "introducer", "verbless", "own voice", "no comment", "courtesy", "unsourced"}
)
# "earlier in the day", "earlier this week" are the news.
_NEAR_DAYS = frozenset({"day", "week", "today", "morning"})
_LATE = 1.0  # times its place: 0 for the first sentence, 1 for the last
_QUOTED = -1.5  # times the share of it that stands in quotation marks
_BARE = frozenset({"add", "say", "write"})  # they tell nothing by themselves
_MOST = 0.5  # share from which on a sentence is what somebody says now, whatever times he names


@dataclass(frozen=True, slots=True)
class BackgroundExtractor:
    """Find the sentences set before the news: by the times that they name, by "previously", "since" and verb forms."""

    limit: int = 4
    least: float = 1.5  # what the clues of a sentence must come to
    told: float = 3.0  # the same for one that stands in the summary: it is mostly news

    def __call__(self, analysis: Analysis) -> tuple[BackgroundFact, ...]:
        """Return the facts in reading order."""
        trimmer = SentenceTrimmer.of(analysis, rank_sentences(analysis).quoted)
        return tuple(_fact(analysis, trimmer, choice) for choice in self._choices(analysis, trimmer))

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the facts, each with the clues that set it before the news."""
        trimmer = SentenceTrimmer.of(analysis, rank_sentences(analysis).quoted)
        return tuple(
            Finding(_fact(analysis, trimmer, choice), tuple(_reasons(analysis, choice)))
            for choice in self._choices(analysis, trimmer)
        )

    def _choices(self, analysis: Analysis, trimmer: SentenceTrimmer) -> "tuple[_Choice, ...]":
        ranking = rank_sentences(analysis)
        ranked = ranking.sentences
        dates = _dates(analysis, ranked)
        clues = [_clues(analysis, sentence, dates[sentence.position], len(ranked)) for sentence in ranked]
        scores = [clue.score for clue in clues]
        told = {sentence.start for sentence, _ in summarised(analysis)}
        least = [self.told if one.sentence.start in told else self.least for one in ranked]
        likely = (p for p, score in enumerate(scores) if score >= least[p])
        clear = (p for p in likely if not trimmer.is_loose(ranked[p].sentence))
        best = sorted(clear, key=lambda p: (-scores[p], p))
        return tuple(_Choice(ranked[p], dates[p], clues[p], least[p]) for p in sorted(best[: self.limit]))


class _Clues(NamedTuple):
    """What speaks for and against a sentence as background."""

    held: tuple[str, ...] = ()  # keys of _CLUES
    place: float = 0.0
    quoted: float = 0.0

    @property
    def score(self) -> float:
        return sum(_CLUES[clue] for clue in self.held) + _LATE * self.place + _QUOTED * self.quoted


class _Choice(NamedTuple):
    """A sentence that is background."""

    ranked: RankedSentence
    dates: "list[_Date]"
    clues: _Clues
    least: float  # what its clues had to come to


@dataclass(frozen=True, slots=True)
class _Date:
    """A date that a sentence names."""

    start: int  # characters
    end: int

    value: str
    first: date
    last: date
    age: timedelta | None  # from its last day to publication; None without a publication date


def _dates(analysis: Analysis, ranked: tuple[RankedSentence, ...]) -> list[list[_Date]]:
    """Return the dates that each sentence names, in reading order."""
    found: list[list[_Date]] = [[] for _ in ranked]
    times = iter([time for time in analysis.times if time.type in ("DATE", "TIME") and time.value])
    time = next(times, None)
    for sentence in ranked:
        while time is not None and time.start < sentence.sentence.end:
            if time.start >= sentence.sentence.start:
                found[sentence.position] += _date(time, analysis.article.published)
            time = next(times, None)
    return found


def _date(time: TimeExpression, published: str | None) -> Iterator[_Date]:
    days = bounds(time.value) if time.value else None
    if time.value and days is not None:
        yield _Date(
            time.start,
            time.end,
            time.value.partition("T")[0],
            *days,
            date.fromisoformat(published) - days[1] if published else None,
        )


def _is_past(told: _Date) -> bool:
    """Say whether a date lies before the news; without a publication date a year that stands in the text does."""
    return told.age is None or told.age > _NEWS


def _clues(analysis: Analysis, ranked: RankedSentence, dates: list[_Date], count: int) -> _Clues:
    """Return what speaks for a sentence as background and against it; nothing where it tells no fact."""
    if not _NO_FACT.isdisjoint(ranked.traits):
        return _Clues()
    tokens = analysis.tokens_of(ranked.sentence)
    words = {token.lower_ for token in tokens}
    verb = analysis.span(ranked.sentence).root
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    coming = "to come" in ranked.traits
    reporting = verb.lemma_ in word_set("background", "reporting")
    if (reporting or verb.lemma_ in word_set("attribution", "speech")) and _tells_nothing(verb, ranked):
        return _Clues()
    dated = any(_is_past(told) and not (told.age is None and coming) for told in dates)
    present = not any(token.tag_ == "VBD" for token in tokens) and not auxiliaries & {"has", "have"}
    holds = {
        "past time": dated and not present,
        "recent time": any(told.age is not None and timedelta(0) <= told.age <= _NEWS for told in dates),
        "of late": any(map(_is_past, dates)) and not any(told.age is None or told.age > _LATELY for told in dates),
        "earlier": any(map(_is_earlier, tokens)),
        "since": any(map(_is_since, tokens)),
        "after": "after" in words,
        "passive": verb.tag_ == "VBN" and bool(auxiliaries & {"was", "were"}) and not reporting,
        "perfect": bool(auxiliaries & {"has", "have"}) or any(is_pluperfect(token) for token in tokens),
        "reporting": reporting,
        "to come": coming,
        "first person": "first person" in ranked.traits,
        "topics only": "topics only" in ranked.traits,
        "opening": ranked.position == 0,
    }
    place = ranked.position / (count - 1) if count > 1 else 0.0
    return _Clues(tuple(clue for clue in _CLUES if holds[clue]), place, ranked.quoted)


def _tells_nothing(verb: Token, ranked: RankedSentence) -> bool:
    """Say whether a verb of saying has words in quotation marks only, in its sentence or, all of them, before it."""
    told = any(child.dep_ in ("ccomp", "xcomp", "dobj", "nsubjpass") for child in verb.children)
    return ranked.quoted > _MOST or (verb.lemma_ in _BARE and not told)


def _reasons(analysis: Analysis, choice: _Choice) -> Iterator[Reason]:
    clues = choice.clues
    parts = [f"{clue} {_CLUES[clue]:+g}" for clue in clues.held]
    parts += [f"place {_LATE * clues.place:+.2f}", *([f"quoted {_QUOTED * clues.quoted:+.2f}"] if clues.quoted else [])]
    yield Reason("rule", f"its clues come to {clues.score:.2f}, at least {choice.least:g}: {', '.join(parts)}")
    for clue in clues.held:
        if _CLUES[clue] > 0:
            yield from (Reason("cue", f"{clue}:", *place) for place in _places(clue, analysis, choice))


def _places(clue: str, analysis: Analysis, choice: _Choice) -> Iterator[tuple[int, int]]:
    """Yield the words that a clue is read from, in characters."""
    if clue == "past time":
        yield from ((told.start, told.end) for told in choice.dates if _is_past(told))
        return
    span = analysis.span(choice.ranked.sentence)
    words = {
        "earlier": [token for token in span if _is_earlier(token)],
        "since": [token for token in span if _is_since(token)],
        "after": [token for token in span if token.lower_ == "after"],
        "passive": [span.root],
        "perfect": [token for token in span if is_pluperfect(token)] or [span.root],
    }
    yield from ((token.idx, token.idx + len(token)) for token in words[clue][:1])


def _is_earlier(token: Token) -> bool:
    """Say whether a word is "previously", or the "last" of "last year", not that of "the last man"."""
    if token.lower_ in word_set("background", "earlier"):
        if token.pos_ == "PROPN" or token.head.lemma_ in ("know", "call", "name"):
            return False  # "the History Society"; "the park, formerly known as"
        return token.lower_ != "earlier" or not any(word.lower_ in _NEAR_DAYS for word in _after(token))
    if token.lower_ not in ("last", "past", "previous") or token.i + 1 == len(token.doc):
        return False
    return token.head.lemma_.lower() in word_set("background", "long_ago")


def _is_since(token: Token) -> bool:
    """Say whether "since" tells a time: before a noun or alone, and as a conjunction after "has grown"."""
    if token.lower_ != "since":
        return False
    if token.dep_ != "mark":
        return True
    above = token.head.head
    return any(child.lower_ in ("has", "have", "had") for child in (above, *above.lefts))


def _after(token: Token) -> Iterable[Token]:
    return token.doc[token.i + 1 : token.i + 4]


def _fact(analysis: Analysis, trimmer: SentenceTrimmer, choice: _Choice) -> BackgroundFact:
    line = trimmer.line(choice.ranked.sentence)
    return BackgroundFact(
        text=line.text,
        when=_when(choice.dates),
        evidence=(analysis.sentence_evidence(choice.ranked.sentence),),
        insertions=line.insertions,
    )


def _when(dates: list[_Date]) -> str | None:
    """Return the past time that a sentence names, to the day; of several the earliest and the latest: ``2003/2008``."""
    past = sorted(
        {told.value: told for told in dates if _is_past(told)}.values(), key=lambda told: (told.first, told.last)
    )
    if len(past) < 2 or "/" in past[0].value + past[-1].value:
        return past[0].value if past else None
    return f"{past[0].value}/{past[-1].value}"
