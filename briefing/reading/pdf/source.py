"""Read the contents of PDF documents."""

import re

from briefing.errors import ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import english, notice
from briefing.reading.contents import Contents
from briefing.reading.known import Known, tidy_line
from briefing.reading.paragraphs import Block
from briefing.reading.pdf.lines import lines_of
from briefing.reading.pdf.paragraphs import paragraphs_of, without_furniture
from briefing.reading.pdf.words import PdfWords, read_words
from briefing.runtime.lexicon import ordered_words

_MIN_HIDDEN = 20  # letters; fewer are marks of the program that wrote the file
_MIN_READ = 0.8  # least share of letters with a known character
_NAMED = 20  # pages that a notice names
_HEAD = 6  # first paragraphs, in which the title of the properties must occur
_CUT_MARK = b"%%EOF"  # the end of a file (ISO 32000-1, 7.5.5)
_TAIL = 4_096  # last bytes, which hold this mark
_FILE_NAME = re.compile(r"\S+\.(?:docx?|pdf|indd|qxd|pptx?|txt|rtf|odt|html?)\b", re.IGNORECASE)


def read_pdf(data: bytes, source: str) -> Contents:
    """Return the contents of a PDF: its paragraphs, each with the pages that begin in it.

    Dates and author in its properties are ignored: the file may be much younger than the article, and its author may
    be a user account.

    Raises:
        ReadingError: The PDF is damaged, encrypted, too large, or holds no text.
        OwnBriefError: The PDF is a brief.
    """
    found = read_words(data, source)
    _refuse_unreadable(found, source)
    pages = [lines_of(page, number) for number, page in enumerate(found.pages, start=1)]
    kept = without_furniture(pages, [page.height for page in found.pages])
    printed = paragraphs_of([line for lines in kept for line in lines], found.pages[0].height)
    title = _title(found.title, printed.title, printed.blocks)
    return Contents(printed.blocks, Known(title=title), notices=tuple(_notices(found, data)))


def _refuse_unreadable(found: PdfWords, source: str) -> None:
    letters = sum(len(word.text) for page in found.pages for word in page.words)
    unmapped = sum(page.unmapped for page in found.pages)
    if not letters and not unmapped:
        scanned = any(page.pictures for page in found.pages)
        what = "it is a scan, pictures of pages without text" if scanned else "its pages hold no text"
        raise ReadingError(source, f"{what}: recognise the text first, for example with ocrmypdf in.pdf out.pdf")
    if letters < _MIN_READ * (letters + unmapped):
        reason = "its fonts do not identify their letters: recognise the text, for example with ocrmypdf --force-ocr"
        raise ReadingError(source, reason)


def _title(of_file: str, printed: str | None, blocks: tuple[Block, ...]) -> str | None:
    """Return the title in the properties if the first paragraphs have it too, else the largest print."""
    stated = tidy_line(of_file)
    heads = [block.text for block in blocks[:_HEAD]]
    if stated and any(_letters(head) == _letters(stated) for head in heads):
        return stated
    if printed is not None:
        return printed
    usual = (
        stated is None or stated.casefold().startswith(ordered_words(__name__, "titles")) or _FILE_NAME.search(stated)
    )
    return None if usual or " " not in (stated or "") else stated


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _notices(found: PdfWords, data: bytes) -> list[Notice]:
    notices: list[Notice] = []
    numbered = list(enumerate(found.pages, start=1))
    broken = [number for number, page in numbered if page.broken]
    if broken:
        notices.append(notice("unreadable-pages", "text", count=len(broken), pages=_pages(broken)))
    elif found.repaired or _CUT_MARK not in data[-_TAIL:]:
        notices.append(notice("damaged-file", "text"))
    scanned = [number for number, page in numbered if page.pictures and not page.words and not page.broken]
    if scanned:
        notices.append(notice("scanned-pages", "text", count=len(scanned), pages=_pages(scanned)))
    hidden = sum(page.hidden for page in found.pages)
    if hidden >= _MIN_HIDDEN:
        notices.append(notice("hidden-text.print", "text", count=hidden))
    unmapped = sum(page.unmapped for page in found.pages)
    if unmapped:
        notices.append(notice("unreadable-characters.print", "text", count=unmapped))
    return notices


def _pages(numbers: list[int]) -> str:
    first = ", ".join(map(str, numbers[:_NAMED]))
    return first if len(numbers) <= _NAMED else english("more.pages", pages=first)
