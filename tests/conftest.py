"""Fixtures that many tests share."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from briefing.language.analyse import analyse as analyse_article
from briefing.language.analysis import Analysis
from briefing.language.pipeline import load_pipeline
from tests.articles import article_of


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="session")
def analyse(nlp: Language) -> Callable[..., Analysis]:
    """Analyse body text: paragraphs apart by a blank line, an optional title, an optional publication day."""

    def run(text: str, *, title: str = "", published: str | None = None) -> Analysis:
        return analyse_article(article_of(text, title=title, published=published), nlp)

    return run
