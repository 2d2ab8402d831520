"""Indirect speech and thought: "said that ...", "according to ...", "its claim that ..."."""

from collections.abc import Iterator

from spacy.symbols import ADJ, AUX, NOUN, VERB
from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Range
from briefing.language.speech.contents import (
    Content,
    content_of_feeling,
    content_of_noun,
    content_of_verb,
    is_as_clause,
    verbs_of,
)
from briefing.language.speech.sources import Source, according_source, noun_phrase, owner_of, source_of
from briefing.language.speech.stretches import Speech
from briefing.language.syntax import SUBJECTS, is_passive
from briefing.runtime.lexicon import word_set

_PREDICATES = frozenset({"xcomp", "ccomp", "oprd", "acomp"})
_TELLING = frozenset({VERB, AUX, ADJ, NOUN})
_OPENERS = frozenset({"that", ",", ":", ";"})


def find_indirect(speech: Speech) -> Iterator[Attribution]:
    """Yield the attributions whose content is in the reporter's words."""
    according = speech.doc.vocab.strings["according"]
    forms: list[list[int]] = speech.doc.to_array(["POS", "LOWER"]).tolist()
    for sentence in speech.sentences:
        for place in range(sentence.first, sentence.last):
            part, form = forms[place]
            if speech.quoted[place] >= 0 or (part not in _TELLING and form != according):
                continue
            token = speech.doc[place]
            if token.pos_ in ("VERB", "AUX"):
                passive = is_passive(token)
                found = tuple(_of_verb(speech, token)) or tuple(_of_feeling(speech, token))
                yield from found or (_of_passive(speech, token) if passive else ())
                if token.lemma_ in word_set(__name__, "seeming"):
                    yield from _of_seeming(speech, token)
            elif token.pos_ == "ADJ":
                yield from _of_feeling(speech, token)
            elif token.pos_ == "NOUN":
                yield from _of_noun(speech, token)
                yield from _of_sample(speech, token, sentence.last)
            if token.lower_ == "according":
                yield from _of_according(speech, token, sentence.first, sentence.last)


def _of_verb(speech: Speech, verb: Token) -> Iterator[Attribution]:
    lemma = verb.lemma_.lower()
    content = content_of_verb(verb, lemma)
    if content is None:
        return
    source = source_of(verb, speech.quoted)
    if source is None or speech.doc[source.head].lower_ == "you":
        return
    ranges = _ranges(speech, content, verb, source)
    if ranges:
        yield _attribution(speech.doc, ranges, source, verb, lemma)


def _of_feeling(speech: Speech, word: Token) -> Iterator[Attribution]:
    """Yield the attribution of "the envoy is confident that ...", "they are worried about ..."."""
    content = content_of_feeling(word)
    if content is None:
        return
    verb = word.head if word.dep_ == "acomp" else word
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < word.i), None)
    if subject is None or subject.lower_ in word_set(__name__, "empty_subjects") or speech.quoted[subject.i] >= 0:
        return
    ranges = _ranges(speech, content, word, noun_phrase(subject, speech.quoted, before=verb.i))
    if ranges:
        source = noun_phrase(subject, speech.quoted, before=verb.i)
        yield _attribution(speech.doc, ranges, source, word, word.lower_)


def _of_passive(speech: Speech, verb: Token) -> Iterator[Attribution]:
    """Yield the attribution of a passive: "the talks are expected to fail", "it was claimed that ..."."""
    lemma = verb.lemma_.lower()
    if lemma not in verbs_of("speech", "thought", "naming", "with_object"):
        return
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if subject is None or speech.quoted[subject.i] >= 0:
        return
    if lemma in verbs_of("with_object"):
        yield from _by_agent(speech, verb, subject)
    complement = next((c for c in verb.children if c.i > verb.i and _is_complement(c)), None)
    yield from _without_source(speech, subject, verb, complement)


