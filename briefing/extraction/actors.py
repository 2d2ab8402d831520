"""Who acts: the entities of an article that do or say something, best first."""

import re
import unicodedata
from dataclasses import dataclass

from briefing.extraction.salience import entity_salience
from briefing.language.analysis import Analysis, Entity
from briefing.model import Actor, Evidence

# A run of anything but letters and digits; not "abc".
_GAP = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ActorExtractor:
    """Rank the actors by salience (Dunietz and Gillick 2014: how central an entity is to its document)."""

    limit: int = 12  # the longest list
    evidence: int = 3  # sentences for each actor, at most

    def __call__(self, analysis: Analysis) -> tuple[Actor, ...]:
        """Return the actors, most salient first."""
        salience = entity_salience(analysis)
        actors = [entity for entity in analysis.entities if entity.kind is not None]
        ranked = sorted(actors, key=lambda entity: (-salience[entity.index], entity.index))[: self.limit]
        ids: set[str] = set()
        return tuple(self._actor(analysis, entity, salience[entity.index], ids) for entity in ranked)

    def _actor(self, analysis: Analysis, entity: Entity, salience: float, ids: set[str]) -> Actor:
        assert entity.kind is not None
        role = entity.roles[0] if entity.roles else None
        return Actor(
            id=_unique(_slug(entity.name), ids),
            name=entity.name,
            kind=entity.kind,
            role=role.text if role else None,
            affiliation=role.affiliation if role else None,
            aliases=entity.aliases,
            mentions=len(entity.mentions),
            salience=salience,
            evidence=self._evidence(analysis, entity),
        )

    def _evidence(self, analysis: Analysis, entity: Entity) -> tuple[Evidence, ...]:
        text = analysis.article.text
        named = next((m for m in entity.mentions if text[m.start : m.end] == entity.name), entity.mentions[0])
        heads = [named.start, *(role.start for role in entity.roles[:1])]
        found = [sentence for offset in heads if (sentence := analysis.sentence_at(offset))]
        distinct = sorted(dict.fromkeys(found), key=lambda sentence: sentence.start)
        return tuple(analysis.sentence_evidence(sentence) for sentence in distinct[: self.evidence])


def _slug(name: str) -> str:
    """Return a name as an id: ASCII letters and digits, hyphens between."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _GAP.sub("-", plain).strip("-") or "actor"


def _unique(slug: str, ids: set[str]) -> str:
    candidate, number = slug, 1
    while candidate in ids:
        number += 1
        candidate = f"{slug}-{number}"
    ids.add(candidate)
    return candidate
