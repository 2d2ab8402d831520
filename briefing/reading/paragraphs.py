"""Give each paragraph of an article its role: title, stand-first, sub-heading, body or boilerplate."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from briefing.model.brief import Paragraph, ParagraphRole
from briefing.reading import boilerplate
from briefing.reading.canonical import LIST_MARKER, ends_sentence
from briefing.reading.datelines import FoundDateline, find_dateline
from briefing.reading.dates import Day, find_day
from briefing.runtime.lexicon import word_pattern

HEAD = 8  # first blocks, in which a known title is looked for
MAX_TITLE_WORDS, MAX_TITLE_LENGTH = 35, 250
MAX_STOPPED_TITLE = 120
MIN_KEY_POINT_WORDS = 13  # on average; headlines of other articles are shorter
MAX_HEADING_WORDS, MAX_HEADING_LENGTH = 20, 140
MIN_PULLED_WORDS, MAX_PULLED_WORDS = 5, 60  # of a pull quote
MIN_LINE_WORDS = 8  # of one without quotation marks
MAX_REPEATS = 20

_ABBREVIATED_END = re.compile(rf"\b(?:[A-Z]\.[A-Z]|{word_pattern(__name__, 'abbreviations')})\.['’\"”]?\Z")
_SPEECH = re.compile(rf"[,?!][\"”’'»]|[\"”»] {word_pattern(__name__, 'after_speech')}\b")
_FIGURE = re.compile(r": ?[$€£]?\d[\d,. %]*\Z")  # "Injured: 40" of a list of figures
_QUESTION_START = re.compile(rf"{word_pattern(__name__, 'question_openings')}\b", re.IGNORECASE)
_SPEAKER = re.compile(r"[A-Z][A-Z .'’-]{2,40}: ")
_SPEAKER_LINE = re.compile(rf"{word_pattern(__name__, 'turns')}\s?[:.]\s")
# "Published: 12 August 2005", "Echo | 12 August 2005"; not the day of a photograph.
_STAMP = re.compile(rf"{word_pattern(__name__, 'stamps')}|\|", re.IGNORECASE)
# Whose words a pull quote repeats: "— Anna Novak", "―Tom Reed, coast guard".
_PULLED_FROM = re.compile(r"[—–―-] ?[A-Z](?:[^.!?]|\.(?=\S| [A-Z])){1,60}\Z")
_UPDATED = re.compile(r"updated|modified", re.IGNORECASE)
_PICTURED = re.compile(rf"©|{word_pattern(__name__, 'pictures')}|\bfile\b", re.IGNORECASE)


Hint = Literal["title", "heading", "body", "boilerplate"] | None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of canonical text, with the role that its source gives it."""

    text: str
    hint: Hint = None
    pages: tuple[tuple[int, int], ...] = ()  # pages that begin in it: offset in the text, page number


