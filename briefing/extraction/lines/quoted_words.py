"""Find the words of an article that are in quotation marks."""

from spacy.tokens import Token

from briefing.language.analysis import Analysis
from briefing.language.memory import once_per_analysis
from briefing.language.sentences import is_closing_mark, is_opening_mark

# Marks and their closing marks; an apostrophe closes only a quotation that an apostrophe opened.
_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", "``": "''"}


@once_per_analysis
def quoted_tokens(analysis: Analysis) -> frozenset[int]:
    """Return the indices of the tokens within direct quotations: attributed ones, and text between marks.

    A quotation may hold several sentences of one paragraph; it ends with its paragraph.
    """
    quoted: set[int] = set()
    for attribution in analysis.attributions:
        for piece in attribution.content if attribution.direct else ():
            span = analysis.doc.char_span(piece.start, piece.end, alignment_mode="expand")
            quoted.update(range(span.start, span.end) if span is not None else ())
    paragraph, closing = -1, ""
    for sentence in analysis.sentences:
        if sentence.paragraph != paragraph:
            paragraph, closing = sentence.paragraph, ""
        for token in analysis.tokens_of(sentence):
            text = token.text
            if closing:
                if text in closing and _closes(token):
                    closing = ""
                else:
                    quoted.add(token.i)
            elif text in _PAIRS and is_opening_mark(token):
                closing = _PAIRS[text]
    return frozenset(quoted)


def _closes(token: Token) -> bool:
    """Return True if a mark closes a quotation; a mark between two spaces closes an open one."""
    return is_closing_mark(token) or (token.text == '"' and token.i > 0)
