"""The time of an upcoming event, and the words of a sentence that are times."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Span, Token

from briefing.extraction.events.deeds import is_of_taking_part, was_held
from briefing.extraction.events.wording import planned
from briefing.extraction.scoring.around import Near
from briefing.extraction.scoring.joining import SURE_TIME
from briefing.language.analysis import Analysis
from briefing.language.factuality import factuality
from briefing.language.times.values import bounds, is_after, precision_of
from briefing.model.brief import TimeExpression, When
from briefing.runtime.lexicon import word_set


def when_of(analysis: Analysis, near: Iterable[Near]) -> tuple[When, tuple[int, ...]] | None:
    """Return the time of an event and the sentence that gives it, no value if no time is sure; None if it is over.

    The day or week of a report is no time of what it reports: "said on Tuesday". Two days that follow each other are
    one time: "on May 30 and 31".

    Args:
        analysis: The article.
        near: The times that the event may have, the likeliest first.
    """
    sure = [(one.sentence, analysis.times[one.tie.index]) for one in near if one.likely >= SURE_TIME]
    sure = [(number, time) for number, time in sure if not _is_of_report(analysis, time)]
    published = analysis.article.published
    ahead = [(number, time) for number, time in sure if is_after(time.value, published) is not False]
    if not ahead:
        return None if sure else (When(), ())
    number, time = ahead[0]
    return _when(_with_next_day(analysis, time, [other for place, other in sure if place == number])), (number,)


def when_of_deed(analysis: Analysis, deed: Token, when: When) -> When | None:
    """Return the time of an event whose deed is known; None if the deed is over: "the meeting on Monday".

    A time beside the deed comes before one elsewhere. A vague one is better than none: "in the coming months".
    """
    published, own = analysis.article.published, list(_times_beside(analysis, deed))
    dated = [time for time in own if precision_of(time.value) != "unknown"]
    ahead = [time for time in dated if is_after(time.value, published) is not False]
    if deed.pos_ in ("NOUN", "PROPN") and not ahead and (dated or (when.value is None and was_held(deed))):
        return None
    if ahead and _is_apart(ahead[0].value, when.value) and ahead[0].text not in (when.text or ""):
        when = _when(ahead[0])
    if when.text is None:
        return next(filter(None, (_vague(analysis, time) for time in own)), when)
    return _with_bound(analysis, when, own)


def _with_bound(analysis: Analysis, when: When, own: Iterable[TimeExpression]) -> When:
    """Return a time with the preposition that makes it an end or a start: "until 2026"; *own* are the deed's times."""
    time = next((one for one in own if one.text == when.text), None)
    head = _head(analysis, time) if time is not None else None
    if time is None or head is None or head.dep_ != "pobj" or head.head.lower_ not in word_set(__name__, "bounding"):
        return when
    return when.model_copy(update={"text": " ".join(analysis.article.text[head.head.idx : time.end].split())})


def _is_apart(one: str | None, other: str | None) -> bool:
    """Return True if the first time is another than the second, not the year of it."""
    days, others = bounds(one or ""), bounds(other or "")
    if days is None or others is None:
        return False
    return precision_of(one) != "year" or not days[0] <= others[0] <= others[1] <= days[1]


def _times_beside(analysis: Analysis, deed: Token) -> Iterator[TimeExpression]:
    """Yield the times of a deed: "meets on Friday", "Friday's vote", "the May summit", "a summit held in May".

    The time of taking part is that of the occasion: "took part in the summit on Friday".
    """
    for time in analysis.times:
        head = _head(analysis, time)
        if head is None or head.head.lower_ == "since":
            continue
        above = head.head.head if head.dep_ == "pobj" else head.head
        is_of_occasion = deed.dep_ == "pobj" and deed.head.head == above and is_of_taking_part(deed.head)
        if deed == above or is_of_occasion or deed in _dated_by(above):
            yield time