@dataclass(frozen=True, slots=True)
class Layout:
    """The canonical text of an article, its paragraphs, and the metadata in its head."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    dateline: FoundDateline | None  # its end is an offset in its paragraph
    stamp: Day | None  # the day in a separate line above the body
    byline: tuple[str, ...]

    def of(self, role: ParagraphRole) -> tuple[str, ...]:
        """Return the paragraphs with a role."""
        return tuple(self.text[p.start : p.end] for p in self.paragraphs if p.role == role)


def lay_out(blocks: tuple[Block, ...], *, title: str | None = None, outlet: str | None = None) -> Layout:
    """Give each block its role, and separate datelines, credits and captions from the body.

    Args:
        blocks: The article in reading order; each block is one line.
        title: The title from front matter or metadata, if known.
        outlet: The publication, likewise.
    """
    roles = _boilerplate_roles(blocks)
    _give_head_roles(blocks, roles, title)
    _give_heading_roles(blocks, roles)
    _leave_out_repeats(blocks, roles)
    if not any(role in ("title", "subtitle", "heading", "body") for role in roles):
        roles = ["body"] * len(blocks)
    first_body = next((i for i, role in enumerate(roles) if role == "body"), len(blocks))
    where, dateline = _dateline(blocks, roles, first_body, outlet)
    if dateline is not None and dateline.end >= len(blocks[where].text):
        roles[where] = "boilerplate"
    pieces: list[Paragraph] = []
    offset = 0
    for index, block in enumerate(blocks):
        found = dateline if index == where else None
        pieces += _pieces(block.text, offset, roles[index], found)
        offset += len(block.text) + 2
    heads = [b.text for b, role in zip(blocks[: max(first_body, 3)], roles, strict=False) if role == "boilerplate"]
    return Layout(
        text="\n\n".join(block.text for block in blocks),
        paragraphs=tuple(pieces),
        dateline=dateline,
        stamp=_stamp(heads),
        byline=tuple(dict.fromkeys(name for b in blocks for name in boilerplate.byline_names(b.text)))[:10],
    )


def _boilerplate_roles(blocks: tuple[Block, ...]) -> list[ParagraphRole | None]:
    roles: list[ParagraphRole | None] = []
    in_list = False
    for block in blocks:
        in_list = in_list and _is_list_item(block)
        known = block.hint == "boilerplate" or (block.hint != "title" and boilerplate.is_boilerplate(block.text))
        roles.append("boilerplate" if known or in_list else None)
        in_list = in_list or boilerplate.opens_list(block.text)
    return roles


def _is_list_item(block: Block) -> bool:
    """Return True if a block under "Related stories" or "Sources" is an entry of that list, not a sentence."""
    if len(block.text) > 200 or block.hint == "heading":
        return False
    return not block.text.endswith(".") or (block.text.count(" ") < 6 and find_day(block.text) is not None)


def _give_head_roles(blocks: tuple[Block, ...], roles: list[ParagraphRole | None], title: str | None) -> None:
    """Find the title and the stand-first above the body."""
    open_blocks = [i for i, role in enumerate(roles) if role is None]
    for i in open_blocks[:HEAD]:
        dateline = find_dateline(blocks[i].text)
        if dateline is not None and dateline.end >= len(blocks[i].text):
            roles[i] = "boilerplate"
    open_blocks = [i for i in open_blocks if roles[i] is None]
    body = next((n for n, i in enumerate(open_blocks) if not _is_title_like(blocks[i].text)), len(open_blocks))
    heads = open_blocks[:body]
    known = _title_block(blocks, open_blocks, heads, title)
    if known is None:
        return
    roles[known] = "title"
    for i in open_blocks[:HEAD]:
        if i != known and _same(blocks[i].text, blocks[known].text):
            roles[i] = "boilerplate"
    for i in heads:
        if i < known and roles[i] is None:
            roles[i] = "boilerplate"
    _give_subtitle_role(blocks, roles, [i for i in open_blocks if i > known and roles[i] is None], set(heads))


def _title_block(blocks: tuple[Block, ...], open_blocks: list[int], heads: list[int], title: str | None) -> int | None:
    """Return the title's block: the known title, the first longer line, or a short line above a dateline."""
    for i in open_blocks[:HEAD]:
        if blocks[i].hint == "title" or _same(blocks[i].text, title):
            return i
    for i in heads:
        if blocks[i].text.count(" ") > 1 and blocks[i].hint is None:
            return i
    if heads:
        return heads[0] if title is None or len(open_blocks) > 1 else None
    if len(open_blocks) > 1 and len(blocks[open_blocks[0]].text) <= MAX_STOPPED_TITLE:
        first, second = (find_dateline(blocks[i].text) for i in open_blocks[:2])
        return open_blocks[0] if second and not first else None
    return None


def _give_subtitle_role(
    blocks: tuple[Block, ...], roles: list[ParagraphRole | None], after: list[int], heads: set[int]
) -> None:
    """Find the stand-first *after* the title: a line without a full stop, or the block before a dateline."""
    for n, i in enumerate(after[:4]):
        text = blocks[i].text
        if i in heads and n + 1 < len(after):
            words = text.count(" ") + 1
            if blocks[i].hint == "heading" or text.endswith("?") or _SPEAKER_LINE.match(text):
                break
            if words >= 5 and "subtitle" not in roles:
                roles[i] = "subtitle"
            elif words <= 3:
                roles[i] = "boilerplate"
            continue
        following = find_dateline(blocks[after[n + 1]].text) if n + 1 < len(after) else None
        if "subtitle" not in roles and following and len(text) <= 400 and find_dateline(text) is None:
            roles[i] = "subtitle"
        break


