"""A line of a brief is refused if its evidence does not hold what it says."""

from typing import Any

import pytest

from briefing.evidence.line_checks import check_digest_lines, check_lines, flaws_of
from briefing.model.brief import Edit, When
from tests.digest.digests import sealed_digest
from tests.fakes.briefs import small_brief

BRIEF = small_brief()


def test_the_lines_of_a_brief_and_of_a_digest_pass() -> None:
    assert list(check_lines(BRIEF)) == []
    assert list(check_digest_lines(sealed_digest())) == []


@pytest.mark.parametrize(
    ("field", "changes", "flaw"),
    [
        ("summary", {"text": "Norway and Iceland agreed on whale quotas."}, "'whale' is not, in this order, in"),
        ("summary", {"text": "Iceland, Norway agreed."}, "'norway' is not, in this order, in"),
        ("actors", {"name": "Greta Dahl"}, "the evidence names no 'Greta Dahl'"),
        ("actors", {"aliases": ("the Dane",)}, "the article does not hold the alias 'the Dane'"),
        ("actors", {"role": "prime minister"}, "the evidence does not hold the role 'prime minister'"),
        ("events", {"title": "The ministers met in Bergen"}, "'met' is not, in this order, in"),
        ("events", {"place": "Oslo"}, "the evidence does not hold 'Oslo'"),
        ("events", {"when": When(text="7 June", value="2024-06-07", precision="day")}, "does not hold '7 June'"),
        ("agreements", {"statement": "Norway and Iceland never agreed"}, "'never' is not, in this order, in"),
        ("agreements", {"topic": "herring quotas"}, "'herring' is not, in this order, in"),
        ("quotes", {"text": "The stock must not fall"}, None),
        ("quotes", {"text": "the stock must not fall"}, "does not hold the words quoted: 'the stock"),
        ("quotes", {"text": "the stock must not fall", "direct": False}, None),
        ("quotes", {"text": "the stock may fall", "direct": False}, "'may' is not, in this order, in"),
    ],
)
def test_a_line_says_only_what_its_evidence_holds(field: str, changes: dict[str, Any], flaw: str | None) -> None:
    (line,) = getattr(BRIEF, field)
    found = flaws_of(line.model_copy(update=changes), BRIEF.article)
    assert len(found) == (flaw is not None)
    assert (flaw or "") in "".join(found)


@pytest.mark.parametrize(
    ("place", "flaw"),
    [
        ({"sentence": 2}, "its evidence does not start in sentence 2"),
        ({"sentence": 9}, "its evidence does not start in sentence 9"),
        ({"page": 1}, "its evidence does not start on page 1"),
    ],
)
def test_evidence_starts_in_its_sentence_and_on_its_page(place: dict[str, int], flaw: str) -> None:
    (line,) = BRIEF.summary
    moved = line.model_copy(update={"evidence": (line.evidence[0].model_copy(update=place),)})
    assert flaws_of(moved, BRIEF.article) == (flaw,)


@pytest.mark.parametrize(("words", "flaws"), [("We will mend the pier.", 0), ("He will mend the pier.", 2)])
def test_the_title_names_only_who_says_i(words: str, flaws: int) -> None:
    (actor,) = BRIEF.actors
    article = BRIEF.article.model_copy(update={"title": "Statement by Mayor Greta Dahl"})
    evidence = (actor.evidence[0].model_copy(update={"text": words}),)
    mayor = actor.model_copy(update={"name": "Greta Dahl", "role": "Mayor", "evidence": evidence})
    assert len(flaws_of(mayor, article)) == flaws


def test_the_words_of_an_edited_line_are_not_checked() -> None:
    wrong = BRIEF.summary[0].model_copy(update={"text": "A pact at last."})
    forged = BRIEF.model_copy(update={"summary": (wrong,)})
    (flaw,) = check_lines(forged)
    assert flaw.startswith("summary[0]: 'a' is not")
    declared = forged.model_copy(update={"edits": (Edit(where="summary[0]", change="changed"),)})
    assert list(check_lines(declared)) == []


@pytest.mark.parametrize(
    ("field", "changes", "flaw"),
    [
        ("headline", {"text": "Whales rejoice"}, "headline[0]: 'whales' is not, in this order, in"),
        ("contradictions", {"slot": "whales killed"}, "contradictions[0]: 'whales' is in the evidence of no side"),
    ],
)
def test_the_headline_and_contradictions_of_a_story_are_checked(field: str, changes: dict[str, str], flaw: str) -> None:
    digest = sealed_digest()
    number = next(number for number, story in enumerate(digest.stories) if getattr(story, field))
    story = digest.stories[number]
    line = getattr(story, field)
    forged = (line[0].model_copy(update=changes),) if field == "contradictions" else line.model_copy(update=changes)
    stories = list(digest.stories)
    stories[number] = story.model_copy(update={field: forged})
    (found,) = check_digest_lines(digest.model_copy(update={"stories": tuple(stories)}))
    assert found.startswith(f"stories[{number}].{flaw}")
