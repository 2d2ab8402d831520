"""Find who says "I" and "we" in an official statement: "Statement by President Ana Sol on the Strike"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from spacy.tokens import Token

from briefing.evidence.grounding import Line
from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.lines.speaking_turns import turn_speakers
from briefing.language.analysis import Analysis, Entity
from briefing.language.memory import once_per_analysis
from briefing.language.neighbours import word_after
from briefing.language.roles.phrases import nouns_of
from briefing.model.brief import Article, Insertion
from briefing.runtime.lexicon import word_pattern, word_set

# "Opening remarks by Minister Jan Holm on ..."; not "Unions reject statement by Minister Jan Holm".
_STATEMENT_BY = re.compile(
    rf"(?:{word_pattern(__name__, 'kinds')}[ :]+)*(?P<kind>{word_pattern(__name__, 'statements')}) "
    rf"(?P<link>{word_pattern(__name__, 'before_speaker')}) (?P<name>.+)",
    re.IGNORECASE,
)
_SEVERAL_VOICES = re.compile(rf"\b{word_pattern(__name__, 'several_voices')}\b|q&a", re.IGNORECASE)
_OF_BODY = re.compile(rf"{word_pattern(__name__, 'texts_of_bodies')}\b", re.IGNORECASE)
# "Prime Minister of Norland", "Office of the President"; not "Premier League".
_OFFICE = re.compile(rf"\b{word_pattern(__name__, 'offices')}(?= of | for |$)", re.IGNORECASE)
_PUBLIC_BODY = re.compile(rf"\b{word_pattern(__name__, 'public_bodies')}\b", re.IGNORECASE)
_SUFFIX = re.compile(r",? [JS]r\.?(?!\w)")  # of "Joseph Lind, Jr."
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_OWN_VOICE = word_set(__name__, "own_voice")
_OURSELVES = word_set(__name__, "ourselves")
_LONGEST_NAME = 8  # words
_SHORTEST_PARTICIPLE = 6  # letters


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str
    titled: bool = False  # the title names the speaker of the whole text
    is_body: bool = False  # a body says "we", never "I"


def is_own_voice(token: Token) -> bool:
    """Return True if a word is "I", "me" or "my"; False for the number of "World War I"."""
    return token.lower_ in _OWN_VOICE and token.tag_ in ("PRP", "PRP$")


def is_first_person(token: Token) -> bool:
    """Return True if a word is "I", "we", "our" or the like; "US", the country, is not."""
    return is_own_voice(token) or (token.lower_ in _OURSELVES and token.text != "US")


@once_per_analysis
def statement_speakers(analysis: Analysis) -> Mapping[int, Entity]:
    """Return the speaker of each sentence of a statement in the first person, by its first token.

    The title, the byline or the source names the speaker. Words in quotation marks have none, nor do texts in which
    several speak, nor a sentence that names its own source. A speaker without a name in the text gets the index -1.
    """
    speaker = _speaker_of(analysis.article)
    if speaker is None or _is_transcript(analysis):
        return {}
    others = quoted_tokens(analysis)
    if not speaker.titled:
        others |= frozenset(_reported(analysis))
    speaking = {
        sentence.first: [t for t in analysis.tokens_of(sentence) if t.i not in others and is_first_person(t)]
        for sentence in analysis.sentences
        if sentence.role == "body" and sentence.first not in turn_speakers(analysis)
    }
    said = [token for tokens in speaking.values() for token in tokens]
    if any(map(_means_several, said)):
        return {}
    # A release of an office without "I" may be of several, or about its holder.
    if not speaker.titled and any(map(is_own_voice, said)) == speaker.is_body:
        return {}
    entity = _entity(analysis, speaker)
    if speaker.titled and any(one.speaker == entity.index for one in analysis.attributions):
        return {}  # "Sol said" is a report of the statement
    return {first: entity for first, tokens in speaking.items() if tokens}


def signed(line: Line, speaker: str) -> Line:
    """Return a line with its speaker in brackets before it."""
    front = f"[{speaker}:] "
    moved = (Insertion(start=one.start + len(front), end=one.end + len(front)) for one in line.insertions)
    return Line(front + line.text, (Insertion(start=0, end=len(front)), *moved))


def _is_transcript(analysis: Analysis) -> bool:
    """Return True if a paragraph opens with the name of who speaks: "Ana Sol: We agree."."""
    text = analysis.article.text
    return any(
        one.source is not None and one.cue is None and text[one.source.end : one.content[0].start].strip() == ":"
        for one in analysis.attributions
    )


def _means_several(pronoun: Token) -> bool:
    """Return True if the text says who is meant: "we, the leaders of"."""
    following = word_after(pronoun)
    return pronoun.lower_ == "we" and "the" in (following, word_after(pronoun, 2) if following == "," else "")


def _reported(analysis: Analysis) -> Iterator[int]:
    """Yield the tokens that the text reports as the words of somebody else."""
    for attribution in analysis.attributions:
        if attribution.speaker is not None:
            for start, end in attribution.content:
                span = analysis.doc.char_span(start, end, alignment_mode="expand")
                yield from range(span.start, span.end) if span is not None else ()


def _entity(analysis: Analysis, speaker: _Speaker) -> Entity:
    """Return a speaker as an entity, with the other names that the text has for the same person."""
    named = set(_WORD.findall(speaker.name))
    for entity in analysis.entities:
        if entity.kind == "person" and named.issuperset(_WORD.findall(entity.name)):
            return Entity(entity.index, speaker.name, "person", (), (entity.name, *entity.aliases))
    return Entity(-1, speaker.name, "organisation" if speaker.is_body else "person", ())


def _speaker_of(article: Article) -> _Speaker | None:
    """Return who speaks in an article by its title; else by its byline or source, if that is an office or body."""
    title = _SUFFIX.sub("", article.title)
    stated = _STATEMENT_BY.match(title)
    name = _name_at_head(stated["name"]) if stated else []
    spoken_for = _holds(name, word_set(__name__, "press_officers"))
    if stated and not spoken_for:
        is_plain = stated["kind"].lower() in word_set(__name__, "plain_statements") and stated["link"].lower() != "of"
        is_sure = _is_one(name) and (is_plain or _holds(name, _offices()))
        return _Speaker(_capitalised(name), titled=True) if is_sure else None
    if _SEVERAL_VOICES.search(title):
        return None
    author = article.byline[0] if len(article.byline) == 1 else ""
    source = author or article.outlet or ""
    if _OFFICE.search(source) or _holds(author.split(), word_set(__name__, "offices")):
        by_two = all(_holds(part, word_set(__name__, "offices")) for part in (title.split()[:2], title.split()[2:]))
        return _Speaker(source) if _is_one(source.split()) and not by_two and not spoken_for else None
    own = spoken_for or _OF_BODY.match(title)
    return _Speaker(source, is_body=True) if own and _PUBLIC_BODY.search(source) else None


def _name_at_head(text: str) -> list[str]:
    """Return the words of the name that opens a text; none if something else than a matter or occasion follows."""
    words = text.split()
    kept: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        bare, small = word.rstrip(",;:"), word.lower()
        if small in word_set(__name__, "within_office") and kept and kept[-1].lower() in _offices():
            return []  # "Deputy Minister for Ports Ana Sol": where the office ends is not certain
        if small in word_set(__name__, "after_speaker") or not _WORD.search(word):
            break
        if kept and _is_participle(bare) and following and following.lower() not in word_set(__name__, "after_speaker"):
            break  # "Statement by President Ana Sol Welcoming the Truce"
        if bare[0].islower() and small not in word_set(__name__, "within_name"):
            return []
        kept.append(bare)
        if bare != word:
            several = _holds(kept, _offices()) or _holds(words, frozenset({"and", "&"}))
            return [] if word.endswith(",") and several else kept
    return kept


def _is_one(name: Sequence[str]) -> bool:
    """Return True if the words can name one speaker: not "Minister" alone, "Ministers of Peru", "Sol and Holm"."""
    plurals = {word.lower() for word in name if word.lower()[:-1] in _offices()} - _offices()
    whole = 2 <= len(name) <= _LONGEST_NAME and not name[-1].islower()
    return whole and not plurals and not _holds(name, frozenset({"and", "&"}))


def _capitalised(name: Sequence[str]) -> str:
    return " ".join(name)[:1].upper() + " ".join(name)[1:]


def _is_participle(word: str) -> bool:
    return word.lower().endswith("ing") and len(word) >= _SHORTEST_PARTICIPLE


def _holds(words: Sequence[str], wanted: frozenset[str]) -> bool:
    return any(word.lower() in wanted for word in words)


def _offices() -> frozenset[str]:
    return nouns_of("role_nouns")
