"""Canonical text: clean characters, one line for each paragraph, one empty line between paragraphs.

The canonical form is stable: reading it again gives the same text.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

# Invisible: controls, soft hyphens, zero-width characters, bidirectional controls, surrogates, tags, fillers.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# "&mdash;", "&#8212;", "&amp;", "#8212;" that lost its "&"; not "AT&T;", not "&copy" without its semicolon.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(?<!&)#82\d\d;")
# The rest of an entity for an apostrophe: "Peru’;s".
_LEFT_SEMICOLON = re.compile(r"(?<=[^\W\d_]['’]);(?=[a-z])")

# The end of a sentence: "He left.", "He left.”", "Why?)"; not "He left," not a bare name.
_FINAL_STOP = re.compile(r"[.!?…:;][\"'”’»›)\]*]*\Z")
_SOFT_START = re.compile(r"[a-z]")
# The end of a line that continues on the next one; a headline never ends so.
_SOFT_END = re.compile(r"(?:,|\b(?:the|an?|of|and|or|its|their))\Z")
_LETTER_HYPHEN = re.compile(r"[^\W\d_]-\Z")
# The start of a list item: "- Fuel", "2) Fuel"; not "2 tonnes of fuel".
LIST_MARKER = re.compile(r"(?:[-–—•*▪●◦‣·]|\d{1,2}[.)])\s")

MAX_WRAP = 100  # columns; a longer line is not wrapped


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text without invisible characters and entities."""

    text: str
    removed: int  # invisible characters


def clean(text: str) -> Cleaned:
    """Unify line ends, decode entities, compose letters (NFC), strip invisible characters.

    Repeat until nothing changes (at most eight rounds), because one step can make work for another. A stripped
    character may join the parts of an entity, and an entity may decode to an invisible character. Clean text then
    stays unchanged when it is read again.
    """
    removed = 0
    for _ in range(8):  # "&amp;lt;" has two layers; real text never has eight
        before = text
        text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n")
        text, count = _INVISIBLE.subn("", text)
        removed += count
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        text = _LEFT_SEMICOLON.sub("", _ENTITY.sub(_character, text))
        if text == before:
            break
    return Cleaned(text, removed)


def squash(text: str) -> str:
    """Collapse runs of spaces into one, and strip the ends."""
    return _SPACES.sub(" ", text).strip()


def ends_sentence(text: str) -> bool:
    """Return True if a text ends like a sentence; closing quotation marks and brackets are ignored."""
    return _FINAL_STOP.search(text[-16:]) is not None


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Return the non-empty paragraphs of clean text, with wrapped lines joined."""
    lines = [_SPACES.sub(" ", line).rstrip() for line in text.split("\n")]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    width = _wrap_width(blocks)
    indents = width > 0 and _indents_mark_paragraphs(blocks)
    paragraphs: list[str] = []
    for block in blocks:
        paragraphs += _joined(block, width, indents=indents, opening=not paragraphs)
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _character(entity: re.Match[str]) -> str:
    character = html.unescape(f"&{entity[0].lstrip('&')}")
    if character == "<" and re.match(r"[A-Za-z/!?]", entity.string[entity.end() : entity.end() + 1]):
        return entity[0]  # text that shows a tag must not become a tag
    return character


def _wrap_width(blocks: list[list[str]]) -> int:
    """Return the column at which the lines of a text were wrapped; 0 if they were not wrapped.

    A line break is certainly soft if no sentence ends before it, and a small letter follows or the line ends in the
    middle of a phrase. Wrapped prose has one at every second or third line; prose with one paragraph on each line has
    none.
    """
    breaks = soft = width = 0
    for block in blocks:
        for line, following in pairwise(block):
            breaks += 1
            if len(line) <= MAX_WRAP and _is_soft(line, following):
                soft += 1
                width = max(width, len(line))
    return width if soft * 5 >= breaks and width >= 40 else 0


def _is_soft(line: str, following: str) -> bool:
    soft = _SOFT_START.match(following.lstrip()) or _SOFT_END.search(line[-12:])
    return soft is not None and not ends_sentence(line)


def _indents_mark_paragraphs(blocks: list[list[str]]) -> bool:
    inner = [line for block in blocks for line in block[1:]]
    indented = sum(line.startswith(" ") for line in inner)
    return 0 < indented * 2 < len(inner)


def _joined(block: list[str], width: int, *, indents: bool, opening: bool) -> list[str]:
    paragraphs: list[list[str]] = []
    for number, line in enumerate(block):
        indented = indents and line.startswith(" ")
        headline = opening and number == 1
        if number > 0 and not indented and _continues(block[number - 1], line, width, headline=headline):
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line.strip()])
    return [_joined_lines(lines) for lines in paragraphs]


def _continues(line: str, following: str, width: int, *, headline: bool) -> bool:
    """Return True if *following* belongs to the paragraph of *line*, which may be the headline."""
    if LIST_MARKER.match(following.lstrip()):
        return False
    if _is_soft(line, following) and len(line) >= 40:
        return True
    if not width or len(line) > MAX_WRAP:
        return False
    word = following.split(" ", 2)[1 if following.startswith(" ") else 0]
    had_room = len(line) + 1 + len(word) <= width
    if ends_sentence(line):
        return not had_room
    return not had_room or (not headline and len(line) * 5 > width * 3)


def _joined_lines(lines: list[str]) -> str:
    parts = [lines[0]]
    for line in lines[1:]:
        if not (_LETTER_HYPHEN.search(parts[-1]) and _SOFT_START.match(line)):
            parts.append(" ")
        parts.append(line)
    return squash("".join(parts))
