"""Names clustered into entities: placeholder that groups equal names."""

from spacy.tokens import Doc

from briefing.language.analysis import Entity, Mention, SentenceSpan
from briefing.model import Article

_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "country", "NORP": "group"}


def find_entities(doc: Doc, sentences: tuple[SentenceSpan, ...], article: Article) -> tuple[Entity, ...]:
    """Return the entities that the article names."""
    told = {token for sentence in sentences for token in range(sentence.first, sentence.last)}
    clusters: dict[str, list] = {}
    for ent in doc.ents:
        if ent.label_ in _KINDS and ent.start in told:
            clusters.setdefault(ent.text, []).append(ent)
    return tuple(
        Entity(i, name, _KINDS[ents[0].label_], tuple(Mention(e.start_char, e.end_char, e.root.i, "name") for e in ents))
        for i, (name, ents) in enumerate(clusters.items())
    )
