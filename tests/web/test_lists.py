"""The pages that list things: each tells all of its state in its address, and works without scripts."""

import html
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from briefing.archive.archive import Archive
from briefing.archive.records import RunItem
from briefing.evidence.seal import record_digest
from briefing.jobs import reviews
from briefing.model.runs import RunResult
from briefing.profile.approval import Approval
from briefing.profile.profile import Profile
from briefing.profile.schedule import Schedule
from briefing.review.acts import By
from briefing.room.add import MOST_FILES
from tests.archive.briefs import Clock, brief_of, store
from tests.digest.digests import digest_of, two_articles
from tests.web.conftest import OpenRoom

_NEXT = re.compile(r'href="([^"]+)" rel="next"')
HOSTILE = '<script>alert(1)</script> & "quoted" \u202e'


def next_page(text: str) -> str | None:
    found = _NEXT.search(text)
    return html.unescape(found[1]) if found else None


def all_briefs(room: TestClient, address: str) -> list[str]:
    """Return the briefs that all pages of a list link to."""
    found: list[str] = []
    following: str | None = address
    while following:
        page = room.get(following)
        assert page.status_code == 200
        found += re.findall(r'href="/briefs/(\d+)"', page.text)
        following = next_page(page.text)
    return found


@pytest.fixture
def many(kept: Path) -> Path:
    """Return the archive with 120 more briefs."""
    with Archive.open(kept) as archive:
        for number in range(120):
            day = f"2024-06-{number % 28 + 1:02}"
            store(archive, brief_of(f"Herring talks, part {number}.", published=day, events=[(f"Part {number}", day)]))
    return kept


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search",
        "/agenda",
        "/actors/Nobody",
        "/add",
        "/journal",
        "/keys",
        "/?after=x",
        "/search?after=~",
        "/agenda?after=1~1~1~9e9",
    ],
)
def test_a_page_is_text_and_its_twin_says_the_same(room: TestClient, address: str) -> None:
    page = room.get(address)
    path, _, query = address.partition("?")
    twin = room.get(f"{'/index' if path == '/' else path}.json?{query}")
    assert page.headers["content-type"].startswith("text/html")
    assert (page.status_code, twin.headers["content-type"]) == (twin.status_code, "application/json")
    assert room.get(address, headers={"If-None-Match": page.headers["etag"]}).status_code in (304, page.status_code)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("address", "count"), [("/search?words=herring", 120), ("/", 123), ("/search", 123)])
def test_all_pages_hold_each_brief_once(room: TestClient, address: str, count: int) -> None:
    found = all_briefs(room, address)
    assert len(found) == len(set(found)) == count


@pytest.mark.usefixtures("many")
def test_the_agenda_goes_on_where_it_stopped(room: TestClient) -> None:
    found = all_briefs(room, "/agenda?from=2024-06-01")
    assert len(set(found)) == 121
    calendar = room.get("/agenda.ics?from=2024-06-20")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == sum(1 for number in range(120) if number % 28 + 1 >= 20)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/search?words=%22%22", "no word"),
        ("/search?since=yesterday", "not a day"),
        ("/agenda?from=soon", "not a day"),
    ],
)
def test_what_is_not_understood_is_said(room: TestClient, address: str, words: str) -> None:
    page = room.get(address)
    assert (page.status_code, words in page.text) == (400, True)


def test_a_search_is_written_back_into_its_form(room: TestClient) -> None:
    page = room.get("/search", params={"words": HOSTILE, "outlet": "Northern Wire"})
    assert html.escape(HOSTILE, quote=True).replace("&quot;", "&#34;") in page.text
    assert 'value="Northern Wire"' in page.text


def test_a_result_shows_where_its_article_holds_the_words(room: TestClient) -> None:
    page = room.get("/search?words=TROMSØ+week")
    assert "The port of <mark>Tromsø</mark> closes for a <mark>week</mark>." in page.text
    assert "<mark>" not in room.get("/search?words=stopped").text  # only the title holds it
    (hit,) = room.get("/search.json?words=stopped").json()["found"]["hits"]
    assert (hit["entry"]["brief"], hit["excerpt"]) == (2, [])


def test_hostile_names_stay_text_on_every_page(kept: Path, room: TestClient) -> None:
    with Archive.open(kept) as archive:
        brief = brief_of(
            "Talks.",
            title=HOSTILE,
            outlet=HOSTILE,
            actors=[(HOSTILE, HOSTILE, HOSTILE)],
            events=[(HOSTILE, "2030-01-01")],
            agreements=[(HOSTILE, (HOSTILE, "Norway"))],
        )
        store(archive, brief)
        archive.room.follow("Ada Berg", HOSTILE)
        run = archive.begin_run("make", "x")
        archive.finish_item(run, RunItem(HOSTILE, None, "failed", reason=HOSTILE))
        review = reviews.brief_review(archive, 4)
        assert review is not None
        line = record_digest(brief.agreements[0])
        reviews.reject(archive, By("Ada Berg", "web"), review, line, HOSTILE)
    name = room.get("/agenda?from=2030-01-01")
    for page in (
        name,
        room.get("/"),
        room.get("/search?words=talks"),
        room.get("/journal"),
        room.get(f"/actors/{HOSTILE}"),
    ):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text


