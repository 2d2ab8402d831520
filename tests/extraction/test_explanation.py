"""How an explanation reads."""

from briefing.extraction.explanation import Finding, Reason, explanation
from briefing.model.brief import Article, Sentence, Statement
from tests.fakes.articles import article_of

TEXT = "Norway will sign. Iceland will not."


def article() -> Article:
    sentences = (Sentence(start=0, end=17, number=1), Sentence(start=18, end=35, number=2))
    return article_of(TEXT, title="Pact").model_copy(
        update={"sentences": tuple(s.model_copy(update={"start": s.start + 6, "end": s.end + 6}) for s in sentences)}
    )


def statement(text: str) -> Statement:
    return Statement.model_validate({"text": text, "evidence": [{"start": 6, "end": 23, "text": "Norway will sign."}]})


def test_each_reason_quotes_and_places_its_words() -> None:
    reasons = (Reason("rule", "the future"), Reason("cue", "", 32, 36), Reason("name", "named:", 0, 4))
    shown = explanation("summary", [statement("One.")], [Finding(statement("One."), reasons)], article())
    assert list(shown) == [
        "summary 1: One.",
        "    rule        the future",
        "    cue         “will” (sentence 2)",
        "    name        named: “Pact” (title)",
    ]


def test_a_field_without_records_says_so() -> None:
    assert list(explanation("events", [], [], article())) == ["events: none"]


def test_an_extractor_without_explanations_says_so() -> None:
    assert list(explanation("sums", [statement("One.")], None, article())) == [
        "sums 1: One.",
        "    no explanation offered",
    ]


def test_a_finding_missing_from_the_brief_was_left_out() -> None:
    findings = [Finding(statement("One."), (Reason("rule", "a"),)), Finding(statement("Two."), (Reason("rule", "b"),))]
    assert list(explanation("summary", [statement("Two.")], findings, article())) == [
        "summary 1: Two.",
        "    rule        b",
        "summary, left out: One.",
        "    rule        a",
    ]


def test_line_breaks_are_removed_and_long_lines_cut() -> None:
    (line, _) = explanation("summary", [statement("One\n" + "two " * 100)], None, article())
    assert line.startswith("summary 1: One two two")
    assert line.endswith("…")
    assert len(line) < 180
