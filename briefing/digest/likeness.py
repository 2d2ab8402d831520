"""Score how likely two articles belong to one story, from shared terms and days apart."""

from dataclasses import dataclass
from datetime import date

from briefing.digest.weights import Vectors, product

_NEAR, _FAR = 10, 60  # days
_UNKNOWN = 3  # assumed days between two articles if one has no date


@dataclass(frozen=True, slots=True)
class Trait:
    """The features by which an article is compared."""

    actors: tuple[str, ...]  # names
    days: frozenset[str]  # ISO, that it names
    vectors: Vectors
    published: date | None
    house: str | None  # id


@dataclass(frozen=True, slots=True)
class Likeness:
    """Score what two articles share.

    They must share both names and words. Reports from one office share names, and reports on two fires share words, but
    they are different stories. So each kind counts at most twice as much as the other. Articles of one publisher also
    share its style, which lowers the score. The more days lie between two articles, the more they must share, unless
    both name the same day.
    """

    window: int = 90  # days; articles farther apart are different stories
    lopsided: float = 2.0  # names count at most this many times as much as words, and vice versa
    numbers: float = 1.0
    same_day: float = 0.05  # added if both name the same day
    same_house: float = 0.35  # subtracted if one publisher wrote both
    near: float = 0.1  # subtracted at ten days apart
    far: float = 0.1  # subtracted in addition at sixty days apart
    day_named: float = 0.5  # factor for the two above if both name the same day

    def __call__(self, first: Trait, second: Trait) -> float:
        """Return the likeness of two articles: 0 or less means unrelated, copies have about 2."""
        days = days_apart(first, second)
        names = product(first.vectors.names, second.vectors.names)
        words = product(first.vectors.words, second.vectors.words)
        if days > self.window or not (names and words):
            return 0.0
        numbers = product(first.vectors.numbers, second.vectors.numbers)
        same_day = not first.days.isdisjoint(second.days)
        shared = min(names, self.lopsided * words) + min(words, self.lopsided * names)
        shared += self.numbers * min(numbers, names, words) + self.same_day * same_day
        same_house = first.house is not None and first.house == second.house
        return shared - self._distance(days) * (self.day_named if same_day else 1.0) - self.same_house * same_house

    def _distance(self, days: int) -> float:
        return self.near * min(days, _NEAR) / _NEAR + self.far * min(days, _FAR) / _FAR


def days_apart(first: Trait, second: Trait) -> int:
    """Return the number of days between the publication of two articles."""
    if first.published is None or second.published is None:
        return _UNKNOWN
    return abs((first.published - second.published).days)
