"""Run the steps of the language layer in order: an Article goes in, an Analysis comes out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.coreference.references import resolve_references
from briefing.language.names.entities import find_entities
from briefing.language.pipeline import one_thread
from briefing.language.sentences import mark_sentence_starts, split_sentences
from briefing.language.speech.attributions import find_attributions
from briefing.language.speech.speakers import resolve_speakers
from briefing.language.times.expressions import find_times
from briefing.model.brief import Article, Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MOST_TOKENS = 4_000  # of a batch: the network keeps all its vectors of a batch in memory
# spaCy's parser and entity recogniser split each batch into this many parts, and small parts are slow.
_QUARTERS = 4


def analyse(article: Article, nlp: "Language") -> Analysis:
    """Return what the language layer finds in an article."""
    return interpret(article, parse([article], nlp)[0])


def parse(articles: Sequence[Article], nlp: "Language") -> list["Doc"]:
    """Return the parsed texts of articles.

    Articles are parsed in batches, which is faster. The result for an article does not depend on its batch.
    """
    docs = [_tokenise(article, nlp) for article in articles]
    parsed: list[Doc] = []
    with one_thread():
        for batch in _batches(docs):
            parsed.extend(nlp.pipe(batch, batch_size=_QUARTERS * len(batch)))
    return parsed


def _tokenise(article: Article, nlp: "Language") -> "Doc":
    doc = nlp.make_doc(article.text)
    mark_sentence_starts(doc, article)
    return doc


def _batches(docs: Iterable["Doc"]) -> Iterator[list["Doc"]]:
    """Split Docs into batches of at most ``_MOST_TOKENS`` tokens; a longer Doc is a batch of its own."""
    batch: list[Doc] = []
    tokens = 0
    for doc in docs:
        if batch and tokens + len(doc) > _MOST_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


def interpret(article: Article, doc: "Doc") -> Analysis:
    """Return what the language layer finds in an article and its parsed text."""
    sentences = split_sentences(doc, article)
    attributions = find_attributions(doc, sentences)
    entities = find_entities(doc, sentences, article)
    entities, referents = resolve_references(doc, sentences, entities, attributions)
    return Analysis(
        article=article.model_copy(update={"sentences": _numbered(sentences)}),
        doc=doc,
        sentences=sentences,
        entities=entities,
        referents=referents,
        attributions=resolve_speakers(doc, attributions, entities, referents),
        times=find_times(doc, sentences, article),
    )


def _numbered(sentences: tuple[SentenceSpan, ...]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(start=sentence.start, end=sentence.end, number=sentence.number)
        for sentence in sentences
        if sentence.number is not None
    )
