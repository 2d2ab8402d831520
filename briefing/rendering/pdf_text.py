"""Read a printed brief back: the exact text of its blocks, of its headers and footers, and its attachments.

A tagged PDF numbers each stretch of text on a page (marked content) and orders the numbers in a tree of elements
(ISO 32000-1, 14.7 and 14.8). Text that stands outside the tree is furniture, whoever put it there.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from briefing.errors import ReadingError
from briefing.rendering.pdf_figures import Figure
from briefing.rendering.pdf_oddities import survey, web_links

_TEXT_OPERATORS = "BMC BDC EMC BT ET Tf Tj TJ ' \" Do"
# What reading a damaged file may raise besides the errors of its reader.
_DAMAGE = (ValueError, TypeError, LookupError, AttributeError, RuntimeError, ArithmeticError)
_DEEPEST = 50  # elements within elements, or forms within forms; a brief has fewer than ten
_INLINE = frozenset({"/Span", "/Link", "/NonStruct", "/Reference", "/Em", "/Strong", "/Lbl"})

# The role of a heading: "/H1"; not "/THead".
_HEADING = re.compile(r"/H[1-6]?")
# A section of a character map: "2 beginbfchar <0003> <0042> <0004> <0043> endbfchar".
_MAPPINGS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")

# Characters that some fonts draw with one glyph, so that a PDF cannot tell them apart: hyphen, increment, accents; and
# the two kinds of quotation marks and apostrophes, of which a page prints one.
_SAME_GLYPH = str.maketrans("\u2010\u2011\u02bb\u02bc‘’“”\u2206\u02cb\u02ca\u02c9", "--''''\"\"Δ`\u00b4\u00af")
_TURNED = str.maketrans(")]}>»›", "([{<«‹")  # brackets, which right-to-left text turns round
# Characters that leave no trace on a page (Default_Ignorable_Code_Point): joiners, fillers, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Blocks of right-to-left scripts, with what is yet to be assigned there (Unicode Standard Annex 9, 3.2).
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = frozenset({"Mn", "Mc", "Me"})  # general categories: marks


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """What a reader of a PDF sees."""

    blocks: tuple[str, ...]  # in reading order; a block that runs over to the next page is two
    furniture: tuple[tuple[str, ...], ...]  # by page: text outside the tree of elements
    attachments: Mapping[str, bytes]
    oddities: tuple[str, ...] = ()  # what a page of ours does not hold: photographs, paint over text, hidden text
    web_links: tuple[str, ...] = ()  # the addresses that links lead to
    figures: tuple[Figure, ...] = ()  # the pictures, in the order in which they are painted
    has_logo: bool = False


class Difference(NamedTuple):
    """Where a page is not what it should be."""

    expected: str  # the first block that differs; empty where the page goes on after its end
    printed: str  # what stands there, without white space


def printed(pdf: bytes) -> PrintedPdf:
    """Read a PDF.

    Raises:
        ReadingError: It is no PDF that can be read, or it is locked by a password.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            pages = [_PageReader(page).read() for page in document.pages]
            numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
            blocks = tuple(_blocks(document, pages, numbers))
            furniture = tuple(tuple(page.rest()) for page in pages)
            attachments = {name: file.get_file().read_bytes() for name, file in sorted(document.attachments.items())}
            painted = survey(document)
            links = tuple(web_links(document))
            return PrintedPdf(
                blocks, furniture, attachments, painted.oddities, links, painted.figures, painted.has_logo
            )
    except pikepdf.PasswordError as error:
        raise ReadingError("the PDF", "it is locked by a password") from error
    except (pikepdf.PikepdfError, *_DAMAGE) as error:
        raise ReadingError("the PDF", f"it is damaged or not made by briefing ({error})") from error


def first_difference(expected: Sequence[str], blocks: Sequence[str]) -> Difference | None:
    """Return the first block that is printed otherwise than expected; None where all are the same.

    White space, and where a block was broken over two pages, does not count. A stretch of a right-to-left script is
    compared without its order, which a line of a page does not keep.
    """
    found = "".join(comparable(block) for block in blocks)
    position = 0
    for block in expected:
        wanted = comparable(block)
        there = found[position : position + len(wanted)]
        if there != wanted and _unordered(there) != _unordered(wanted):
            return Difference(block, there)
        position += len(wanted)
    return Difference("", found[position:]) if position < len(found) else None


def is_made_of(text: str, pieces: Sequence[str]) -> bool:
    """Whether a text is these few pieces, each once, in any order: margins hold them, broken over lines or not."""
    if not pieces:
        return not text
    return any(
        text.startswith(piece) and is_made_of(text[len(piece) :], [*pieces[:at], *pieces[at + 1 :]])
        for at, piece in enumerate(pieces)
        if piece not in pieces[:at]
    )


def comparable(text: str) -> str:
    """Return a text as a page can show it: no white space, compatibility forms and twins of one glyph made one.

    A mark that composes with no letter into one character is left out: where it stands in a line depends on the font.
    """
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text.translate(_SAME_GLYPH)))
    if not shown.isascii():
        shown = "".join(character for character in shown if unicodedata.category(character) not in _MARKS)
    return "".join(shown.split())


def _unordered(text: str) -> str:
    """Sort the characters of each stretch of right-to-left text: between letters that run from left to right."""
    if not _RIGHT_TO_LEFT.search(text):
        return text
    out: list[str] = []
    for is_letter, characters in groupby(text.translate(_TURNED), _runs_left_to_right):
        stretch = "".join(characters)
        is_plain = is_letter or not _RIGHT_TO_LEFT.search(stretch)
        out.append(stretch if is_plain else "".join(sorted(stretch)))
    return "".join(out)