def _dated_by(verb: Token) -> Iterator[Token]:
    """Yield the nouns that a participle may give a date: "a summit on fish held in May"."""
    noun = verb.head
    if verb.dep_ == "acl" and (verb.lower_ == "held" or verb.lower_ in planned()):
        yield noun
        while noun.dep_ == "pobj":
            noun = noun.head.head
            yield noun


def _vague(analysis: Analysis, time: TimeExpression) -> When | None:
    """Return the words of a time to come without a date: "soon", "in the coming months"; None for any other time."""
    if time.value == "FUTURE_REF":
        return When(text=time.text)
    head = _head(analysis, time)
    if time.type != "DURATION" or head is None or head.dep_ != "pobj":
        return None
    start = head.head.idx if head.head.lower_ in word_set(__name__, "ahead") else None
    return None if start is None else When(text=" ".join(analysis.article.text[start : time.end].split()))


def _is_of_report(analysis: Analysis, time: TimeExpression) -> bool:
    """Return True if a time is the day or week of publication, and depends on a verb of saying."""
    head = _head(analysis, time)
    published = analysis.article.published
    is_new = published is not None and is_after(time.value, published) is None
    if head is None or not is_new or precision_of(time.value) not in ("day", "week"):
        return False
    verb = next((token for token in head.ancestors if token.pos_ == "VERB"), None)
    if verb is None or factuality(verb).modality != "actual":  # "will discuss on Tuesday"
        return False
    return any(one.cue_token == verb.i for one in analysis.attributions)


def _when(time: TimeExpression) -> When:
    """Return a time for a brief; it has no value if it is not a day, week, month or the like."""
    precision = precision_of(time.value)
    value = None if precision == "unknown" else time.value
    if value is not None and value.endswith("T00:00"):  # "by midnight on Thursday" is the end of that day
        value = value.removesuffix("T00:00")
    return When(text=time.text, value=value, precision=precision)


def _with_next_day(analysis: Analysis, time: TimeExpression, others: Iterable[TimeExpression]) -> TimeExpression:
    """Return a day with the day after it if a sentence joins them: "on Nov. 30 and Dec. 1"."""
    for first, second in [(time, other) for other in others] + [(other, time) for other in others]:
        days = [bounds(one.value or "") if precision_of(one.value) == "day" else None for one in (first, second)]
        if days[0] is None or days[1] is None or (days[1][0] - days[0][1]).days != 1:
            continue
        head = _head(analysis, second)
        if first.end <= second.start and head is not None and head.dep_ == "conj":
            text = analysis.article.text[first.start : second.end]
            value = f"{first.value}/{second.value}"
            return TimeExpression(text=text, start=first.start, end=second.end, type="DATE", value=value)
    return time


def time_tokens(analysis: Analysis) -> frozenset[int]:
    """Return the tokens of dates and times of day, except parts of a name or compound."""
    found: set[int] = set()
    for time in analysis.times:
        span, head = _span(analysis, time), _head(analysis, time)
        if time.type in ("DATE", "TIME") and span is not None and head is not None:
            found |= {token.i for token in span} if head.dep_ not in ("amod", "compound", "nummod") else set()
    return frozenset(found)


def tokens_of_time(analysis: Analysis, when: When, sentences: Iterable[int]) -> frozenset[int]:
    """Return the tokens of the time of an event in the sentences that give it."""
    spans = [analysis.sentences[number] for number in sentences]
    times = [time for time in analysis.times if time.text in (when.text or "")]
    inside = [time for time in times if any(span.start <= time.start < span.end for span in spans)]
    return frozenset(token.i for time in inside for token in _span(analysis, time) or ())


def _head(analysis: Analysis, time: TimeExpression) -> Token | None:
    """Return the head token of a time; None outside the parsed text."""
    span = _span(analysis, time)
    return next((token for token in span if token.head not in span), span.root) if span else None


def _span(analysis: Analysis, time: TimeExpression) -> Span | None:
    span: Span | None = analysis.doc.char_span(time.start, time.end, alignment_mode="expand")
    return span
