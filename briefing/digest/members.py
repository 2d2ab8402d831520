"""The articles of a story as merging takes them, and the lines that rest on several of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefing.model.brief import Briefing, Evidence, Line, Sentence

LineT = TypeVar("LineT", bound=Line)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story: its brief, where it appeared, and which independent origin it is of."""

    brief: Briefing
    origin: str
    outlet: str | None = None
    url: str | None = None
    weight: float = 1.0  # of its source

    @property
    def id(self) -> str:
        """The id of its article."""
        return self.brief.article.id

    @property
    def published(self) -> str:
        """Its day of publication; empty where that is unknown, which sorts before all days."""
        return self.brief.article.published or ""

    def sentences(self) -> Iterator[tuple[Sentence, str]]:
        """Yield its numbered sentences with their text."""
        article = self.brief.article
        for sentence in article.sentences:
            yield sentence, article.text[sentence.start : sentence.end]

    def cite(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return evidence such that it names this article."""
        return tuple(piece.model_copy(update={"article": self.id}) for piece in evidence)

    def cite_sentence(self, sentence: Sentence) -> Evidence:
        """Return a sentence of this article as evidence."""
        article, start, end = self.brief.article, sentence.start, sentence.end
        return Evidence(
            start=start,
            end=end,
            text=article.text[start:end],
            sentence=sentence.number,
            article=self.id,
            page=article.page_of(start),
        )


@dataclass(frozen=True, slots=True)
class Told(Generic[LineT]):
    """A line as one article tells it."""

    line: LineT
    member: Member
    place: int  # its number in the brief

    @property
    def order(self) -> tuple[str, str, int]:
        """Where it stands among others: by day, article and place, however the articles came."""
        return (self.member.published, self.member.id, self.place)


def in_order(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return members by day and id, each article once: merging must not depend on the order in which they came."""
    once: dict[str, Member] = {}
    for member in sorted(members, key=_identity):
        once.setdefault(member.id, member)
    return tuple(sorted(once.values(), key=lambda member: (member.published, member.id)))


def told_by(members: Sequence[Member], lines: Callable[[Briefing], Sequence[LineT]]) -> list[Told[LineT]]:
    """Return lines of all members in order."""
    return [Told(line, member, place) for member in members for place, line in enumerate(lines(member.brief))]


def grouped(items: Iterable[T], same: Callable[[T, T], bool], keys: Callable[[T], Iterable[str]]) -> list[list[T]]:
    """Return items by group, in which each one is the same as every other; an item joins the first that it fits.

    Args:
        items: In an order that does not depend on how the articles came.
        same: Whether two items are one.
        keys: What an item is looked up by: two items without a common key are not compared.
    """
    groups: list[list[T]] = []
    by_key: dict[str, list[int]] = {}
    for item in items:
        found = sorted({number for key in keys(item) for number in by_key.get(key, ())})
        home = next((n for n in found if all(same(item, other) for other in groups[n])), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(item)
        for key in keys(item):
            numbers = by_key.setdefault(key, [])
            if home not in numbers:
                numbers.append(home)
    return groups


def rest_on(
    best: Told[LineT], group: Iterable[Told[LineT]], tells: Callable[[Told[LineT]], bool] = lambda _: True
) -> tuple[tuple[Evidence, ...], int]:
    """Return the evidence of a line that several articles tell, and of how many independent origins it is.

    All evidence of the wording that is printed comes first, then one stretch of one article of each other origin.

    Args:
        best: The telling whose wording is printed.
        group: All tellings.
        tells: Whether another telling says enough of it to be counted: one that says less is told, but no witness.
    """
    evidence = list(best.member.cite(best.line.evidence))
    origins = {best.member.origin}
    for told in group:
        if told.member.origin not in origins and tells(told):
            origins.add(told.member.origin)
            evidence += told.member.cite(told.line.evidence[:1])
    return tuple(evidence), len(origins)


def _identity(member: Member) -> tuple[str, str, str, str]:
    return (member.id, member.outlet or "", member.url or "", member.origin)
