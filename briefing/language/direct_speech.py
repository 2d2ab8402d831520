"""Which source speaks each quotation: the cue beside it, else the one that introduces or precedes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from briefing.language.analysis import Attribution, Range, SentenceSpan
from briefing.language.attribution_sources import Source, noun_phrase, source_of
from briefing.language.lexicon import word_set
from briefing.language.quotations import Quotation

_SHORTEST = 5  # words of a quotation that is speech whatever stands around it
_VERBS = frozenset({"VERB", "AUX"})
_PAUSES = frozenset(",?!…—-")
_SPEAKING_PRONOUNS = frozenset({"he", "she", "they"})
_CLIMB = 8  # heads above a fragment that are looked at
_BARE_CUE = 12  # tokens that a sentence which only names the speaker of the one before may have


@dataclass(frozen=True, slots=True)
class _Cue:
    source: Source | None
    token: int | None
    lemma: str | None


_NOBODY = _Cue(None, None, None)


@dataclass(slots=True)
class _Stretch:
    """A quotation in tokens, with the sentences where it starts and ends."""

    quotation: Quotation
    first: int
    last: int  # one past its last token, its closing mark included
    opening: int  # index of the sentence where it starts
    closing: int


@dataclass(slots=True)
class Speech:
    """The quotations of an article that are speech, and which of them holds each token."""

    doc: Doc
    sentences: tuple[SentenceSpan, ...]
    stretches: list[_Stretch] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)  # for each token the number of its stretch, or -1

    @classmethod
    def read(cls, doc: Doc, sentences: tuple[SentenceSpan, ...], quotations: Sequence[Quotation]) -> "Speech":
        """Tell speech from titles of works and words set apart."""
        speech = cls(doc, sentences, [], [-1] * len(doc))
        headings = {sentence.paragraph for sentence in sentences if sentence.number is None}
        spoken = [q for q in quotations if is_speech(doc.text, q, heading=q.paragraph in headings)]
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
                speech.stretches.append(_Stretch(quotation, first, last, sentence_of[first], sentence_of[last - 1]))
        return speech


def is_speech(text: str, quotation: Quotation, *, heading: bool = False) -> bool:
    """Tell speech from a title, a nickname or a word set apart; in a heading all words may be capitalised."""
    count = quotation.words(text)
    if count < _SHORTEST:
        return count > 0 and quotation.ends_as_speech(text)
    return heading or not _is_title(text[quotation.start : quotation.end])


def find_direct(speech: Speech) -> Iterator[Attribution]:
    """Yield one attribution for each quotation, or for several that one "he said" parts."""
    cues = _cues_beside(speech)
    current: Attribution | None = None
    paragraph = -1
    for number, stretch in enumerate(speech.stretches):
        cue = cues[number] or _inherited(speech, number, current, paragraph)
        content = Range(stretch.quotation.start, stretch.quotation.end)
        parted = current is not None and cue.token is not None and cue.token == current.cue_token
        if parted and current is not None and current.content[-1].end < speech.doc[cue.token or 0].idx < content.start:
            previous = speech.stretches[number - 1]
            if previous.closing == stretch.opening:
                current = replace(current, content=(*current.content, content))
                paragraph = stretch.quotation.paragraph
                continue
        if current is not None:
            yield current
        current = _attribution(speech.doc, content, cue)
        paragraph = stretch.quotation.paragraph
    if current is not None:
        yield current


def _attribution(doc: Doc, content: Range, cue: _Cue) -> Attribution:
    source = cue.source
    return Attribution(
        content=(content,),
        direct=True,
        source=source.range(doc) if source else None,
        source_head=source.head if source else None,
        speaker=None,
        cue=cue.lemma,
        cue_token=cue.token,
    )


def _is_title(words: str) -> bool:
    """Say whether all words of a stretch are capitalised but those that titles leave small."""
    if words.endswith(("!", "?")) or words.isupper():
        return False
    small = word_set("attribution", "small_in_titles")
    return all(not word[0].isalpha() or word[0].isupper() or word in small for word in words.split())


def _cues_beside(speech: Speech) -> list[_Cue | None]:
    """Return the cue beside each quotation; one that the next paragraph re-opens shares the cue that follows there."""
    cues = [_beside(speech, number) for number in range(len(speech.stretches))]
    for number in range(len(cues) - 2, -1, -1):
        if speech.stretches[number].quotation.goes_on and cues[number] is None:
            cues[number] = cues[number + 1]
    return cues


def _beside(speech: Speech, number: int) -> _Cue | None:
    """Return the cue in the sentence where a quotation starts or ends."""
    stretch = speech.stretches[number]
    quotation = stretch.quotation
    before = _gap_before(speech, number)
    after = _gap_after(speech, number)
    if not before and not after:
        return _next_bare_cue(speech, number)
    paused = speech.doc.text[quotation.end - 1] in _PAUSES
    leading = _cue_before(speech, stretch, before)
    adjoins = leading is not None and leading.token is not None and before[-1].i - leading.token <= 1
    trailing = None if adjoins else _cue_after(speech, stretch, after, paused=paused)
    if trailing is not None and paused:
        return trailing
    return leading or trailing or _governing(speech, stretch, before)


def _gap_before(speech: Speech, number: int) -> list[Token]:
    """Return the tokens of the sentence between the quotation before and this one."""
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
    """Drop white space, and marks at the head of a gap."""
    tokens = [token for token in tokens if not token.is_space]
    first = 0
    while first < len(tokens) and (tokens[first].text in marks or tokens[first].is_quote or tokens[first].is_bracket):
        first += 1
    return tokens[first:] if any(token.is_alpha for token in tokens) else []


def _cue_after(speech: Speech, stretch: _Stretch, gap: list[Token], *, paused: bool) -> _Cue | None:
    if gap and gap[0].lower_ in word_set("attribution", "circumstance"):
        return None
    for place, token in enumerate(gap[:_BARE_CUE]):
        if place < 3 and token.lower_ == "according":
            return _according(speech, token)
        if token.pos_ not in _VERBS or not _may_report(token):
            continue
        if token.lemma_ == "put" and not any(child.lower_ == "it" for child in token.children):
            continue
        if any(c.dep_ == "ccomp" and c.i > token.i and speech.quoted[c.i] < 0 for c in token.children) and not paused:
            continue
        source = source_of(token, speech.quoted)
        if source is not None and source.head >= stretch.last:
            return _Cue(source, token.i, token.lemma_.lower())
    return _unlisted_after(speech, stretch, gap) if paused else None


def _unlisted_after(speech: Speech, stretch: _Stretch, gap: list[Token]) -> _Cue | None:
    """Read any verb that stands with its subject alone after a comma: "..., deadpanned the referee"."""
    for token in gap[:_BARE_CUE]:
        if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBN", "VBZ", "VBP"):
            source = source_of(token, speech.quoted)
            if source is None or source.head < stretch.last:
                return None
            others = [child for child in token.children if child.i != source.head and speech.quoted[child.i] < 0]
            if not any(child.dep_ in ("dobj", "ccomp", "agent", "auxpass") for child in others):
                return _Cue(source, token.i, token.lemma_.lower())
            return None
    return None


def _may_report(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma == "put" or any(
        lemma in word_set("attribution", kind) for kind in ("speech", "thought", "evidence", "with_quotation")
    )


def _according(speech: Speech, token: Token) -> _Cue | None:
    source = according_source(speech, token)
    return None if source is None else _Cue(source, token.i, "according to")


def according_source(speech: Speech, token: Token) -> Source | None:
    """Return the source that "according to" names; *token* is "according"."""
    doc = speech.doc
    place = token.i + 1
    noun: Token | None = None
    if place < len(doc) and doc[place].lower_ == "to":
        noun = next((child for child in doc[place].children if child.dep_ == "pobj"), None)
        place += 1
    if noun is None:
        while place < len(doc) and doc[place].pos_ in ("DET", "ADJ", "PROPN", "NOUN", "CCONJ"):
            noun = doc[place]
            place += 1
    if noun is None or speech.quoted[noun.i] >= 0:
        return None
    return noun_phrase(noun, speech.quoted, after=token.i)


def _cue_before(speech: Speech, stretch: _Stretch, gap: list[Token]) -> _Cue | None:
    if not gap:
        return None
    end = gap[-1]
    introduced = end.text in (":", ",") or end.lower_ == "that"
    found: list[tuple[int, Token]] = []
    for token in gap:
        if token.lower_ == "according" and introduced:
            found.append((1, token))
        elif token.pos_ in _VERBS and _may_report(token):
            governs = token.left_edge.i <= stretch.first <= token.right_edge.i
            complete = end.text == "," and not governs and _is_complete(token, speech.quoted)
            if (governs or introduced or token.i == end.i) and not complete:
                adjoins = end.i - token.i <= (1 if introduced else 0)
                plain = token.lemma_.lower() not in word_set("attribution", "with_quotation")
                found.append((2 if adjoins else int(plain), token))
    for _, token in sorted(found, key=lambda item: (-item[0], -item[1].i)):
        if token.lower_ == "according":
            return _according(speech, token)
        source = source_of(token, speech.quoted)
        if source is not None:
            return _Cue(source, token.i, token.lemma_.lower())
    if end.text == ":" or (introduced and len(gap) > 1 and gap[-2].pos_ == "VERB"):
        return _introduction(speech, gap)
    return None


def _is_complete(verb: Token, quoted: Sequence[int]) -> bool:
    """Say whether a verb has its content already: "said he would go, ..."."""
    return any(c.dep_ in ("ccomp", "xcomp") and c.i > verb.i and quoted[c.i] < 0 for c in verb.children)


def _introduction(speech: Speech, gap: list[Token]) -> _Cue | None:
    """Read whom a clause before a colon is about: its subject, or the noun that is all of it ("The minister: ...")."""
    for token in gap:
        if token.pos_ in _VERBS and (token.dep_ == "ROOT" or token.tag_ in ("VBD", "VBZ", "VBP")):
            source = source_of(token, speech.quoted)
            if source is not None:
                return _Cue(source, token.i, token.lemma_.lower())
    if any(token.pos_ in _VERBS for token in gap):
        return None
    for token in gap:
        if token.pos_ in ("PROPN", "NOUN") and token.dep_ not in ("compound", "pobj"):
            return _Cue(noun_phrase(token, speech.quoted, before=gap[-1].i), None, None)
    return None


def _next_bare_cue(speech: Speech, number: int) -> _Cue | None:
    """Read a sentence after a closed quotation that does no more than name its speaker: "'We won!' Smith said."."""
    stretch = speech.stretches[number]
    following = stretch.closing + 1
    if following >= len(speech.sentences):
        return None
    sentence = speech.sentences[following]
    long = sentence.last - sentence.first > _BARE_CUE
    if long or sentence.paragraph != stretch.quotation.paragraph or speech.quoted[sentence.first] >= 0:
        return None
    gap = [token for token in speech.doc[sentence.first : sentence.last] if not token.is_space]
    for token in gap:
        if token.pos_ in _VERBS and token.lemma_.lower() in word_set("attribution", "speech"):
            source = source_of(token, speech.quoted)
            if source is not None and not any(c.dep_ in ("ccomp", "dobj", "xcomp") for c in token.children):
                return _Cue(source, token.i, token.lemma_.lower())
    return None


def _governing(speech: Speech, stretch: _Stretch, before: list[Token]) -> _Cue | None:
    """Return whose speech a quoted fragment hangs on: of the verbs above it, of its sentence, else its subject."""
    inside = speech.doc[stretch.first : stretch.last]
    top = next((t for t in inside if speech.quoted[t.head.i] != speech.quoted[t.i] and not t.is_punct), None)
    subject = next((t for t in before if t.dep_ == "nsubj" and inside.start <= t.head.i < inside.end), None)
    fallback = None if subject is None else noun_phrase(subject, speech.quoted, before=stretch.first)
    for verb in _heads_above(top) if top is not None else ():
        if verb.pos_ in _VERBS and speech.quoted[verb.i] < 0:
            source = source_of(verb, speech.quoted)
            if source is not None and _may_report(verb):
                return _Cue(source, verb.i, verb.lemma_.lower())
            fallback = fallback or source
    return _mentioned(speech, before) or (None if fallback is None else _Cue(fallback, None, None))


def _heads_above(token: Token) -> Iterator[Token]:
    for _ in range(_CLIMB):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def _mentioned(speech: Speech, gap: list[Token]) -> _Cue | None:
    """Return the last cue of saying in a gap, whatever stands between it and the quotation."""
    for token in reversed(gap):
        if token.lower_ == "according":
            return _according(speech, token)
        if token.pos_ == "VERB" and token.lemma_.lower() in word_set("attribution", "speech"):
            source = source_of(token, speech.quoted)
            if source is not None:
                return _Cue(source, token.i, token.lemma_.lower())
    return None


def _inherited(speech: Speech, number: int, current: Attribution | None, paragraph: int) -> _Cue:
    """Return who goes on speaking in a quotation without a cue of its own."""
    stretch = speech.stretches[number]
    here = stretch.quotation.paragraph
    preceding = speech.sentences[stretch.opening - 1] if stretch.opening > 0 else None
    if preceding is None or here - preceding.paragraph > 1:
        return _NOBODY
    if speech.doc[preceding.last - 1].text == ":":
        tokens = [t for t in speech.doc[preceding.first : preceding.last] if not t.is_space]
        introduced = _last_report(speech, preceding) or _introduction(speech, tokens)
        if introduced is not None:
            return introduced
    previous = speech.stretches[number - 1] if number else None
    after_quotation = previous is not None and previous.closing >= stretch.opening - 1
    if current is not None and after_quotation and here - paragraph <= 1:
        return _same_speaker(speech, current)
    report = _last_report(speech, preceding)
    if report is not None:
        return report
    if current is not None and here == paragraph:
        return _same_speaker(speech, current)
    subject = _subject_of(speech, preceding)
    return subject or _NOBODY


def _same_speaker(speech: Speech, current: Attribution) -> _Cue:
    head = current.source_head
    if head is None:
        return _NOBODY
    return _Cue(noun_phrase(speech.doc[head], speech.quoted), current.cue_token, current.cue)


def _last_report(speech: Speech, sentence: SentenceSpan) -> _Cue | None:
    """Return the last reporting verb of a sentence that has a source."""
    for place in range(sentence.last - 1, sentence.first - 1, -1):
        token = speech.doc[place]
        if (
            speech.quoted[place] < 0
            and token.pos_ == "VERB"
            and token.lemma_.lower() in word_set("attribution", "speech")
        ):
            source = source_of(token, speech.quoted)
            if source is not None:
                return _Cue(source, place, token.lemma_.lower())
    return None


def _subject_of(speech: Speech, sentence: SentenceSpan) -> _Cue | None:
    """Return the person that a sentence is about."""
    for token in speech.doc[sentence.first : sentence.last]:
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT" and speech.quoted[token.i] < 0:
            if token.ent_type_ == "PERSON" or token.lower_ in _SPEAKING_PRONOUNS:
                return _Cue(noun_phrase(token, speech.quoted, before=token.head.i), None, None)
            return None
    return None
