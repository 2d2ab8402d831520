"""A source in, an Article and what was wrong with it out."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.errors import ReadingError
from briefing.model import Article, Dateline, Notice, PublishedBasis, text_id
from briefing.reading.canonical import clean, split_paragraphs, squash
from briefing.reading.decoding import MAX_BYTES, decode
from briefing.reading.front_matter import FrontMatter, is_web_address, split_front_matter
from briefing.reading.html import Page, looks_like_html, read_page
from briefing.reading.known import Known, tidied
from briefing.reading.languages import foreign_language
from briefing.reading.paragraphs import Block, Layout, lay_out

MAX_CHARACTERS = 100_000  # of canonical text: some 17,000 words, fifteen times a long article
MAX_PARAGRAPH = 20_000  # characters; a whole article that lost its line breaks is shorter
MAX_WORD = 1_000  # characters; longer ones are encoded pictures, keys, dumps
MAX_TITLE = 90  # characters of a title that is made of the first sentence's opening words
SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", "")
MARKED = 2_000  # bytes at the head or the end of a brief that hold its mark

# The mark of a printed brief: the generator of its HTML, the imprint under its Markdown.
_HTML_MARK = re.compile(rb'<meta name="generator" content="briefing \d[^"<>]{0,80}">')
_MARKDOWN_MARK = re.compile(rb"\nbriefing \d\S{0,40} \xc2\xb7 profile [^\n]{1,400} source [0-9a-f]{8}\s*\Z")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read, the flaws of its source, and the digest of the bytes."""

    article: Article
    notices: tuple[Notice, ...]
    source_sha256: str  # hexadecimal


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds: the files to be read, sorted, and what could not be looked into."""

    files: tuple[Path, ...]
    unreadable: tuple[ReadingError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a source holds, before roles are given."""

    blocks: tuple[Block, ...]
    matter: FrontMatter
    page: Page | None
    notices: tuple[Notice, ...]


def read_bytes(data: bytes, source: str, *, published: date | None = None, known: Known | None = None) -> Reading:
    """Return the article in the bytes of a text or a saved web page.

    Args:
        data: the whole source.
        source: its name in messages: a path, "standard input".
        published: the day of publication where the caller knows it; it outranks what the source says.
        known: what a container says of the article; it counts where the source itself says nothing. Its day outranks
            a dateline, as metadata does.

    Raises:
        ReadingError: the source is no text, too large, empty, not English, a page without an article, a brief or JSON.
    """
    decoded = decode(data, source)
    if _is_brief(data):
        raise ReadingError(source, "it is a brief, not an article: give the article that it was made of")
    if _is_json(decoded.text):
        raise ReadingError(source, "it is JSON; briefing render prints briefs from their JSON")
    contents = _contents(decoded.text, source)
    _check_size(contents.blocks, source)
    language = foreign_language("\n".join(block.text for block in contents.blocks))
    if language is not None:
        raise ReadingError(source, f"it is in {language}; briefing reads English: give it an English version")
    article, notices = _article(contents, published, tidied(known or Known()))
    return Reading(
        article=article,
        notices=(*decoded.notices, *contents.notices, *notices),
        source_sha256=hashlib.sha256(data).hexdigest(),
    )


def _check_size(blocks: tuple[Block, ...], source: str) -> None:
    """Refuse what is no article by its size alone."""
    if not any(character.isalpha() for block in blocks for character in block.text):
        raise ReadingError(source, "it holds no words: save the article's text in it first")
    length = sum(len(block.text) + 2 for block in blocks) - 2
    _check_length(length, source)
    paragraph = max((block.text for block in blocks), key=len)
    if len(paragraph) > MAX_PARAGRAPH:
        reason = f"a line of it has {len(paragraph):,} characters, more than {MAX_PARAGRAPH:,}: break it up"
        raise ReadingError(source, reason)
    word = max((word for block in blocks for word in block.text.split()), key=len)
    if len(word) > MAX_WORD:
        reason = f"it holds a word of {len(word):,} characters ({word[:20]}...): take out what is no text"
        raise ReadingError(source, reason)


def _check_length(length: int, source: str) -> None:
    if length > MAX_CHARACTERS:
        reason = f"its text has {length:,} characters, more than {MAX_CHARACTERS:,}: cut it to the article to be read"
        raise ReadingError(source, reason)


