"""The results of the language layer, as frozen records over a spaCy Doc.

``doc.text == article.text``, so a token's ``idx`` is an offset in the article. Ranges are half-open and count
characters, unless a comment says that they count tokens.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Span, Token

from briefing.model.brief import Article, Evidence, Kind, ParagraphRole, TimeExpression

MentionForm = Literal["name", "metonym", "demonym", "nominal", "pronoun"]


class Range(NamedTuple):
    """A stretch of the article in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence of the title, stand-first, a heading or the body; boilerplate has no sentences."""

    start: int  # characters
    end: int
    first: int  # tokens
    last: int  # one past the last token
    number: int | None  # None in a title or heading
    role: ParagraphRole
    paragraph: int  # index into article.paragraphs


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text refers to one entity."""

    start: int
    end: int
    head: int  # index of its head token
    form: MentionForm
    certain: bool = True  # no other antecedent competes, so that a line may print the name for it


@dataclass(frozen=True, slots=True)
class Role:
    """The office or function of a person or body, in the words of the text."""

    text: str
    start: int
    end: int
    affiliation: str | None = None  # name of the country or organisation that it belongs to
    rule: str = ""  # where it was found: "before the name"


@dataclass(frozen=True, slots=True)
class Entity:
    """The person, body or thing that a cluster of mentions refers to."""

    index: int  # position in Analysis.entities
    name: str  # fullest form in the text; a country's standard name
    kind: Kind | None  # None if it is not an actor: a place, a work, a product
    mentions: tuple[Mention, ...]  # in reading order
    aliases: tuple[str, ...] = ()  # other written forms, each once, in reading order
    roles: tuple[Role, ...] = ()  # best first
    territory: str | None = None  # ISO 3166 alpha-2 of a country
    affiliation: str | None = None  # the body of a person without an office
    basis: str = ""  # what decided its kind: "its last word names a body"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Reported speech or thought: its source, cue and content (Pareti 2015)."""

    content: tuple[Range, ...]  # more than one if "he said" splits it
    direct: bool  # the content is within quotation marks
    source: Range | None  # the words that name the source
    source_head: int | None  # index of their head token
    speaker: int | None  # index into Analysis.entities; None if the source could not be resolved
    cue: str | None  # lemma of the reporting verb, or "according to"
    cue_token: int | None
    rule: str = ""  # how the source was found: "a cue beside it"
    resolved: str | None = None  # how the speaker was found: "the source is a name"


@dataclass(frozen=True)
class Analysis:
    """An article with everything that the language layer found in it."""

    article: Article  # with its sentences
    doc: Doc
    sentences: tuple[SentenceSpan, ...]
    entities: tuple[Entity, ...]
    referents: Mapping[int, tuple[int, ...]]  # head token of a mention -> entities; several for "both", "the two sides"
    attributions: tuple[Attribution, ...]
    times: tuple[TimeExpression, ...]
    # All tokens, kept here because the Doc makes a new Token at each access.
    tokens: tuple[Token, ...] = field(init=False, repr=False)
    _sentence_of_token: Mapping[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        table = {
            token: index
            for index, sentence in enumerate(self.sentences)
            for token in range(sentence.first, sentence.last)
        }
        object.__setattr__(self, "_sentence_of_token", table)
        object.__setattr__(self, "tokens", tuple(self.doc))

    def sentence_of(self, token: int) -> SentenceSpan | None:
        """Return the sentence that holds the token with this index; None in boilerplate."""
        index = self._sentence_of_token.get(token)
        return None if index is None else self.sentences[index]

    def sentence_at(self, offset: int) -> SentenceSpan | None:
        """Return the sentence that holds the character at *offset*; None in boilerplate."""
        index = bisect_right(self.sentences, offset, key=attrgetter("start")) - 1
        return self.sentences[index] if index >= 0 and offset < self.sentences[index].end else None

    def span(self, sentence: SentenceSpan) -> Span:
        """Return a sentence as a span of the Doc."""
        return self.doc[sentence.first : sentence.last]

    def tokens_of(self, sentence: SentenceSpan) -> tuple[Token, ...]:
        """Return the tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def entities_of(self, token: Token) -> tuple[Entity, ...]:
        """Return the entities that the mention headed by *token* refers to; empty if unknown."""
        return tuple(self.entities[index] for index in self.referents.get(token.i, ()))

    def evidence(self, start: int, end: int) -> Evidence:
        """Return a stretch of the article as evidence, with the sentence and page where it starts."""
        sentence = self.sentence_at(start)
        return self._evidence(start, end, sentence.number if sentence else None)

    def sentence_evidence(self, sentence: SentenceSpan) -> Evidence:
        """Return a whole sentence as evidence."""
        return self._evidence(sentence.start, sentence.end, sentence.number)

    def _evidence(self, start: int, end: int, sentence: int | None) -> Evidence:
        return Evidence(
            start=start,
            end=end,
            text=self.article.text[start:end],
            sentence=sentence,
            page=self.article.page_of(start),
        )
