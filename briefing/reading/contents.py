"""What a source holds, whatever its kind, before its paragraphs get their roles."""

import re
from dataclasses import dataclass, field

from briefing.errors import ReadingError
from briefing.model.brief import MAX_CHARACTERS, Notice
from briefing.model.notices import notice
from briefing.reading.canonical import clean, split_paragraphs
from briefing.reading.front_matter import FrontMatter
from briefing.reading.known import Known
from briefing.reading.paragraphs import Block, Hint

# Bytes of a mail or document, most of which are pictures: what is read at once, at most.
MAX_DOCUMENT = 40_000_000


@dataclass(frozen=True, slots=True)
class Contents:
    """The paragraphs of a source in reading order, what it says of itself, and its flaws."""

    blocks: tuple[Block, ...]
    stated: Known = field(default_factory=Known)  # by its metadata
    matter: FrontMatter = field(default_factory=FrontMatter)
    notices: tuple[Notice, ...] = ()


def plain_blocks(text: str, hint: Hint = None) -> tuple[tuple[Block, ...], int]:
    """Return the paragraphs of plain text, and how many invisible characters they had."""
    cleaned = clean(text)
    return tuple(Block(paragraph, hint) for paragraph in split_paragraphs(cleaned.text)), cleaned.removed


def with_title(blocks: tuple[Block, ...], title: str | None) -> tuple[Block, ...]:
    """Return the blocks with the title as what it is, put first where they lack it."""
    if title is None:
        return blocks
    wanted = _letters(title)
    for index, block in enumerate(blocks[:4]):
        if _letters(block.text) == wanted:
            return (*blocks[:index], Block(block.text, "title", block.pages), *blocks[index + 1 :])
    return (Block(title, "title"), *blocks)


def hidden_characters(removed: int) -> tuple[Notice, ...]:
    """Return the notice of invisible characters that were left out; none where there were none."""
    return (notice("hidden-characters", "text", count=removed),) if removed else ()


def check_length(length: int, source: str) -> None:
    """Refuse a text that is longer than any article.

    Raises:
        ReadingError: it has more than ``MAX_CHARACTERS``.
    """
    if length > MAX_CHARACTERS:
        reason = f"its text has {length:,} characters, more than {MAX_CHARACTERS:,}: cut it to the article to be read"
        raise ReadingError(source, reason)


def check_raw_length(text: str, source: str) -> None:
    """Refuse a text that is too long whatever is left out of it, before anything is looked for in it.

    Raises:
        ReadingError: its entities and spaces cannot be what makes it longer than ``MAX_CHARACTERS``.
    """
    if len(text) > 4 * MAX_CHARACTERS:
        check_length(len(text), source)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
