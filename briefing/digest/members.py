"""The articles of a story for merging, and helpers to merge their lines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefing.model.brief import Briefing, Evidence, Line, Sentence

LineT = TypeVar("LineT", bound=Line)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story: its brief, its independent origin, and where it appeared."""

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
        """Its day of publication; empty if unknown, which sorts before all days."""
        return self.brief.article.published or ""

    def sentences(self) -> Iterator[tuple[Sentence, str]]:
        """Yield its numbered sentences with their text."""
        article = self.brief.article
        for sentence in article.sentences:
            yield sentence, article.text[sentence.start : sentence.end]

    def cite(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return evidence with the id of this article added."""
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
class MemberLine(Generic[LineT]):
    """A line in the brief of one article."""

    line: LineT
    member: Member
    place: int  # its number in the brief

    @property
    def order(self) -> tuple[str, str, int]:
        """The sort key: day, article and place; it does not depend on the order of the input."""
        return (self.member.published, self.member.id, self.place)


def in_order(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return members by day and id, each article once, so that merging does not depend on the input order."""
    once: dict[str, Member] = {}
    for member in sorted(members, key=_identity):
        once.setdefault(member.id, member)
    return tuple(sorted(once.values(), key=lambda member: (member.published, member.id)))


def member_lines(members: Sequence[Member], lines: Callable[[Briefing], Sequence[LineT]]) -> list[MemberLine[LineT]]:
    """Return the lines of all members in order."""
    return [MemberLine(line, member, place) for member in members for place, line in enumerate(lines(member.brief))]


def grouped(
    items: Iterable[T], same: Callable[[T, T], bool], keys: Callable[[T], Iterable[str]], *, by_first: bool = False
) -> list[list[T]]:
    """Group items that are all the same pairwise; an item joins the first group that it fits.

    Args:
        items: The items, in an order that does not depend on the input order of the articles.
        same: Returns True if two items are the same.
        keys: Returns the lookup keys of an item; items without a common key are not compared.
        by_first: Compare an item with the first of a group only: two parts of one quote need not be alike.
    """
    groups: list[list[T]] = []
    by_key: dict[str, list[int]] = {}
    for item in items:
        found = sorted({number for key in keys(item) for number in by_key.get(key, ())})
        home = next(
            (n for n in found if all(same(item, other) for other in (groups[n][:1] if by_first else groups[n]))), None
        )
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(item)
        for key in keys(item):
            numbers = by_key.setdefault(key, [])
            if home not in numbers:
                numbers.append(home)
    return groups


def joint_evidence(
    best: MemberLine[LineT],
    group: Iterable[MemberLine[LineT]],
    supports: Callable[[MemberLine[LineT]], bool] = lambda _: True,
) -> tuple[tuple[Evidence, ...], int]:
    """Return the joint evidence of a line in several articles, and the number of its independent origins.

    All evidence of the printed wording comes first, then one piece of evidence from each other origin.

    Args:
        best: The line with the printed wording.
        group: All lines.
        supports: Returns True if another line says enough of it to count as evidence.
    """
    evidence = list(best.member.cite(best.line.evidence))
    origins = {best.member.origin}
    for line in group:
        if line.member.origin not in origins and supports(line):
            origins.add(line.member.origin)
            evidence += line.member.cite(line.line.evidence[:1])
    return tuple(evidence), len(origins)


def _identity(member: Member) -> tuple[str, str, str, str]:
    return (member.id, member.outlet or "", member.url or "", member.origin)