def _runs_left_to_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("L", "") and not _RIGHT_TO_LEFT.match(character)


@dataclass(slots=True)
class _PageText:
    """The text of a page by number of marked content; None is the text without a number."""

    marked: dict[int, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)  # by artifact
    used: set[int] = field(default_factory=set)

    def take(self, number: int) -> str:
        self.used.add(number)
        return "".join(self.marked.get(number, ()))

    def rest(self) -> Iterator[str]:
        """Yield what no element of the tree took."""
        for number, clusters in self.marked.items():
            if number not in self.used and any(clusters):
                yield "".join(clusters)
        yield from (text for text in self.loose if text.strip())


class _PageReader:
    """Runs the content of a page."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._text = _PageText()
        self._fonts: dict[Any, _Font] = {}

    def read(self) -> _PageText:
        self._run(self._page, self._page.get("/Resources", {}), [], 0)
        for annotation in self._page.get("/Annots", ()):
            if annotation.get("/Subtype") != "/Link":
                self._text.loose.append(f"annotation {annotation.get('/Contents', annotation.get('/Subtype'))}")
        return self._text

    def _run(self, content: Any, resources: Any, marks: list[int | None], depth: int) -> None:
        import pikepdf

        font: _Font | None = None
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
            self._run(form, form.get("/Resources", resources), marks, depth + 1)

    def _number(self, properties: Any, resources: Any) -> int | None:
        """Return the number of marked content; a replacement text that its properties hold is loose text."""
        import pikepdf

        if isinstance(properties, pikepdf.Name):
            properties = resources.get("/Properties", {}).get(str(properties), {})
        for key in ("/ActualText", "/Alt", "/E"):
            if key in properties:
                self._text.loose.append(str(properties[key]))
        number = properties.get("/MCID")
        return None if number is None else int(number)

    def _show(self, font: "_Font | None", pieces: Any, marks: list[int | None]) -> None:
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

    def _font(self, resources: Any, name: Any) -> "_Font":
        font = resources.get("/Font", {}).get(str(name))
        if font is None:
            return _Font(1, {})
        key = font.objgen if font.is_indirect else str(name)
        if key not in self._fonts:
            self._fonts[key] = _Font.of(font)
        return self._fonts[key]


@dataclass(frozen=True, slots=True)
class _Font:
    """How a font's codes read."""

    width: int  # bytes of a code
    texts: Mapping[int, str]

    @classmethod
    def of(cls, font: Any) -> "_Font":
        width = 2 if font.get("/Subtype") == "/Type0" else 1
        characters = font.get("/ToUnicode")
        return cls(width, _character_map(characters.read_bytes()) if characters is not None else {})

    def decode(self, codes: bytes) -> list[str]:
        """Return the text of each code; a code that the font does not explain is a replacement character."""
        texts, width = self.texts, self.width
        return [
            texts.get(int.from_bytes(codes[start : start + width], "big"), "\ufffd")
            for start in range(0, len(codes), width)
        ]


def _character_map(source: bytes) -> dict[int, str]:
    """Read a ToUnicode map (ISO 32000-1, 9.10.3)."""
    texts: dict[int, str] = {}
    for kind, body in _MAPPINGS.findall(source):
        values = _HEX.findall(body)
        if kind == b"char":
            texts.update({int(code, 16): _utf16(text) for code, text in zip(values[::2], values[1::2], strict=False)})
            continue
        for first, last, text in zip(values[::3], values[1::3], values[2::3], strict=False):
            start = _utf16(text)
            for step, code in enumerate(range(int(first, 16), min(int(last, 16), 0xFFFF) + 1)):
                texts[code] = start[:-1] + chr(ord(start[-1]) + step) if start else ""
    return texts


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def _blocks(document: Any, pages: list[_PageText], numbers: Mapping[tuple[int, int], int]) -> Iterator[str]:
    """Yield the text of each block of the tree of elements, in its order."""
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
    """Walks the tree of elements."""

    pages: list[_PageText]
    numbers: Mapping[tuple[int, int], int]  # of pages, by object
    seen: set[Any] = field(default_factory=set)
    head: tuple[list[str | None], Any] = ([], None)  # the last head of a table, and its page

    def texts(self, element: Any, page: Any = None, depth: int = 0) -> Iterator[str | None]:
        """Yield the texts under an element, and None where a block begins or ends."""
        if element is None or depth > _DEEPEST or element.objgen in self.seen:
            return
        if element.is_indirect:
            self.seen.add(element.objgen)
        page = element.get("/Pg", page)
        if _HEADING.fullmatch(str(element.get("/S", ""))):
            self.head = ([], None)  # the next table is another one, though its head be the same
        if element.get("/S") == "/THead":
            yield from self._new_head(list(self._within(element, page, depth)), page)
        else:
            yield from self._within(element, page, depth)

    def _new_head(self, texts: list[str | None], page: Any) -> list[str | None]:
        """Return the head of a table, nothing where a page repeats the head of the table that runs over to it."""
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
    """Return the number of marked content and its page, where a kid is such a number or points to one."""
    if isinstance(kid, int):
        return kid, page
    if "/MCID" in kid:
        return int(kid["/MCID"]), kid.get("/Pg", page)
    return None, page
