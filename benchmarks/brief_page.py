"""Measure the page of a brief in chromium: how fast it is painted, evidence is lit, and a correction is saved.

    python -m benchmarks.brief_page ARTICLE... [--times 5]

Each article is briefed and stored; the room is served from this machine. Lit: from the focus of a line to the frame
after it, over all lines. Saved: from Enter in the form of a quote to the new line on the page.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from briefing.archive.archive import Archive
from briefing.archive.storing import store
from briefing.jobs.briefs import brief
from briefing.web.app import application
from briefing.web.settings import Settings

CHROMIUM = "/usr/bin/chromium"
_LIGHT = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const lasted = [];
  for (const line of document.querySelectorAll(".line")) {
    await frame();
    const begun = performance.now();
    line.focus({preventScroll: true});
    document.body.offsetHeight;
    await frame();
    lasted.push(performance.now() - begun);
  }
  return [lasted, performance.getEntriesByName("evidence lit").map(one => one.duration)];
}"""

_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("articles", nargs="+", type=Path)
    arguments.add_argument("--times", type=int, default=5)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "briefs.sqlite")
        with Archive.open(path) as archive:
            for number, article in enumerate(given.articles):
                with archive.database.writing():
                    store(archive.database.connection, brief(article), archive._clock() + timedelta(seconds=number))  # noqa: SLF001
            link = archive.access.invite("Ann", "editor", timedelta(hours=1))
        with served(path) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"{address}/enter/{link}")
            page.get_by_role("button").click()
            measure(page, address, len(given.articles), given.times)
            browser.close()


def measure(page: Any, address: str, briefs: int, times: int) -> None:
    """Measure each brief some times and print the figures."""
    lit: list[float] = []
    scripted: list[float] = []
    saved: list[float] = []
    painted: list[float] = []
    lines = segments = 0
    for number in range(1, briefs + 1):
        for _ in range(times):
            page.goto(f"{address}/briefs/{number}", wait_until="networkidle")
            painted.append(page.evaluate(_PAINTED))
            frames, marks = page.evaluate(_LIGHT)
            lit += frames
            scripted += marks
            saved += _save(page)
        lines += page.locator(".line").count()
        segments += page.locator(".seg").count()
    print(f"{briefs} briefs, {lines} lines, {segments} segments")
    figures = (
        ("painted", painted),
        ("evidence lit, to the next frame", lit),
        ("of it in the script", scripted),
        ("saved", saved),
    )
    for name, found in figures:
        if found:
            cuts = statistics.quantiles(found, n=20) if len(found) > 1 else found
            print(f"{name}: median {statistics.median(found):.1f} ms, p95 {cuts[-1]:.1f} ms, most {max(found):.1f} ms")


def _save(page: Any) -> Sequence[float]:
    """Return the milliseconds that the correction of the first quote's speaker takes; nothing if there is no quote."""
    quote = page.locator(".quotes .line").first
    if not quote.count():
        return ()
    quote.focus()
    was = quote.locator(".history li").count()
    page.keyboard.press("c")
    page.locator(".quotes .line").first.locator("[name='speaker-other']").fill(f"Somebody {time.monotonic_ns()}")
    begun = time.perf_counter()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "was => document.querySelector('.quotes .line').querySelectorAll('.history li').length > was", arg=was
    )
    return [(time.perf_counter() - begun) * 1000]


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve the room over an archive; yield its address."""
    config = uvicorn.Config(application(Settings(path, "Ann")), port=0, log_level="critical", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    sys.exit(main())
