"""Time expressions as TIMEX3 (ISO-TimeML): a grammar over the words of a sentence, resolved by calendar and tense."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from briefing.language import timex_dates, timex_deictic, timex_durations
from briefing.language.analysis import SentenceSpan
from briefing.language.timex_context import Context, Direction
from briefing.language.timex_direction import direction_of, token_at
from briefing.language.timex_rules import Hit, Reading, Rule
from briefing.language.timex_tokens import TimeToken, time_tokens
from briefing.model import Article, TimeExpression

# Of two matches that start together the longer is tried first, then the earlier rule.
_RULES: tuple[Rule, ...] = (*timex_dates.RULES, *timex_deictic.RULES, *timex_durations.RULES)


def find_times(doc: Doc, sentences: tuple[SentenceSpan, ...], article: Article) -> tuple[TimeExpression, ...]:
    """Return the time expressions of the sentences in reading order, apart from each other.

    Relative times are resolved against ``article.published``; where that is unknown, what is certain is kept
    (``XXXX-07-31``), else the value is None.
    """
    starts = [token.idx for token in doc]
    context = _context_of(article, doc, starts)
    found: list[TimeExpression] = []
    paragraph = None
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            context = replace(context, last=None)
            paragraph = sentence.paragraph
        for time in _in_sentence(article.text, sentence, context):
            found.append(time)
            if time.type == "DATE" and time.value:
                context = replace(context, last=time.value)
    return tuple(found)


def _context_of(article: Article, doc: Doc, starts: Sequence[int]) -> Context:
    published = date.fromisoformat(article.published) if article.published else None
    day_and_month = None
    return Context(published, day_and_month, lambda offset: direction_of(token_at(doc, starts, offset)))


def _in_sentence(text: str, sentence: SentenceSpan, context: Context) -> Iterator[TimeExpression]:
    tokens = time_tokens(text, sentence.start, sentence.end)
    end = 0
    for hit, rule in _hits(tokens):
        if hit.first < end:
            continue
        reading = rule.read(hit, context)
        if reading is None:
            continue
        end = hit.last
        start_at, end_at = tokens[hit.first].start, tokens[hit.last - 1].end
        if reading.type == "DATE" and reading.value:
            context = replace(context, last=reading.value)
            if "-Q" in reading.value:
                context = replace(context, quarter=reading.value)
        yield TimeExpression(
            text=text[start_at:end_at], start=start_at, end=end_at, type=reading.type, value=reading.value
        )


def _hits(tokens: Sequence[TimeToken]) -> list[tuple[Hit, Rule]]:
    """Return what the rules match, best first at each token."""
    if all(token.symbol == "_" for token in tokens):
        return []
    symbols = " ".join(token.symbol for token in tokens) + " "
    starts = {0: 0}
    place = 0
    for index, token in enumerate(tokens):
        place += len(token.symbol) + 1
        starts[place] = index + 1
    hits = [
        (Hit(tokens, starts, match), rule)
        for rule in _RULES
        if rule.needs in symbols
        for match in rule.pattern.finditer(symbols)
    ]
    return sorted(hits, key=lambda pair: (pair[0].first, -pair[0].last))
