"""Turns in interviews and transcripts, and headlines of the same form: "Ana Sol: We agree."."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Range, SentenceSpan
from briefing.runtime.lexicon import word_set

# The name before a turn: matches "President Ana Sol: We agree." and "Q: Why?", not "He left at 10:30".
_NAME = re.compile(r"(?P<name>[^\W\d_][^:\n\"“”«»]{0,60}?)\s?:\s+(?=\S)")
_FEWEST = 3  # turns of a transcript, at least
_RECURRING = 2  # turns, at least, of a name that the entity recogniser does not know
_OPENED = "a turn: its paragraph opens with a name and a colon"
_CONTINUED = "it continues the turn of an earlier paragraph"
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP"})


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    first: int  # tokens
    last: int
    body: bool  # part of the body, not a title or heading


@dataclass(frozen=True, slots=True)
class _Turn:
    name: Range
    written: str  # the name
    head: int
    speech: int  # offset where the speech starts


def find_turns(doc: Doc, text: str, sentences: Sequence[SentenceSpan]) -> Iterator[Attribution]:
    """Yield one attribution for each paragraph that is a turn.

    In a transcript a paragraph without a name continues the turn before it.
    """
    paragraphs = _paragraphs(sentences)
    turns = [_turn(doc, text, paragraph) for paragraph in paragraphs]
    names = Counter(t.written for t in turns if t is not None)
    turns = [
        t if t is not None and _is_speaker(doc, p, t, names) else None for p, t in zip(paragraphs, turns, strict=True)
    ]
    transcript = sum(t is not None and p.body for p, t in zip(paragraphs, turns, strict=True)) >= _FEWEST
    current: _Turn | None = None
    for paragraph, turn in zip(paragraphs, turns, strict=True):
        current = turn if turn is not None or not (transcript and paragraph.body) else current
        if current is not None:
            start = turn.speech if turn is not None else paragraph.start
            yield Attribution(
                content=(Range(start, paragraph.end),),
                direct=paragraph.body,
                source=current.name,
                source_head=current.head,
                speaker=None,
                cue=None,
                cue_token=None,
                rule=_OPENED if turn is not None else _CONTINUED,
            )
        if not paragraph.body:
            current = None


def _paragraphs(sentences: Sequence[SentenceSpan]) -> list[_Paragraph]:
    found: dict[int, _Paragraph] = {}
    for s in sentences:
        known = found.get(s.paragraph)
        start, first = (known.start, known.first) if known else (s.start, s.first)
        found[s.paragraph] = _Paragraph(start, s.end, first, s.last, s.number is not None)
    return list(found.values())


def _turn(doc: Doc, text: str, paragraph: _Paragraph) -> _Turn | None:
    match = _NAME.match(text, paragraph.start, paragraph.end)
    if match is None or match.end() >= paragraph.end or text[match.end()] in "\"'“‘«":
        return None
    tokens: list[Token] = []
    for token in doc[paragraph.first : paragraph.last]:
        if token.idx >= match.end("name"):
            break
        tokens.append(token)
    inside = {token.i for token in tokens}
    named = [token for token in tokens if token.ent_type_ in _SPEAKERS]
    heads = [token for token in named or tokens if token.head.i not in inside or token.head.i == token.i]
    head = named[-1] if named else heads[0] if heads else None
    return None if head is None else _Turn(Range(*match.span("name")), match.group("name"), head.i, match.end())


def _is_speaker(doc: Doc, paragraph: _Paragraph, turn: _Turn, names: Counter[str]) -> bool:
    """Return True if the text before a colon is a speaker, not a label.

    A speaker is a person's name, a word like "Q", or a name that opens several turns.
    """
    name = turn.written
    head = doc[turn.head]
    if name.lower() in word_set(__name__, "turns"):
        return paragraph.body
    capitalised = all(word[0].isupper() or word.islower() for word in name.split()) and name[0].isupper()
    if head.ent_type_ == "PERSON" or (not paragraph.body and head.ent_type_ in _SPEAKERS):
        return capitalised and not any(token.pos_ == "VERB" for token in doc[paragraph.first : head.i])
    return paragraph.body and names[name] >= _RECURRING and head.pos_ == "PROPN" and capitalised
