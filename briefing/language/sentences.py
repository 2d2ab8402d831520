"""Sentence boundaries, set by punctuation before the parser runs so that its trees respect them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.tokens import Doc, Token

from briefing.language.analysis import SentenceSpan
from briefing.language.neighbours import token_before
from briefing.model.brief import Article
from briefing.runtime.lexicon import word_set

_TERMINAL = frozenset({".", "!", "?", "...", "…", "?!", "!?", "!!", "??"})
_QUESTIONING = _TERMINAL - {".", "...", "…"}
_NEVER_FIRST = frozenset({",", ";", ":", "-", "–", "—", "/", "%"}) | _TERMINAL
# Initials: matches "J." and "U.S.", not "Co.".
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_VERDICTS = {True: 1, False: -1, None: 0}  # values of spaCy's column SENT_START
# Tokens. Longer sentences are lists, tables or damaged text; rules that compare all pairs of words are slow on them.
_LONGEST = 300
_STRAIGHT_MARKS = frozenset({'"', "'", "''", "``"})


def mark_sentence_starts(doc: Doc, article: Article) -> None:
    """Set ``is_sent_start`` on a tokenised Doc: True, False, or undecided after an abbreviation.

    A paragraph starts a sentence. A closing mark or bracket belongs to the sentence that it closes. Only sentence-final
    punctuation or the length limit ends a sentence. The parser decides the undecided cases.
    """
    starts = {paragraph.start for paragraph in article.paragraphs}
    verdicts = _none_too_long(_sentence_starts(doc, starts))
    column: Any = np.array([[_VERDICTS[verdict]] for verdict in verdicts], dtype=np.int64)
    # All at once: setting Token.is_sent_start looks at every token each time.
    doc.from_array([SENT_START], column.reshape(-1, 1).astype(np.uint64))


def _sentence_starts(doc: Doc, starts: set[int]) -> Iterator[bool | None]:
    """Yield for each token whether it starts a sentence; None if the parser decides."""
    last: Token | None = None  # the last token that is neither white space nor a closing mark
    closed = False  # a closing mark follows it
    heading = 0  # tokens of a paragraph's head so far, all of them capitalised
    for token in doc:
        if token.is_space:
            yield False
            continue
        first = token.idx in starts or last is None
        if not first and heading > 1 and _follows_caption(token):
            first, heading = True, 0
        if first:
            heading = int(not token.is_stop and _may_be_of_caption(token))
        elif heading:
            heading = heading + 1 if _may_be_of_caption(token) else 0
        if first or last is None:
            yield True
        elif is_closing_mark(token):
            yield False
            closed = True
            continue
        else:
            yield _starts_sentence(token, last, closed=closed)
        last, closed = token, False


def _follows_caption(token: Token) -> bool:
    """Return True if a capital starts a sentence without a stop before it: "The port" of "Lund Harbour The port is"."""
    if not token.is_title or token.lower_ not in word_set(__name__, "after_caption"):
        return False
    before = token_before(token)
    following = token.doc[token.i + 1 : token.i + 4]
    return before is not None and before.text not in _NEVER_FIRST and any(word.is_lower for word in following)


def _may_be_of_caption(token: Token) -> bool:
    return token.is_title or token.is_upper or token.text[0].isdigit() or token.text in (",", "-", ".")


def _none_too_long(verdicts: Iterable[bool | None]) -> Iterator[bool | None]:
    """Yield the verdicts; a sentence that is too long is cut at the length limit."""
    length = 0
    for verdict in verdicts:
        starts = True if length == _LONGEST else verdict
        length = 1 if starts else length + 1
        yield starts


def is_closing_mark(token: Token) -> bool:
    """Return True if a token closes a quotation or bracket.

    A straight mark closes if no space precedes it. With spaces on both sides it closes if an equal mark is open.
    """
    if token.text in _STRAIGHT_MARKS:
        before = token_before(token)
        if before is None or before.is_left_punct:
            return False
        apart = bool(before.whitespace_) or before.is_space
        return not apart or (bool(token.whitespace_) and _is_open(token))
    return token.text in "”’»)]"


def _is_open(mark: Token) -> bool:
    """Return True if an odd number of equal marks precede this one in its paragraph."""
    count = 0
    for token in reversed(mark.doc[: mark.i]):
        if token.is_space and "\n" in token.text:
            break
        count += token.text == mark.text
    return count % 2 == 1


def is_opening_mark(token: Token) -> bool:
    """Return True if a token opens a quotation or bracket."""
    if token.text in _STRAIGHT_MARKS:
        return not is_closing_mark(token)
    return token.text in "“‘«„(["


def split_sentences(doc: Doc, article: Article) -> tuple[SentenceSpan, ...]:
    """Return the sentences of a parsed Doc outside boilerplate; those of the text are numbered from 1."""
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
        numbered = paragraph.role in ("subtitle", "body")
        number += numbered
        yield SentenceSpan(start, end, first, last, number if numbered else None, paragraph.role, index)


def _starts_sentence(token: Token, last: Token, *, closed: bool) -> bool | None:
    """Return True if *token* starts a sentence after *last*, None if the parser decides."""
    stopped = last.text in _TERMINAL
    if not (stopped or last.text.endswith(".")):
        return False
    if token.is_lower or is_opening_mark(last) or token.text in _NEVER_FIRST:
        return False
    if last.text.endswith(".") and not closed:
        abbreviation = _abbreviation(last)
        if abbreviation is not None:
            return _starts_after(abbreviation, token)
    if not stopped:
        return None if len(last.text) > 1 else False
    return None if closed and last.text in _QUESTIONING else True


def _abbreviation(last: Token) -> str | None:
    """Return the abbreviation or initial that ends with *last*, a token that ends with a full stop; else None."""
    word = last
    text = last.text
    if text == ".":
        before = token_before(last)
        if before is None or before.whitespace_ or before.is_space:
            return None
        word = before
        text = word.text + text
    known = text.lower() in word_set(__name__, "before_name") | word_set(__name__, "before_number")
    initial = _INITIALS.fullmatch(text) is not None
    return text if known or initial or len(last.text) > 1 else None


def _starts_after(abbreviation: str, token: Token) -> bool | None:
    """Return True if *token* starts a sentence after an abbreviation, None if the parser decides."""
    word = abbreviation.lower()
    if word in word_set(__name__, "before_name"):
        return False
    if token.text[0].isdigit():
        return None if word not in word_set(__name__, "before_number") else False
    if word != "i." and token.is_title and token.lower_ in word_set(__name__, "openers"):
        return True
    if len(abbreviation) == 2 and abbreviation[0].isupper():
        return False
    return None
