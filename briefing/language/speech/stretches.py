"""The quotations of an article that are speech, with their tokens."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from briefing.language.analysis import SentenceSpan
from briefing.language.speech.quotations import Quotation
from briefing.runtime.lexicon import word_set

_SHORTEST = 5  # words; a shorter quotation is speech only if punctuation ends it


@dataclass(slots=True)
class Stretch:
    """The tokens of a quotation, and the sentences in which it starts and ends."""

    quotation: Quotation
    first: int
    last: int  # one past its last token, its closing mark included
    opening: int  # index of the sentence where it starts
    closing: int


@dataclass(slots=True)
class Speech:
    """The quotations of an article that are speech, and the quotation of each token."""

    doc: Doc
    text: str  # doc.text, kept because spaCy joins it again at each access
    sentences: tuple[SentenceSpan, ...]
    stretches: list[Stretch] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)  # for each token the number of its stretch, or -1

    @classmethod
    def read(
        cls, doc: Doc, text: str, sentences: tuple[SentenceSpan, ...], quotations: Sequence[Quotation]
    ) -> "Speech":
        """Return the speech of a text, without quoted titles of works and single quoted words."""
        speech = cls(doc, text, sentences, [], [-1] * len(doc))
        headings = {sentence.paragraph for sentence in sentences if sentence.number is None}
        spoken = [q for q in quotations if is_speech(text, q, heading=q.paragraph in headings)]
        sentence_of = [-1] * len(doc)
        for index, sentence in enumerate(sentences):
            for token in range(sentence.first, sentence.last):
                sentence_of[token] = index
        token = 0
        for quotation in spoken:
            while token < len(doc) and doc[token].idx < quotation.outer_start:
                token += 1
            first = token
            while token < len(doc) and doc[token].idx < quotation.outer_end:
                token += 1
            last = token
            while last > first and sentence_of[last - 1] < 0:
                last -= 1
            if last > first and sentence_of[first] >= 0:
                for place in range(first, last):
                    speech.quoted[place] = len(speech.stretches)
                speech.stretches.append(Stretch(quotation, first, last, sentence_of[first], sentence_of[last - 1]))
        return speech


def is_speech(text: str, quotation: Quotation, *, heading: bool = False) -> bool:
    """Return True if a quotation is speech: not a title, a nickname or a quoted word.

    In a *heading*, speech may be capitalised like a title.
    """
    count = quotation.words(text)
    if count < _SHORTEST:
        return count > 0 and quotation.ends_as_speech(text)
    return heading or not _is_title(text[quotation.start : quotation.end])


def _is_title(words: str) -> bool:
    """Return True if all words are capitalised, except those that titles leave small."""
    if words.endswith(("!", "?")) or words.isupper():
        return False
    small = word_set(__name__, "small_in_titles")
    return all(not word[0].isalpha() or word[0].isupper() or word in small for word in words.split())
