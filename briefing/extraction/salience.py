"""How central an entity is to its article: placeholder."""

from briefing.language.analysis import Analysis


def entity_salience(analysis: Analysis) -> tuple[float, ...]:
    """Return the salience of each entity of the analysis, 0.0 to 1.0."""
    return tuple(min(1.0, len(entity.mentions) / 10) for entity in analysis.entities)