def test_a_followed_actor_is_shown_on_today(room: TestClient) -> None:
    assert "Ingrid Solheim" not in room.get("/").text
    page = room.post("/follows", data={"name": "Ingrid Solheim"})
    assert (page.url.path, "Follow no longer" in page.text) == ("/actors/Ingrid Solheim", True)
    assert "Ingrid Solheim" in room.get("/").text
    room.post("/follows", data={"name": "Ingrid Solheim", "follow": "no"})
    assert "Ingrid Solheim" not in room.get("/").text


def test_the_journal_has_old_and_new_values(kept: Path, room: TestClient) -> None:
    with Archive.open(kept) as archive:
        review = reviews.brief_review(archive, 3)
        assert review is not None
        (quote,) = (line for line in review.reviewed.lines if line.field == "quotes")
        reviews.correct(archive, By("Jan", "command line"), review, quote.digest, {"speaker": "Jon Arnarsson"})
    (line,) = room.get("/journal.json").json()["journal"]["lines"]
    assert (line["who"], line["way"], line["kind"], line["title"]) == ("Jan", "command line", "corrected", "Untitled")
    assert line["address"] == f"/briefs/3#line-{quote.digest}"
    assert line["changes"] == [{"field": "speaker", "old": "Ingrid Solheim", "new": "Jon Arnarsson"}]
    assert room.get("/journal.json?who=Ada").json()["journal"]["lines"] == []
    assert "<del>Ingrid Solheim</del>" in room.get("/journal?who=Jan").text


def test_a_digest_to_approve_leads_to_its_page(kept: Path, open_room: OpenRoom, clock: Clock) -> None:
    due = clock() + timedelta(hours=1)
    made = digest_of(two_articles())
    provenance = made.provenance.model_copy(update={"profile": "morning"})
    digest = made.model_copy(update={"at": due.isoformat(), "provenance": provenance})
    with Archive.open(kept, clock=clock) as archive:
        archive.digests("morning").keep(due, digest, None)
        archive.schedule.note_due("morning", (due,), (), clock())
        (run,) = archive.schedule.to_run(("morning",))
        archive.schedule.wait(run, RunResult("Morning digest", ()), clock())
    profile = Profile(name="morning", approval=Approval(need="digest"), schedule=Schedule(cron="0 7 * * *"))
    room = open_room(profile=profile)
    (line,) = room.get("/index.json").json()["to_approve"]
    assert line["what"]["title"] == "Morning digest"
    page = room.get(line["address"])
    assert (page.status_code, html.escape(line["address"]) in room.get("/").text) == (200, True)
    assert "2024-05-14 07:00 UTC" in room.get("/").text  # the deadline, and the next send


def key_of(room: TestClient, action: str) -> str:
    bindings = room.get("/keys.json").json()["bindings"]
    return next(one["key"] for one in bindings if one["action"] == action)


def test_a_key_is_chosen_turned_off_and_given_back(room: TestClient) -> None:
    room.post("/keys", data={"action": "undo", "key": " z "})
    assert key_of(room, "undo") == "z"
    room.post("/keys", data={"action": "undo", "key": "z", "off": "yes"})
    assert key_of(room, "undo") == ""
    room.post("/keys", data={"usual": "yes"})
    assert key_of(room, "undo") == "u"


@pytest.mark.parametrize("key", ["j", "g", "g t", "Ctrl+a", "A", "zz", "a b c", "Shift+Enter", "g t x", "F5", "Tab"])
def test_a_key_that_cannot_be_chosen_changes_nothing(room: TestClient, key: str) -> None:
    page = room.post("/keys", data={"action": "undo", "key": key})
    assert (page.status_code, key_of(room, "undo")) == (422, "u")
    assert 'class="trouble"' in page.text


def test_an_unknown_action_has_no_key(room: TestClient) -> None:
    assert room.post("/keys", data={"action": "send", "key": "z"}).status_code == 422


def test_added_files_become_briefs(room: TestClient) -> None:
    text = "OSLO, May 14, 2024 - Ministers of five states signed a treaty on herring on Tuesday in the hall of Bergen."
    page = room.post("/add", files=[("files", ("a.txt", text)), ("files", ("empty.pdf", b"%PDF-1.4"))])
    assert (page.url.path, page.status_code) == ("/add", 200)
    deadline = time.monotonic() + 120
    while (seen := room.get("/add.json").json())["busy"] and time.monotonic() < deadline:
        time.sleep(0.2)
    failed, done = seen["jobs"]
    assert (failed["state"], failed["brief"]) == ("failed", None)
    assert "empty.pdf" in failed["note"]
    assert (done["state"], done["who"]) == ("done", "Ada Berg")
    assert f"/briefs/{done['brief']}" in room.get("/").text
    assert "empty.pdf" in room.get("/").text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {"address": ""}}, 422),
        ({"data": {"address": "gopher://a.example"}}, 422),
        ({"files": [("files", (f"{n}.txt", b"x")) for n in range(MOST_FILES + 1)]}, 400),
        ({"content": b"", "headers": {"Content-Length": "999999999"}}, 413),
    ],
    ids=["nothing", "no web address", "too many files", "too large"],
)
def test_what_cannot_be_added_is_refused(room: TestClient, sent: dict[str, object], status: int) -> None:
    page = room.post("/add", **sent)  # type: ignore[arg-type]
    assert page.status_code == status
    assert room.get("/add.json").json()["jobs"] == []
