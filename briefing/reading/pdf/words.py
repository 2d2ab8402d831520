"""Find the words of a PDF and their positions.

pdfminer, which pdfplumber uses, raises any error on damaged files, unpacks streams without a limit, and does not free
the memory of pages. So it runs in the process of ``briefing.reading.confined``.
"""

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from briefing.errors import OwnBriefError, ReadingError
from briefing.reading.own_briefs import GENERATOR, REASON

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage
    from pdfplumber.pdf import PDF

MAX_PAGES = 60
MAX_LETTERS = 400_000  # on all pages; no article has a quarter of them

_ATTACHED_BRIEF = "briefing.json"
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_GAP = 0.2  # of a letter's size; the least space between words
_TINY = 2.5  # points; smaller letters are unreadable
_FAINT = 0.03  # distance from white, of 1; a smaller one is invisible
_SAME_PLACE = 0.15  # of a letter's size; the narrowest letter has a width of 0.2
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_WEAK = "the file is damaged or was cut off: get it again, or print it to a new PDF"
_LOCKED = "it is encrypted with a password: save it without, for example with qpdf --decrypt"


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; coordinates and size in points from the page's upper left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The words of a page, and counts of what could not be read."""

    width: float
    height: float
    words: tuple[Word, ...]
    pictures: int = 0
    hidden: int = 0  # invisible letters
    unmapped: int = 0  # letters without a known character
    broken: bool = False


@dataclass(frozen=True, slots=True)
class PdfWords:
    """The pages of a PDF, and the title in its properties."""

    pages: tuple[PdfPage, ...]
    title: str
    repaired: bool = False  # the file was damaged; some of it may be missing


def read_words(data: bytes, source: str) -> PdfWords:
    """Return the words of a PDF.

    Raises:
        ReadingError: The PDF is damaged, encrypted, or has too many pages or letters.
        OwnBriefError: The PDF is a brief.
        MemoryError: It takes too much memory.
    """
    try:
        return _read_pages(data, source)
    except ReadingError:
        raise
    except Exception as error:  # pdfminer raises anything on damaged files
        _refuse_lack_of_memory(error)
        if _is_locked(error):
            raise ReadingError(source, _LOCKED) from error
    try:
        return replace(_read_pages(_repaired(data), source), repaired=True)
    except ReadingError:
        raise
    except Exception as error:
        _refuse_lack_of_memory(error)
        raise ReadingError(source, _WEAK) from error


def _repaired(data: bytes) -> bytes:
    """Return a PDF rewritten by qpdf, which recovers more of a damaged file than pdfminer."""
    import pikepdf

    held = BytesIO()
    with BytesIO(data) as stream, pikepdf.open(stream) as pdf:
        pdf.save(held)
    return held.getvalue()


def _read_pages(data: bytes, source: str) -> PdfWords:
    import pdfplumber
    from pdfminer.pdfpage import PDFPage

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with BytesIO(data) as stream:
        pdf = pdfplumber.open(stream)
        if _is_brief(pdf):
            raise OwnBriefError(source, REASON)
        if sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1)) > MAX_PAGES:
            reason = f"it has more than {MAX_PAGES} pages: cut out the article, for example with qpdf --pages"
            raise ReadingError(source, reason)
        pages: list[PdfPage] = []
        letters = 0
        for page in pdf.pages:
            pages.append(_page(page))
            letters += sum(len(word.text) for word in pages[-1].words)
            if letters > MAX_LETTERS:
                reason = f"it has more than {MAX_LETTERS:,} letters: cut out the article to be read"
                raise ReadingError(source, reason)
        if all(page.broken for page in pages):
            raise ValueError("no page can be read")
        title = pdf.metadata.get("Title")
        return PdfWords(tuple(pages), title if isinstance(title, str) else "")


def _is_locked(error: Exception) -> bool:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    return any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in (error, *error.args))


def _refuse_lack_of_memory(error: Exception) -> None:
    """Raise a MemoryError again, which ends the process; pdfplumber may have wrapped it."""
    if any(isinstance(cause, MemoryError) for cause in (error, *error.args)):
        raise MemoryError from error


