"""Time expressions as TIMEX3 (ISO-TimeML): found by a grammar, resolved by calendar and tense."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from briefing.language.analysis import SentenceSpan
from briefing.language.times import dates, deictic, durations, periods
from briefing.language.times.context import Context
from briefing.language.times.joining import Found, joined
from briefing.language.times.rules import Hit, Rule
from briefing.language.times.tokens import TIME_SYMBOLS, TimeToken, may_hold_time, time_tokens
from briefing.model.brief import Article, TimeExpression

# If two matches start together, the longer one is tried first, then the earlier rule.
_RULES: tuple[Rule, ...] = (
    *dates.RULES,
    *periods.RULES,
    *deictic.RULES,
    *durations.RULES,
)
# Paragraphs after which a named quarter is no longer the reported one.
_REPORT = 3
# Tokens of a sentence whose parse is used for tense, at most; longer ones are lists and tables.
_LONGEST = 250


def find_times(doc: Doc, sentences: tuple[SentenceSpan, ...], article: Article) -> tuple[TimeExpression, ...]:
    """Return the time expressions of the sentences in reading order, without overlaps.

    Relative times are resolved against ``article.published``. If that is unknown, the certain part is kept
    (``XXXX-07-31``), else the value is None.
    """
    context = _context_of(article, doc)
    times: list[TimeExpression] = []
    paragraph = reported = 0
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            context = replace(context, last=None, quarter=context.quarter if paragraph <= reported + _REPORT else None)
        if context.has_tree != (sentence.last - sentence.first <= _LONGEST):
            context = replace(context, has_tree=not context.has_tree)
        if not may_hold_time(article.text, sentence.start, sentence.end):
            continue
        tokens = time_tokens(article.text, sentence.start, sentence.end)
        found, context = _found(tokens, context)
        if any("-Q" in (time.value or "") for time in found):
            reported = paragraph
        for time in joined(found, tokens, context.token):
            start, end = tokens[time.first].start, tokens[time.last - 1].end
            value = _on_a_day(time, context)
            if value != "" and _is_whole(article.text, start, end):
                text = article.text[start:end]
                times.append(TimeExpression(text=text, start=start, end=end, type=time.type, value=value))
    return tuple(times)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return True if no letter or digit touches a stretch: "June 3" in "June 3to" cannot be quoted."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def _context_of(article: Article, doc: Doc) -> Context:
    starts: list[int] = doc.to_array("IDX").tolist()

    def token_at(offset: int) -> Token:
        return doc[max(0, bisect_right(starts, offset) - 1)]

    filed = article.dateline.date if article.dateline else None
    day_and_month = _day(filed.replace("XXXX", "2000")) if filed and filed.startswith("XXXX") else None
    return Context(_day(article.published), day_and_month, token_at)


def _day(written: str | None) -> date | None:
    """Return a day written ``YYYY-MM-DD``; None if it is missing or not in the calendar."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None


def _found(tokens: Sequence[TimeToken], context: Context) -> tuple[list[Found], Context]:
    """Return the times in a sentence, and the context after it.

    Without a publication day the context does not change, because a year elsewhere in the text is no basis.
    """
    found: list[Found] = []
    end = 0
    for hit, rule in _hits(tokens):
        if hit.first < end:
            continue
        reading = rule.read(hit, context)
        if reading is None:
            continue
        end = hit.last
        found.append(Found(hit.first, end, reading.type, reading.value))
        if reading.type == "DATE" and context.published and reading.value and reading.value[0].isdigit():
            quarter = context.quarter or _reported(reading.value, context.published)
            context = replace(context, last=reading.value, quarter=quarter)
    return found, context


def _reported(value: str, published: date) -> str | None:
    """Return the value if it is a quarter that news of this day may report, else None."""
    return value if "-Q" in value and abs(int(value[:4]) - published.year) <= 1 else None


def _hits(tokens: Sequence[TimeToken]) -> Iterator[tuple[Hit, Rule]]:
    """Yield the matches of the rules from left to right, the longest first at each token."""
    if TIME_SYMBOLS.isdisjoint([token.symbol for token in tokens]):
        return
    symbols = f" {' '.join(token.symbol for token in tokens)} "
    starts = {1: 0}
    place = 1
    for index, token in enumerate(tokens):
        place += len(token.symbol) + 1
        starts[place] = index + 1
    matches = [
        (match.start(), -match.end(), order, match)
        for order, rule in enumerate(_RULES)
        if rule.needs in symbols
        for match in rule.pattern.finditer(symbols)
    ]
    for _, _, order, match in sorted(matches, key=lambda item: item[:3]):
        yield Hit(tokens, starts, match), _RULES[order]


def _on_a_day(time: Found, context: Context) -> str | None:
    """Return the value of a time; "" if it is not a time.

    A clock time alone belongs to the last day named, else to the day of publication.
    """
    if time.value is None or not time.value.startswith("T"):
        return time.value
    if not time.value[1].isdigit():  # "the morning" without a day
        return ""
    last = context.last
    day = last if last and len(last) == 10 and last[5] != "W" else context.relative("D", 0) or "XXXX-XX-XX"
    return f"{day}{time.value}"
