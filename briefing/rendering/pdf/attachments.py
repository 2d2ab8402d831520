"""The files attached to a PDF: the brief or digest as JSON, and its layout."""

from collections import defaultdict

from briefing.evidence.seal import seal_again
from briefing.model.brief import Article, Briefing, TimeExpression
from briefing.model.digest import Digest, DigestArticle
from briefing.rendering.json_text import layout_to_json, to_json
from briefing.rendering.layout import Layout

BRIEF_ATTACHMENT = "briefing.json"
DIGEST_ATTACHMENT = "digest.json"
LAYOUT_ATTACHMENT = "layout.json"


def attachments(record: Briefing | Digest, layout: Layout) -> dict[str, bytes]:
    """Return the files to attach by name: none, or the record and the layout.

    The layout decides whether the record holds only the cited sentences. An article that is printed in full is attached
    in full; otherwise the page could not be verified.
    """
    if layout.attach == "none":
        return {}
    whole = layout.attach == "full"
    if isinstance(record, Digest):
        name, content = DIGEST_ATTACHMENT, to_json(record if whole else cited_digest_only(record))
    else:
        whole = whole or layout.source == "full"
        name, content = BRIEF_ATTACHMENT, to_json(record if whole else cited_only(record))
    return {name: content, LAYOUT_ATTACHMENT: layout_to_json(layout)}


def cited_only(briefing: Briefing) -> Briefing:
    """Return a brief whose article holds only its title and the cited passages; spaces replace all other text.

    Offsets do not change, so each line can still be checked against its evidence.
    """
    cited = [(evidence.start, evidence.end) for _, evidence in briefing.all_evidence() if evidence.article is None]
    shown = _cited_of(briefing.article, cited)
    times = tuple(time for time in briefing.times if _is_kept(time, shown.text))
    return seal_again(briefing.model_copy(update={"article": shown, "times": times}), briefing)


def cited_digest_only(digest: Digest) -> Digest:
    """Return a digest whose articles hold only their titles and the cited passages."""
    cited: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for _, line in digest.all_lines():
        for piece in line.evidence:
            cited[piece.article or ""].append((piece.start, piece.end))
    articles: list[DigestArticle] = []
    for item in digest.articles:
        shown = _cited_of(item.article, cited[item.article.id])
        articles.append(item.model_copy(update={"article": shown}))
    return seal_again(digest.model_copy(update={"articles": tuple(articles)}), digest)


def _cited_of(article: Article, cited: list[tuple[int, int]]) -> Article:
    ranges = [(p.start, p.end) for p in article.paragraphs if p.role == "title"] + cited
    return Article.model_validate({**article.model_dump(), "text": blanked(article.text, ranges), "withheld": True})


def blanked(text: str, ranges: list[tuple[int, int]]) -> str:
    """Return a text with every character outside *ranges* replaced by a space; line breaks stay."""
    characters = [character if character == "\n" else " " for character in text]
    for start, end in ranges:
        characters[start:end] = text[start:end]
    return "".join(characters)


def _is_kept(time: TimeExpression, text: str) -> bool:
    """Return True if the text still holds a time expression."""
    return text[time.start : time.end] == time.text
