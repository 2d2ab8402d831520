"""Measure the pages of the reading room over an archive of `benchmarks.many_briefs`.

    python -m benchmarks.room FILE [--queries 200] [--painted]

Each page is asked for as a browser does, but without a network: what is measured is the server's part, from the request
to the whole answer. Words to search for are drawn from the texts, as often as they occur there, one to three at a time;
every fourth search also names an outlet, an actor or days. Every search is followed by a look at its next page. With
``--painted`` chromium opens Today and a search, and says when it first painted something.
"""

import argparse
import random
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote

import uvicorn
from httpx import Response
from playwright.sync_api import Page, sync_playwright
from starlette.testclient import TestClient

from benchmarks.many_briefs import LAST_DAY, OUTLETS
from briefing.archive.archive import Archive
from briefing.web.app import application
from briefing.web.settings import Settings

_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_NEXT = re.compile(r'href="([^"]+)" rel="next"')
_CHROMIUM = Path("/usr/bin/chromium")
_PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))
  .observe({ type: "paint", buffered: true }))"""
_WHO = "Anna Lund"
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


@dataclass(frozen=True)
class Spent:
    """What a page took, in milliseconds."""

    clock: float
    work: float  # of the processor, in all threads


def timed(ask: Callable[[], Response]) -> tuple[Spent, Response]:
    """Return what a page takes, and the page."""
    began, worked = time.perf_counter(), time.process_time()
    page = ask()
    spent = Spent((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000)
    if page.status_code not in (200, 303, 404):  # an actor may have lost its name when names were exchanged
        page.raise_for_status()
    return spent, page


def report(name: str, spent: Sequence[Spent]) -> bool:
    """Print a line of the table; return True if the page is fast enough."""
    median, slow = _median_and_slow([one.clock for one in spent])
    work, slow_work = _median_and_slow([one.work for one in spent])
    print(f"{name:<24}{median:>7.1f} ms in the median, {slow:>6.1f} for the slowest twentieth", end="")
    print(f" ({work:.1f} and {slow_work:.1f} of the processor)")
    of, most = _GOALS.get(name, ("", 0))
    return not of or {"median": median, "slowest twentieth": slow}[of] <= most


def _median_and_slow(figures: Sequence[float]) -> tuple[float, float]:
    return statistics.median(figures), statistics.quantiles(figures, n=20)[-1]


def measure(path: Path, queries: int) -> bool:
    """Print the table; return True if all goals are met."""
    fast = True
    client = TestClient(
        application(Settings(path, _WHO)), base_url="http://127.0.0.1:8765", headers={"Sec-Fetch-Site": "same-origin"}
    )
    with Archive.open(path) as archive:
        asked = list(searches(archive, queries))
        names = [actor for _, (_, actor) in zip(range(queries), words_of(archive, random.Random(2)), strict=False)]  # noqa: S311
        for name in names[:20]:
            archive.room.follow(_WHO, name)
        link = archive.access.invite_here(_WHO, timedelta(days=1))
    with client:
        client.post(f"/enter/{link}").raise_for_status()
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


def measure_painting(path: Path) -> bool:
    """Print when a browser first paints pages; return True if it is soon enough."""
    with Archive.open(path) as archive:
        link = archive.access.invite_here(_WHO, timedelta(days=1))
    config = uvicorn.Config(application(Settings(path, _WHO)), port=0, log_level="critical", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    fast = True
    try:
        while not server.started:
            time.sleep(0.01)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        with sync_playwright() as play:
            page = play.chromium.launch(executable_path=str(_CHROMIUM), args=["--no-sandbox"]).new_page()
            page.goto(f"{address}/enter/{link}")
            page.get_by_role("button").first.click()
            page.wait_for_url("**/")
            for name, place in {"Today": "/", "search": "/search?words=minister"}.items():
                spent = [_painted(page, address + place) for _ in range(21)]
                median = statistics.median(spent)
                print(f"{name + ', painted':<24}{median:>7.1f} ms in the median, {max(spent):>6.1f} at most")
                fast = fast and median <= _GOALS["Today"][1]
            page.context.browser.close()
    finally:
        server.should_exit = True
        thread.join()
    return fast


def _painted(page: Page, address: str) -> float:
    page.goto(address)
    return float(page.evaluate(_PAINTED))


def main() -> int:
    """Run the measurement; the status is 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path, help="the archive that benchmarks.many_briefs made")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--painted", action="store_true", help="measure in chromium, too")
    options = parser.parse_args()
    fast = measure(options.file, options.queries)
    return 0 if fast and (not options.painted or measure_painting(options.file)) else 1


if __name__ == "__main__":
    sys.exit(main())
