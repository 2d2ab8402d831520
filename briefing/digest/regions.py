"""Find the continent that a story is about."""

from collections import defaultdict

from briefing.model.digest import Story


def region_of(story: Story) -> str | None:
    """Return the continent of the most salient countries in a story; None if it names no country.

    The salience of a country includes that of the actors affiliated with it.
    """
    from briefing.language.places import continents

    weights: dict[str, float] = defaultdict(float)
    for actor in story.actors:
        country = actor.name if actor.kind == "country" else actor.affiliation
        continent = continents().get(country or "")
        if continent is not None:
            weights[continent] += actor.salience
    return max(sorted(weights), key=weights.__getitem__) if weights else None
