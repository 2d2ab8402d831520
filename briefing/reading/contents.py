"""The contents of a source of any kind, before its paragraphs get their roles."""

import re
from dataclasses import dataclass, field

from briefing.errors import ReadingError
from briefing.model.brief import MAX_CHARACTERS, Notice
from briefing.model.notices import notice
from briefing.reading.canonical import clean, split_paragraphs
from briefing.reading.front_matter import FrontMatter
from briefing.reading.known import Known
from briefing.reading.paragraphs import Block, Hint

# The largest mail or document in bytes; most of them are pictures.
MAX_DOCUMENT = 40_000_000


@dataclass(frozen=True, slots=True)
class Contents:
    """The paragraphs of a source in reading order, its metadata, and its flaws."""

    blocks: tuple[Block, ...]
    stated: Known = field(default_factory=Known)  # in its metadata
    matter: FrontMatter = field(default_factory=FrontMatter)
    notices: tuple[Notice, ...] = ()


def plain_blocks(text: str, hint: Hint = None) -> tuple[tuple[Block, ...], int]:
    """Return the paragraphs of plain text, and the number of invisible characters removed."""
    cleaned = clean(text)
    return tuple(Block(paragraph, hint) for paragraph in split_paragraphs(cleaned.text)), cleaned.removed


def with_title(blocks: tuple[Block, ...], title: str | None) -> tuple[Block, ...]:
    """Mark the block that repeats the title; otherwise put the title first."""
    if title is None:
        return blocks
    wanted = _letters(title)
    for index, block in enumerate(blocks[:4]):
        if _letters(block.text) == wanted:
            return (*blocks[:index], Block(block.text, "title", block.pages), *blocks[index + 1 :])
    return (Block(title, "title"), *blocks)


def hidden_characters(removed: int) -> tuple[Notice, ...]:
    """Return a notice about removed invisible characters; empty if there were none."""
    return (notice("hidden-characters", "text", count=removed),) if removed else ()


def check_length(length: int, source: str) -> None:
    """Raise an error for a text that is longer than any article.

    Raises:
        ReadingError: It has more than ``MAX_CHARACTERS``.
    """
    if length > MAX_CHARACTERS:
        reason = f"its text has {length:,} characters, more than {MAX_CHARACTERS:,}: cut it to the article to be read"
        raise ReadingError(source, reason)


def check_raw_length(text: str, source: str) -> None:
    """Raise an error, before any other work, for a text that stays too long whatever is removed.

    Raises:
        ReadingError: It stays longer than ``MAX_CHARACTERS`` even without its entities and spaces.
    """
    if len(text) > 4 * MAX_CHARACTERS:
        check_length(len(text), source)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
