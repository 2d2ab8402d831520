"""Article in, Analysis out: the steps of the language layer in their order."""

from typing import TYPE_CHECKING

from briefing.language.analysis import Analysis, SentenceSpan
from briefing.language.attributions import find_attributions
from briefing.language.coreference import resolve_references
from briefing.language.names import find_entities
from briefing.language.sentences import mark_sentence_starts, split_sentences
from briefing.language.speakers import resolve_speakers
from briefing.language.times import find_times
from briefing.model import Article, Sentence

if TYPE_CHECKING:
    from spacy.language import Language


def analyse(article: Article, nlp: "Language") -> Analysis:
    """Return what the language layer finds in an article."""
    doc = nlp.make_doc(article.text)
    mark_sentence_starts(doc, article)
    doc = nlp(doc)
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
