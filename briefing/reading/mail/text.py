"""Separate the text of a mail from quoted replies, signatures and the frame of newsletters."""

import re
from dataclasses import dataclass

from briefing.reading.contents import plain_blocks
from briefing.reading.paragraphs import Block, Hint
from briefing.runtime.lexicon import ordered_words

MIN_ANSWER = 200  # characters; a text this long above a quoted message is the article
_LATE = 0.5  # share of a mail before the earliest footer
_MARKS = " \t-–—=_*>#|•·:()[]"

# A line with only "-- " (RFC 3676, section 4.3).
_SIGNATURE = re.compile(r"--[ \t]?")
_QUOTED = re.compile(r"[ \t]{0,3}>")
# The line above a quoted message: "On Tue, 14 May 2024 at 08:00, Anna Novak <anna@example.org> wrote:"
_INTRODUCTION = re.compile(r"(?:On\b.{4,200}\bwrote|.{2,80}\bwrote on\b.{4,80}|.{2,80}@.{2,80}\bwrote):\s*")
# "Date: Tue, 14 May 2024", "*Sent:* Tuesday" above a forwarded message.
_FORWARDED_HEADER = re.compile(
    r"[*>\s]{0,4}(?P<name>From|Date|Sent|Subject|To|Cc|Reply-To)[*]?:[* \t]{0,4}(?P<value>.{0,400})", re.IGNORECASE
)
_RULE = re.compile(r"[-_=*~ ]{3,}")
# "<https://track.example/x>", "( https://... )", "[https://...]", "https://..." in running text.
_LINK = re.compile(r"[<(\[]\s?(?:https?://|mailto:)[^\s<>()\[\]]{1,4000}\s?[>)\]]|\bhttps?://[^\s<>()\[\]]{1,4000}")


@dataclass(frozen=True, slots=True)
class MailText:
    """The paragraphs of a plain mail, and the header of a forwarded message in it."""

    blocks: tuple[Block, ...]
    removed: int  # invisible characters left out
    forwarded: tuple[tuple[str, str], ...] = ()  # lower-case name and value of each header line
    quoted: bool = False  # an earlier message was quoted


def read_plain(text: str) -> MailText:
    """Return the paragraphs of a plain mail; quotes, signature and the like are boilerplate."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    hints, forwarded = _hints(lines)
    blocks: list[Block] = []
    removed = 0
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and hints[end] == hints[start]:
            continue
        piece = "\n".join(line if hints[start] else _without_links(line) for line in lines[start:end])
        found, count = plain_blocks(piece, hints[start])
        blocks += found
        removed += count
        start = end
    return MailText(tuple(blocks), removed, forwarded, any(map(_QUOTED.match, lines)))


def mark_footers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Mark text about the mailing as boilerplate, and everything after the first line of a footer."""
    total = sum(len(block.text) for block in blocks) or 1
    seen = 0
    in_footer = False
    marked: list[Block] = []
    for block in blocks:
        late = seen >= _LATE * total
        in_footer = in_footer or (late and len(block.text) < 600 and _opens_with(block.text, "footers"))
        apart = in_footer or (
            len(block.text) < 200 and (_opens_with(block.text, "views") or _is_footer_line(block.text))
        )
        marked.append(Block(block.text, "boilerplate" if apart and block.hint != "title" else block.hint, block.pages))
        seen += len(block.text)
    return tuple(marked)


def opens_forward(text: str) -> bool:
    """Return True if a text opens with a program's line above a forwarded message."""
    return any(_opens_with(line, "forwards") for line in text.strip().split("\n")[:3])


def _hints(lines: list[str]) -> tuple[list[Hint], tuple[tuple[str, str], ...]]:
    """Return the hint of each line, and the header of a forwarded message."""
    hints: list[Hint] = [None] * len(lines)
    forwarded: list[tuple[str, str]] = []
    length = 0
    state = "text"
    for number, line in enumerate(lines):
        if state == "text" and _SIGNATURE.fullmatch(line) and length:
            state = "rest"
        elif state != "rest" and len(line) < 120 and _opens_with(line, "originals"):
            state = "rest" if length >= MIN_ANSWER else "header"
            hints[number] = "boilerplate"
        elif state != "rest" and len(line) < 120 and _opens_with(line, "forwards"):
            state, length = "header", 0
            hints[: number + 1] = ["boilerplate"] * (number + 1)
        elif state == "header" and line.strip() and not _RULE.fullmatch(line.strip()):
            header = _FORWARDED_HEADER.fullmatch(line)
            if header is not None:
                forwarded.append((header["name"].lower(), header["value"].strip()))
                hints[number] = "boilerplate"
                continue
            state = "text"
        if state == "rest" or _QUOTED.match(line) or _introduces_quote(lines, number):
            hints[number] = "boilerplate"
        elif state == "text":
            length += len(line.strip())
    return hints, tuple(forwarded)


def _introduces_quote(lines: list[str], number: int) -> bool:
    """Return True if a line, or two lines together, introduce the quoted text below."""
    following = next((line for line in lines[number + 1 : number + 5] if line.strip() and "wrote" not in line), "")
    joined = " ".join(lines[number : number + 2]).strip()
    before = " ".join(lines[max(0, number - 1) : number + 1]).strip()
    candidates = (lines[number].strip(), joined, before)
    is_introduction = any(len(one) < 400 and _INTRODUCTION.fullmatch(one) for one in candidates)
    return is_introduction and _QUOTED.match(following) is not None


def _without_links(line: str) -> str:
    """Return a line without URLs, which often lead to trackers."""
    return (
        re.sub(r"[ \t]+(?=[.,;:!?](?:\s|\Z))", "", _LINK.sub("", line)) if "://" in line or "mailto:" in line else line
    )


def _opens_with(text: str, name: str) -> bool:
    return text.strip(_MARKS).casefold().startswith(ordered_words(__name__, name))


def _is_footer_line(text: str) -> bool:
    """Return True for a short line about the mailing: "Unsubscribe | View in browser"."""
    words = re.findall(r"[a-z]+", text.casefold())
    return len(words) < 12 and ("unsubscribe" in words or "browser" in words)
