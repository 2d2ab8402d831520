"""Direct speech: each quotation with the cue beside it, else the one that introduces or precedes it."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from briefing.language.analysis import Attribution, Range, SentenceSpan
from briefing.language.speech.cues import Cue, cue_beside, introduction, last_report
from briefing.language.speech.sources import Source, noun_phrase
from briefing.language.speech.stretches import Speech
from briefing.language.syntax import SUBJECTS
from briefing.runtime.lexicon import word_set

_NO_SOURCE = Cue(None, None, None, "the text names no speaker beside it or before it")
_SAME = "the speaker of the last quotation continues"
_SUBJECT = "the sentence before it is about a person"
_SIGNED = "a dash and a name follow it"
_DASHES = frozenset("-–—―")
_LONGEST_SIGNATURE = 20  # tokens of the line under a saying
_SPEAKING_PRONOUNS = word_set(__name__, "speaking_pronouns")


def find_direct(speech: Speech) -> Iterator[Attribution]:
    """Yield one attribution for each quotation; quotations that one "he said" splits share it."""
    cues = _cues_beside(speech)
    current: Attribution | None = None
    paragraph = -1
    for number, stretch in enumerate(speech.stretches):
        cue = cues[number] or _signed(speech, number) or _inherited(speech, number, current, paragraph)
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


def _attribution(doc: Doc, content: Range, cue: Cue) -> Attribution:
    source = cue.source
    return Attribution(
        content=(content,),
        direct=True,
        source=source.range(doc) if source else None,
        source_head=source.head if source else None,
        speaker=None,
        cue=cue.lemma,
        cue_token=cue.token,
        rule=cue.rule,
    )


def _cues_beside(speech: Speech) -> list[Cue | None]:
    """Return the cue beside each quotation; one that the next paragraph continues takes that paragraph's cue."""
    cues = [cue_beside(speech, number) for number in range(len(speech.stretches))]
    for number in range(len(cues) - 2, -1, -1):
        if speech.stretches[number].quotation.goes_on and cues[number] is None:
            after = cues[number + 1]
            cues[number] = after and replace(after, rule="it goes on in the next paragraph, which has a cue")
    return cues


def _signed(speech: Speech, number: int) -> Cue | None:
    """Return the source of a quotation that a dash and a name follow: "'We won.' — Ana Sol, Lund"."""
    stretch = speech.stretches[number]
    for index in (stretch.closing, stretch.closing + 1):
        if index < len(speech.sentences):
            sentence = speech.sentences[index]
            start = stretch.last if index == stretch.closing else sentence.first
            line = [t for t in speech.doc[start : sentence.last] if not t.is_space]
            if line and line[0].text[0] in _DASHES and len(line) <= _LONGEST_SIGNATURE:
                end = next((t.i for t in line[1:] if t.is_punct and t.text not in ".-"), sentence.last)
                names = [t for t in line if t.i < end and t.pos_ == "PROPN" and speech.quoted[t.i] < 0]
                alone = not any(t.pos_ in ("VERB", "AUX") for t in line if t.i < end)
                if names and alone:
                    first = line[0].i + (len(line[0]) == line[0].text.count(line[0].text[0]))
                    return Cue(Source(first, names[-1].i + 1, names[-1].i), None, None, _SIGNED)
    return None


def _inherited(speech: Speech, number: int, current: Attribution | None, paragraph: int) -> Cue:
    """Return the cue of a quotation that has none beside it, taken from the text before it."""
    stretch = speech.stretches[number]
    here = stretch.quotation.paragraph
    preceding = speech.sentences[stretch.opening - 1] if stretch.opening > 0 else None
    if preceding is None or here - preceding.paragraph > 1:
        return _NO_SOURCE
    if speech.doc[preceding.last - 1].text == ":":
        tokens = [t for t in speech.doc[preceding.first : preceding.last] if not t.is_space]
        introduced = last_report(speech, preceding) or introduction(speech, tokens)
        if introduced is not None:
            return replace(introduced, rule="the sentence before it ends in a colon")
    previous = speech.stretches[number - 1] if number else None
    after_quotation = previous is not None and previous.closing >= stretch.opening - 1
    if current is not None and after_quotation and here - paragraph <= 1:
        return _same_speaker(speech, current)
    report = last_report(speech, preceding)
    aside = report is not None and report.lemma == "report" and current is not None and here == paragraph
    if report is not None and not aside:  # an outlet's report between two quotations does not change the speaker
        return replace(report, rule="the sentence before it reports speech")
    if current is not None and here == paragraph:
        return _same_speaker(speech, current)
    subject = _subject_of(speech, preceding)
    return subject or _NO_SOURCE


def _same_speaker(speech: Speech, current: Attribution) -> Cue:
    head = current.source_head
    if head is None:
        return _NO_SOURCE
    return Cue(noun_phrase(speech.doc[head], speech.quoted), current.cue_token, current.cue, _SAME)


def _subject_of(speech: Speech, sentence: SentenceSpan) -> Cue | None:
    """Return a cue whose source is the person that a sentence is about."""
    for token in speech.doc[sentence.first : sentence.last]:
        if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT" and speech.quoted[token.i] < 0:
            if token.ent_type_ == "PERSON" or token.lower_ in _SPEAKING_PRONOUNS:
                return Cue(noun_phrase(token, speech.quoted, before=token.head.i), None, None, _SUBJECT)
            return None
    return None
