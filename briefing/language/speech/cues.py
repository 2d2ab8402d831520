"""The cue of a quotation: a verb or phrase beside it, above it in the tree, or in an introduction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.language.analysis import SentenceSpan
from briefing.language.speech.contents import verbs_of
from briefing.language.speech.reports import (
    VERBS,
    circumstances,
    cited,
    is_aside,
    may_report,
    names_its_subject,
    owner_of_words,
    teller,
)
from briefing.language.speech.sources import Source, according_source, noun_phrase, source_of
from briefing.language.speech.stretches import Speech, Stretch
from briefing.language.syntax import SUBJECTS, TENSED
from briefing.runtime.lexicon import word_set

_PAUSES = frozenset(",?!…—-")
_SURE = word_set(__name__, "sure")
_CLIMB = 8  # steps up the tree from a quoted fragment, at most
_BARE_CUE = 12  # tokens, at most, of a sentence that only names the speaker of the quotation before it


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or "according to" that attributes a quotation, with its source."""

    source: Source | None
    token: int | None
    lemma: str | None
    rule: str = "a cue beside it"  # how it was found


def cue_beside(speech: Speech, number: int) -> Cue | None:
    """Return the cue in the sentence in which a quotation starts or ends."""
    stretch = speech.stretches[number]
    quotation = stretch.quotation
    before = _gap_before(speech, number)
    after = _gap_after(speech, number)
    if not before and not after:
        return _next_bare_cue(speech, number)
    paused = speech.text[quotation.end - 1] in _PAUSES
    leading = _cue_before(speech, stretch, before)
    adjoins = leading is not None and leading.token is not None and before[-1].i - leading.token <= 1
    trailing = None if adjoins else _cue_after(speech, stretch, after, paused=paused)
    if trailing is not None and paused and not (leading is not None and trailing.lemma == "report"):
        return trailing
    return leading or trailing or _governing(speech, stretch, before)


def introduction(speech: Speech, gap: list[Token]) -> Cue | None:
    """Return the cue in a clause before a colon: its verb with a source, else its only noun ("The minister: ...")."""
    for token in gap:
        if token.pos_ in VERBS and (token.dep_ == "ROOT" or token.tag_ in TENSED):
            source = source_of(token, speech.quoted)
            if source is not None:
                return Cue(source, token.i, token.lemma_.lower())
    if any(token.pos_ in VERBS for token in gap):
        return None
    for token in gap:
        if token.pos_ in ("PROPN", "NOUN") and token.dep_ not in ("compound", "pobj"):
            return Cue(noun_phrase(token, speech.quoted, before=gap[-1].i), None, None)
    return None


def last_report(speech: Speech, sentence: SentenceSpan) -> Cue | None:
    """Return the last verb of saying in a sentence that has a source."""
    for place in range(sentence.last - 1, sentence.first - 1, -1):
        token = speech.doc[place]
        if speech.quoted[place] < 0 and token.pos_ == "VERB" and token.lemma_.lower() in verbs_of("speech"):
            source = source_of(token, speech.quoted)
            if source is not None:
                return Cue(source, place, token.lemma_.lower())
    return None


def _gap_before(speech: Speech, number: int) -> list[Token]:
    """Return the tokens before a quotation, from the start of its sentence or the end of the quotation before."""
    stretch = speech.stretches[number]
    start = speech.sentences[stretch.opening].first
    if number > 0:
        start = max(start, speech.stretches[number - 1].last)
    return _stripped([speech.doc[i] for i in range(start, stretch.first)], ",;")


def _gap_after(speech: Speech, number: int) -> list[Token]:
    stretch = speech.stretches[number]
    end = speech.sentences[stretch.closing].last
    if number + 1 < len(speech.stretches):
        end = min(end, speech.stretches[number + 1].first)
    return _stripped([speech.doc[i] for i in range(stretch.last, end)], ",;.-–—")


def _stripped(tokens: list[Token], marks: str) -> list[Token]:
    """Return the tokens of a gap without white space and initial marks; empty if it has no words."""
    tokens = [token for token in tokens if not token.is_space]
    first = 0
    while first < len(tokens) and (tokens[first].text in marks or tokens[first].is_quote or tokens[first].is_bracket):
        first += 1
    return tokens[first:] if any(token.is_alpha for token in tokens) else []


def _cue_after(speech: Speech, stretch: Stretch, gap: list[Token], *, paused: bool) -> Cue | None:
    if gap and gap[0].lower_ in circumstances():
        return None
    for place, token in enumerate(gap[:_BARE_CUE]):
        if place < 3 and token.lower_ == "according":
            return _according(speech, token)
        if token.pos_ not in VERBS or not may_report(token):
            continue
        if token.lemma_ == "put" and not any(child.lower_ == "it" for child in token.children):
            continue
        if names_its_subject(token):
            continue
        if any(c.dep_ == "ccomp" and c.i > token.i and speech.quoted[c.i] < 0 for c in token.children) and not paused:
            continue
        source = cited(speech, token) or source_of(token, speech.quoted)
        if source is not None and source.head >= stretch.last:
            return Cue(source, token.i, token.lemma_.lower())
    return (_of_feeling(speech, gap) or _unlisted_after(speech, stretch, gap)) if paused else None


def _of_feeling(speech: Speech, gap: list[Token]) -> Cue | None:
    """Return a state of mind after a quotation: "'...,' the mayor is convinced"."""
    for token in gap[:_BARE_CUE]:
        if token.lower_ in _SURE:
            verb = token.head if token.dep_ == "acomp" else token
            subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i >= gap[0].i), None)
            if subject is not None and subject.i < token.i:
                return Cue(noun_phrase(subject, speech.quoted, before=verb.i), token.i, token.lower_)
    return None


