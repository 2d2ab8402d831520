"""Tie each time expression to a verb or noun of the text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from briefing.extraction.events.words import is_indefinite, noun_kind
from briefing.language.analysis import Analysis
from briefing.language.factuality import factuality
from briefing.language.predicate_words import lemma_of
from briefing.language.times.direction import report_of
from briefing.language.times.values import bounds, is_after, precision_of
from briefing.model.brief import TimeExpression, When
from briefing.runtime.lexicon import word_set


@dataclass(frozen=True, slots=True)
class TiedTime:
    """A time expression, the verb or noun to which it is tied, and the preposition between them."""

    time: TimeExpression
    head: int  # token
    anchor: int  # token
    preposition: str | None  # "on", "until"
    future: bool | None  # after the day of publication; None if only the tense can decide

    @property
    def dates(self) -> bool:
        """Return True if the time is a day, week, month or year after publication; False for "soon"."""
        return self.future is True and precision_of(self.time.value) != "unknown"

    @property
    def days(self) -> int:
        """Return the number of days of the time; 0 if unknown."""
        span = bounds(self.time.value) if self.time.value else None
        return (span[1] - span[0]).days + 1 if span else 0

    @property
    def ends_ahead(self) -> bool:
        """Return True if the time may end after publication: "by the end of this week"; False for "soon"."""
        if self.future is not None or self.time.text.lower() == "today":
            return False
        return self.days != 1

    @property
    def when(self) -> When:
        """Return the time for a brief; it has no value if the time is not a day, week, month or the like."""
        precision = precision_of(self.time.value)
        value = None if precision == "unknown" else self.time.value
        if value is not None and value.endswith("T00:00"):  # "by midnight on Thursday" is the end of that day
            value = value.removesuffix("T00:00")
        return When(text=self.time.text, value=value, precision=precision)


# Labels of names that a time before them does not date: "On Monday Smith".
_NAMED = ("PERSON", "GPE", "NORP")
_OPENING = word_set(__name__, "opening")
# Words between an occasion and its time: prepositions and names of places.
_BETWEEN = frozenset({"ADP", "DET", "PROPN", "ADJ", "ADV", "NUM"})
# A time and its anchor are at most so many tokens apart.
_LONGEST_WAY = 8


def tie_times(analysis: Analysis) -> Mapping[int, tuple[TiedTime, ...]]:
    """Return the times of the article by the token to which they are tied, in reading order.

    Recurring times ("every year") and durations ("for two days") are left out; "within hours" is kept.
    """
    doc, published = analysis.doc, analysis.article.published
    times = [time for time in analysis.times if time.type != "SET" and time.value not in ("PRESENT_REF", "PAST_REF")]
    heads = dict(_heads(doc, times))
    inside = {token.i for _, span in _spans(doc, times) for token in span}
    tied: dict[int, list[TiedTime]] = {}
    for index, time in enumerate(times):
        head = heads.get(index)
        if head is None:
            continue
        anchor, preposition = _anchor(head, inside)
        if (time.type == "DURATION" and preposition != "within") or _is_named(head, time):
            continue
        if head.dep_ == "dobj" and lemma_of(anchor) not in word_set(__name__, "dating_verbs"):
            continue  # "approaches next year with care"
        future = is_after(time.value, published)
        if future is None and published is not None and time.text.lower().startswith("later this "):
            future = True
        occasion = _occasion_beside(doc, head, anchor, future=future)
        if occasion is not None:
            anchor = occasion
        found = TiedTime(time, head.i, anchor.i, preposition, future)
        tied.setdefault(anchor.i, []).append(found)
    return {anchor: tuple(_with_next_day(found, doc, published)) for anchor, found in tied.items()}


def _occasion_beside(doc: Doc, head: Token, anchor: Token, *, future: bool | None) -> Token | None:
    """Return the occasion directly before a later time, if the parser attached the time to an earlier word.

    "Discussed her part in the summit in Oslo in July": only the summit can be in July, because the discussion is past.
    """
    if not future or noun_kind(anchor) == "occasion" or anchor.i > head.i:
        return None
    if anchor.pos_ in ("VERB", "AUX") and _may_lie_ahead(anchor):
        return None
    for token in reversed(doc[max(anchor.i + 1, head.i - _LONGEST_WAY) : head.i]):
        if noun_kind(token) == "occasion":
            return None if is_indefinite(token) else token
        if token.pos_ not in _BETWEEN and not token.ent_type_:
            return None
    return None


def _may_lie_ahead(verb: Token) -> bool:
    """Return True if a later time can belong to a predicate; False for "met", "declined to meet", "follows"."""
    factual = factuality(verb)
    ahead = factual.modality == "future" if factual.tense == "none" else factual.tense != "past"
    return ahead and verb.lemma_ != "follow"


def _with_next_day(times: Sequence[TiedTime], doc: Doc, published: str | None) -> Iterator[TiedTime]:
    """Yield the times; "on Nov. 30 and Dec. 1" becomes one time of two days."""
    before: TiedTime | None = None
    for time in times:
        head = doc[time.head]
        if before is None or head.dep_ != "conj" or head.head.i != before.head or not _is_next_day(before, time):
            if before is not None:
                yield before
            before = time
            continue
        start, end = before.time.start, time.time.end
        value = f"{before.time.value}/{time.time.value}"
        both = TimeExpression(text=doc.text[start:end], start=start, end=end, type="DATE", value=value)
        yield TiedTime(both, before.head, before.anchor, before.preposition, is_after(value, published))
        before = None
    if before is not None:
        yield before


def _is_next_day(one: TiedTime, two: TiedTime) -> bool:
    if precision_of(one.time.value) != "day" or precision_of(two.time.value) != "day":
        return False
    first, second = bounds(one.time.value or ""), bounds(two.time.value or "")
    return first is not None and second is not None and (second[0] - first[1]).days == 1


def best_time(times: Sequence[TiedTime]) -> TiedTime:
    """Return the first time that is more exact than a year; without one, the first time."""
    return next((time for time in times if time.when.precision not in ("year", "unknown")), times[0])


def time_tokens(analysis: Analysis) -> frozenset[int]:
    """Return the tokens of dates and times of day, except parts of a name or compound."""
    dates = [time for time in analysis.times if time.type in ("DATE", "TIME")]
    parts = {index for index, head in _heads(analysis.doc, dates) if head.dep_ in ("amod", "compound", "nummod")}
    dates = [time for index, time in enumerate(dates) if index not in parts]
    return frozenset(token.i for _, span in _spans(analysis.doc, dates) for token in span)


def _heads(doc: Doc, times: Iterable[TimeExpression]) -> Iterable[tuple[int, Token]]:
    """Yield the index of each time and its head token."""
    for index, span in _spans(doc, times):
        if len(span):
            yield index, next((t for t in span if not span.start <= t.head.i < span.end), span.root)


def _spans(doc: Doc, times: Iterable[TimeExpression]) -> Iterable[tuple[int, Span]]:
    """Yield the index of each time and its tokens; a time outside the Doc is left out."""
    for index, time in enumerate(times):
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is not None:
            yield index, span


def _modifies(token: Token) -> bool:
    return token.pos_ in ("ADJ", "ADV", "NUM") and token.dep_ in ("acomp", "advmod", "npadvmod", "nummod")


def _is_place(token: Token) -> bool:
    """Return True if a word is a place, to which no time is tied: "the summit in Oslo in June"."""
    return token.dep_ == "pobj" and token.ent_type_ == "GPE" and token.head.lower_ in ("in", "at")


def _is_named(head: Token, time: TimeExpression) -> bool:
    """Return True if a season is part of a name: "the Winter Games"."""
    return head.dep_ == "compound" and head.head.pos_ == "PROPN" and precision_of(time.value) == "season"


def _anchor(head: Token, inside: set[int]) -> tuple[Token, str | None]:
    """Climb from a time over prepositions and other times to the verb or noun to which it is tied."""
    report = report_of(head)
    if report is not None:
        return report, None
    node, preposition = head, None
    for _ in range(_LONGEST_WAY):
        if node.dep_ == "ROOT":
            return node, preposition
        parent = node.head
        if parent.i in inside or (
            node.dep_ in ("compound", "nmod") and parent.pos_ == "PROPN" and parent.ent_type_ in _NAMED
        ):
            node = parent
        elif parent.pos_ in ("ADP", "SCONJ") and node.dep_ in ("pobj", "pcomp", "prep"):
            preposition = parent.lower_ if preposition is None else preposition
            node = parent
        elif parent.dep_ != "ROOT" and (parent.lower_ in _OPENING or _modifies(parent) or _is_place(parent)):
            node = parent
        else:
            return parent, preposition
    return node, preposition
