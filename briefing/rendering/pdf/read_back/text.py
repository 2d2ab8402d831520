"""Read a PDF back: the text of its blocks, headers and footers, its attachments and its oddities.

A tagged PDF numbers each piece of text on a page (marked content). A tree of structure elements puts the numbers in
order (ISO 32000-1, 14.7 and 14.8). Text outside the tree counts as header or footer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from briefing.errors import ReadingError
from briefing.rendering.pdf.read_back.about import About, read_about
from briefing.rendering.pdf.read_back.figures import Figure
from briefing.rendering.pdf.read_back.fonts import Font, odd_fonts
from briefing.rendering.pdf.read_back.form import odd_file, odd_form
from briefing.rendering.pdf.read_back.oddities import survey, web_links

_TEXT_OPERATORS = "BMC BDC EMC BT ET Tf Tj TJ ' \" Do"
# Errors that a damaged file may raise, besides those of pikepdf.
_DAMAGE = (ValueError, TypeError, LookupError, AttributeError, RuntimeError, ArithmeticError)
_DEEPEST = 50  # elements within elements, or forms within forms; a brief has fewer than ten
MAX_PAGES = 2_000  # a digest of a thousand articles has fewer
MAX_FORMS = 1_000  # on a page, including nested ones; a brief has none
_INLINE = frozenset({"/Span", "/Link", "/NonStruct", "/Reference", "/Em", "/Strong", "/Lbl"})

# The role of a heading: "/H1"; not "/THead".
_HEADING = re.compile(r"/H[1-6]?")


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """The content of a PDF as a reader sees it."""

    blocks: tuple[str, ...]  # in reading order; a block across two pages gives two
    furniture: tuple[tuple[str, ...], ...]  # by page: text outside the structure tree
    attachments: Mapping[str, bytes]
    oddities: tuple[str, ...] = ()  # unexpected content: photographs, paint over text, hidden text
    web_links: tuple[str, ...] = ()  # addresses of links
    figures: tuple[Figure, ...] = ()  # the pictures in painting order
    has_logo: bool = False
    about: About | None = None  # the properties of the file


def printed(pdf: bytes) -> PrintedPdf:
    """Read a PDF.

    Raises:
        ReadingError: The PDF cannot be read, is locked by a password, or is larger than any brief.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            _check_count(len(document.pages), MAX_PAGES, "pages")
            pages = [_PageReader(page).read() for page in document.pages]
            numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
            blocks = tuple(_blocks(document, pages, numbers))
            furniture = tuple(tuple(page.rest()) for page in pages)
            attachments = {name: file.get_file().read_bytes() for name, file in sorted(document.attachments.items())}
            painted = survey(document, [page.order for page in pages])
            properties, odd = read_about(document, painted.places)
            fonts = odd_fonts(document.pages[0].Resources.get("/Font", {}))
            oddities = (*odd_file(pdf), *odd_form(document), *odd, *fonts, *painted.oddities)
            links = tuple(web_links(document))
            return PrintedPdf(
                blocks, furniture, attachments, oddities, links, painted.figures, painted.has_logo, properties
            )
    except pikepdf.PasswordError as error:
        raise ReadingError("the PDF", "it is locked by a password") from error
    except (pikepdf.PikepdfError, *_DAMAGE) as error:
        if "bad_alloc" in str(error):  # qpdf's message for a stream that does not fit into memory
            raise MemoryError from error
        raise ReadingError("the PDF", f"it is damaged or not made by briefing ({error})") from error


def _check_count(count: int, most: int, what: str) -> None:
    if count > most:
        raise ReadingError("the PDF", f"it has more than {most:,} {what}, which no brief has")


@dataclass(slots=True)
class _PageText:
    """The text of a page by number of marked content, and the text without a number."""

    marked: dict[int, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)  # text without a number, by artifact
    order: list[int] = field(default_factory=list)  # the numbers in reading order

    def take(self, number: int) -> str:
        self.order.append(number)
        return "".join(self.marked.get(number, ()))

    def rest(self) -> Iterator[str]:
        """Yield the text that belongs to no structure element."""
        used = set(self.order)
        for number, clusters in self.marked.items():
            if number not in used and any(clusters):
                yield "".join(clusters)
        yield from (text for text in self.loose if text.strip())