def read_file(path: Path, *, published: date | None = None, known: Known | None = None) -> Reading:
    """Return the article in a file; see ``read_bytes``."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadingError(str(path), "there is no such file: check the name") from error
    except IsADirectoryError as error:
        raise ReadingError(str(path), "it is a folder, not a file") from error
    except PermissionError as error:
        raise ReadingError(str(path), "it may not be opened: check its permissions") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadingError(str(path), f"it could not be opened ({reason})") from error
    return read_bytes(data, str(path), published=published, known=known)


def find_sources(path: Path) -> Found:
    """Return the files of a folder and its subfolders that can be read; hidden ones and briefs are left out.

    What cannot be looked into within the folder costs itself alone, and is told.

    Raises:
        ReadingError: there is no such folder, or it may not be opened.
    """
    try:
        if not path.is_dir():
            raise ReadingError(str(path), "there is no such folder: check the name")
        waiting = list(path.iterdir())
    except OSError as error:
        raise _not_looked_into(path, error) from error
    files: list[Path] = []
    unreadable: list[ReadingError] = []
    while waiting:
        entry = waiting.pop()
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir() and not entry.is_symlink():
                waiting += entry.iterdir()
            elif entry.is_file() and entry.suffix.lower() in SUFFIXES and not _holds_brief(entry):
                files.append(entry)
        except OSError as error:
            unreadable.append(_not_looked_into(entry, error))
    return Found(tuple(sorted(files)), tuple(sorted(unreadable, key=lambda error: error.source)))


def _not_looked_into(path: Path, error: OSError) -> ReadingError:
    reason = f"it could not be looked into ({error.strerror or error}): check its name and permissions"
    return ReadingError(str(path), reason)


def _holds_brief(path: Path) -> bool:
    """Tell whether a file is a printed brief, by its head and its end."""
    try:
        with path.open("rb") as file:
            head = file.read(MARKED)
            file.seek(max(0, path.stat().st_size - MARKED))
            return _is_brief(head) or _is_brief(file.read(MARKED))
    except OSError:
        return False  # reading it will say why


def _is_brief(data: bytes) -> bool:
    return bool(_HTML_MARK.search(data[:MARKED]) or _MARKDOWN_MARK.search(data[-MARKED:]))


def _is_json(text: str) -> bool:
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _contents(text: str, source: str) -> _Contents:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    matter, body, notices = split_front_matter(unified)
    if looks_like_html(body):
        page = read_page(body, source)
        return _Contents(page.blocks, matter, page, (*notices, *page.notices, *_hidden_characters(page.removed)))
    if len(body) > 4 * MAX_CHARACTERS:  # entities and spaces are not that much of any text
        _check_length(len(body), source)
    cleaned = clean(body)
    blocks = tuple(Block(paragraph) for paragraph in split_paragraphs(cleaned.text))
    return _Contents(blocks, matter, None, (*notices, *_hidden_characters(cleaned.removed)))


def _hidden_characters(removed: int) -> tuple[Notice, ...]:
    if not removed:
        return ()
    message = f"{removed} invisible characters (controls, zero-width signs, soft hyphens) were left out of the text."
    return (Notice(code="hidden-characters", message=message, where="text"),)


def _article(contents: _Contents, given: date | None, known: Known) -> tuple[Article, tuple[Notice, ...]]:
    matter, page = contents.matter, contents.page
    outlet = matter.outlet or (page.outlet if page else None) or known.outlet
    known_title = matter.title or (page.title if page else None) or known.title
    layout = lay_out(contents.blocks, title=known_title, outlet=outlet)
    notices: list[Notice] = []
    if not layout.of("body"):
        message = "The source holds a headline but no article under it."
        notices.append(Notice(code="only-headline", message=message))
    published, basis = _published(given, contents, known, layout)
    if published is None:
        message = "The source does not say when it was published; relative times stay open. Give the day with --date."
        notices.append(Notice(code="no-publication-date", message=message))
    dateline = _dateline(layout, published)
    article = Article(
        id=text_id(layout.text),
        title=known_title or next(iter(layout.of("title")), None) or _opening_words(layout),
        subtitle=next(iter(layout.of("subtitle")), None),
        url=matter.url or (page.url if page and is_web_address(page.url) else None) or known.url,
        outlet=outlet or (dateline.agency if dateline else None),
        byline=matter.byline or (page.byline if page else ()) or known.byline or layout.byline,
        published=published.isoformat() if published else None,
        published_basis=basis,
        dateline=dateline,
        text=layout.text,
        paragraphs=layout.paragraphs,
    )
    return article, tuple(notices)


def _published(
    given: date | None, contents: _Contents, known: Known, layout: Layout
) -> tuple[date | None, PublishedBasis]:
    """Return the day of publication and what it rests on; a year in an address or in the body is no basis."""
    if given is not None:
        return given, "given"
    if contents.matter.published is not None:
        return contents.matter.published, "front matter"
    metadata = (contents.page.published if contents.page is not None else None) or known.published
    if metadata is not None:
        return metadata, "metadata"
    days = [layout.dateline.day if layout.dateline else None, layout.stamp]
    day = next((date_ for day in days if day and (date_ := day.as_date())), None)
    return (day, "unknown" if day is None else "dateline")


def _dateline(layout: Layout, published: date | None) -> Dateline | None:
    found = layout.dateline
    day = (found.day if found else None) or layout.stamp
    if found is None and day is None:
        return None
    if day is not None and published is not None:
        day = day.nearest(published)
    return Dateline(
        place=found.place if found else None, date=str(day) if day else None, agency=found.agency if found else None
    )


def _opening_words(layout: Layout) -> str:
    """Return the first words of the first sentence, for an article without a title."""
    text = next((t for role in ("body", "subtitle", "heading") for t in layout.of(role)), layout.text)
    if len(text) <= MAX_TITLE:
        return text
    cut = text[: MAX_TITLE + 1].rsplit(" ", 1)[0]
    return squash(cut)[:MAX_TITLE].rstrip(" ,;:-–—") or text[:MAX_TITLE]
