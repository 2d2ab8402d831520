"""Speech and thought reported in the reporter's words: "said that ...", "according to ...", "its claim that ..."."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Range
from briefing.language.attribution_sources import Source, according_source, noun_phrase, owner_of, source_of
from briefing.language.lexicon import read_lexicon, word_set
from briefing.language.speech import Speech

_CLAUSE_VERBS = ("speech", "thought", "evidence", "questions")
_OPENERS = frozenset({"that", ",", ":", ";"})


class Content(NamedTuple):
    """What is reported, in tokens."""

    head: int
    first: int
    last: int  # one past its last token


def find_indirect(speech: Speech) -> Iterator[Attribution]:
    """Yield the attributions whose content is a clause of the reporter's."""
    for sentence in speech.sentences:
        for place in range(sentence.first, sentence.last):
            token = speech.doc[place]
            if speech.quoted[place] >= 0:
                continue
            if token.pos_ in ("VERB", "AUX"):
                passive = any(child.dep_ == "auxpass" for child in token.children)
                found = tuple(_of_verb(speech, token))
                yield from found or (_of_passive(speech, token) if passive else ())
            elif token.pos_ == "NOUN":
                yield from _of_noun(speech, token)
            if token.lower_ == "according":
                yield from _of_according(speech, token, sentence.first, sentence.last)


def _of_verb(speech: Speech, verb: Token) -> Iterator[Attribution]:
    lemma = verb.lemma_.lower()
    content = _content(verb, lemma)
    if content is None:
        return
    source = source_of(verb, speech.quoted)
    if source is None:
        return
    ranges = _ranges(speech, content, verb, source)
    if ranges:
        yield _attribution(speech.doc, ranges, source, verb, lemma)


def _of_passive(speech: Speech, verb: Token) -> Iterator[Attribution]:
    """Read what nobody in particular says or expects: "the talks are expected to fail", "it was claimed that ..."."""
    lemma = verb.lemma_.lower()
    if not any(lemma in word_set("attribution", kind) for kind in ("speech", "thought", "naming")):
        return
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    complement = next((c for c in verb.children if c.i > verb.i and _is_complement(c)), None)
    if subject is None or complement is None or speech.quoted[subject.i] >= 0:
        return
    pieces = [(complement.left_edge.i, complement.right_edge.i + 1)]
    if subject.lower_ != "it":
        pieces.insert(0, (subject.left_edge.i, min(subject.right_edge.i + 1, verb.i)))
    pieces = [piece for piece in pieces if piece[0] > verb.i or piece[1] <= verb.i]
    ranges = tuple(found for piece in pieces if (found := _trimmed(speech.doc, *piece)) is not None)
    if ranges:
        yield _attribution(speech.doc, ranges, None, verb, lemma)


def _is_complement(child: Token) -> bool:
    return child.dep_ in ("xcomp", "oprd", "ccomp") or (child.dep_ == "prep" and child.lower_ == "as")


def _content(verb: Token, lemma: str) -> Content | None:
    """Return what a verb reports: a clause, an infinitive, an object or a prepositional phrase, the first there is."""
    clausal = any(lemma in word_set("attribution", kind) for kind in _CLAUSE_VERBS)
    if clausal:
        clauses = [child for child in verb.children if child.dep_ == "ccomp"]
        after = [child for child in clauses if child.i > verb.i]
        if clauses:
            return _subtree((after or clauses)[0])
        if (verb.dep_ == "parataxis" or _is_as_clause(verb)) and lemma in word_set("attribution", "speech"):
            return _subtree(verb.head)
    if lemma in word_set("attribution", "with_infinitive"):
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp") and (child.tag_ == "VBG" or _is_infinitive(child)):
                whom = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < child.i), child)
                return Content(child.i, min(whom.left_edge.i, child.left_edge.i), child.right_edge.i + 1)
    return _object(verb, lemma)


