"""Speech and thought reported in the reporter's words: "said that ...", "according to ...", "its claim that ..."."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Range
from briefing.language.attribution_sources import Source, noun_phrase, owner_of, source_of
from briefing.language.direct_speech import Speech, according_source
from briefing.language.lexicon import read_lexicon, word_set

_CLAUSE_VERBS = ("speech", "thought", "evidence")
_OPENERS = frozenset({"that", ",", ":", ";"})


def find_indirect(speech: Speech) -> Iterator[Attribution]:
    """Yield the attributions whose content is a clause of the reporter's."""
    for sentence in speech.sentences:
        for place in range(sentence.first, sentence.last):
            token = speech.doc[place]
            if speech.quoted[place] >= 0:
                continue
            if token.pos_ in ("VERB", "AUX"):
                yield from _of_verb(speech, token)
            elif token.pos_ == "NOUN":
                yield from _of_noun(speech, token)
            if token.lower_ == "according":
                yield from _of_according(speech, token, sentence.first, sentence.last)


def _of_verb(speech: Speech, verb: Token) -> Iterator[Attribution]:
    lemma = verb.lemma_.lower()
    contents = list(_contents(verb, lemma))
    if not contents:
        return
    source = source_of(verb, speech.quoted)
    if source is None:
        return
    for head in contents:
        ranges = _ranges(speech, head, verb, source)
        if ranges:
            yield _attribution(speech.doc, ranges, source, verb, lemma)


def _contents(verb: Token, lemma: str) -> Iterator[Token]:
    """Yield the head of what a verb reports: clause, infinitive, object or prepositional phrase, the first there is."""
    clausal = any(lemma in word_set("attribution", kind) for kind in _CLAUSE_VERBS)
    infinitive = lemma in word_set("attribution", "with_infinitive")
    objective = lemma in word_set("attribution", "with_object") or lemma in word_set("attribution", "naming")
    prepositions: Mapping[str, list[str]] = read_lexicon("attribution")["with_preposition"]
    found: dict[str, Token] = {}
    for child in verb.children:
        if child.dep_ == "ccomp" and clausal:
            found.setdefault("clause", child)
        elif child.dep_ in ("xcomp", "ccomp") and infinitive and any(t.tag_ == "TO" for t in child.children):
            found.setdefault("infinitive", child)
        elif child.dep_ in ("dobj", "ccomp") and objective and child.i > verb.i:
            found.setdefault("object", child)
        elif child.dep_ == "prep" and child.lower_ in prepositions.get(lemma, ()):
            found.setdefault("preposition", child)
    if verb.dep_ == "parataxis" and lemma in word_set("attribution", "speech"):
        found.setdefault("infinitive", verb.head)
    best = next((found[form] for form in ("clause", "infinitive", "object", "preposition") if form in found), None)
    if best is not None:
        yield best


def _ranges(speech: Speech, head: Token, cue: Token, source: Source) -> tuple[Range, ...]:
    """Return the clause of *head* without the words of the cue and of its source."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    low, high = min(cue.i, source.first), max(cue.i + 1, source.last)
    if (head.i < low and high < last) or (first < low and high < head.i):
        pieces = [(first, low), (high, last)]
    elif head.i > cue.i:
        pieces = [(max(first, cue.i + 1), last)]
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
    lemma = noun.lemma_.lower()
    for child in noun.children:
        that = child.dep_ in ("acl", "ccomp", "relcl") and any(
            t.lower_ == "that" and t.dep_ == "mark" for t in child.children
        )
        to = child.dep_ in ("acl", "relcl") and any(t.tag_ == "TO" for t in child.children)
        if (that and lemma in word_set("attribution", "nouns")) or (
            to and lemma in word_set("attribution", "nouns_with_infinitive")
        ):
            source = _owner(speech, noun)
            found = _trimmed(speech.doc, max(child.left_edge.i, noun.i + 1), child.right_edge.i + 1)
            if source is not None and found is not None:
                yield _attribution(speech.doc, (found,), source, noun, lemma)
            return


def _owner(speech: Speech, noun: Token) -> Source | None:
    """Return whose claim it is: "Iran's claim", "a claim by Iran", "Iran rejected the claim" has none."""
    owner = owner_of(noun)
    if owner is not None and speech.quoted[owner.i] < 0:
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
    source = according_source(speech, token)
    if source is None:
        return
    ranges = [_trimmed(speech.doc, *piece) for piece in ((first, token.i), (source.last, last))]
    content = tuple(found for found in ranges if found is not None)
    if content:
        yield _attribution(speech.doc, content, source, token, "according to")


def _attribution(doc: Doc, content: tuple[Range, ...], source: Source, cue: Token, lemma: str) -> Attribution:
    return Attribution(
        content=content,
        direct=False,
        source=source.range(doc),
        source_head=source.head,
        speaker=None,
        cue=lemma,
        cue_token=cue.i,
    )
