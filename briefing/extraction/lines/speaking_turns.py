"""Find sentences whose speaker is named elsewhere: in a transcript, or before "This was stated by Ana Sol."."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from operator import attrgetter

from spacy.tokens import Token

from briefing.language.analysis import Analysis, Attribution, Range, SentenceSpan
from briefing.language.memory import once_per_analysis
from briefing.runtime.lexicon import word_set

_ARGUMENTS = frozenset({"dobj", "nsubjpass", "nsubj", "pobj"})
_POINTERS = word_set(__name__, "pointers")
_SAYINGS = word_set(__name__, "sayings")


@once_per_analysis
def turn_speakers(analysis: Analysis) -> Mapping[int, int | None]:
    """Return the speaker of each sentence within a turn, by its first token; None if the speaker is unknown.

    Within a paragraph the speaker is unknown from the point at which another person may have begun to speak.
    """
    speakers: dict[int, int | None] = {}
    for turn in filter(_is_turn, analysis.attributions):
        for piece in turn.content:
            speaker = turn.speaker
            for sentence in _sentences_in(analysis, piece):
                if ": " in analysis.article.text[sentence.start : sentence.end]:
                    speaker = None
                speakers[sentence.first] = speaker
    return speakers


def is_telling(verb: Token) -> bool:
    """Return True if a verb only tells: "say", "add"; not "allege"."""
    return verb.lemma_.lower() in word_set(__name__, "telling")


def is_setting(verb: Token) -> bool:
    """Return True if a predicate only gives the source and setting of earlier words: "he said this in an interview"."""
    if not is_telling(verb) or any(c.dep_ == "ccomp" for c in verb.children):
        return False
    return any(_refers_back(word) for word in _arguments(verb))


def speaker_before(analysis: Analysis, verb: Token) -> int | None:
    """Return the person, as an entity, whose words the text before *verb* reports, if :func:`is_setting` is true."""
    for word in _arguments(verb):
        entities = analysis.entities_of(word)
        if len(entities) == 1 and entities[0].kind == "person":
            return entities[0].index
    return None


def _arguments(verb: Token) -> list[Token]:
    """Return the subject and objects of a verb, including those after "by" and "about"."""
    near = list(verb.children)
    linked = [
        word
        for link in near
        if link.dep_ in ("agent", "prep") and link.lower_ in word_set(__name__, "before_speaker")
        for word in link.children
    ]
    return [word for word in (*near, *linked) if word.dep_ in _ARGUMENTS]


def _refers_back(word: Token) -> bool:
    return word.lower_ in _POINTERS or (
        word.lemma_ in _SAYINGS and any(child.lower_ in ("this", "these") for child in word.children)
    )


def _is_turn(attribution: Attribution) -> bool:
    """Return True if an attribution has a source and content, and no verb between them."""
    return attribution.cue is None and attribution.source is not None and attribution.direct


def _sentences_in(analysis: Analysis, piece: Range) -> Iterator[SentenceSpan]:
    index = bisect_left(analysis.sentences, piece.start, key=attrgetter("start"))
    while index < len(analysis.sentences) and analysis.sentences[index].end <= piece.end:
        yield analysis.sentences[index]
        index += 1
