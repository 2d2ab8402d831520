"""The page of a brief without scripts: read, correct, add, undo, decide; what others did meanwhile is never lost."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.fakes.briefs import TEXT

PAGE = "/briefs/3"
HTMX = {"HX-Request": "true"}


def lines_of(room: TestClient) -> dict[str, Any]:
    """Return the first line of each list of the brief."""
    return {section["name"]: section["lines"][0] for section in room.get(f"{PAGE}.json").json()["sections"]}


def act(room: TestClient, field: str, deed: str, **form: Any) -> Any:
    headers = form.pop("headers", {})
    line = lines_of(room)[field]
    form.setdefault("after", str(line["after"]))
    return room.post(f"{PAGE}/lines/{line['digest']}/{deed}", data=form, headers=headers, follow_redirects=False)


def standing(room: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = room.get(f"{PAGE}.json").json()["standing"]
    return found


def test_a_brief_is_shown_beside_its_article(room: TestClient) -> None:
    page = room.get(PAGE)
    assert page.status_code == 200
    text = re.sub(r"<[^>]+>", "", page.text)
    assert "Norway and Iceland agreed on mackerel quotas on Tuesday, minister Ingrid Solheim said." in text
    assert "Upcoming events" in text
    for line in lines_of(room).values():
        assert f'id="at-{line["evidence"][0]["start"]}"' in page.text
        assert f'href="#n{line["number"]}"' in page.text
        assert f'id="n{line["number"]}"' in page.text


@pytest.mark.parametrize("path", ["/briefs/99", "/briefs/x", "/briefs/3/exe", "/briefs/99/lines/0/why"])
def test_what_is_not_there_is_not_found(room: TestClient, path: str) -> None:
    assert room.get(path).status_code == 404


def test_a_correction_leads_back_to_its_line(room: TestClient) -> None:
    digest = lines_of(room)["quotes"]["digest"]
    answer = act(room, "quotes", "correct", **{"speaker": "Ingrid Solheim", "speaker-other": "Jon Arnarsson"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#line-{digest}")
    line = lines_of(room)["quotes"]
    assert (line["state"], line["details"][0]["text"], line["after"]) == ("corrected", "Jon Arnarsson", 1)
    assert room.get(f"{PAGE}/json").json()["quotes"][0]["speaker"] == "Jon Arnarsson"


def test_with_htmx_a_correction_returns_its_line_and_the_state(room: TestClient) -> None:
    answer = act(room, "quotes", "correct", headers=HTMX, speaker="")
    assert answer.status_code == 200
    assert answer.text.count('<li class="line') == 1
    assert "nobody named" in answer.text
    assert 'id="standing" hx-swap-oob="true"' in answer.text
    assert "source-text" not in answer.text


def test_with_htmx_a_rejection_returns_the_source_too(room: TestClient) -> None:
    assert 'id="source-text" hx-swap-oob="true"' in act(room, "events", "reject", headers=HTMX, reason="old").text


def test_with_htmx_a_line_that_moves_loads_the_page_again(room: TestClient) -> None:
    answer = act(room, "agreements", "correct", headers=HTMX, sign="disagreement")
    assert answer.headers["HX-Refresh"] == "true"
    assert "disagreements" in lines_of(room)


def test_undo_restores_the_brief_as_it_was(room: TestClient) -> None:
    before = room.get(f"{PAGE}/json").content
    act(room, "quotes", "correct", speaker="")
    act(room, "events", "reject", reason="old")
    assert room.get(f"{PAGE}/json").content != before
    for _ in range(2):
        room.post(f"{PAGE}/undo", data={"act": str(standing(room)["undo"]["number"])})
    assert room.get(f"{PAGE}/json").content == before
    assert standing(room)["undo"] is None


def test_the_second_of_two_people_gets_both_values(room: TestClient) -> None:
    act(room, "quotes", "correct", **{"speaker-other": "Jon Arnarsson"})
    late = act(room, "quotes", "correct", **{"speaker-other": "Eva Holm", "after": "0"})
    assert late.status_code == 409
    assert "Jon Arnarsson" in late.text
    assert "Eva Holm" in late.text
    assert lines_of(room)["quotes"]["details"][0]["text"] == "Jon Arnarsson"
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', late.text.split("Use mine")[0]))
    assert (hidden["speaker-other"], hidden["after"]) == ("Eva Holm", "1")
    digest = lines_of(room)["quotes"]["digest"]
    room.post(f"{PAGE}/lines/{digest}/correct", data=hidden)
    line = lines_of(room)["quotes"]
    assert line["details"][0]["text"] == "Eva Holm"
    assert [deed["changes"][0][2] for deed in line["history"]] == ["Jon Arnarsson", "Eva Holm"]


def test_with_htmx_a_conflict_comes_back_within_the_line(room: TestClient) -> None:
    act(room, "quotes", "accept")
    late = act(room, "quotes", "reject", headers=HTMX, reason="wrong", after="0")
    assert late.status_code == 409
    assert late.text.count('<li class="line') == 1
    assert "Use mine" in late.text


@pytest.mark.parametrize(
    ("deed", "form"),
    [("accept", {}), ("reject", {"reason": "old"}), ("correct", {"speaker-other": "Jon Arnarsson"})],
)
def test_a_form_sent_twice_is_stored_once(room: TestClient, deed: str, form: Any) -> None:
    for _ in range(2):
        assert act(room, "quotes", deed, after="0", **form).status_code == 303
    assert len(lines_of(room)["quotes"]["history"]) == 1


@pytest.mark.parametrize(
    ("field", "deed", "form", "reason"),
    [
        ("events", "correct", {"when-other": "soon"}, "2031-06-02"),
        ("actors", "correct", {"kind": "robot"}, "kind"),
        ("summary", "correct", {"text": " "}, "text"),
        ("summary", "undo", {"act": "77"}, "no act on this brief"),
        ("summary", "undo", {"act": "<b>"}, "no act on this brief"),
    ],
)
def test_a_refusal_says_why_and_stores_nothing(room: TestClient, field: str, deed: str, form: Any, reason: str) -> None:
    answer = act(room, field, deed, **form)
    assert answer.status_code == 422
    assert reason in answer.text
    assert lines_of(room)[field]["history"] == []


def test_a_line_is_added_that_rests_on_ticked_sentences(room: TestClient) -> None:
    answer = room.post(f"{PAGE}/lines", data={"list": "background", "sentence": ["2", "3"]}, follow_redirects=False)
    assert answer.status_code == 303
    line = lines_of(room)["background"]
    assert (line["state"], answer.headers["location"]) == ("added", f"{PAGE}#line-{line['digest']}")
    assert [spot["place"] for spot in line["evidence"]] == ["sentence 2", "sentence 3"]


def test_words_that_the_evidence_lacks_are_not_added(room: TestClient) -> None:
    form = {"list": "summary", "start": "0", "end": "30", "words": "Sweden agreed"}
    answer = room.post(f"{PAGE}/lines", data=form)
    assert answer.status_code == 422
    assert "Sweden" in answer.text


def test_an_approval_is_of_the_brief_that_was_seen(room: TestClient) -> None:
    seen = standing(room)["seen"]
    act(room, "quotes", "correct", speaker="")
    assert room.post(f"{PAGE}/approved", data={"seen": seen}).status_code == 422
    assert standing(room)["state"] == "made"
    room.post(f"{PAGE}/approved", data={"seen": standing(room)["seen"]})
    assert standing(room)["state"] == "approved"
    act(room, "events", "reject")
    found = standing(room)
    assert (found["state"], found["void"]["kind"]) == ("made", "approved")
    assert "no longer counts" in room.get(PAGE).text


def test_deciding_can_lead_on_to_the_next_brief(room: TestClient) -> None:
    form = {"seen": standing(room)["seen"], "next": "2", "then": "next"}
    answer = room.post(f"{PAGE}/reviewed", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/briefs/2"
    form["next"] = "//example.org"
    answer = room.post(f"{PAGE}/approved", data=form, follow_redirects=False)
    assert answer.headers["location"] == PAGE


def test_printed_pages_can_do_nothing(room: TestClient) -> None:
    for name in ("html", "json", "md"):
        answer = room.get(f"{PAGE}/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_hostile_article_text_stays_text(room: TestClient) -> None:
    page = room.get("/briefs/2").text
    assert "&lt;Bergen&gt; &amp; Oslo" in page
    assert "<Bergen>" not in page


def test_text_between_paragraphs_is_on_the_page(room: TestClient) -> None:
    paragraphs = room.get(f"{PAGE}/article.json").json()["paragraphs"]
    assert "".join(segment["text"] for paragraph in paragraphs for segment in paragraph["segments"]) == TEXT


def test_reasons_that_cannot_be_found_say_why(room: TestClient) -> None:
    line = lines_of(room)["quotes"]
    path = f"{PAGE}/lines/{line['digest']}/why"
    whole, part = room.get(path), room.get(path, headers=HTMX)
    assert "briefing serve --profile standard" in whole.text
    assert f"{PAGE}#line-{line['digest']}" in whole.text
    assert "<html" in whole.text
    assert "briefing serve --profile standard" in part.text
    assert "<html" not in part.text


def test_a_reader_sees_no_form_that_is_refused(open_room: Any) -> None:
    page = open_room("Eva", "reader").get(PAGE).text
    assert re.findall(r'<form[^>]* action="([^"]+)"', page) == ["/leave"]
    editor = open_room("Ines", "editor").get(PAGE).text
    assert f'action="{PAGE}/reviewed"' in editor
    assert f'action="{PAGE}/approved"' not in editor


def test_an_editor_takes_back_no_approval_of_another(open_room: Any) -> None:
    approver, editor = open_room("Olav", "approver"), open_room("Ines", "editor")
    approver.post(f"{PAGE}/approved", data={"seen": standing(approver)["seen"]})
    assert editor.post(f"{PAGE}/undo", data={"act": "1"}).status_code == 422
    assert standing(editor)["state"] == "approved"
    approver.post(f"{PAGE}/undo", data={"act": "1"})
    assert standing(editor)["state"] == "made"
    assert editor.post(f"{PAGE}/undo", data={"act": "2"}).status_code == 422
    assert standing(editor)["state"] == "made"


def test_a_number_that_no_brief_can_have_is_not_found(room: TestClient) -> None:
    assert room.get(f"/briefs/{2**63}").status_code == 404
    assert room.get(f"/briefs/{10**30}.json").status_code == 404