def _give_heading_roles(blocks: tuple[Block, ...], roles: list[ParagraphRole | None]) -> None:
    """Separate sub-headings and rows of other headlines from the body."""
    rest = [i for i, role in enumerate(roles) if role is None]
    like = {i for i in rest if blocks[i].hint != "body" and _is_heading_like(blocks[i].text)}
    like = {i for i in like if i == 0 or roles[i - 1] == "boilerplate" or not blocks[i - 1].text.endswith(":")}
    scarce = 2 * sum(len(blocks[i].text) for i in like) <= sum(len(blocks[i].text) for i in rest)
    run: list[int] = []
    for i in rest:
        short = scarce and i in like and blocks[i].hint is None
        if run and (not short or i != run[-1] + 1):
            _give_run_roles(blocks, roles, run)
            run = []
        if short:
            run.append(i)
        else:
            roles[i] = "heading" if blocks[i].hint == "heading" else "body"
    _give_run_roles(blocks, roles, run)
    for i in reversed(rest):  # a heading with only boilerplate below
        below = next((role for role in roles[i + 1 :] if role != "boilerplate"), "heading")
        if roles[i] == blocks[i].hint == below == "heading" and roles[i + 1 : i + 2] in ([], ["boilerplate"]):
            roles[i] = "boilerplate"


def _give_run_roles(blocks: tuple[Block, ...], roles: list[ParagraphRole | None], run: list[int]) -> None:
    """Give a run of short lines its role: three or more are key points if long, else boilerplate."""
    words = sum(blocks[i].text.count(" ") + 1 for i in run)
    for i in run:
        if len(run) < 3:
            roles[i] = _heading_role(blocks, roles, i)
        else:
            roles[i] = "body" if words >= MIN_KEY_POINT_WORDS * len(run) else "boilerplate"


def _heading_role(blocks: tuple[Block, ...], roles: list[ParagraphRole | None], index: int) -> ParagraphRole:
    """Return the role of a short line without a full stop: it is a heading if body text follows."""
    follows = index + 1
    if follows < len(blocks) and roles[follows] != "boilerplate":
        return "heading"
    long = blocks[index].text.count(" ") + 1 >= 8
    if follows == len(blocks):
        stopped = sum(blocks[i].text.endswith((".", "”", '"')) for i, role in enumerate(roles) if role == "body")
        return "body" if long and stopped < 4 else "boilerplate"
    return "heading" if long else "boilerplate"


def _leave_out_repeats(blocks: tuple[Block, ...], roles: list[ParagraphRole | None]) -> None:
    """Make a pull quote boilerplate: a short block whose words a longer block has, too; and the name below it."""
    words = [tuple(re.findall(r"\w+", block.text.casefold())) for block in blocks]
    runs = Counter(run for own in words for run in zip(*(own[n:] for n in range(MIN_PULLED_WORDS)), strict=False))
    for i, own in enumerate(words):
        if roles[i] not in ("body", "heading") or not MIN_PULLED_WORDS <= len(own) <= MAX_PULLED_WORDS:
            continue
        # If nothing repeats its first words, it is no pull quote; if much does, they are a refrain.
        if not 1 < runs[own[:MIN_PULLED_WORDS]] <= MAX_REPEATS or not _may_be_pulled(blocks[i]):
            continue
        if any(f" {' '.join(own)} " in f" {' '.join(other)} " for other in words if len(other) > len(own)):
            roles[i] = "boilerplate"
            following = next((n for n in range(i + 1, len(blocks)) if roles[n] in ("body", "heading")), None)
            if following is not None and _PULLED_FROM.match(blocks[following].text):
                roles[following] = "boilerplate"


