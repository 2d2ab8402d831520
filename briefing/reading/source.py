"""Read a source: return its article and its flaws."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.errors import OwnBriefError, ReadingError
from briefing.model.brief import Article, Dateline, Notice, PublishedBasis, text_id
from briefing.model.notices import notice
from briefing.reading.canonical import ends_sentence, squash
from briefing.reading.confined import document_apart, mail_apart, pdf_apart
from briefing.reading.contents import MAX_DOCUMENT, Contents, check_length
from briefing.reading.kinds import kind_of
from briefing.reading.known import Known, tidied
from briefing.reading.languages import foreign_language
from briefing.reading.own_briefs import REASON, is_brief
from briefing.reading.paragraphs import Block, Layout, lay_out
from briefing.reading.text import read_text
from briefing.runtime.lexicon import word_set

MAX_PARAGRAPH = 20_000  # characters; a whole article that lost its line breaks is shorter
MAX_WORD = 1_000  # characters; longer words are encoded pictures, keys or dumps
MAX_TITLE = 110  # characters of a title that is made from the first sentence
_SHORTEST_TITLE = 5  # words that a cut leaves at least
# Up to the first stop before a capital; not "Dockers met Sen." of "Sen. Novak", nor "on Oct." of "Oct. 3".
_FIRST_SENTENCE = re.compile(
    r"\S(?:[^.!?]|\.(?=\d|[A-Z]\.|\s\d)){20,}?(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][\"”’']?"
    r"(?=\s+[\"“‘']?[A-Z]|\s*\Z)"
)
# "Bridge opens in Lund Updated: 2016-07-15 13:14 By Agencies", "Bridge opens in Lund 11:03 AM ET Fri, 29 Dec 2017".
_STAMP_BEHIND = re.compile(
    r"(?<=\S)\s+(?:(?:[Uu]pdated|[Pp]ublished|[Pp]osted):? ?\d{4}-\d\d-\d\d"
    r"|\d{1,2}:\d\d [AP]M [A-Z]{2,3} [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4})\b.*\Z"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, the flaws of its source, and the SHA-256 of the source."""

    article: Article
    notices: tuple[Notice, ...]
    source_sha256: str  # hexadecimal


def read_bytes(data: bytes, source: str, *, published: date | None = None, known: Known | None = None) -> Reading:
    """Return the article in the bytes of a text, a saved web page, a mail, a PDF or a Word document.

    Args:
        data: The whole source.
        source: The name of the source in messages: a path, "standard input".
        published: The day of publication, if the caller knows it; it outranks the source.
        known: Metadata from a container; a fallback for metadata that the source lacks. Its day outranks a dateline,
            as other metadata does.

    Raises:
        ReadingError: The source is of another kind, too large, empty, damaged, not English, or holds no article.
        OwnBriefError: The source is a brief that this program printed.
    """
    if is_brief(data):
        raise OwnBriefError(source, REASON)
    contents = _contents(data, source)
    _check_size(contents.blocks, source)
    language = foreign_language("\n".join(block.text for block in contents.blocks))
    if language is not None:
        raise ReadingError(source, f"it is in {language}; briefing reads English: give it an English version")
    article, notices = _article(contents, published, tidied(known or Known()))
    return Reading(
        article=article,
        notices=(*contents.notices, *notices),
        source_sha256=hashlib.sha256(data).hexdigest(),
    )


def _contents(data: bytes, source: str) -> Contents:
    """Read the contents of a source with the reader of its kind."""
    if len(data) > MAX_DOCUMENT:
        raise ReadingError(source, f"it is larger than {MAX_DOCUMENT // 1_000_000} MB: cut out the part to be read")
    match kind_of(data):
        case "eml":
            return mail_apart(data, source)
        case "mbox":
            raise ReadingError(source, "it is a mailbox: briefing make reads its messages, others one saved as .eml")
        case "feed" | "opml":
            raise ReadingError(source, "it is a feed or a list of feeds, not an article")
        case "json":
            raise ReadingError(source, "it is JSON; briefing render prints briefs from their JSON")
        case "pdf":
            return pdf_apart(data, source)
        case "docx":
            return document_apart(data, source)
        case _:
            return read_text(data, source)


