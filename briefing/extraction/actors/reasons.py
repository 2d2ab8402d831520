"""Explain an actor: what it does, the reasons for its kind, role and salience, and its mentions."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from briefing.extraction.actors.weight import Weight
from briefing.extraction.explanation import Reason
from briefing.language.analysis import Analysis, Entity, Mention, Role
from briefing.runtime.lexicon import word_set

_SHOWN = 2  # mentions of each form
_DOES = {
    "nsubj": "the subject of",
    "nsubjpass": "the passive subject of",
    "dobj": "the object of",
    "pobj": "the object of",
    "poss": "the owner of",
    "appos": "in apposition to",
    "conj": "joined to",
}


def actor_reasons(
    analysis: Analysis, entity: Entity, weight: Weight, part: Mention | None, least: float
) -> Iterator[Reason]:
    """Yield the reasons for an actor.

    Args:
        analysis: The article.
        entity: The entity that the actor was made from.
        weight: What speaks for it and against it.
        part: The first mention in which it takes part.
        least: The salience that it needed.
    """
    if part is not None:
        yield Reason("rule", f"takes part: {_doing(analysis, part)},", part.start, part.end)
    sums = ", ".join(f"{name} {value:.2f} × {factor:+}" for name, factor, value in weight.parts)
    yield Reason("salience", f"{weight.share:.4f}, at least {least}: {sums}")
    yield Reason("kind", f"{entity.kind}: {entity.basis}")
    role = next(iter(telling_roles(entity)), None)
    if role is not None:
        of = f", of {role.affiliation}" if role.affiliation else ""
        yield Reason("role", f"{role.rule}{of}:", role.start, role.end)
    elif entity.affiliation:
        yield Reason("affiliation", entity.affiliation)
    counts = Counter(mention.form for mention in entity.mentions)
    forms = ", ".join(f"{count} by {form}" for form, count in counts.most_common())
    yield Reason("mentions", f"{len(entity.mentions)}: {forms}")
    for form in counts:
        shown = (mention for mention in entity.mentions if mention.form == form)
        for mention in islice(shown, _SHOWN):
            yield Reason(form, "", mention.start, mention.end)


def _doing(analysis: Analysis, mention: Mention) -> str:
    token, sentence = analysis.doc[mention.head], analysis.sentence_of(mention.head)
    if sentence is not None and sentence.role == "title":
        return "it is in the title"
    if token.dep_ in _DOES and token.head.i != token.i:
        return f"it is {_DOES[token.dep_]} “{token.head.text}”"
    return "it is not only a place or an adjective"


def telling_roles(entity: Entity) -> tuple[Role, ...]:
    """Return the roles of an entity, without a mere "successor" or "wife", which does not say whose."""
    return tuple(role for role in entity.roles if role.text.casefold() not in word_set(__name__, "of_somebody"))
