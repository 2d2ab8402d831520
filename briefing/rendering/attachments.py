"""What travels inside a PDF: the brief as JSON and the layout that it was printed in."""

from briefing.model import Article, Briefing, TimeExpression
from briefing.rendering.json_text import layout_to_json, to_json
from briefing.rendering.layout import Layout
from briefing.sealing import seal_again

BRIEF_ATTACHMENT = "briefing.json"
LAYOUT_ATTACHMENT = "layout.json"


def attachments(briefing: Briefing, layout: Layout) -> dict[str, bytes]:
    """Return the files to attach, by name: nothing, the brief with the cited sentences only, or the whole."""
    if layout.attach == "none":
        return {}
    attached = briefing if layout.attach == "full" else cited_only(briefing)
    return {BRIEF_ATTACHMENT: to_json(attached), LAYOUT_ATTACHMENT: layout_to_json(layout)}


def cited_only(briefing: Briefing) -> Briefing:
    """Return a brief whose article holds only its title and what the lines cite; spaces stand for all else.

    Every offset stays what it is, so that each line can still be checked against its evidence.
    """
    article = briefing.article
    ranges = [(p.start, p.end) for p in article.paragraphs if p.role == "title"]
    ranges += [(evidence.start, evidence.end) for _, evidence in briefing.all_evidence() if evidence.article is None]
    kept = blanked(article.text, ranges)
    shown = Article.model_validate({**article.model_dump(), "text": kept, "withheld": True})
    times = tuple(time for time in briefing.times if _stands(time, kept))
    return seal_again(briefing.model_copy(update={"article": shown, "times": times}), briefing)


def blanked(text: str, ranges: list[tuple[int, int]]) -> str:
    """Return a text with a space for every character outside some ranges; line breaks stay."""
    characters = [character if character == "\n" else " " for character in text]
    for start, end in ranges:
        characters[start:end] = text[start:end]
    return "".join(characters)


def _stands(time: TimeExpression, text: str) -> bool:
    return text[time.start : time.end] == time.text
