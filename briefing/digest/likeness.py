"""How likely two articles are to tell one story, from what they share and how far apart they are."""

from dataclasses import dataclass
from datetime import date

from briefing.digest.terms import Terms
from briefing.digest.weights import Vectors, product

_NEAR, _FAR = 10, 60  # days
_UNKNOWN = 3  # days between two articles of which one has no date


@dataclass(frozen=True, slots=True)
class Trait:
    """What an article is compared by."""

    terms: Terms
    vectors: Vectors
    published: date | None
    house: str | None  # id


@dataclass(frozen=True, slots=True)
class Likeness:
    """Weigh what two articles share.

    Names and words must both be shared: names alone are what every read-out of one office has, words alone what any two
    fires have. So each counts at most twice as much as the other. Articles of one house share its style besides. With
    the days between them two articles must have more in common, unless they name a day that both tell of.
    """

    window: int = 90  # days; articles farther apart tell different stories
    lopsided: float = 2.0  # times the other, that names or words count at most
    numbers: float = 1.0
    same_day: float = 0.05  # both name it
    same_house: float = 0.35
    near: float = 0.1  # at ten days
    far: float = 0.1  # besides, at sixty days
    day_named: float = 0.5  # of the two above, where both name a day

    def __call__(self, first: Trait, second: Trait) -> float:
        """Return how alike two articles are; what is not above 0 says nothing, copies have about 2."""
        days = days_apart(first, second)
        names = product(first.vectors.names, second.vectors.names)
        words = product(first.vectors.words, second.vectors.words)
        if days > self.window or not (names and words):
            return 0.0
        numbers = product(first.vectors.numbers, second.vectors.numbers)
        same_day = not first.terms.days.isdisjoint(second.terms.days)
        shared = min(names, self.lopsided * words) + min(words, self.lopsided * names)
        shared += self.numbers * min(numbers, names, words) + self.same_day * same_day
        same_house = first.house is not None and first.house == second.house
        return shared - self._distance(days) * (self.day_named if same_day else 1.0) - self.same_house * same_house

    def _distance(self, days: int) -> float:
        return self.near * min(days, _NEAR) / _NEAR + self.far * min(days, _FAR) / _FAR


def days_apart(first: Trait, second: Trait) -> int:
    """Return the days between the publication of two articles."""
    if first.published is None or second.published is None:
        return _UNKNOWN
    return abs((first.published - second.published).days)
