"""Articles made in tests without the reading layer."""

import re

from briefing.model.brief import Article, Paragraph, text_id


def article_of(text: str, *, title: str = "", published: str | None = None) -> Article:
    """Return an Article whose paragraphs are body, after *title* where there is one."""
    whole = f"{title}\n\n{text}" if title else text
    paragraphs = [
        Paragraph(start=m.start(), end=m.end(), role="title" if title and m.start() == 0 else "body")
        for m in re.finditer(r"\S(?:.*\S)?", whole)
    ]
    return Article(
        id=text_id(whole),
        title=title or "Untitled",
        published=published,
        published_basis="given" if published else "unknown",
        text=whole,
        paragraphs=tuple(paragraphs),
    )