class _PageReader:
    """Run the content of a page and collect its text."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._text = _PageText()
        self._fonts: dict[Any, Font] = {}
        self._forms = 0

    def read(self) -> _PageText:
        self._run(self._page, self._page.get("/Resources", {}), [], 0)
        for annotation in self._page.get("/Annots", ()):
            if annotation.get("/Subtype") != "/Link":
                self._text.loose.append(f"annotation {annotation.get('/Contents', annotation.get('/Subtype'))}")
        return self._text

    def _run(self, content: Any, resources: Any, marks: list[int | None], depth: int) -> None:
        import pikepdf

        font: Font | None = None
        for instruction in pikepdf.parse_content_stream(content, _TEXT_OPERATORS):
            operands: Any = instruction.operands
            match str(instruction.operator):
                case "BDC":
                    marks.append(self._number(operands[1], resources))
                    self._text.loose.append("")
                case "BMC":
                    marks.append(None)
                    self._text.loose.append("")
                case "EMC":
                    del marks[-1:]
                case "Tf":
                    font = self._font(resources, operands[0])
                case "Tj" | "'" | '"':
                    self._show(font, [operands[-1]], marks)
                case "TJ":
                    self._show(font, operands[0], marks)
                case "Do" if depth < _DEEPEST:
                    self._run_form(resources.get("/XObject", {}).get(str(operands[0])), resources, marks, depth)

    def _run_form(self, form: Any, resources: Any, marks: list[int | None], depth: int) -> None:
        if form is not None and form.get("/Subtype") == "/Form":
            self._forms += 1
            _check_count(self._forms, MAX_FORMS, "forms on a page")
            self._run(form, form.get("/Resources", resources), marks, depth + 1)

    def _number(self, properties: Any, resources: Any) -> int | None:
        """Return the number of marked content; replacement text in its properties is collected as loose text."""
        import pikepdf

        if isinstance(properties, pikepdf.Name):
            properties = resources.get("/Properties", {}).get(str(properties), {})
        for key in ("/ActualText", "/Alt", "/E"):
            if key in properties:
                self._text.loose.append(str(properties[key]))
        number = properties.get("/MCID")
        return None if number is None else int(number)

    def _show(self, font: Font | None, pieces: Any, marks: list[int | None]) -> None:
        import pikepdf

        clusters = [
            cluster
            for piece in pieces
            if isinstance(piece, pikepdf.String)
            for cluster in (font.decode(bytes(piece)) if font else ["\ufffd"])
        ]
        number = next((mark for mark in reversed(marks) if mark is not None), None)
        if number is None:
            self._text.loose[-1:] = ["".join((*self._text.loose[-1:], *clusters))]
        else:
            self._text.marked.setdefault(number, []).extend(clusters)

    def _font(self, resources: Any, name: Any) -> Font:
        font = resources.get("/Font", {}).get(str(name))
        if font is None:
            return Font(1, {})
        key = font.objgen if font.is_indirect else str(name)
        if key not in self._fonts:
            self._fonts[key] = Font.of(font)
        return self._fonts[key]


def _blocks(document: Any, pages: list[_PageText], numbers: Mapping[tuple[int, int], int]) -> Iterator[str]:
    """Yield the text of each block of the structure tree, in order."""
    block: list[str] = []
    for text in _Tree(pages, numbers).texts(document.Root.get("/StructTreeRoot")):
        if text is not None:
            block.append(text)
        elif block:
            yield "".join(block)
            block = []
    if block:
        yield "".join(block)


@dataclass(slots=True)
class _Tree:
    """Walk the structure tree."""

    pages: list[_PageText]
    numbers: Mapping[tuple[int, int], int]  # numbers of pages by page object
    seen: set[Any] = field(default_factory=set)
    head: tuple[list[str | None], Any] = ([], None)  # the last table head and its page

    def texts(self, element: Any, page: Any = None, depth: int = 0) -> Iterator[str | None]:
        """Yield the texts below an element, and None where a block begins or ends."""
        if element is None or depth > _DEEPEST or element.objgen in self.seen:
            return
        if element.is_indirect:
            self.seen.add(element.objgen)
        page = element.get("/Pg", page)
        if _HEADING.fullmatch(str(element.get("/S", ""))):
            self.head = ([], None)  # the next table is a new one, even if its head is the same
        if element.get("/S") == "/THead":
            yield from self._new_head(list(self._within(element, page, depth)), page)
        else:
            yield from self._within(element, page, depth)

    def _new_head(self, texts: list[str | None], page: Any) -> list[str | None]:
        """Return the head of a table, or nothing if it repeats the head of a table from the page before."""
        before, its_page = self.head
        self.head = (texts, page)
        return [] if texts == before and page != its_page else texts

    def _within(self, element: Any, page: Any, depth: int) -> Iterator[str | None]:
        is_block = str(element.get("/S", "")) not in _INLINE
        if is_block:
            yield None
        yield from (str(element[key]) for key in ("/ActualText", "/Alt", "/E") if key in element)
        for kid in _kids(element.get("/K")):
            number, where = _marked_content(kid, page)
            if number is None and kid.get("/Type") != "/OBJR":
                yield from self.texts(kid, page, depth + 1)
            elif number is not None and where is not None and where.objgen in self.numbers:
                yield self.pages[self.numbers[where.objgen]].take(number)
        if is_block:
            yield None


def _kids(kids: Any) -> Iterator[Any]:
    import pikepdf

    if isinstance(kids, pikepdf.Array):
        yield from kids
    elif kids is not None:
        yield kids


def _marked_content(kid: Any, page: Any) -> tuple[int | None, Any]:
    """Return the number of marked content that a kid refers to, and its page; None if it refers to none."""
    if isinstance(kid, int):
        return kid, page
    if "/MCID" in kid:
        return int(kid["/MCID"]), kid.get("/Pg", page)
    return None, page
