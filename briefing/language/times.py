"""Time expressions as TIMEX3: placeholder."""

from spacy.tokens import Doc

from briefing.language.analysis import SentenceSpan
from briefing.model import Article, TimeExpression


def find_times(doc: Doc, sentences: tuple[SentenceSpan, ...], article: Article) -> tuple[TimeExpression, ...]:
    """Return the time expressions in reading order."""
    return ()
