"""The page as plain records: sorted, grouped, counted and worded, so that templates only loop."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from markupsafe import Markup

from briefing.rendering.labels import Labels
from briefing.rendering.logo import Logo
from briefing.rendering.row_view import Block, Column, Line, Row, SourceRow
from briefing.rendering.wording import last_words, shorten

SHORT_TITLE = 90  # characters of the title in the running header
FIRST_EVIDENCE = "evidence-1"  # the anchor of the first item of evidence, which opens the annex of a brief
_LABEL_LINE = 22  # characters of a section's label on one line


class Shape(NamedTuple):
    """The box of a shape of a picture, in points from the upper left corner, and how it is painted."""

    left: float
    top: float
    right: float
    bottom: float
    filled: bool  # False if only its outline is drawn
    strong: bool  # True for a dark sign, False for a pale line in the background
    points: int  # number of points of its path: 2 for a line, 4 for a rectangle, more for a disc


class Writing(NamedTuple):
    """A text of a picture and the start of its base line, in points from the upper left corner."""

    text: str
    x: float
    y: float
    turn: int  # degrees


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its alternative text."""

    svg: Markup
    alternative: str
    written: tuple[Writing, ...]  # its texts in the order of drawing
    width: float  # points
    height: float
    shapes: tuple[Shape, ...]  # in the order of drawing

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts in the drawing."""
        return tuple(writing.text for writing in self.written)

    def blocks(self) -> tuple[Block, ...]:
        """Return one block with the alternative text and the texts in the drawing."""
        return (Block("figure", " ".join((self.alternative, *self.texts))),)


@dataclass(frozen=True, slots=True)
class Section:
    """A list of records under a heading."""

    name: str  # the field of the Briefing
    label: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...] = ()  # of a table
    empty: str = ""  # printed if there are no rows
    picture: Picture | None = None  # between the heading and the rows

    @property
    def label_lines(self) -> int:
        """The number of lines of the label in the column of labels."""
        return ceil(len(self.label) / _LABEL_LINE)

    def blocks(self) -> tuple[Block, ...]:
        """Return the heading and the blocks of its rows."""
        heading = Block("heading", self.label)
        if not self.rows:
            return (heading, Block("text", self.empty))
        picture = self.picture.blocks() if self.picture else ()
        heads = tuple(Block("cell", column.label) for column in self.columns)
        return (heading, *picture, *heads, *(block for row in self.rows for block in row.blocks()))


@dataclass(frozen=True, slots=True)
class Band:
    """One section, or two side by side, across the width of the page."""

    sections: tuple[Section, ...]

    @property
    def side_by_side(self) -> bool:
        """Return True if it holds two sections."""
        return len(self.sections) > 1


@dataclass(frozen=True, slots=True)
class Appendix:
    """A list at the end of the page: notes, evidence, the article."""

    label: str
    rows: tuple[Row, ...]
    lead: str = ""  # a line above the list
    link: str = ""  # a web address at the end of that line

    @property
    def label_lines(self) -> int:
        """The number of lines of the label in the column of labels."""
        return ceil(len(self.label) / _LABEL_LINE)

    def blocks(self) -> tuple[Block, ...]:
        """Return the heading, the line above the list and the list; nothing if the list is empty."""
        if not self.rows:
            return ()
        lead = (Block("text", f"{self.lead} {self.link}"),) if self.lead or self.link else ()
        return (Block("heading", self.label), *lead, *(block for row in self.rows for block in row.blocks()))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story of a digest."""

    number: int
    group: str  # the heading of a group that begins here; empty if the group goes on
    headline: Line
    lead: str  # its numbers of articles and origins
    bands: tuple[Band, ...]

    @property
    def title(self) -> str:
        """Its number and headline, as bookmarks show them."""
        return f"{self.number} {self.headline.text}"

    def blocks(self) -> tuple[Block, ...]:
        """Return the headline, the lines below it, and the sections."""
        group = (Block("text", self.group),) if self.group else ()
        heading = Block("heading", f"{self.number} {self.headline.printed()}")
        sections = (block for band in self.bands for section in band.sections for block in section.blocks())
        return (*group, heading, Block("text", self.lead), *sections)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that is printed for one brief or digest, in print order."""

    logo: Logo | None
    kicker: str  # the kind of document: "Brief"
    title: str
    title_mark: str
    origin: str  # outlet, date, place
    marking: str  # a handling restriction at the head and foot of each page; empty for none
    distribution: str  # the recipients as one line; empty for none
    bands: tuple[Band, ...]
    notes: Appendix
    evidence: Appendix
    article: Appendix
    imprint: str  # in the footer of each page
    labels: Labels  # the fixed words of the page
    language: str  # BCP 47, of the article
    theme: str
    accent: str | None  # a CSS colour that replaces the accent of the theme
    paper: str
    archival: bool  # True: the PDF is made for archives
    templates: str | None  # a folder of templates and style sheets that replace ours
    stamp: str  # W3C date of the publication, or a fixed day if it is unknown
    generator: str
    kind: str = "brief"  # "brief" or "digest"; chooses the template
    chapters: tuple[Chapter, ...] = ()  # the stories of a digest, after its first bands
    further: Appendix = Appendix("", ())  # quotes that the first page has no room for

    @property
    def running_title(self) -> str:
        """The title for the headers of later pages."""
        return shorten(self.title, SHORT_TITLE)

    @property
    def headline(self) -> tuple[str, str]:
        """The title in two parts; the second one must not be broken over lines and may be empty."""
        end = last_words(self.title)
        return self.title.removesuffix(end), end

    @property
    def has_annex(self) -> bool:
        """Return True if evidence or the article follows the brief, on pages of its own."""
        return bool(self.evidence.rows or self.article.rows)

    @property
    def appendices(self) -> tuple[Appendix, ...]:
        """The lists at the end that are not empty, in print order."""
        ends = (self.evidence, self.further, self.notes) if self.kind == "brief" else (self.notes, self.evidence)
        return tuple(part for part in (*ends, self.article) if part.rows)

    @property
    def article_language(self) -> str:
        """The BCP 47 tag of the article's language if it differs from the labels; else empty."""
        return self.language if self.language != self.labels.language else ""

    def blocks(self) -> tuple[Block, ...]:
        """Return all blocks in print order; white space in the texts does not count."""
        blocks = [
            *([Block("figure", self.labels("page.logo"))] if self.logo else []),
            Block("text", self.kicker),
            Block("heading", f"{self.title} {self.title_mark}"),
            Block("text", self.origin),
            *([Block("text", self.distribution)] if self.distribution else []),
        ]
        for band in self.bands:
            for section in band.sections:
                blocks += section.blocks()
        for chapter in self.chapters:
            blocks += chapter.blocks()
        for appendix in self.appendices:
            blocks += appendix.blocks()
        return tuple(blocks)

    @property
    def outline(self) -> tuple[str, ...]:
        """The headings in print order, as bookmarks show them."""
        titles = [self.title, *(section.label for band in self.bands for section in band.sections)]
        for chapter in self.chapters:
            titles += [chapter.title, *(section.label for band in chapter.bands for section in band.sections)]
        titles += [part.label for part in self.appendices]
        return tuple(titles)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures in print order."""
        return tuple(section.picture for band in self.bands for section in band.sections if section.picture)

    @property
    def links(self) -> frozenset[str]:
        """The web addresses that the page links to."""
        links = {row.link for row in self.evidence.rows if isinstance(row, SourceRow)} | {self.evidence.link}
        return frozenset(link for link in links if link)

    def furniture(self, page: int, pages: int) -> tuple[str, ...]:
        """Return the header and footers of one page, counted from 1."""
        header = (self.running_title,) if page > 1 else ()
        marking = (self.marking, self.marking) if self.marking else ()
        return (*marking, *header, self.imprint, self.labels("page.number", page=page, pages=pages))
