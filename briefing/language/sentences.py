"""Where sentences begin: fixed by punctuation before the parser runs, so that its trees keep to it."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from briefing.language.analysis import SentenceSpan
from briefing.model import Article

_TERMINAL = frozenset({".", "!", "?", "...", "…", "?!", "!?", "!!", "??"})
_QUESTIONING = _TERMINAL - {".", "...", "…"}
_NEVER_FIRST = frozenset({",", ";", ":", "-", "–", "—", "/", "%"}) | _TERMINAL
_STRAIGHT_MARKS = frozenset({'"', "'", "''", "``"})


def mark_sentence_starts(doc: Doc, article: Article) -> None:
    """Preset ``is_sent_start`` on a tokenised Doc: True, False, or left to the parser after an abbreviation.

    A paragraph starts a sentence; a closing mark or bracket belongs to the sentence that it closes; nothing but
    sentence-final punctuation ends a sentence.
    """
    starts = {paragraph.start for paragraph in article.paragraphs}
    last: Token | None = None  # the last token that is neither white space nor a closing mark
    closed = False  # a closing mark stands after it
    for token in doc:
        if token.is_space:
            _preset(token, start=False)
        elif token.idx in starts or last is None:
            _preset(token, start=True)
            last, closed = token, False
        elif is_closing_mark(token):
            _preset(token, start=False)
            closed = True
        else:
            _preset(token, start=_starts_sentence(token, last, closed=closed))
            last, closed = token, False


def is_closing_mark(token: Token) -> bool:
    """Say whether a token closes a quotation or bracket; a straight mark does where it leans on the word before it."""
    if token.text in _STRAIGHT_MARKS:
        return token.i > 0 and not (token.nbor(-1).whitespace_ or token.nbor(-1).is_space or token.nbor(-1).is_left_punct)
    return token.text in "”’»)]"


def is_opening_mark(token: Token) -> bool:
    """Say whether a token opens a quotation or bracket."""
    if token.text in _STRAIGHT_MARKS:
        return not is_closing_mark(token)
    return token.text in "“‘«„(["


def split_sentences(doc: Doc, article: Article) -> tuple[SentenceSpan, ...]:
    """Return the sentences of a parsed Doc that stand outside boilerplate; those of the text are numbered from 1."""
    return tuple(_spans(doc, article))


def _spans(doc: Doc, article: Article) -> Iterator[SentenceSpan]:
    paragraphs = article.paragraphs
    number = 0
    index = 0
    for sent in doc.sents:
        first, last = sent.start, sent.end
        while first < last and doc[first].is_space:
            first += 1
        while last > first and doc[last - 1].is_space:
            last -= 1
        if first == last:
            continue
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        while index < len(paragraphs) and paragraphs[index].end <= start:
            index += 1
        if index == len(paragraphs):
            return
        paragraph = paragraphs[index]
        if paragraph.role == "boilerplate" or paragraph.start > start:
            continue
        told = paragraph.role in ("subtitle", "body")
        number += told
        yield SentenceSpan(start, end, first, last, number if told else None, paragraph.role, index)


def _preset(token: Token, *, start: bool | None) -> None:
    if start is not None and token.i > 0:
        token.is_sent_start = start


def _starts_sentence(token: Token, last: Token, *, closed: bool) -> bool | None:
    """Say whether *token* starts a sentence after *last*; None leaves it to the parser."""
    if is_opening_mark(last) or token.text in _NEVER_FIRST:
        return False
    if last.text not in _TERMINAL:
        abbreviation = last.text.endswith(".") and len(last.text) > 1
        return None if abbreviation and not token.is_lower else False
    if token.is_lower:
        return False
    return None if closed and last.text in _QUESTIONING else True
