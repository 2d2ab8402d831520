"""Today lists the newest briefs, as a page and as JSON."""

from starlette.testclient import TestClient


def test_today_lists_the_briefs_newest_first(room: TestClient) -> None:
    page = room.get("/")
    assert page.status_code == 200
    assert page.text.index("/briefs/3") < page.text.index("/briefs/1")
    assert "Rain &lt;b&gt;fell&lt;/b&gt; &amp; stopped" in page.text


def test_every_page_has_a_json_twin(room: TestClient) -> None:
    twin = room.get("/index.json")
    assert [brief["brief"] for brief in twin.json()["briefs"]] == [3, 2, 1]
    assert room.get("/", headers={"Accept": "application/json"}).json() == twin.json()


def test_a_page_that_did_not_change_is_not_sent_again(room: TestClient) -> None:
    first = room.get("/")
    assert room.get("/", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