def _of_seeming(speech: Speech, verb: Token) -> Iterator[Attribution]:
    """Yield the attribution of a verb of seeming: "the talks appear to have failed"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    complement = next((c for c in verb.children if c.i > verb.i and c.dep_ in _PREDICATES), None)
    if subject is not None and speech.quoted[subject.i] < 0:
        yield from _without_source(speech, subject, verb, complement)


def _without_source(speech: Speech, subject: Token, verb: Token, complement: Token | None) -> Iterator[Attribution]:
    """Yield an attribution without a source: the content is a subject and its predicate."""
    if complement is None:
        return
    pieces = [(complement.left_edge.i, complement.right_edge.i + 1)]
    if subject.lower_ not in ("it", "there"):
        pieces.insert(0, (subject.left_edge.i, min(subject.right_edge.i + 1, verb.i)))
    pieces = [piece for piece in pieces if piece[0] > verb.i or piece[1] <= verb.i]
    ranges = tuple(found for piece in pieces if (found := _trimmed(speech.doc, *piece)) is not None)
    if ranges:
        yield _attribution(speech.doc, ranges, None, verb, verb.lemma_.lower())


def _by_agent(speech: Speech, verb: Token, subject: Token) -> Iterator[Attribution]:
    """Yield the attribution of "the plan was condemned by the union"."""
    source = source_of(verb, speech.quoted) if any(child.dep_ == "agent" for child in verb.children) else None
    if source is None or source.head < verb.i or subject.pos_ == "PRON":
        return
    found = _trimmed(speech.doc, subject.left_edge.i, min(subject.right_edge.i + 1, verb.i))
    if found is not None:
        yield _attribution(speech.doc, (found,), source, verb, verb.lemma_.lower())


def _is_complement(child: Token) -> bool:
    return child.dep_ in ("xcomp", "oprd", "ccomp") or (child.dep_ == "prep" and child.lower_ == "as")


def _ranges(speech: Speech, content: Content, cue: Token, source: Source) -> tuple[Range, ...]:
    """Return the ranges of a content, without the words of its cue and source."""
    head, first, last = content
    low, high = min(cue.i, source.first), max(cue.i + 1, source.last)
    if is_as_clause(cue) or cue.dep_ == "parataxis":
        low, high = min(low, cue.left_edge.i), max(high, cue.right_edge.i + 1)
    if (head < low and high < last) or first < low <= high < head:
        pieces = [(first, low), (high, last)]
    elif head > cue.i:
        pieces = [(max(first, high if low <= first else cue.i + 1), last)]
    else:
        pieces = [(first, min(last, low))]
    ranges = [_trimmed(speech.doc, *piece) for piece in pieces]
    return tuple(found for found in ranges if found is not None)


def _trimmed(doc: Doc, first: int, last: int) -> Range | None:
    """Return a content without an initial conjunction and without punctuation at its ends."""
    while first < last and (doc[first].lower_ in _OPENERS or doc[first].is_space):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in (",", ".", ";", ":", "-", "—", "–")):
        last -= 1
    if first >= last:
        return None
    return Range(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))


def _of_noun(speech: Speech, noun: Token) -> Iterator[Attribution]:
    content = content_of_noun(noun)
    source = None if content is None else _owner(speech, noun, content)
    if content is None or (source is None and not _is_somebodys(content)):
        return
    found = _trimmed(speech.doc, max(content.left_edge.i, noun.i + 1), content.right_edge.i + 1)
    if found is not None:
        yield _attribution(speech.doc, (found,), source, noun, noun.lemma_.lower())


def _is_somebodys(content: Token) -> bool:
    """Return True if a content is a claim even without a source: "the idea that ...", "complaints that ..."."""
    return content.dep_ != "prep" and any(child.lower_ == "that" for child in content.children)


def _owner(speech: Speech, noun: Token, content: Token) -> Source | None:
    """Return the source of a claim: "Iran's claim", "a claim by Iran"; not of "Iran rejected the claim"."""
    owner = owner_of(noun)
    if owner is not None and speech.quoted[owner.i] < 0 and owner.head.i != content.i:
        return noun_phrase(owner, speech.quoted, before=noun.i if owner.i < noun.i else None)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lemma_ in word_set(__name__, "voicing"):
        return source_of(verb, speech.quoted)
    return None


def _of_sample(speech: Speech, noun: Token, last: int) -> Iterator[Attribution]:
    """Yield the attribution of "in a poll of voters, half said they ..."."""
    within = noun.head
    if noun.lemma_ not in word_set(__name__, "samples") or noun.dep_ != "pobj" or within.lower_ != "in":
        return
    if not within.is_sent_start or within.head.i < noun.i or within.head.lemma_ in verbs_of("speech"):
        return
    found = _trimmed(speech.doc, noun.right_edge.i + 1, last)
    if found is not None:
        yield _attribution(speech.doc, (found,), noun_phrase(noun, speech.quoted), within, within.lower_)


def _of_according(speech: Speech, token: Token, first: int, last: int) -> Iterator[Attribution]:
    source = according_source(token, speech.quoted)
    if source is None:
        return
    after = max(source.last, token.i + 2)  # the source may come first: "who, according to"
    ranges = [_trimmed(speech.doc, *piece) for piece in ((first, token.i), (after, last))]
    content = tuple(found for found in ranges if found is not None)
    if content:
        yield _attribution(speech.doc, content, source, token, "according to")


def _attribution(doc: Doc, content: tuple[Range, ...], source: Source | None, cue: Token, lemma: str) -> Attribution:
    return Attribution(
        content=content,
        direct=False,
        source=None if source is None else source.range(doc),
        source_head=None if source is None else source.head,
        speaker=None,
        cue=lemma,
        cue_token=cue.i,
        rule="speech in the reporter's words",
    )
