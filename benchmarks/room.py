"""Measure the pages of the reading room over an archive of `benchmarks.many_briefs`.

    python -m benchmarks.room FILE [--queries 200]

Each page is asked for as a browser does, but without a network: what is measured is the server's part, from the request
to the whole answer. Words to search for are drawn from the texts, as often as they occur there, one to three at a time;
every fourth search also names an outlet, an actor or days. Every search is followed by a look at its next page.
"""

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from httpx import Response
from starlette.testclient import TestClient

from benchmarks.many_briefs import LAST_DAY, OUTLETS
from briefing.archive.archive import Archive
from briefing.web.app import application
from briefing.web.settings import Settings

_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_NEXT = re.compile(r'href="([^"]+)" rel="next"')
_GOALS = {"Today": ("median", 300), "search": ("slowest twentieth", 100)}  # milliseconds


def words_of(archive: Archive, dice: random.Random) -> Iterator[tuple[list[str], str]]:
    """Yield words of random texts, and an actor of each."""
    (last,) = archive.database.connection.execute("SELECT max(id) FROM briefs").fetchone()
    while True:
        brief = archive.brief(dice.randint(1, last))
        if brief is not None and brief.actors:
            yield _WORD.findall(brief.article.text), dice.choice(brief.actors).name


def searches(archive: Archive, number: int) -> Iterator[dict[str, str]]:
    """Yield what people search for."""
    dice = random.Random(1)  # noqa: S311 - no secret
    texts = words_of(archive, dice)
    for turn in range(number):
        words, actor = next(texts)
        asked = {"words": " ".join(dice.sample(words, min(len(words), dice.choice((1, 1, 2, 3)))))}
        extra = (
            {"outlet": dice.choice(OUTLETS)},
            {"actor": actor},
            {"since": "2026-06-01", "event_from": "2026-07-01"},
        )
        yield asked | (dice.choice(extra) if turn % 4 == 0 else {})


def timed(ask: Callable[[], Response]) -> tuple[float, Response]:
    """Return the milliseconds that a page takes, and the page."""
    began = time.perf_counter()
    page = ask()
    return (time.perf_counter() - began) * 1000, page.raise_for_status()


def report(name: str, spent: Sequence[float]) -> bool:
    """Print a line of the table; return True if the page is fast enough."""
    median, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    print(
        f"{name:<24}{median:>8.1f} ms in the median, {slow:>7.1f} ms for the slowest twentieth, {max(spent):>7.1f} most"
    )
    of, most = _GOALS.get(name, ("", 0))
    return not of or {"median": median, "slowest twentieth": slow}[of] <= most


def measure(path: Path, queries: int) -> bool:
    """Print the table; return True if all goals are met."""
    fast = True
    client = TestClient(application(Settings(path, "Anna Lund")), base_url="http://127.0.0.1:8765")
    with Archive.open(path) as archive:
        asked = list(searches(archive, queries))
        names = [actor for _, (_, actor) in zip(range(queries), words_of(archive, random.Random(2)), strict=False)]  # noqa: S311
        for name in names[:20]:
            archive.room.follow("Anna Lund", name)
    with client:
        client.get("/")
        fast &= report("Today", [timed(partial(client.get, "/"))[0] for _ in range(30)])
        first, second = [], []
        for one in asked:
            spent, page = timed(partial(client.get, "/search", params=one))
            first.append(spent)
            if following := _NEXT.search(page.text):
                second.append(timed(partial(client.get, following[1].replace("&amp;", "&")))[0])
        fast &= report("search", first)
        report("next page of a search", second)
        for name, address in {
            "to review, page 2": f"/?after={LAST_DAY}~0~{10**9}",
            "Agenda": f"/agenda?from={LAST_DAY}",
            "Agenda of long ago": "/agenda?from=2025-01-01",
            "Journal": "/journal",
            "Keys": "/keys",
        }.items():
            report(name, [timed(partial(client.get, address))[0] for _ in range(20)])
        report("Actor", [timed(partial(client.get, f"/actors/{quote(name)}"))[0] for name in names[:50]])
    return fast


def main() -> int:
    """Run the measurement; the status is 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path, help="the archive that benchmarks.many_briefs made")
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    return 0 if measure(options.file, options.queries) else 1


if __name__ == "__main__":
    sys.exit(main())
