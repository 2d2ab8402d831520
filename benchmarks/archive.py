"""Measure the archive: what storing a brief takes, what it weighs, and how long a search lasts.

    python benchmarks/archive.py [--briefs 100000] [--queries 200] [--folder DIR]

Articles are made of words that do not exist, drawn as words are in English (the nth most frequent 1/n as often as the
first), with fifteen actors, three events, five points and twelve lines each. Words to search for are drawn in the same
way, without the hundred most frequent, one to three at a time; a search is one that `briefing archive search` makes,
for the newest fifty. Seconds are of the clock, and those of storing hold the wait for the disk.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path

from briefing.archive.archive import Archive
from briefing.archive.records import RunItem, Selection
from briefing.archive.storing import store
from briefing.evidence.seal import seal
from briefing.model.brief import (
    Actor,
    Article,
    Briefing,
    Evidence,
    Paragraph,
    Position,
    Provenance,
    Sentence,
    Statement,
    UpcomingEvent,
    When,
    text_id,
)

_SYLLABLES = [a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v") for b in "aeiou"]
_WORDS, _PEOPLE, _STOP_WORDS = 30_000, 20_000, 100
_SENTENCES, _WORDS_A_SENTENCE = 25, 20
_FIRST_DAY = date(2020, 1, 1)
_SHOWN = 50
_TOGETHER, _SINGLY = 500, 500
_OLD = 100  # one brief in so many is old enough to be removed
_SLOWEST = 0.05  # seconds that a search may last in the median


class Language:
    """Words and names that do not exist; the same ones each time."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret
        words: dict[str, None] = {}
        while len(words) < _WORDS:
            words["".join(self.random.choices(_SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3, 4))))] = None
        self.words = list(words)
        self._weights = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))
        names = [word.capitalize() for word in self.words if len(word) > 3]
        self.people = [" ".join(self.random.sample(names, 2)) for _ in range(_PEOPLE)]

    def draw(self, number: int) -> list[str]:
        """Return words as frequent as they are."""
        return self.random.choices(self.words, cum_weights=self._weights, k=number)

    def rare(self, number: int) -> list[str]:
        """Return words that a person would search for."""
        frequent = set(self.words[:_STOP_WORDS])
        found: list[str] = []
        while len(found) < number:
            found += [word for word in self.draw(number) if word not in frequent]
        return found[:number]


def article_of(language: Language, number: int) -> Article:
    """Return an article of a title and twenty-five sentences."""
    title = " ".join(language.draw(9)).capitalize()
    lines = [f"{' '.join(language.draw(_WORDS_A_SENTENCE)).capitalize()}." for _ in range(_SENTENCES)]
    text = "\n\n".join((title, *lines))
    ends = list(accumulate((len(line) + 2 for line in (title, *lines)), initial=0))
    spans = [(start, end - 2) for start, end in pairwise(ends)]
    return Article(
        id=text_id(text),
        title=title,
        url=f"https://news.example/{number}",
        outlet=f"Outlet {number % 40}",
        published=(_FIRST_DAY + timedelta(days=language.random.randrange(2000))).isoformat(),
        published_basis="given",
        text=text,
        paragraphs=tuple(Paragraph(start=s, end=e, role="body" if n else "title") for n, (s, e) in enumerate(spans)),
        sentences=tuple(Sentence(start=s, end=e, number=n) for n, (s, e) in enumerate(spans[1:], start=1)),
    )


