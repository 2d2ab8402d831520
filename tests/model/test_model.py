"""The JSON contract: what a brief may hold, and that it travels unharmed."""

import json

import jsonschema
import pytest
from pydantic import ValidationError

from briefing.model.brief import Briefing, Evidence, Insertion, Paragraph, Statement
from tests.fakes.articles import article_of
from tests.fakes.briefs import TEXT, evidence_of, small_brief


def test_a_brief_survives_the_way_through_json() -> None:
    brief = small_brief()
    assert Briefing.model_validate_json(brief.model_dump_json()) == brief


def test_a_brief_satisfies_its_own_schema() -> None:
    schema = Briefing.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(small_brief().model_dump_json()), schema)


def test_the_keys_of_the_contract_are_there_in_its_order() -> None:
    assert list(json.loads(small_brief().model_dump_json())) == [
        "schema_version",
        "article",
        "summary",
        "actors",
        "events",
        "agreements",
        "disagreements",
        "quotes",
        "background",
        "times",
        "notices",
        "edits",
        "extensions",
        "provenance",
    ]


def test_records_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        small_brief().summary = ()  # type: ignore[misc]


def test_an_unknown_field_is_refused() -> None:
    raw = json.loads(small_brief().model_dump_json())
    raw["summary"][0]["colour"] = "blue"
    with pytest.raises(ValidationError, match="colour"):
        Briefing.model_validate(raw)


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(start=0, end=6, text="Sweden"),
        Evidence(start=1, end=7, text="Norway"),
        Evidence(start=0, end=7, text="Norway"),
        Evidence(start=9000, end=9006, text="Norway"),
    ],
)
def test_evidence_that_is_not_verbatim_is_refused(evidence: Evidence) -> None:
    with pytest.raises(ValidationError, match=r"summary\[0\]\.evidence\[0\] is not what the article holds"):
        small_brief(summary=(Statement(text="Norway", evidence=(evidence,)),))


def test_an_altered_text_is_refused() -> None:
    raw = json.loads(small_brief().model_dump_json())
    raw["article"]["text"] = raw["article"]["text"].replace("2019", "2018")
    with pytest.raises(ValidationError, match="the text was altered"):
        Briefing.model_validate(raw)


def test_a_line_without_evidence_is_refused() -> None:
    with pytest.raises(ValidationError, match="evidence"):
        Statement(text="Norway agreed.", evidence=())


def test_insertions_lie_within_their_line() -> None:
    evidence = (evidence_of(TEXT, "Norway"),)
    with pytest.raises(ValidationError, match="beyond the text"):
        Statement(text="Norway", evidence=evidence, insertions=(Insertion(start=3, end=9),))


@pytest.mark.parametrize("ranges", [((0, 0),), ((0, 5), (4, 9)), ((5, 9), (0, 4)), ((0, 10_000),)])
def test_paragraphs_are_in_order_apart_and_within_the_text(ranges: tuple[tuple[int, int], ...]) -> None:
    raw = json.loads(article_of(TEXT).model_dump_json())
    raw["paragraphs"] = [Paragraph(start=a, end=b, role="body").model_dump() for a, b in ranges]
    with pytest.raises(ValidationError, match="paragraphs"):
        type(article_of(TEXT)).model_validate(raw)


@pytest.mark.parametrize(("published", "basis"), [("2024-05-14", "unknown"), (None, "given"), ("14 May", "given")])
def test_the_day_of_publication_and_its_basis_go_together(published: str | None, basis: str) -> None:
    raw = json.loads(article_of(TEXT).model_dump_json()) | {"published": published, "published_basis": basis}
    with pytest.raises(ValidationError, match="published"):
        type(article_of(TEXT)).model_validate(raw)
