"""The part of the world that a story is about."""

from collections import defaultdict

from briefing.model.digest import Story


def region_of(story: Story) -> str | None:
    """Return the continent of the countries that matter most in a story; None where it names none.

    A country counts by its salience, and by that of those who act for it.
    """
    from briefing.language.places import continents

    weights: dict[str, float] = defaultdict(float)
    for actor in story.actors:
        country = actor.name if actor.kind == "country" else actor.affiliation
        continent = continents().get(country or "")
        if continent is not None:
            weights[continent] += actor.salience
    return max(sorted(weights), key=weights.__getitem__) if weights else None