def _unlisted_after(speech: Speech, stretch: Stretch, gap: list[Token]) -> Cue | None:
    """Return an unlisted verb that follows a comma with only its subject: "..., deadpanned the referee"."""
    for token in gap[:_BARE_CUE]:
        if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
            source = source_of(token, speech.quoted)
            if source is None or source.head < stretch.last:
                return None
            others = [child for child in token.children if child.i != source.head and speech.quoted[child.i] < 0]
            if not any(child.dep_ in ("dobj", "ccomp", "agent", "auxpass") for child in others):
                return Cue(source, token.i, token.lemma_.lower())
            return None
    return None


def _judges(verb: Token) -> bool:
    return verb.lemma_.lower() in verbs_of("naming", "with_object")


def _according(speech: Speech, token: Token) -> Cue | None:
    source = according_source(token, speech.quoted)
    return None if source is None else Cue(source, token.i, "according to")


def _cue_before(speech: Speech, stretch: Stretch, gap: list[Token]) -> Cue | None:
    if not gap:
        return None
    end = gap[-1]
    introduced = end.text in (":", ",") or end.lower_ == "that"
    found: list[tuple[int, Token]] = []
    for token in gap:
        if token.lower_ == "according" and introduced:
            found.append((1, token))
        elif token.pos_ in VERBS and may_report(token) and not is_aside(stretch, token):
            governs = token.left_edge.i <= stretch.first <= token.right_edge.i
            complete = end.text == "," and not governs and _is_complete(token, speech.quoted)
            if (governs or introduced or token.i == end.i) and not complete:
                adjoins = end.i - token.i <= (1 if introduced else 0)
                plain = token.lemma_.lower() not in verbs_of("with_quotation")
                found.append((2 if adjoins else int(plain), token))
    for _, token in sorted(found, key=lambda item: (-item[0], -item[1].i)):
        cue = _according(speech, token) if token.lower_ == "according" else _by_subject(speech, teller(speech, token))
        if cue is not None or token.lower_ == "according":
            return cue
    owner = owner_of_words(speech, gap)
    if owner is not None:
        return Cue(owner, None, None)
    introduces = end.text == ":" or (introduced and len(gap) > 1 and gap[-2].pos_ == "VERB")
    return introduction(speech, gap) if introduces else None


def _by_subject(speech: Speech, verb: Token) -> Cue | None:
    source = source_of(verb, speech.quoted)
    return None if source is None else Cue(source, verb.i, verb.lemma_.lower())


def _is_complete(verb: Token, quoted: Sequence[int]) -> bool:
    """Return True if a verb has its content already: "said he would go, ..."."""
    return any(c.dep_ in ("ccomp", "xcomp") and c.i > verb.i and quoted[c.i] < 0 for c in verb.children)


def _next_bare_cue(speech: Speech, number: int) -> Cue | None:
    """Return the cue of a following sentence that only names the speaker: "'We won!' Smith said."."""
    stretch = speech.stretches[number]
    following = stretch.closing + 1
    if following >= len(speech.sentences):
        return None
    sentence = speech.sentences[following]
    closed = speech.text[stretch.quotation.end - 1] not in "!?"
    if closed and sentence.last - sentence.first > _BARE_CUE:
        return None
    if sentence.paragraph != stretch.quotation.paragraph or speech.quoted[sentence.first] >= 0:
        return None
    for token in speech.doc[sentence.first : min(sentence.last, sentence.first + _BARE_CUE)]:
        if token.pos_ in VERBS and token.lemma_.lower() in verbs_of("speech", "questions"):
            source = source_of(token, speech.quoted)
            objects = ("ccomp", "dobj", "xcomp") if closed else ("ccomp", "xcomp")  # "'Why?' Sol asked the envoy."
            if source is not None and not any(child.dep_ in objects for child in token.children):
                return Cue(source, token.i, token.lemma_.lower())
    return None


def _governing(speech: Speech, stretch: Stretch, before: list[Token]) -> Cue | None:
    """Return the cue of a quoted fragment: a verb above it, else one in its sentence, else only its subject."""
    inside = speech.doc[stretch.first : stretch.last]
    top = next((t for t in inside if speech.quoted[t.head.i] != speech.quoted[t.i] and not t.is_punct), None)
    subject = next((t for t in before if t.dep_ == "nsubj" and inside.start <= t.head.i < inside.end), None)
    fallback = None if subject is None else noun_phrase(subject, speech.quoted, before=stretch.first)
    for verb in _heads_above(top) if top is not None else ():
        if verb.pos_ in VERBS and speech.quoted[verb.i] < 0:
            source = source_of(verb, speech.quoted)
            if source is not None and (may_report(verb) or _judges(verb)):
                return Cue(source, verb.i, verb.lemma_.lower())
            fallback = fallback or source
    return _mentioned(speech, before) or (None if fallback is None else Cue(fallback, None, None))


def _heads_above(token: Token) -> Iterator[Token]:
    for _ in range(_CLIMB):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def _mentioned(speech: Speech, gap: list[Token]) -> Cue | None:
    """Return the last verb of saying, or "according to", in a gap."""
    for token in reversed(gap):
        if token.lower_ == "according":
            return _according(speech, token)
        if token.pos_ == "VERB" and token.lemma_.lower() in verbs_of("speech"):
            source = source_of(token, speech.quoted)
            if source is not None:
                return Cue(source, token.i, token.lemma_.lower())
    return None
