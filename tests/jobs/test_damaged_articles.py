"""Whatever befalls an article on its way, there is a brief that `verify` accepts, or a clear refusal."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from spacy.language import Language

from briefing.errors import ReadingError
from briefing.jobs.assembly import brief_of
from briefing.jobs.verification import verify_bytes
from briefing.language.analyse import interpret, parse
from briefing.language.pipeline import passing_words
from briefing.model.brief import Briefing
from briefing.profile.profile import load_profile
from briefing.reading.source import Reading, read_bytes
from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.fuzzing import articles, mutated_articles

PUBLISHED = date(2024, 5, 14)
TOGETHER = 16  # texts that are parsed at once
MUTATED, SHARE = 3000, 150
PREFIXED = 20  # the shortest of our articles


def readings_of(texts: Sequence[str]) -> Iterator[Reading]:
    """Yield what can be read of some texts, every second as of a day."""
    for number, text in enumerate(texts):
        try:
            yield read_bytes(
                text.encode("utf-8", "surrogatepass" if number % 4 == 0 else "replace"),
                "the text",
                published=PUBLISHED if number % 2 else None,
            )
        except ReadingError:
            continue


def briefs_of(texts: Sequence[str], nlp: Language) -> Iterator[Briefing]:
    """Yield the briefs of the texts that can be read."""
    profile = load_profile()
    for start in range(0, len(texts), TOGETHER):
        with passing_words(nlp):
            readings = tuple(readings_of(texts[start : start + TOGETHER]))
            docs = parse([reading.article for reading in readings], nlp)
            for reading, doc in zip(readings, docs, strict=True):
                yield brief_of(reading, interpret(reading.article, doc), profile, nlp)


def flaws_of(made: Briefing) -> list[str]:
    failed = [notice.message for notice in made.notices if notice.code in ("extractor-failed", "unproven")]
    return [*verify_bytes(render(made, "json", Layout()), "the brief").failures, *failed]


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, MUTATED, SHARE))
def test_a_mutated_article_gives_a_brief_that_verifies(nlp: Language, first: int) -> None:
    texts = mutated_articles(first, first + SHARE)
    made = list(briefs_of(texts, nlp))
    assert [(one.article.text, flaws) for one in made if (flaws := flaws_of(one))] == []
    assert len(made) > SHARE // 2


@pytest.mark.long
@pytest.mark.parametrize("number", range(PREFIXED))
def test_every_prefix_of_an_article_is_briefed(nlp: Language, number: int) -> None:
    text = sorted(articles(), key=len)[number]
    prefixes = [text[: token.idx + len(token)] for token in nlp.make_doc(text) if not token.is_space]
    made = list(briefs_of(prefixes, nlp))
    assert [(one.article.text[-80:], flaws) for one in made if (flaws := flaws_of(one))] == []
    assert len(made) == len(prefixes)


def test_a_mutated_article_depends_on_its_seed_only() -> None:
    assert mutated_articles(20, 22) == [*mutated_articles(20, 21), *mutated_articles(21, 22)]
    assert len({*mutated_articles(0, 60)}) == 60