def _object(verb: Token, lemma: str) -> Content | None:
    """Return the object that a verb judges or names with what it is called, else its prepositional phrase."""
    following = [child for child in verb.children if child.i > verb.i]
    first = next((child for child in following if child.dep_ in ("dobj", "nsubj", "ccomp")), None)
    if first is not None and lemma in word_set("attribution", "naming"):
        called = [
            c for c in following if c.dep_ in ("oprd", "ccomp", "xcomp") or (c.dep_ == "prep" and c.lower_ == "as")
        ]
        if called:
            return Content(first.i, first.left_edge.i, max(c.right_edge.i for c in (first, *called)) + 1)
    judged = first is not None and first.dep_ != "nsubj" and first.pos_ != "PRON"
    if first is not None and judged and lemma in word_set("attribution", "with_object"):
        return _subtree(first)
    prepositions: Mapping[str, list[str]] = read_lexicon("attribution")["with_preposition"]
    for child in following:
        if child.dep_ == "prep" and child.lower_ in prepositions.get(lemma, ()) and child.n_rights:
            asked = [c for c in following if c.i > child.i and c.dep_ in ("xcomp", "advcl") and _is_infinitive(c)]
            return Content(child.i, child.left_edge.i, max(c.right_edge.i for c in (child, *asked[:1])) + 1)
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _is_as_clause(verb: Token) -> bool:
    """Read "as the minister noted, ..."."""
    return verb.dep_ == "advcl" and any(child.lower_ == "as" and child.i < verb.i for child in verb.children)


def _subtree(head: Token) -> Content:
    return Content(head.i, head.left_edge.i, head.right_edge.i + 1)


def _ranges(speech: Speech, content: Content, cue: Token, source: Source) -> tuple[Range, ...]:
    """Return where a content stands, without the words of the cue and of its source."""
    head, first, last = content
    low, high = min(cue.i, source.first), max(cue.i + 1, source.last)
    if _is_as_clause(cue) or cue.dep_ == "parataxis":
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
    """Drop the conjunction at the head of a content and the punctuation at both its ends."""
    while first < last and (doc[first].lower_ in _OPENERS or doc[first].is_space):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in (",", ".", ";", ":", "-", "—", "–")):
        last -= 1
    if first == last:
        return None
    return Range(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))


def _of_noun(speech: Speech, noun: Token) -> Iterator[Attribution]:
    content = _content_of_noun(noun)
    source = None if content is None else _owner(speech, noun, content)
    if content is None or source is None:
        return
    found = _trimmed(speech.doc, max(content.left_edge.i, noun.i + 1), content.right_edge.i + 1)
    if found is not None:
        yield _attribution(speech.doc, (found,), source, noun, noun.lemma_.lower())


def _content_of_noun(noun: Token) -> Token | None:
    """Return what a noun holds: "the claim that ...", "its refusal to ...", "their criticism of ..."."""
    lemma = noun.lemma_.lower()
    prepositions: Mapping[str, list[str]] = read_lexicon("attribution")["nouns_with_preposition"]
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in ("acl", "ccomp", "relcl"):
            that = any(t.lower_ == "that" and t.dep_ == "mark" for t in child.children)
            if that and lemma in word_set("attribution", "nouns"):
                return child
            if _is_infinitive(child) and lemma in word_set("attribution", "nouns_with_infinitive"):
                return child
        if child.dep_ == "prep" and child.lower_ in prepositions.get(lemma, ()) and child.n_rights:
            return child
    return None


def _owner(speech: Speech, noun: Token, content: Token) -> Source | None:
    """Return whose claim it is: "Iran's claim", "a claim by Iran", "Iran rejected the claim" has none."""
    owner = owner_of(noun)
    if owner is not None and speech.quoted[owner.i] < 0 and owner.head.i != content.i:
        return noun_phrase(owner, speech.quoted, before=noun.i if owner.i < noun.i else None)
    verb = noun.head
    if (
        noun.dep_ == "dobj"
        and verb.pos_ == "VERB"
        and verb.lemma_ in ("make", "express", "voice", "have", "give", "issue")
    ):
        return source_of(verb, speech.quoted)
    return None


def _of_according(speech: Speech, token: Token, first: int, last: int) -> Iterator[Attribution]:
    source = according_source(token, speech.quoted)
    if source is None:
        return
    ranges = [_trimmed(speech.doc, *piece) for piece in ((first, token.i), (source.last, last))]
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
    )