def _may_be_pulled(block: Block) -> bool:
    """Return True if a block is a quotation, or a line without a stop: a sentence may be the original of a caption."""
    if block.hint == "heading" or LIST_MARKER.match(block.text) or block.text.endswith((":", ";")):
        return False
    words = block.text.split()
    quoted = block.text[0] in '"“‘' and block.text[-1] in '"”’'
    if not quoted and (ends_sentence(block.text) or len(words) < MIN_LINE_WORDS):
        return False
    return 2 * sum(word[0].islower() for word in words) > len(words)  # others are names and sub-headings


def _is_title_like(text: str) -> bool:
    words = text.count(" ") + 1
    if len(text) > MAX_TITLE_LENGTH or words > MAX_TITLE_WORDS or LIST_MARKER.match(text):
        return False
    if text.rstrip("\"'”’»)").endswith((".", ":", ";", ",")) and not (_ABBREVIATED_END.search(text) and words <= 16):
        return False
    if text.endswith(("?", "!", '?"', '!"', "?”", "!”")) and words > 20:
        return False
    dateline = find_dateline(text)
    return dateline is None or (dateline.agency is None and dateline.day is None)


def _is_heading_like(text: str) -> bool:
    words = text.count(" ") + 1
    if len(text) > MAX_HEADING_LENGTH or words > MAX_HEADING_WORDS or LIST_MARKER.match(text) or text[0].islower():
        return False
    if text.endswith("?"):
        return words <= 8 and bool(_QUESTION_START.match(text))
    if _SPEECH.search(text) or _FIGURE.search(text) or text.endswith((",", ";", "-", "–", "—")):
        return False
    return not ends_sentence(text)


def _dateline(
    blocks: tuple[Block, ...], roles: list[ParagraphRole | None], first_body: int, outlet: str | None
) -> tuple[int, FoundDateline | None]:
    """Return the block that opens with the article's dateline, and the dateline."""
    transcript = sum(bool(_SPEAKER.match(block.text)) for block in blocks) > 1
    for index in range(first_body):  # a dateline in a separate line
        found = find_dateline(blocks[index].text, outlet=outlet) if roles[index] == "boilerplate" else None
        if found is not None and found.place and found.end >= len(blocks[index].text):
            return index, found
    bodies = [i for i, role in enumerate(roles) if role == "body"][:5]
    for index in bodies:
        found = find_dateline(blocks[index].text, first=index == first_body and not transcript, outlet=outlet)
        if found is not None:
            return index, found
    return -1, None


def _pieces(text: str, offset: int, role: ParagraphRole | None, dateline: FoundDateline | None) -> list[Paragraph]:
    """Return the ranges of a block; in a body block, dateline, captions and credits get their own."""
    if role != "body":
        return [Paragraph(start=offset, end=offset + len(text), role=role or "body")]
    tail = boilerplate.tail_start(text)
    cuts = [(0, dateline.end)] if dateline else []
    cuts += [(start, end) for start, end in boilerplate.inner_cuts(text) if end < tail]
    if tail < len(text):
        cuts.append((tail, len(text)))
    ranges: list[tuple[int, int, ParagraphRole]] = []
    last = 0
    for start, end in cuts:
        if start < last:
            continue
        ranges += [(last, start, "body"), (start, end, "boilerplate")]
        last = end
    ranges.append((last, len(text), "body"))
    return [p for start, end, name in ranges if (p := _trimmed(text, start, end, offset, name))]


def _trimmed(text: str, start: int, end: int, offset: int, role: ParagraphRole) -> Paragraph | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    return Paragraph(start=offset + start, end=offset + end, role=role) if start < end else None


def _stamp(lines: list[str]) -> Day | None:
    """Return the day in the lines above the body; prefer one with a year, and the day of publication."""
    short = [line for line in lines if line.count(" ") < 16 and not _PICTURED.search(line)]
    stamps = [line for line in short if _STAMP.search(line) or boilerplate.is_time_stamp(line)]
    dated = [
        (day.year is None, bool(_UPDATED.search(line)), n, day)
        for n, line in enumerate(stamps)
        if (day := find_day(line))
    ]
    return min(dated, key=lambda found: found[:3])[3] if dated else None


def _same(text: str, title: str | None) -> bool:
    return title is not None and _letters(text) == _letters(title) != ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text[:400]).casefold()