def _is_brief(pdf: "PDF") -> bool:
    """Return True if a PDF is a brief: its creator is briefing, or a brief is attached."""
    from pdfminer.pdftypes import resolve_all

    if GENERATOR.match(str(pdf.metadata.get("Creator"))):
        return True
    try:
        names = resolve_all(pdf.doc.catalog["Names"])["EmbeddedFiles"]["Names"]
        return any(name == _ATTACHED_BRIEF.encode() for name in names)
    except (KeyError, TypeError, RecursionError):
        return False


def _page(page: "PlumberPage") -> PdfPage:
    """Return the content of a page; mark a page that cannot be read as broken."""
    content = PdfPage(0.0, 0.0, (), broken=True)
    try:
        content = replace(content, width=float(page.width), height=float(page.height))
        visible = _Visible(page)
        words, unmapped = _words(page.filter(visible))
        content = PdfPage(content.width, content.height, words, len(page.images), visible.hidden, unmapped)
    except Exception as error:  # noqa: BLE001 - as above; the page is reported as broken
        _refuse_lack_of_memory(error)
    finally:
        page.close()
    return content


def _words(page: "PlumberPage") -> tuple[tuple[Word, ...], int]:
    """Return the words, and the number of letters without a known character."""
    found = page.extract_words(x_tolerance_ratio=_GAP, y_tolerance=2, extra_attrs=["size", "fontname"])
    words: list[Word] = []
    unmapped = 0
    for word in found:
        text, count = _UNMAPPED.subn("", word["text"])
        unmapped += count
        if text:
            x0, top, x1, bottom, size = (round(float(word[key]), 2) for key in ("x0", "top", "x1", "bottom", "size"))
            words.append(Word(text, x0, top, x1, bottom, size, _BOLD.search(str(word["fontname"])) is not None))
    return tuple(words), unmapped


class _Visible:
    """Filter the objects of a page: keep visible letters and everything that is not a letter.

    Hidden letters are counted. A letter printed twice in one place, to look bold, is kept once.
    """

    def __init__(self, page: "PlumberPage") -> None:
        self.hidden = 0
        self._bounds = page.bbox
        drawn = [shape for shape in (*page.rects, *page.curves) if shape.get("fill") and not _is_white(shape)]
        self._grounds = [(s["x0"], s["top"], s["x1"], s["bottom"]) for s in (*drawn, *page.images)]
        self._printed: dict[tuple[str, int], list[tuple[float, float]]] = {}

    def __call__(self, thing: dict[str, Any]) -> bool:
        if thing.get("object_type") != "char":
            return True
        if not self._is_visible(thing):
            self.hidden += not str(thing["text"]).isspace()
            return False
        return not self._is_repeated(thing)

    def _is_visible(self, letter: dict[str, Any]) -> bool:
        x, y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
        if letter["size"] < _TINY or not letter.get("upright", True) or not _contains(self._bounds, x, y):
            return False
        return not _is_white(letter) or any(_contains(ground, x, y) for ground in self._grounds)

    def _is_repeated(self, letter: dict[str, Any]) -> bool:
        text, x, y = str(letter["text"]), float(letter["x0"]), float(letter["top"])
        near = _SAME_PLACE * float(letter["size"])
        rows = [self._printed.setdefault((text, round(y) + row), []) for row in (0, -1, 1)]
        if any(abs(x - before[0]) < near and abs(y - before[1]) < near for row in rows for before in row):
            return True
        rows[0].append((x, y))
        return False


def _contains(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_white(thing: dict[str, Any]) -> bool:
    """Return True if a thing is filled with white: gray 1, RGB 1 1 1, CMYK 0 0 0 0."""
    colour = list(_numbers(thing.get("non_stroking_color")))
    if len(colour) == 4:
        return all(part <= _FAINT for part in colour)
    return len(colour) in (1, 3) and all(part >= 1 - _FAINT for part in colour)


def _numbers(colour: Any) -> Iterator[float]:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    yield from (float(part) for part in parts if isinstance(part, (int, float)))
