"""Find the background: sentences about what happened before the news."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from spacy.tokens import Token

from briefing.extraction.explanation import Finding, Reason
from briefing.extraction.lines.writer import LineWriter
from briefing.extraction.summary.extractor import summarised
from briefing.extraction.summary.ranking import RankedSentence, rank_sentences
from briefing.extraction.summary.traits import is_pluperfect
from briefing.language.analysis import Analysis
from briefing.language.speech.contents import verbs_of
from briefing.language.syntax import AUXILIARIES
from briefing.language.times.values import bounds
from briefing.model.brief import BackgroundFact, TimeExpression
from briefing.runtime.lexicon import word_set

_NEWS = timedelta(days=7)  # events of these days before publication are news
_LATELY = timedelta(days=31)  # events of these days before publication belong to the current story

# Points for and against background; most are multiples of one half.
_CLUES = {
    "past time": 3.0,  # its main clause is about a time before the news
    "earlier": 2.0,  # "previously", "last year", "ago"
    "since": 1.5,  # or a long time: "has grown for ten years"
    "pluperfect": 1.0,  # its main verb is "had boycotted"
    "passive": 0.5,  # its main verb is "was signed"
    "perfect": 0.5,  # "has boycotted", "had boycotted"
    "after": 0.5,
    "reporting": -1.5,  # its main verb is "said", "discussed"
    "recent time": -1.0,  # it names a day of the news
    "of late": -1.5,  # it names no time more than a month back
    "to come": -2.0,
    "first person": -1.0,
    "topics only": -3.0,
    "opening": -6.0,  # it is the first sentence
}
# A sentence with one of these traits states no fact.
_NO_FACT = frozenset(
    {"question", "setting", "label", "introducer", "verbless", "own voice", "no comment", "courtesy", "unsourced"}
)
# "earlier in the day", "earlier this week" are the news.
_NEAR_DAYS = word_set(__name__, "near_days")
_LONG = re.compile(r"P[^T]*[MY]")  # the value of a time in months or years: "P10Y"; not "PT10M"
_LATE = 1.0  # times the sentence's position: 0 for the first, 1 for the last
_QUOTED = -1.5  # times the share of its words in quotation marks
_BARE = word_set(__name__, "bare_verbs")
_MOST = 0.5  # share in quotation marks above which a sentence is present speech, even if it names an earlier time


@dataclass(frozen=True, slots=True)
class BackgroundExtractor:
    """Find sentences about the time before the news, by dates, verb forms and words like "previously" and "since"."""

    limit: int = 4
    least: float = 1.75  # score that a sentence needs
    in_summary: float = 3.0  # the same for a sentence of the summary, which is mostly news

    def __call__(self, analysis: Analysis) -> tuple[BackgroundFact, ...]:
        """Return the facts in reading order."""
        writer = LineWriter(analysis)
        return tuple(_fact(writer, choice) for choice in self._choices(writer))

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the facts, each with the clues that date it before the news."""
        writer = LineWriter(analysis)
        return tuple(
            Finding(_fact(writer, choice), tuple(_reasons(analysis, choice))) for choice in self._choices(writer)
        )

    def _choices(self, writer: LineWriter) -> "tuple[_Choice, ...]":
        analysis = writer.analysis
        ranked = rank_sentences(analysis).sentences
        dates = _dates(analysis, ranked)
        clues = [_clues(analysis, sentence, dates[sentence.position], len(ranked)) for sentence in ranked]
        scores = [clue.score for clue in clues]
        summary = {sentence.start for sentence, _ in summarised(analysis)}
        least = [self.in_summary if one.sentence.start in summary else self.least for one in ranked]
        likely = (p for p, score in enumerate(scores) if score >= least[p])
        clear = (p for p in likely if not writer.needs_context(ranked[p].sentence))
        best = sorted(clear, key=lambda p: (-scores[p], p))
        return tuple(_Choice(ranked[p], dates[p], clues[p], least[p]) for p in sorted(best[: self.limit]))


class _Clues(NamedTuple):
    """The clues for and against a sentence as background."""

    held: tuple[str, ...] = ()  # keys of _CLUES
    place: float = 0.0
    quoted: float = 0.0

    @property
    def score(self) -> float:
        return sum(_CLUES[clue] for clue in self.held) + _LATE * self.place + _QUOTED * self.quoted


class _Choice(NamedTuple):
    """A sentence that was chosen as background."""

    ranked: RankedSentence
    dates: "list[_Date]"
    clues: _Clues
    least: float  # score that it needed


@dataclass(frozen=True, slots=True)
class _Date:
    """A date in a sentence."""

    start: int  # in characters
    end: int

    value: str
    first: date
    last: date
    age: timedelta | None  # days from its last day to publication; None if the publication date is unknown


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


def _is_past(day: _Date) -> bool:
    """Return True if a date lies before the news; if the publication date is unknown, any dated year counts."""
    return day.age is None or day.age > _NEWS