def _check_size(blocks: tuple[Block, ...], source: str) -> None:
    """Raise an error for a source without words, or too large for an article."""
    if not any(character.isalpha() for block in blocks for character in block.text):
        raise ReadingError(source, "it holds no words: save the article's text in it first")
    length = sum(len(block.text) + 2 for block in blocks) - 2
    check_length(length, source)
    paragraph = max((block.text for block in blocks), key=len)
    if len(paragraph) > MAX_PARAGRAPH:
        reason = f"a line of it has {len(paragraph):,} characters, more than {MAX_PARAGRAPH:,}: break it up"
        raise ReadingError(source, reason)
    word = max((word for block in blocks for word in block.text.split()), key=len)
    if len(word) > MAX_WORD:
        reason = f"it holds a word of {len(word):,} characters ({word[:20]}...): remove what is not text"
        raise ReadingError(source, reason)


def read_file(path: Path, *, published: date | None = None, known: Known | None = None) -> Reading:
    """Return the article in a file; see ``read_bytes``."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_DOCUMENT + 1)
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


def _article(contents: Contents, given: date | None, known: Known) -> tuple[Article, tuple[Notice, ...]]:
    matter, stated = contents.matter, tidied(contents.stated)
    outlet = matter.outlet or stated.outlet or known.outlet
    known_title = matter.title or stated.title or known.title
    layout = lay_out(contents.blocks, title=known_title, outlet=outlet)
    notices: list[Notice] = []
    if not layout.of("body"):
        notices.append(notice("only-headline"))
    published, basis = _published(given, contents, known, layout)
    if published is None:
        notices.append(notice("no-publication-date"))
    dateline = _dateline(layout, published)
    article = Article(
        id=text_id(layout.text),
        title=known_title or _own_title(layout) or _opening_words(layout),
        subtitle=next(iter(layout.of("subtitle")), None),
        url=matter.url or stated.url or known.url,
        outlet=outlet or (dateline.agency if dateline else None),
        byline=matter.byline or stated.byline or known.byline or layout.byline,
        published=published.isoformat() if published else None,
        published_basis=basis,
        dateline=dateline,
        text=layout.text,
        paragraphs=layout.paragraphs,
        pages=_pages(contents.blocks),
    )
    return article, tuple(notices)


def _published(
    given: date | None, contents: Contents, known: Known, layout: Layout
) -> tuple[date | None, PublishedBasis]:
    """Return the day of publication and its basis; a year in a URL or in the body is no basis."""
    if given is not None:
        return given, "given"
    if contents.matter.published is not None:
        return contents.matter.published, "front matter"
    metadata = contents.stated.published or known.published
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


def _own_title(layout: Layout) -> str | None:
    """Return the title in the text, without a time stamp after it."""
    return next((_STAMP_BEHIND.sub("", title) for title in layout.of("title")), None)


def _opening_words(layout: Layout) -> str:
    """Return the first sentence, for an article without a title; cut a long one, with an ellipsis."""
    text = next((t for role in ("body", "subtitle", "heading") for t in layout.of(role)), layout.text)
    sentence = _FIRST_SENTENCE.match(text)
    if sentence is not None and len(sentence.group()) <= MAX_TITLE and ends_sentence(sentence.group()):
        return _without_open_quote(squash(sentence.group()).rstrip("."))
    if len(text) <= MAX_TITLE or not text:
        return text
    words = text[: MAX_TITLE + 1].split(" ")
    following = words.pop()
    last = len(words)
    # Do not cut within a name, or after a word that never ends a phrase.
    while last > _SHORTEST_TITLE and (
        words[last - 1].casefold() in word_set(__name__, "never_last")
        or (words[last - 1][:1].isupper() and following[:1].isupper() and words[last - 1][-1:].isalnum())
    ):
        last -= 1
        following = words[last]
    cut = squash(" ".join(words[:last])).rstrip(" ,;:-–—") if words else ""
    return f"{_without_open_quote(cut)}…" if cut else text[:MAX_TITLE]


def _without_open_quote(words: str) -> str:
    """Return words without an opening quotation mark that is never closed."""
    alone = words[0] in '"“' and not any(mark in words[1:] for mark in '"”')
    return words[1:] if alone else words


def _pages(blocks: tuple[Block, ...]) -> tuple[int, ...]:
    """Return where each page begins in the canonical text; a page without text begins where the next one does."""
    starts: list[int] = []
    offset = 0
    for block in blocks:
        for within, number in block.pages:
            starts += [offset + within] * (number - len(starts))
        offset += len(block.text) + 2
    return tuple(starts)
