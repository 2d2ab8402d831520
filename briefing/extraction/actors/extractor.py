"""Find the actors of an article: the entities that do or say something, most salient first."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.extraction.actors.issuers import BY_STATEMENT, with_issuer
from briefing.extraction.actors.reasons import actor_reasons, telling_roles
from briefing.extraction.actors.weight import Weight, describes, entity_weights
from briefing.extraction.explanation import Finding
from briefing.extraction.homes import state_served
from briefing.extraction.record_ids import slug_of, take_id
from briefing.language.analysis import Analysis, Entity, Mention, Role
from briefing.language.coreference.unnamed import sole_offices
from briefing.language.names.clusters import is_located
from briefing.language.names.organisations import BY_VOTES, acts
from briefing.language.names.titled_names import names_of_bodies
from briefing.language.surface import name_words
from briefing.language.syntax import SUBJECTS
from briefing.model.brief import Actor, Evidence, Kind
from briefing.runtime.lexicon import word_set

_OFTEN = 3  # mentions that show more than a passing reference: of an unnamed body, or of a newspaper


@dataclass(frozen=True, slots=True)
class ActorExtractor:
    """Rank the actors by how likely an expert is to list them; see ``weight.py``."""

    limit: int = 15  # at most so many actors
    least_salience: float = 0.38  # an entity with less is only mentioned in passing
    evidence: int = 3  # sentences for each actor, at most

    def __call__(self, analysis: Analysis) -> tuple[Actor, ...]:
        """Return the actors, most salient first."""
        return tuple(actor for actor, *_ in self._ranked(with_issuer(analysis)))

    def explain(self, analysis: Analysis) -> tuple[Finding, ...]:
        """Return the actors, each with the reasons for its kind, role and salience, and with its mentions."""
        analysis = with_issuer(analysis)
        found: list[Finding] = []
        for actor, entity, weight in self._ranked(analysis):
            part = first_part(analysis, entity)
            reasons = actor_reasons(analysis, entity, weight, part, self.least_salience)
            found.append(Finding(actor, tuple(reasons)))
        return tuple(found)

    def _ranked(self, analysis: Analysis) -> tuple[tuple[Actor, Entity, Weight], ...]:
        """Return the actors with their entities and weights; *analysis* already has the issuer of a statement."""
        weights = entity_weights(analysis)
        offices = _tokens_of_offices(analysis)
        bodies = _nouns_of_bodies(analysis)
        actors = [
            entity
            for entity in analysis.entities
            if entity.kind is not None
            and weights[entity.index].share >= self.least_salience
            and takes_part(analysis, entity)
            and not _is_office_only(entity, offices)
            and not only_reports(analysis, entity)
            and not _is_short_for(entity, bodies)
            and not _is_unspecific(analysis, entity)
        ]
        ranked = sorted(actors, key=lambda entity: (-weights[entity.index].share, entity.index))[: self.limit]
        ids: set[str] = set()
        return tuple(
            (
                self._actor(analysis, entity, entity.kind, weights[entity.index].share, ids),
                entity,
                weights[entity.index],
            )
            for entity in ranked
            if entity.kind
        )

    def _actor(self, analysis: Analysis, entity: Entity, kind: Kind, salience: float, ids: set[str]) -> Actor:
        role = next(iter(telling_roles(entity)), None)
        return Actor(
            id=take_id(slug_of(entity.name, "actor"), ids),
            name=entity.name,
            kind=kind,
            role=role.text if role else None,
            affiliation=role.affiliation
            if role and role.affiliation
            else entity.affiliation or state_served(analysis, entity),
            aliases=entity.aliases,
            mentions=len(entity.mentions),
            salience=salience,
            evidence=self._evidence(analysis, entity),
        )

    def _evidence(self, analysis: Analysis, entity: Entity) -> tuple[Evidence, ...]:
        """Return the sentences with the full name, the role, and the first mention in the text."""
        tokens = [
            _naming_mention(analysis, entity).head,
            *(_role_token(analysis, role) for role in telling_roles(entity)[:1]),
        ]
        tokens.extend(m.head for m in entity.mentions if m.form in ("name", "metonym"))
        found = [sentence for token in tokens[: self.evidence] if (sentence := analysis.sentence_of(token))]
        distinct = sorted(dict.fromkeys(found), key=lambda sentence: sentence.start)
        return tuple(analysis.sentence_evidence(sentence) for sentence in distinct[: self.evidence])


def takes_part(analysis: Analysis, entity: Entity) -> bool:
    """Return True if an entity does, says, owns or undergoes something, or is in the title.

    A country takes no part if it is only the place of something, or only describes something: "US troops",
    "US-led". A body or person that only the recogniser takes for one must act.
    """
    return first_part(analysis, entity) is not None


def first_part(analysis: Analysis, entity: Entity) -> Mention | None:
    """Return the first mention in which an entity takes part; None if it takes no part."""
    guessed = _is_guessed(entity)
    for mention in entity.mentions:
        token = analysis.doc[mention.head]
        describing = entity.kind == "country" and describes(analysis, mention)
        place = entity.kind != "person" and is_located(token)
        titled = _in_title(analysis, mention) and not describing
        if titled or (acts(token) if guessed else not (describing or place)):
            return mention
    return None


def _is_guessed(entity: Entity) -> bool:
    """Return True if only the recogniser shows that a seldom named entity is a body or person."""
    if entity.roles or entity.affiliation or entity.kind == "group":
        return False
    return entity.basis.startswith(BY_VOTES) and len(entity.mentions) < _OFTEN


def only_reports(analysis: Analysis, entity: Entity) -> bool:
    """Return True if a newspaper or broadcaster only reports: "the Halvik Times said", "told Halvik News"."""
    if entity.kind != "organisation" or entity.name.split()[-1].casefold() not in word_set(__name__, "press_nouns"):
        return False
    if len(entity.mentions) >= _OFTEN:
        return False
    for mention in entity.mentions:
        token = analysis.doc[mention.head]
        if _in_title(analysis, mention):
            return False
        acts = token.dep_ in SUBJECTS or token.dep_ in ("dobj", "poss")
        if acts and token.head.lemma_ not in word_set(__name__, "press_verbs") and token.dep_ != "poss":
            return False
    return True


def _is_named_body(entity: Entity) -> bool:
    named = any(mention.form == "name" for mention in entity.mentions)
    return entity.kind in ("organisation", "group") and named and " " in entity.name


def _is_short_for(entity: Entity, bodies: Mapping[str, int]) -> bool:
    """Return True if one word is short for a body's longer name: "the council", "Council" for "Halvik Council".

    A word that is no common noun is not, if the text has it more often: "Arden" beside "Young Arden".
    """
    word = entity.name.casefold()
    if entity.kind not in ("organisation", "group") or word not in bodies or word in names_of_bodies():
        return False
    common = word in name_words("organisation_nouns") or all(mention.form != "name" for mention in entity.mentions)
    return common or len(entity.mentions) <= bodies[word]


def _is_unspecific(analysis: Analysis, entity: Entity) -> bool:
    """Return True if a single noun identifies nobody: "the company", "firms"; "nurses", once and without a word."""
    if " " in entity.name or len(entity.mentions) >= _OFTEN or any(m.form == "name" for m in entity.mentions):
        return False
    once = entity.kind == "group" and len(entity.mentions) == 1 and not _in_title(analysis, entity.mentions[0])
    if once and all(attribution.speaker != entity.index for attribution in analysis.attributions):
        return True
    return analysis.doc[entity.mentions[0].head].lemma_.lower() in word_set(__name__, "pointing_bodies")


def _in_title(analysis: Analysis, mention: Mention) -> bool:
    sentence = analysis.sentence_of(mention.head)
    return sentence is not None and sentence.role == "title"


def _nouns_of_bodies(analysis: Analysis) -> dict[str, int]:
    """Return the last words of named bodies, and those before "of", with the mentions of the body: "church"."""
    found: dict[str, int] = {}
    for entity in filter(_is_named_body, analysis.entities):
        words = entity.name.casefold().split()
        for noun in {words[-1], words[words.index("of") - 1] if "of" in words else words[-1]}:
            found[noun] = max(found.get(noun, 0), len(entity.mentions))
    return found


def _is_in_office(entity: Entity) -> bool:
    return entity.kind == "person" and bool(entity.roles) and any(m.form == "name" for m in entity.mentions)


def _tokens_of_offices(analysis: Analysis) -> frozenset[int]:
    """Return the tokens of the roles of named persons: "Co-founder" in such a role is not another person."""
    found: set[int] = set()
    for entity in analysis.entities:
        for role in entity.roles if _is_in_office(entity) else ():
            found.update(_tokens_of_role(analysis, role))
    return frozenset(found)


def _is_office_only(entity: Entity, offices: frozenset[int]) -> bool:
    """Return True if an unnamed person is only one word, "an official", or only the office of a named person."""
    if entity.kind != "person" or entity.basis == BY_STATEMENT or any(m.form == "name" for m in entity.mentions):
        return False
    often = len(entity.mentions) >= _OFTEN and not entity.roles
    bare = " " not in entity.name and not often and entity.name.casefold() not in sole_offices()
    return bare or (not often and any(mention.head in offices for mention in entity.mentions))


def _naming_mention(analysis: Analysis, entity: Entity) -> Mention:
    """Return the first mention by name; for a state without one, the first by another written form."""
    text = analysis.article.text
    for forms in ((entity.name,), entity.aliases):
        for mention in entity.mentions:
            if text[mention.start : mention.end] in forms:
                return mention
    return entity.mentions[0]


def _role_token(analysis: Analysis, role: Role) -> int:
    """Return the index of the first token of a role."""
    return next(iter(_tokens_of_role(analysis, role)), 0)


def _tokens_of_role(analysis: Analysis, role: Role) -> range:
    span = analysis.doc.char_span(role.start, role.end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None else range(0)
