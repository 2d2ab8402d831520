"""Stories of the page of a brief, in a real browser: Debian's chromium, driven by Playwright."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.archive.archive import Archive
from briefing.evidence.seal import seal
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import Article, Briefing, Evidence, Sentence, Statement
from tests.archive.briefs import brief_of, store
from tests.fakes.articles import article_of
from tests.fakes.briefs import small_brief

pytestmark = [
    pytest.mark.long,
    # Of playwright's own event loop, when the browser is closed.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 9
HOSTILE = (
    f"<script>document.title = 'taken'</script> The <b>ferry</b> \U0001f6a2 of {LONG_WORD} sails & returns.\n\n"
    '"\U0001f469\u200d\U0001f467 We \u200fسفينة sail at \\u003c \U0001f600 noon," Ilse Varga said in Tromsø.\n\n'
    "</p></section><img src=x onerror=alert(1)> {{ 7 * 7 }} The harbour {% endraw %} is closed."
)


def of(article: Article, text: str, *parts: tuple[int, int]) -> Statement:
    evidence = tuple(Evidence(start=start, end=end, text=article.text[start:end]) for start, end in parts)
    return Statement(text=text, evidence=evidence)


def hostile_brief() -> Briefing:
    """Return a brief whose lines cross, nest and touch one another around emoji, between markup that is text."""
    article = article_of(HOSTILE, title="<i>Ferry</i> & \U0001f6a2 " + LONG_WORD)
    text = article.text
    ship, sail, noon = text.index("\U0001f6a2 of"), text.index("sail"), text.index("noon")
    end = ship + 20
    starts = [one.start for one in article.paragraphs[1:]]
    ends = [one.end for one in article.paragraphs[1:]]
    numbered = (Sentence(start=a, end=b, number=n) for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1))
    article = article.model_copy(update={"sentences": tuple(numbered)})
    lines = (
        of(article, "crossing", (ship - 9, end)),
        of(article, "crossed", (ship, end + 400)),
        of(article, "nested", (ship + 1, ship + 4), (noon - 3, noon)),
        of(article, "touching", (end, end + 10)),
        of(article, "over two paragraphs", (sail - 40, noon + 4)),
        of(article, "<img src=x onerror=alert(2)> & \U0001f600", (0, 3)),
    )
    return seal(
        small_brief().model_copy(update={"article": article, "times": (), **dict.fromkeys(LISTS, ()), "summary": lines})
    )


LISTS = ("summary", "actors", "events", "agreements", "disagreements", "quotes", "background")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "briefs.sqlite"
    with Archive.open(path) as archive:
        store(archive, small_brief())
        store(archive, hostile_brief())
    return path


def test_lit_text_is_the_evidence_of_the_line(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/2")
    brief = hostile_brief()
    for number, line in enumerate(brief.summary, start=1):
        page.locator(f"[data-line='{number}']").hover()
        lit = page.eval_on_selector_all(".seg.lit", "found => found.map(one => one.textContent)")
        assert "".join(lit) == "".join(piece.text for piece in sorted(line.evidence, key=lambda piece: piece.start))
        assert page.eval_on_selector_all(".line.lit", "found => found.map(one => one.dataset.line)") == [str(number)]


def test_evidence_is_lit_by_focus_and_found_by_enter(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/2", viewport={"width": 1200, "height": 300})
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    lit = page.locator(".seg.lit").first
    assert lit.is_visible()
    box, pane = lit.bounding_box(), page.locator(".source").bounding_box()
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"]


def test_a_number_in_the_article_leads_back_to_its_line(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/1")
    page.locator(".back", has_text="3").first.click()
    page.wait_for_selector("[data-line='3'].current.lit")


def test_a_selection_becomes_evidence_in_characters(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/2")
    text = hostile_brief().article.text
    found = page.evaluate(
        """async () => {
          const { selected } = await import("/static/evidence.js");
          const segments = [...document.querySelectorAll(".seg")].filter(one => one.textContent.length > 3);
          const range = document.createRange();
          range.setStart(segments[1].firstChild, 1);
          range.setEnd(segments.at(-2).firstChild, 3);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          const first = selected();
          range.selectNodeContents(document.getElementById("source-text"));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return [first, selected()];
        }"""
    )
    for one in found:
        assert text[one["start"] : one["end"]] == one["text"]
    assert (found[1]["start"], found[1]["end"]) == (0, len(text))


def test_selected_text_is_added_as_a_line(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/1")
    segment = page.locator(".seg", has_text="The ministers will meet").first
    box = segment.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 8)
    page.mouse.up()
    page.wait_for_selector("#add[open]")
    picked = page.locator(".picked q").inner_text()
    page.select_option("#add-line select", "summary")
    page.locator("#add-line button").click()
    page.wait_for_selector(".line.is-added")
    assert picked
    assert page.locator(".line.is-added .words").inner_text() == picked
    assert page.locator(".line.current").get_attribute("id") == page.locator(".line.is-added").get_attribute("id")


def test_a_speaker_is_corrected_with_four_keys(visit: Callable[..., Any], kept: Path) -> None:
    with Archive.open(kept) as archive:
        actors = tuple(
            small_brief().actors[0].model_copy(update={"id": f"a{n}", "name": name, "aliases": (), "role": None})
            for n, name in enumerate(("Ingrid Solheim", "Norway", "Iceland"))
        )
        store(archive, seal(small_brief().model_copy(update={"actors": actors})))
        before = archive.brief(1)
    page = visit("/briefs/1")
    quote = page.locator(".quotes .line")
    quote.focus()
    with page.expect_response("**/correct") as saved:
        for key in ("c", "2", "Enter"):
            page.keyboard.press(key)
    assert saved.value.status == 200
    page.wait_for_selector(".quotes .line.is-corrected")
    assert "Norway" in page.locator(".quotes .lead").inner_text()
    assert page.evaluate("document.activeElement.closest('.line')?.id") == quote.get_attribute("id")
    root = page.url.partition("/briefs")[0]
    assert "Norway" in page.request.get(f"{root}/journal").text()
    verified = verify_bytes(page.request.get(f"{root}/briefs/1/pdf").body(), "brief-1.pdf")
    assert verified.failures == ()
    assert "quotes[0]" in verified.verdict
    with Archive.open(kept) as archive:
        corrected = archive.brief(1)
        assert corrected is not None
        assert [(edit.where, edit.change) for edit in corrected.edits] == [("quotes[0]", "changed")]
    page.keyboard.press("u")
    page.wait_for_selector(".quotes .line.is-made")
    with Archive.open(kept) as archive:
        assert archive.brief(1) == before


def test_two_people_on_one_line_lose_nothing(visit: Callable[..., Any]) -> None:
    ann, ben = visit("/briefs/1", "Ann"), visit("/briefs/1", "Ben")
    for page, name in ((ann, "Eva Holm"), (ben, "Jon Arnarsson")):
        page.locator(".quotes .line").focus()
        page.keyboard.press("c")
        page.locator(".quotes [name='speaker-other']").fill(name)
        page.keyboard.press("Enter")
        page.wait_for_selector(".quotes .line.is-corrected")
    trouble = ben.locator(".quotes .trouble")
    assert trouble.locator("td").all_inner_texts() == ["Eva Holm", "Jon Arnarsson"]
    trouble.get_by_role("button", name="Use mine").click()
    ben.wait_for_selector(".quotes .lead:has-text('Jon Arnarsson')")
    assert "Eva Holm" in ben.locator(".quotes .history ol").text_content()


def test_twenty_briefs_are_approved_by_keys_alone(visit: Callable[..., Any], kept: Path) -> None:
    with Archive.open(kept) as archive:
        for number in range(18):
            store(archive, brief_of(f"Ferry {number} sails on Monday.", title=f"Ferry {number}"))
    page = visit("/briefs/1")
    for _ in range(20):
        page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("Shift+A")
    page.wait_for_selector(".standing.is-approved")
    with Archive.open(kept) as archive:
        assert len({act.subject for act in archive.reviews.journal() if act.draft.kind == "approved"}) == 20


def test_keys_go_on_from_the_line_that_was_saved(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/1")
    for number in (1, 2, 3):
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.wait_for_selector(f"[data-line='{number}'].is-accepted.current")


def test_keys_lead_to_other_pages(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/1")
    for keys, address in (("]", "**/briefs/2"), ("[", "**/briefs/1"), ("gt", "**/"), ("gs", "**/search")):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_url(address)
        if address == "**/":
            page.go_back()


def test_no_key_acts_while_one_types(visit: Callable[..., Any], kept: Path) -> None:
    page = visit("/briefs/1")
    page.locator(".quotes .line").focus()
    page.keyboard.press("x")
    page.keyboard.type("a wrong axe")
    assert page.locator(".quotes [name='reason']").input_value() == "a wrong axe"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    with Archive.open(kept) as archive:
        assert archive.reviews.journal() == ()


def test_the_keys_can_be_listed_and_switched_off(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/1")
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".line.current").count() == 0


def test_all_is_done_without_scripts(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/1", java_script_enabled=False)
    page.locator(".quotes .number").click()
    assert "#at-" in page.url
    page.locator(".back", has_text="1").first.click()
    assert page.url.endswith("#n1")
    page.locator(".quotes .correct summary").click()
    page.locator(".quotes [name='speaker'][value='']").check()
    page.locator(".quotes .correct button").click()
    page.locator(".quotes .line:target .lead", has_text="nobody named").wait_for()
    page.locator("#show-bare").check()
    page.locator("#add summary").click()
    page.locator("[name='sentence']").first.check()
    page.select_option("#add-line select", "background")
    page.locator("#add-line button").click()
    page.locator(".background .line:target").wait_for()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.locator(".standing.is-approved").wait_for()


def test_hostile_text_stays_text(visit: Callable[..., Any]) -> None:
    page = visit("/briefs/2")
    assert page.title().startswith("<i>Ferry</i>")
    assert page.locator(".source img, .source script, .source b, .lines img").count() == 0
    whole = page.eval_on_selector_all(".text .seg", "found => found.map(one => one.textContent).join('')")
    assert whole == hostile_brief().article.text


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("brief", [1, 2])
def test_a_phone_scrolls_down_only(visit: Callable[..., Any], width: int, brief: int) -> None:
    page = visit(f"/briefs/{brief}", viewport={"width": width, "height": 700}, has_touch=True)
    for details in page.locator(".correct summary").all()[:2]:
        details.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "look",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
@pytest.mark.parametrize("brief", [1, 2])
def test_axe_finds_no_violation(visit: Callable[..., Any], look: Any, brief: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = visit(f"/briefs/{brief}", **look)
    page.keyboard.press("j")
    page.keyboard.press("c")
    found = axe.Axe().run(page)
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found.response["violations"]] == []
