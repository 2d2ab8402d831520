"""Where sentences begin: fixed by punctuation before the parser runs, so that its trees keep to it."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from briefing.language.analysis import SentenceSpan
from briefing.model import Article

_TERMINAL = frozenset({".", "!", "?", "...", "…", "?!", "!?", "!!", "??"})
_CLOSING = frozenset("\"'”’»)]") | {"''"}
_QUESTIONING = frozenset({"!", "?", "?!", "!?", "!!", "??"})


def mark_sentence_starts(doc: Doc, article: Article) -> None:
    """Preset ``is_sent_start`` on a tokenised Doc: True, False, or left to the parser after an abbreviation.

    A paragraph starts a sentence; a closing mark or bracket belongs to the sentence that it closes; nothing but
    sentence-final punctuation ends a sentence.
    """
    starts = {paragraph.start for paragraph in article.paragraphs}
    before: Token | None = None  # the last token that is no white space
    open_marks = 0
    paragraph_begins = True
    for token in doc:
        if token.is_space:
            paragraph_begins = paragraph_begins or any(token.idx <= start <= token.idx + len(token) for start in starts)
            if token.i:
                token.is_sent_start = False
            continue
        if paragraph_begins or before is None or token.idx in starts:
            token.is_sent_start = True
            paragraph_begins = False
            open_marks = 0
        else:
            verdict = _starts_sentence(token, before, closes=open_marks % 2 == 1 or token.text in "”’»)]")
            if verdict is not None:
                token.is_sent_start = verdict
        if token.text in ('"', "''", "``"):
            open_marks += 1
        before = token


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


def _starts_sentence(token: Token, before: Token, *, closes: bool) -> bool | None:
    """Say whether *token* starts a sentence after *before*; None leaves it to the parser."""
    if token.text in _CLOSING and closes:
        return False
    last = before
    quoted = False
    while last.text in _CLOSING and last.i > 0:
        quoted = True
        last = last.nbor(-1)
    if last.text not in _TERMINAL:
        abbreviation = last.text.endswith(".") and len(last.text) > 1
        return None if abbreviation and not token.is_lower and not token.is_punct else False
    if token.is_lower or token.text in {",", ";", ":", "-", "–", "—", ".", "!", "?"}:
        return False
    if quoted and last.text in _QUESTIONING:
        return None
    return True