def brief_of(language: Language, number: int) -> Briefing:
    """Return a brief whose lines are sentences of its article."""
    article = article_of(language, number)
    rest = [
        Evidence(start=s.start, end=s.end, text=article.text[s.start : s.end], sentence=s.number)
        for s in article.sentences
    ]
    people = language.random.sample(language.people, 15)
    draw = language.random.choice

    def point(n: int) -> Position:
        evidence = draw(rest)
        parties = tuple(language.random.sample(people, 2))
        return Position(
            id=f"p{n}", statement=evidence.text, topic="t", parties=parties, confidence=0.9, evidence=(evidence,)
        )

    def event(n: int) -> UpcomingEvent:
        evidence = draw(rest)
        day = (date.fromisoformat(str(article.published)) + timedelta(days=n * 9 + 1)).isoformat()
        when = When(text=day, value=day, precision="day")
        return UpcomingEvent(id=f"e{n}", title=evidence.text[:60], when=when, status="scheduled", evidence=(evidence,))

    made = Briefing(
        article=article,
        summary=tuple(Statement(text=evidence.text, evidence=(evidence,)) for evidence in rest[:4]),
        actors=tuple(
            Actor(
                id=f"a{n}",
                name=name,
                kind="person",
                role=" ".join(language.rare(2)),
                affiliation=draw(language.words[:200]),
                mentions=2,
                salience=0.5,
                evidence=(draw(rest),),
            )
            for n, name in enumerate(people)
        ),
        events=tuple(map(event, range(3))),
        agreements=tuple(map(point, range(3))),
        disagreements=tuple(map(point, range(2))),
        provenance=Provenance(
            engine="rules",
            briefing="0.1.0",
            spacy="3.8",
            model="none",
            profile="standard",
            profile_sha256="0" * 64,
            source_sha256="1" * 64,
        ),
    )
    return seal(made)


def fill(archive: Archive, language: Language, numbers: range) -> None:
    """Store the briefs of these numbers, many in a transaction."""
    for first in numbers[::_TOGETHER]:
        some = range(first, min(first + _TOGETHER, numbers.stop))
        with archive.database.writing():
            for number in some:
                store(archive.database.connection, brief_of(language, number), datetime.now(UTC))
        print(f"\r{some.stop:,} stored", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def timed(searches: Sequence[Callable[[], object]]) -> list[float]:
    """Return the seconds that each search takes."""
    spent = []
    for search in searches:
        began = time.perf_counter()
        search()
        spent.append(time.perf_counter() - began)
    return spent


def searches(archive: Archive, language: Language, number: int) -> Iterator[tuple[str, list[Callable[[], object]]]]:
    """Yield kinds of searches by name."""

    def find(selection: Selection) -> Callable[[], object]:
        return lambda: archive.find(selection)

    def words() -> str:
        return " ".join(language.rare(language.random.choice((1, 1, 2, 3))))

    people = [language.random.choice(language.people) for _ in range(number)]
    yield "search by words", [find(Selection(words=words(), limit=_SHOWN)) for _ in range(number)]
    yield "search by actor", [find(Selection(actor=name, limit=_SHOWN)) for name in people]
    yield "list", [find(Selection(limit=_SHOWN)) for _ in range(number)]
    yield "actor over time", [lambda name=name: archive.actor(name) for name in people]  # type: ignore[misc]


def measure(folder: Path, briefs: int, queries: int) -> bool:
    """Print the table; return True if the searches are fast enough."""
    language = Language()
    path = folder / "briefs.sqlite"
    moment = datetime.now(UTC)
    old = briefs // _OLD
    fast = True
    with Archive.open(path, clock=lambda: moment - timedelta(days=400)) as earlier:
        fill(earlier, language, range(old))
    with Archive.open(path, clock=lambda: moment) as archive:
        fill(archive, language, range(old, briefs))
        print(f"{'briefs stored':<20}{briefs:>12,}")
        print(f"{'size of one':<20}{path.stat().st_size / briefs:>12,.0f} bytes")
        more = [brief_of(language, briefs + number) for number in range(_SINGLY)]
        run = archive.begin_run("make", "benchmark")
        storing = timed(
            [partial(archive.finish_item, run, RunItem(str(n), None, "done"), brief) for n, brief in enumerate(more)]
        )
        print(f"{'store one more':<20}{statistics.median(storing) * 1000:>12.1f} ms in the median")
        for name, kind in searches(archive, language, queries):
            spent = timed(kind)
            median, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
            fast = fast and median <= _SLOWEST
            print(f"{name:<20}{median * 1000:>12.1f} ms in the median, {slow * 1000:.0f} ms for the slowest twentieth")
        (pruning,) = timed([partial(archive.prune, timedelta(days=365))])
        print(f"{'prune':<20}{pruning:>12.1f} s for {old:,} of them")
    return fast


def main() -> int:
    """Run the measurement; the status is 1 where a median is above 50 ms."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--briefs", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where the archive is made; a temporary folder unless given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        return 0 if measure(Path(folder), options.briefs, options.queries) else 1


if __name__ == "__main__":
    sys.exit(main())
