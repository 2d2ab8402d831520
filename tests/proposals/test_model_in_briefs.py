"""A language model is asked over a real connection; whatever it answers, only what the article holds is printed."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner
from werkzeug import Response

from briefing.cli.main import app
from briefing.model.brief import Record, When
from briefing.model.files import read_brief
from briefing.profile.engine import LanguageModel
from briefing.proposals.asking import Answer, Asker, request_for
from briefing.proposals.eye import Eye, Seen
from tests.fakes.articles import article_of
from tests.proposals.servers import PATH, answers, completion, handles, profile

ARTICLE = """---
title: Port of Lisle shut by strike
date: 2031-06-02
outlet: Coast Gazette
---
LISLE - Dock workers shut the port of Lisle on Monday in a dispute with the Harbour Board over pay.

"We will not give way," said Marta Oyen, who leads the Dockers' Union.

The Harbour Board rejected the union's demand for a rise of nine percent, its chairman, Jon Varga, said.

The Harbour Board and the Dockers' Union will meet in Selby on 4 June, Varga said.

The government of Norland and the Harbour Board agreed on Friday to pay for new cranes.
"""
LEAD = "Dock workers shut the port of Lisle on Monday in a dispute with the Harbour Board over pay."
REJECTED = "The Harbour Board rejected the union's demand for a rise of nine percent, its chairman, Jon Varga, said."
MEET = "The Harbour Board and the Dockers' Union will meet in Selby on 4 June, Varga said."
AGREED = "The government of Norland and the Harbour Board agreed on Friday to pay for new cranes."
ALL = ["summary", "events", "agreements", "disagreements", "quotes"]
GOOD: dict[str, Any] = {
    "summary": [{"evidence": [AGREED]}],
    "events": [{"evidence": [MEET], "when": "4 June", "participants": ["Harbour Board", "Dockers' Union"]}],
    "disagreements": [{"evidence": [REJECTED], "parties": ["Harbour Board", "Dockers' Union"]}],
    "agreements": [],
    "quotes": [{"evidence": ["We will not give way"], "speaker": "Oyen"}],
}


class Made:
    """What a run of `briefing make` left."""

    def __init__(self, folder: Path, *options: str, expected: int = 0) -> None:
        article = folder / "strike.txt"
        article.write_text(ARTICLE)
        out = folder / "out"
        command = ["make", str(article), "-f", "json", "--output-dir", str(out), *options]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == expected, done.output
        self.output = done.output
        self.bytes = (out / "strike.json").read_bytes() if (out / "strike.json").exists() else b""

    @property
    def brief(self) -> dict[str, Any]:
        brief: dict[str, Any] = json.loads(self.bytes)
        return brief

    def notices(self) -> list[str]:
        return [one["message"] for one in self.brief["notices"] if one["code"].startswith("model-")]


@pytest.fixture
def own(tmp_path: Path) -> dict[str, Any]:
    folder = tmp_path / "own"
    folder.mkdir()
    return Made(folder).brief


def lines(brief: dict[str, Any]) -> dict[str, Any]:
    return {name: brief[name] for name in (*ALL, "actors", "background")}


def test_what_a_model_points_at_is_printed_in_our_words(httpserver: HTTPServer, tmp_path: Path) -> None:
    answers(httpserver, GOOD)
    brief = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=ALL))).brief
    assert [one["text"] for one in brief["summary"]] == [LEAD, AGREED]  # the first line is always our own
    assert [one["when"]["value"] for one in brief["events"]] == ["2031-06-04"]
    assert [set(one["parties"]) for one in brief["disagreements"]] == [{"Harbour Board", "Dockers' Union"}]
    assert [(one["speaker"], one["text"]) for one in brief["quotes"]] == [("Marta Oyen", "We will not give way,")]
    assert brief["provenance"]["engine"] == "rules; summary, events, disagreements, quotes: eyes"


def test_a_field_without_a_grounded_line_falls_back(
    httpserver: HTTPServer, tmp_path: Path, own: dict[str, Any]
) -> None:
    answers(
        httpserver, {"events": [{"evidence": ["The strike will end on 9 June."], "when": None, "participants": []}]}
    )
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["events"])), "--explain")
    assert lines(made.brief) == lines(own)
    assert "found nothing that the article bears out" in made.notices()[0]
    assert "events: dropped, its evidence is not in the article" in made.output


@pytest.mark.parametrize(
    ("field", "item", "reason"),
    [
        ("events", {"evidence": [MEET], "when": "9 June", "participants": []}, "'9 June' is not its time"),
        ("events", {"evidence": [MEET], "when": "Friday", "participants": []}, "'Friday' is not its time"),
        ("disagreements", {"evidence": [REJECTED], "parties": ["Harbour Board", "Norland"]}, "Norland: no party"),
        ("agreements", {"evidence": [AGREED], "parties": ["Norland", "Marta Oyen"]}, "Marta Oyen: no party"),
        ("disagreements", {"evidence": [REJECTED], "parties": ["Harbour Board", "Iceland"]}, "Iceland: no actor"),
        (
            "disagreements",
            {"evidence": [REJECTED], "parties": ["Harbour Board", "the Harbour Board"]},
            "the first once more",
        ),
        ("quotes", {"evidence": ["We will not give way"], "speaker": "Jon Varga"}, "has it from Marta Oyen"),
        ("quotes", {"evidence": [MEET], "speaker": None}, "no quotation with a source"),
        ("agreements", {"evidence": ["", AGREED], "parties": ["Norland", "Harbour Board"]}, "is not in the article"),
    ],
)
def test_what_the_article_does_not_bear_out_is_dropped(
    field: str, item: dict[str, Any], reason: str, httpserver: HTTPServer, tmp_path: Path, own: dict[str, Any]
) -> None:
    answers(httpserver, {field: [item]})
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=[field])), "--explain")
    assert lines(made.brief) == lines(own)
    assert any(reason in line for line in made.output.splitlines() if "dropped" in line)


@pytest.mark.parametrize(("name", "why"), [("Marta Oyen", "takes no part"), ("Iceland", "no actor of the article")])
def test_who_takes_no_part_in_an_event_is_named(name: str, why: str, httpserver: HTTPServer, tmp_path: Path) -> None:
    item = {"evidence": [MEET], "when": "4 June", "participants": ["Harbour Board"]}
    answers(httpserver, {"events": [{**item, "participants": ["Harbour Board", name]}, item]})
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["events"])), "--explain")
    assert [one["participants"] for one in made.brief["events"]] == [["Harbour Board", "Dockers' Union"]]
    assert any(f"only {name}: {why}" in line for line in made.output.splitlines())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Response(json.dumps(completion("")), content_type="application/json"), "the answer is empty"),
        (Response(json.dumps(completion("I cannot do that.")), content_type="application/json"), "not a JSON object"),
        (Response(json.dumps(completion("[1, 2]")), content_type="application/json"), "not a JSON object"),
        (Response(json.dumps(completion("", refusal="No.")), content_type="application/json"), "refused to answer"),
        (
            Response(json.dumps(completion('{"events": [', finished="length")), content_type="application/json"),
            "its answer was cut; raise engine.llm.max_tokens",
        ),
        (Response('{"choices": []}', content_type="application/json"), "not one of a language model"),
        (Response("<html>", content_type="text/html"), "not one of a language model"),
        (Response("", 401), "it does not let us in (401)"),
        (Response("", 404), "has no model 'eyes'"),
        (Response("", 500, headers={"retry-after-ms": "1"}), "status 500"),
        (Response("", 429, headers={"retry-after": "60"}), "too much to do"),
        (Response(json.dumps(completion("[" * 100_000)), content_type="application/json"), "the answer"),
        (
            Response(json.dumps(completion('{"events": "\ud800"}')), content_type="application/json"),
            "not a JSON object",
        ),
        (Response("", 503, headers={"retry-after-ms": "1"}), "status 503"),
        (Response("", 429, headers={"retry-after-ms": "1"}), "too much to do"),
        (Response("", 302, headers={"location": "http://192.0.2.1/v1"}), "leads to another address (302)"),
    ],
)
def test_without_an_answer_the_lines_are_our_own(
    answer: Response, reason: str, httpserver: HTTPServer, tmp_path: Path, own: dict[str, Any]
) -> None:
    handles(httpserver, lambda _: answer)
    started = time.monotonic()
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, answers=str(tmp_path / "kept"))))
    assert time.monotonic() - started < 20
    assert lines(made.brief) == lines(own)
    assert reason in made.notices()[0]
    assert made.brief["provenance"]["engine"] == "rules"


def test_a_defect_in_grounding_costs_no_line_of_ours(
    httpserver: HTTPServer, tmp_path: Path, own: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError(3)

    monkeypatch.setattr("briefing.proposals.grounding.ground", broken)
    answers(httpserver, GOOD)
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver)))
    assert lines(made.brief) == lines(own)
    assert "a defect of briefing, please report it: KeyError" in made.notices()[0]


def test_answers_that_cannot_be_kept_are_not_used(httpserver: HTTPServer, tmp_path: Path, own: dict[str, Any]) -> None:
    answers(httpserver, GOOD)
    (tmp_path / "kept").write_text("a file in the place of the folder")
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, answers=str(tmp_path / "kept"))))
    assert lines(made.brief) == lines(own)
    assert "its answer cannot be kept" in made.notices()[0]


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        (["A" * 400, "B" * 400, "C" * 400], 802),  # two, with the blank line between them
        (["A" * 100, "B" * 1_200], 1_000),  # not the first alone, which is a tenth of what has room
        (["A" * 300], 300),
    ],
)
def test_a_long_article_is_cut_after_a_paragraph(paragraphs: list[str], kept: int) -> None:
    article = article_of("\n\n".join(paragraphs))
    settings = LanguageModel(url="http://127.0.0.1:9/v1", model="eyes", characters=1_000)
    request, is_cut = request_for(article, settings)
    assert article.text[:kept] + "\nARTICLE-" in request["messages"][1]["content"]
    assert is_cut is (kept < len(article.text))


@pytest.mark.parametrize("above", ["Bridge opens", ""])
def test_a_request_holds_the_title_once(above: str) -> None:
    article = article_of("It opened on Monday.", title=above).model_copy(update={"title": "Bridge opens"})
    request, _ = request_for(article, LanguageModel(url="http://127.0.0.1:9/v1", model="eyes"))
    assert request["messages"][1]["content"].count("Bridge opens") == 1


def test_a_slow_server_costs_its_time_once(httpserver: HTTPServer, tmp_path: Path) -> None:
    def late(_: dict[str, Any]) -> Response:
        time.sleep(2)
        return Response("{}")

    handles(httpserver, late)
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, timeout=0.5)))
    assert "did not answer within 0.5 seconds" in made.notices()[0]


def test_no_server_at_all_leaves_our_own_lines(tmp_path: Path) -> None:
    made = Made(tmp_path, "--profile", str(profile(tmp_path, "http://127.0.0.1:9/v1")))
    assert "cannot be reached" in made.notices()[0]
    assert "strike.txt: eyes gave no answer: it cannot be reached" in " ".join(made.output.split())


def test_an_answer_in_bad_json_is_repaired_item_by_item(httpserver: HTTPServer, tmp_path: Path) -> None:
    good, bad = {"evidence": [REJECTED], "parties": ["Harbour Board", "Dockers' Union"]}, {"parties": ["one"]}
    content = "Here it is:\n```json\n" + json.dumps({"disagreements": [bad, good]})[:-1]
    answers(httpserver, content)
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["disagreements"])), "--explain")
    assert len(made.brief["disagreements"]) == 1
    assert "dropped, not as asked: disagreements 1: evidence: it is missing" in made.output


@pytest.mark.parametrize("wrong", [5, {"evidence": [REJECTED]}, "none"])
def test_a_list_of_another_type_is_counted(wrong: object, httpserver: HTTPServer, tmp_path: Path) -> None:
    answers(httpserver, {"events": wrong, "quotes": GOOD["quotes"]})
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["events", "quotes"])), "--explain")
    assert "found nothing" in made.notices()[0]
    assert "dropped, not as asked: events: it is no list" in made.output


def test_more_than_a_page_can_hold_is_counted(httpserver: HTTPServer, tmp_path: Path) -> None:
    answers(httpserver, {"events": GOOD["events"] * 43})
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["events"])), "--explain")
    assert len(made.brief["events"]) == 1
    assert "dropped, not as asked: events: 3 more than 40" in made.output


def test_a_field_without_a_line_of_the_model_says_so(httpserver: HTTPServer, tmp_path: Path) -> None:
    answers(httpserver, {**GOOD, "events": [{"evidence": ["The port of Lisle will close."]}]})
    brief = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=ALL))).brief
    assert [one["where"] for one in brief["notices"] if one["code"] == "model-found-nothing"] == [
        "events",
        "agreements",
    ]


def test_a_server_that_counts_no_tokens_is_stopped_too(httpserver: HTTPServer, tmp_path: Path) -> None:
    uncounted = {**completion(json.dumps(GOOD)), "usage": None}
    asked = handles(httpserver, lambda _: Response(json.dumps(uncounted), content_type="application/json"))
    chosen = profile(tmp_path, httpserver, budget={"tokens": 200})
    for name in ("first", "second"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE)
    articles = [str(tmp_path / f"{name}.txt") for name in ("first", "second")]
    command = ["make", *articles, "-f", "json", "--output-dir", str(tmp_path / "out"), "--profile", str(chosen)]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert len(asked) == 1
    assert "the budget of 200 tokens is spent" in (tmp_path / "out" / "second.json").read_text()


def test_a_server_that_knows_no_schema_is_asked_without(httpserver: HTTPServer, tmp_path: Path) -> None:
    def plain_only(request: dict[str, Any]) -> Response:
        if "response_format" in request:
            return Response("", 400)
        return Response(json.dumps(completion(json.dumps(GOOD))), content_type="application/json")

    asked = handles(httpserver, plain_only)
    brief = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["events"]))).brief
    assert brief["provenance"]["engine"] == "rules; events: eyes"
    assert [one.get("response_format", {}).get("type") for one in asked] == ["json_schema", "json_object", None]


def test_a_request_fixes_chance_and_fences_the_article(httpserver: HTTPServer, tmp_path: Path) -> None:
    asked = answers(httpserver, GOOD)
    Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["events"], max_tokens=99)))
    (request,) = asked
    assert (request["temperature"], request["seed"], request["max_tokens"]) == (0, 1, 99)
    system, user = (message["content"] for message in request["messages"])
    fence = user.splitlines()[0]
    assert user.splitlines()[-1] == fence
    assert fence in system
    assert fence not in ARTICLE


def test_both_prints_what_either_found_and_says_who(httpserver: HTTPServer, tmp_path: Path) -> None:
    answers(httpserver, GOOD)
    chosen = profile(tmp_path, httpserver, fields=["disagreements", "quotes"])
    made = Made(tmp_path, "--profile", str(chosen), "--engine", "both", "--explain")
    assert "both found: We will not give way," in made.output
    assert made.brief["provenance"]["engine"].endswith("rules and eyes")
    assert len({one["id"] for one in made.brief["disagreements"]}) == len(made.brief["disagreements"])


def elsewhere(record: Record) -> Record:
    """Return a record that rests on another sentence."""
    (one, *_) = record.evidence  # type: ignore[attr-defined]
    moved = one.model_copy(update={"start": one.start + 500, "end": one.end + 500})
    return record.model_copy(update={"evidence": (moved,), "id": "another"})


@pytest.mark.parametrize(
    ("field", "change", "printed"),
    [
        ("events", {}, 1),
        ("events", {"participants": ("Norland",)}, 2),
        ("events", {"when": When(text="5 June", value="2031-06-05", precision="day")}, 2),
        ("events", {"when": When(text="soon")}, 2),
        ("disagreements", {}, 1),
        ("disagreements", {"topic": "the hours"}, 2),
        ("disagreements", {"parties": ("Norland", "Harbour Board")}, 2),
    ],
)
def test_both_prints_one_event_or_point_once(field: str, change: dict[str, Any], printed: int, tmp_path: Path) -> None:
    brief = read_brief(Made(tmp_path).bytes, "strike.json")
    (own,) = getattr(brief, field)[:1]
    eye = Eye(Asker(LanguageModel(url="http://127.0.0.1:9/v1", model="eyes", answers="kept"), None), both=True)
    proposed = elsewhere(own).model_copy(update=change)
    assert len(Seen(eye, Answer(), {field: (proposed,)}).merged(field, (own,))) == printed


def test_other_parties_of_one_point_are_explained(tmp_path: Path) -> None:
    brief = read_brief(Made(tmp_path).bytes, "strike.json")
    (own,) = brief.disagreements[:1]
    eye = Eye(Asker(LanguageModel(url="http://127.0.0.1:9/v1", model="eyes", answers="kept"), None))
    for parties, said in ((own.parties, "both found: "), (("Norland", "Lisle"), "the model with Norland, Lisle: ")):
        seen = Seen(eye, Answer(), {"disagreements": (own.model_copy(update={"parties": parties}),)})
        assert any(said in line for line in seen.reasons({"disagreements": (own,)}))


@pytest.mark.parametrize("beside_archive", [False, True])
def test_replay_gives_the_same_bytes_without_a_server(
    beside_archive: bool, httpserver: HTTPServer, tmp_path: Path
) -> None:
    asked = answers(httpserver, GOOD)
    kept = {} if beside_archive else {"answers": str(tmp_path / "kept")}
    options = ["--profile", str(profile(tmp_path, httpserver, fields=ALL, **kept))]
    options += ["--archive", str(tmp_path / "briefs.sqlite")] if beside_archive else []
    first = Made(tmp_path, *options).bytes
    assert Made(tmp_path, *options).bytes == first
    assert len(asked) == 1  # a kept answer costs nothing
    httpserver.clear()
    assert Made(tmp_path, *options, "--replay").bytes == first


def test_an_answer_that_is_cut_is_used_and_said(httpserver: HTTPServer, tmp_path: Path) -> None:
    whole = json.dumps({"events": [{"evidence": [MEET], "when": "4 June", "participants": []}]})
    cut = completion(whole[:-2] + ', {"evidence": ["The', finished="length")
    handles(httpserver, lambda _: Response(json.dumps(cut), content_type="application/json"))
    made = Made(tmp_path, "--profile", str(profile(tmp_path, httpserver, fields=["events"])), "--explain")
    assert "its answer was cut at 2000 tokens" in made.output
    assert "events: 2 proposed, 1 kept" in made.output


def test_a_failure_is_replayed_too_but_asked_again_otherwise(httpserver: HTTPServer, tmp_path: Path) -> None:
    asked = handles(httpserver, lambda _: Response("", 404))
    chosen = str(profile(tmp_path, httpserver, answers=str(tmp_path / "kept")))
    first = Made(tmp_path, "--profile", chosen).bytes
    assert Made(tmp_path, "--profile", chosen, "--replay").bytes == first
    assert len(asked) == 1
    Made(tmp_path, "--profile", chosen)
    assert len(asked) == 2


def test_a_budget_ends_the_asking_for_all_processes(httpserver: HTTPServer, tmp_path: Path) -> None:
    asked = answers(httpserver, GOOD)
    chosen = str(profile(tmp_path, httpserver, budget={"articles": 2}))
    articles = []
    for number in range(4):
        articles.append(tmp_path / f"{number}.txt")
        articles[-1].write_text(ARTICLE.replace("nine", f"{number}1"))
    out = tmp_path / "out"
    command = ["make", *map(str, articles), "-f", "json", "--output-dir", str(out), "--jobs", "2", "--profile", chosen]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert len(asked) == 2
    assert "the budget of 2 articles is spent" in (out / "3.json").read_text()


def test_a_key_is_sent_and_never_written(
    httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EYES_KEY", "secret-of-the-desk")
    httpserver.expect_request(PATH, headers={"authorization": "Bearer secret-of-the-desk"}).respond_with_data("", 403)
    chosen = profile(tmp_path, httpserver, key="env:EYES_KEY", answers=str(tmp_path / "kept"))
    made = Made(tmp_path, "--profile", str(chosen), "--explain")
    assert "check the key in EYES_KEY" in made.notices()[0]
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"secret-of-the-desk" in content for content in (*written, made.output.encode()))


@pytest.mark.parametrize(
    ("settings", "options", "said"),
    [
        ({"key": "env:NO_SUCH_KEY"}, (), "the variable NO_SUCH_KEY is not set"),
        ({}, ("--replay",), "none are kept; add engine.llm.answers"),
        ({}, ("--engine", "lm"), "did you mean 'llm'?"),
        ({"key": "sk-123"}, (), "a profile must not hold a secret"),
        ({"url": "ftp://models"}, (), "write http://127.0.0.1:8080/v1"),
        ({"fields": ["actors"]}, (), "engine.llm.fields.0"),
    ],
)
def test_wrong_settings_are_refused_before_any_work(
    settings: dict[str, Any], options: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    chosen = profile(tmp_path, str(settings.pop("url", "http://127.0.0.1:9/v1")), **settings)
    assert said in Made(tmp_path, "--profile", str(chosen), *options, expected=2).output


def test_no_profile_with_a_model_leaves_the_engine_to_us(tmp_path: Path, own: dict[str, Any]) -> None:
    assert own["provenance"]["engine"] == "rules"
    assert "the profile names none" in Made(tmp_path, "--engine", "llm", expected=2).output
