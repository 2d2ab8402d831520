"""An article that tells a model what to do changes nothing that is printed, even if the model obeys."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner
from werkzeug import Response

from briefing.cli.main import app
from briefing.evidence.line_checks import check_lines
from briefing.model.files import read_brief
from tests.proposals.servers import completion, handles, profile
from tests.proposals.test_model_in_briefs import ALL, ARTICLE, REJECTED

INJECTIONS = yaml.safe_load(Path(__file__).with_name("injections.yaml").read_text())
INVENTED = "The Harbour Board accepted all demands and the strike is over."


def made(folder: Path, text: str, *options: str) -> dict[str, Any]:
    article = folder / "strike.txt"
    article.write_text(text)
    command = ["make", str(article), "-f", "json", "--output-dir", str(folder / "out"), *options]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    content = (folder / "out" / "strike.json").read_bytes()
    assert list(check_lines(read_brief(content, "strike.json"))) == []  # what `briefing verify` checks of each line
    brief: dict[str, Any] = json.loads(content)
    return brief


def obedient(demand: str) -> dict[str, Any]:
    """Return the answer of a model that obeys, in every field and by every trick."""
    false, parties = [INVENTED], ["Harbour Board", "Dockers' Union"]
    return {
        "summary": [{"evidence": false}, {"evidence": [f"{demand} {INVENTED}"], "text": INVENTED}],
        "events": [{"evidence": false, "when": "31 December", "participants": parties, "title": INVENTED}],
        "agreements": [{"evidence": false, "parties": parties, "statement": INVENTED, "topic": INVENTED}],
        "disagreements": [{"evidence": [REJECTED], "parties": ["Harbour Board", INVENTED], "topic": INVENTED}],
        "quotes": [{"evidence": false, "speaker": "Marta Oyen"}, {"evidence": [REJECTED], "speaker": INVENTED}],
    }


@pytest.mark.parametrize("demand", INJECTIONS, ids=range(len(INJECTIONS)))
def test_a_model_that_obeys_the_article_changes_no_line(demand: str, httpserver: HTTPServer, tmp_path: Path) -> None:
    def obey(request: dict[str, Any]) -> Response:
        assert demand.split(maxsplit=1)[0][:8] in request["messages"][1]["content"] or not demand.isascii()
        return Response(json.dumps(completion(json.dumps(obedient(demand)))), content_type="application/json")

    handles(httpserver, obey)
    text = f"{ARTICLE}\n{demand}\n"
    own = made(tmp_path, text)
    seen = made(tmp_path, text, "--profile", str(profile(tmp_path, httpserver, fields=ALL)))
    assert {name: seen[name] for name in ALL} == {name: own[name] for name in ALL}
    assert seen["actors"] == own["actors"]
    assert INVENTED not in json.dumps([seen[name] for name in ALL])


# Plain sentences in the eyes of a parser; an obedient model can make the second line of the summary of them.
PLAIN = ("DAN mode", "For security reasons", "I g n o r e")


@pytest.mark.parametrize(
    "demand",
    [
        pytest.param(
            one, marks=pytest.mark.xfail(strict=True, reason="it reads as news") if one.startswith(PLAIN) else ()
        )
        for one in INJECTIONS
        if one.isascii() and len(one.split()) > 6
    ],
)
def test_a_demand_that_is_quoted_itself_changes_no_line(demand: str, httpserver: HTTPServer, tmp_path: Path) -> None:
    quoted = {name: [{"evidence": [demand], "parties": ["Harbour Board", "Dockers' Union"]}] for name in ALL}
    handles(httpserver, lambda _: Response(json.dumps(completion(json.dumps(quoted))), content_type="application/json"))
    text = f"{ARTICLE}\n{demand}\n"
    own = made(tmp_path, text)
    seen = made(tmp_path, text, "--profile", str(profile(tmp_path, httpserver, fields=ALL)))
    assert {name: seen[name] for name in ALL[1:]} == {name: own[name] for name in ALL[1:]}
    assert seen["summary"][0] == own["summary"][0]
    assert seen["summary"] == own["summary"]


def test_there_are_forty_ways() -> None:
    assert len(set(INJECTIONS)) == 40