def _clues(analysis: Analysis, ranked: RankedSentence, dates: list[_Date], count: int) -> _Clues:
    """Return the clues for and against a sentence as background; none if it states no fact."""
    if not _NO_FACT.isdisjoint(ranked.traits):
        return _Clues()
    tokens = analysis.tokens_of(ranked.sentence)
    words = {token.lower_ for token in tokens}
    verb = analysis.span(ranked.sentence).root
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in AUXILIARIES}
    coming = "to come" in ranked.traits
    reporting = verb.lemma_ in word_set(__name__, "reporting")
    if (reporting or verb.lemma_ in verbs_of("speech")) and _has_no_content(verb, ranked):
        return _Clues()
    dated = any(_is_past(day) and not (day.age is None and coming) for day in dates)
    perfect = bool(auxiliaries & {"has", "have"})
    present = not perfect and not any(token.tag_ == "VBD" for token in tokens)
    holds = {
        "past time": dated and not present,
        "recent time": any(day.age is not None and timedelta(0) <= day.age <= _NEWS for day in dates),
        "of late": any(map(_is_past, dates)) and not any(day.age is None or day.age > _LATELY for day in dates),
        "earlier": any(map(_is_earlier, tokens)),
        "since": any(map(_is_since, tokens)) or any(_is_long(analysis, child) for child in verb.children),
        "pluperfect": any(map(is_pluperfect, verb.children)) and "then" not in ranked.traits,
        "after": "after" in words,
        "passive": verb.tag_ == "VBN" and bool(auxiliaries & {"was", "were"}) and not reporting,
        "perfect": perfect or any(is_pluperfect(token) for token in tokens),
        "reporting": reporting,
        "to come": coming,
        "first person": "first person" in ranked.traits,
        "topics only": "topics only" in ranked.traits,
        "opening": ranked.position == 0,
    }
    place = ranked.position / (count - 1) if count > 1 else 0.0
    return _Clues(tuple(clue for clue in _CLUES if holds[clue]), place, ranked.quoted)


def _is_long(analysis: Analysis, token: Token) -> bool:
    """Return True if a word of the predicate names months or years: "for ten years"; not "sentenced to ten years"."""
    if not {child.lower_ for child in token.head.children} & {"has", "have"}:
        return False
    if token.lower_ not in word_set(__name__, "before_long_times"):
        return False
    end = token.right_edge.idx + len(token.right_edge)
    return any(
        time.type == "DURATION" and token.idx < time.start < end and _LONG.fullmatch(time.value or "")
        for time in analysis.times
    )


def _has_no_content(verb: Token, ranked: RankedSentence) -> bool:
    """Return True if a verb of saying has no content outside quotation marks."""
    content = any(child.dep_ in ("ccomp", "xcomp", "dobj", "nsubjpass") for child in verb.children)
    return ranked.quoted > _MOST or (verb.lemma_ in _BARE and not content)


def _reasons(analysis: Analysis, choice: _Choice) -> Iterator[Reason]:
    clues = choice.clues
    parts = [f"{clue} {_CLUES[clue]:+g}" for clue in clues.held]
    parts += [f"place {_LATE * clues.place:+.2f}", *([f"quoted {_QUOTED * clues.quoted:+.2f}"] if clues.quoted else [])]
    yield Reason("rule", f"its clues score {clues.score:.2f}, at least {choice.least:g}: {', '.join(parts)}")
    for clue in clues.held:
        if _CLUES[clue] > 0:
            yield from (Reason("cue", f"{clue}:", *place) for place in _places(clue, analysis, choice))


def _places(clue: str, analysis: Analysis, choice: _Choice) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the words that a clue was read from, in characters."""
    if clue == "past time":
        yield from ((day.start, day.end) for day in choice.dates if _is_past(day))
        return
    span = analysis.span(choice.ranked.sentence)
    words = {
        "earlier": [token for token in span if _is_earlier(token)],
        "since": [token for token in span if _is_since(token) or _is_long(analysis, token)],
        "pluperfect": [token for token in span.root.children if is_pluperfect(token)],
        "after": [token for token in span if token.lower_ == "after"],
        "passive": [span.root],
        "perfect": [token for token in span if is_pluperfect(token)] or [span.root],
    }
    yield from ((token.idx, token.idx + len(token)) for token in words[clue][:1])


def _is_earlier(token: Token) -> bool:
    """Return True if a word is "previously", or the "last" of "last year"; False for "the last man"."""
    if token.lower_ in word_set(__name__, "earlier"):
        if token.pos_ == "PROPN" or token.head.lemma_ in word_set(__name__, "calling"):
            return False  # "the History Society"; "the park, formerly known as"
        return token.lower_ != "earlier" or not any(word.lower_ in _NEAR_DAYS for word in _words_after(token))
    if token.lower_ not in word_set(__name__, "previous") or token.i + 1 == len(token.doc):
        return False
    return token.head.lemma_.lower() in word_set(__name__, "long_ago")


def _is_since(token: Token) -> bool:
    """Return True if "since" means a time: before a noun, alone, or as a conjunction after "has grown"."""
    if token.lower_ != "since":
        return False
    if token.dep_ != "mark":
        return True
    above = token.head.head
    return any(child.lower_ in word_set(__name__, "perfect") for child in (above, *above.lefts))


def _words_after(token: Token) -> Iterable[Token]:
    return token.doc[token.i + 1 : token.i + 4]


def _fact(writer: LineWriter, choice: _Choice) -> BackgroundFact:
    line = writer.line(choice.ranked.sentence)
    return BackgroundFact(
        text=line.text,
        when=_when(choice.dates),
        evidence=(writer.analysis.sentence_evidence(choice.ranked.sentence),),
        insertions=line.insertions,
    )


def _when(dates: list[_Date]) -> str | None:
    """Return the past time that a sentence names, to the day; a range if it names several: ``2003/2008``."""
    past = sorted({day.value: day for day in dates if _is_past(day)}.values(), key=lambda day: (day.first, day.last))
    if len(past) < 2 or "/" in past[0].value + past[-1].value:
        return past[0].value if past else None
    return f"{past[0].value}/{past[-1].value}"
