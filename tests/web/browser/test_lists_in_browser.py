"""Stories of the pages that list things, in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.archive.records import RunItem
from briefing.evidence.seal import record_digest
from briefing.jobs import reviews
from briefing.review.acts import By
from tests.archive.briefs import brief_of, store

pytestmark = [
    pytest.mark.long,
    # Of playwright's own event loop, when the browser is closed.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 9
HOSTILE = f"<script>document.title = 'taken'</script><img src=x onerror=alert(1)> \u202e & {LONG_WORD}"
PAGES = (
    "/",
    "/search?words=talks",
    "/search?since=x",
    "/agenda?from=2024-01-01",
    f"/actors/{LONG_WORD}",
    "/actors/Nobody",
    "/add",
    "/journal",
    "/keys",
)
LOOKS = ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"})
NEWS = "OSLO, May 14, 2024 - Ministers of five states signed a treaty on herring on Tuesday in the hall of Bergen."

Visit = Callable[..., Any]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return an archive with 130 briefs, of which the last one is hostile in every field, and an act on it."""
    path = tmp_path / "briefs.sqlite"
    with Archive.open(path) as archive:
        for number in range(129):
            day = f"2024-06-{number % 28 + 1:02}"
            made = brief_of(f"Herring talks, part {number}.", title=f"Part {number}", published=day)
            store(archive, made)
        hostile = brief_of(
            "Hostile talks.",
            title=HOSTILE,
            outlet=HOSTILE,
            actors=[(LONG_WORD, HOSTILE, HOSTILE), (HOSTILE, HOSTILE, None)],
            events=[(HOSTILE, "2024-07-01"), (HOSTILE, "2024-07")],
            agreements=[(HOSTILE, (LONG_WORD,))],
            disagreements=[(HOSTILE, (LONG_WORD, HOSTILE))],
        )
        store(archive, hostile)
        for name in (LONG_WORD, HOSTILE):
            archive.room.follow("Ann", name)
        run = archive.begin_run("make", "x")
        archive.finish_item(run, RunItem(HOSTILE, None, "failed", reason=HOSTILE))
        review = reviews.brief_review(archive, 130)
        assert review is not None
        reviews.reject(archive, By(HOSTILE, "web"), review, record_digest(hostile.agreements[0]), HOSTILE)
    return path


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look.values()))
def test_axe_finds_no_violation(visit: Visit, look: dict[str, str]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit("/", **look, bypass_csp=True)  # axe is written into the page
    base = page.url.rstrip("/")
    for path in PAGES:
        page.goto(base + path)
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_scrolls_down_only(visit: Visit, width: int) -> None:
    page = visit("/", viewport={"width": width, "height": 700})
    base = page.url.rstrip("/")
    for path in PAGES:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_hostile_text_stays_text(visit: Visit) -> None:
    page = visit("/")
    base = page.url.rstrip("/")
    for path in ("/", "/search?words=hostile", "/agenda?from=2024-06-01", f"/actors/{LONG_WORD}", "/journal"):
        page.goto(base + path)
        assert page.title() != "taken"
        assert page.locator("main img, main script").count() == 0
        assert "<script>document.title" in page.locator("main").inner_text()


def listed(page: Any, address: str) -> list[str]:
    page.wait_for_url(lambda url: address in url)  # a click returns before the next page is there
    page.locator("#results .line").first.wait_for()
    return page.locator("#results .line").all_inner_texts()  # type: ignore[no-any-return]


@pytest.mark.parametrize("scripts", [True, False])
def test_back_restores_a_search_and_its_page(visit: Visit, *, scripts: bool) -> None:
    page = visit("/search", java_script_enabled=scripts)
    page.get_by_label("Words").fill("herring")
    page.get_by_role("button", name="Search").click()
    first = listed(page, "words=herring")
    page.get_by_role("link", name="Older").click()
    second = listed(page, "after=")
    assert len(first) == len(second) == 50
    assert not set(first) & set(second)
    page.locator("#results .line").nth(7).click()
    page.wait_for_url("**/briefs/*")
    page.go_back()
    assert (listed(page, "after="), page.get_by_label("Words").input_value()) == (second, "herring")
    page.go_back()
    assert listed(page, "words=herring") == first


@pytest.mark.parametrize("scripts", [True, False])
def test_an_article_is_added_and_shown_on_today(visit: Visit, *, scripts: bool) -> None:
    page = visit("/add", java_script_enabled=scripts)
    files = [{"name": name, "mimeType": "text/plain", "buffer": text} for name, text in ADDED.items()]
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Add").click()
    made = page.locator("#jobs li", has_text="news.txt").get_by_text("done")
    made.wait_for(timeout=90_000)  # the page looks again by itself, with and without scripts
    page.locator("#jobs li", has_text="noise.pdf").get_by_text("failed").wait_for()
    assert "cannot read noise.pdf" in page.locator("#jobs li", has_text="noise.pdf").inner_text()
    page.get_by_role("link", name="news.txt").click()
    page.wait_for_url("**/briefs/131")
    page.goto(page.url.replace("/briefs/131", "/"))
    assert page.locator("a[href='/briefs/131']").count() == 1


ADDED = {"news.txt": NEWS.encode(), "noise.pdf": b"%PDF-1.4 noise"}


def test_dropped_files_are_added(visit: Visit) -> None:
    page = visit("/add")
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        NEWS,
    )
    page.locator("#jobs li", has_text="dropped.txt").wait_for()


def test_an_actor_is_followed_without_scripts(visit: Visit) -> None:
    page = visit("/actors/Ingrid%20Solheim", java_script_enabled=False)
    page.get_by_role("button", name="Follow").click()
    page.get_by_role("button", name="Follow", exact=True).wait_for(state="detached")
    page.get_by_role("link", name="Today").click()
    page.wait_for_url("**/")
    assert page.get_by_role("link", name="Ingrid Solheim").count() == 1


def test_today_shows_what_came_in_since(visit: Visit, kept: Path) -> None:
    page = visit("/")
    page.clock.install()
    page.reload()
    with Archive.open(kept) as archive:
        store(archive, brief_of("Late news.", title="Late news", agreements=[("A", ("B",))] * 9))
    page.clock.run_for(16_000)
    page.get_by_role("link", name="Late news").wait_for()


def test_keys_go_from_line_to_line_and_page_to_page(visit: Visit) -> None:
    page = visit("/search?words=herring")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == listed(page, "words=herring")[1]
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/agenda")


def test_a_chosen_key_works(visit: Visit) -> None:
    page = visit("/keys")
    page.get_by_label("next line", exact=True).fill("v")
    page.get_by_role("button", name="Keep the key for: next line").click()
    page.get_by_text("usually j").wait_for()
    page.goto("/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.className") == ""
    page.keyboard.press("v")
    assert "line" in page.evaluate("document.activeElement.className")
