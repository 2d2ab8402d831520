"""A brief as it is printed: plain records, sorted, grouped, counted and worded, over which templates only loop."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from markupsafe import Markup

from briefing.rendering.labels import Labels
from briefing.rendering.logo import Logo
from briefing.rendering.row_view import Block, Column, Line, Row, SourceRow
from briefing.rendering.wording import last_words, shorten

SHORT_TITLE = 90  # characters of the title in the running header
_LABEL_LINE = 22  # characters of a section's label on one line


class Shape(NamedTuple):
    """The box that a shape of a picture covers, in points from the upper left corner, and how it is painted."""

    left: float
    top: float
    right: float
    bottom: float
    filled: bool  # False where only its line is drawn
    strong: bool  # whether it is dark: a sign, not a line of the ground
    points: int  # that make its path: 2 a line, 4 a rectangle, more a disc


class Writing(NamedTuple):
    """A text of a picture, and where it begins: points from the upper left corner, on the base line of the text."""

    text: str
    x: float
    y: float
    turn: int  # degrees


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and the text that stands in for it."""

    svg: Markup
    alternative: str
    written: tuple[Writing, ...]  # in the order in which it is written
    width: float  # points
    height: float
    shapes: tuple[Shape, ...]  # in the order in which they are painted

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written in it."""
        return tuple(writing.text for writing in self.written)

    def blocks(self) -> tuple[Block, ...]:
        """Return the text that stands in for it and what is written in it."""
        return (Block("figure", " ".join((self.alternative, *self.texts))),)


@dataclass(frozen=True, slots=True)
class Section:
    """A list of records under a heading."""

    name: str  # the field of the Briefing
    label: str
    rows: tuple[Row, ...]
    empty: str  # what is printed where there is no row
    columns: tuple[Column, ...] = ()  # of a table
    picture: Picture | None = None  # between the heading and the rows

    @property
    def label_lines(self) -> int:
        """How many lines the label takes in the column of labels."""
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
        """Whether it holds two sections."""
        return len(self.sections) > 1

    @property
    def bare(self) -> bool:
        """Whether nothing was found for it."""
        return not any(section.rows for section in self.sections)


@dataclass(frozen=True, slots=True)
class Appendix:
    """A list at the end of the page: notes, evidence, the article."""

    label: str
    rows: tuple[Row, ...]
    lead: str = ""  # a line above the list
    link: str = ""  # an address of the web at its end

    @property
    def label_lines(self) -> int:
        """How many lines the label takes in the column of labels."""
        return ceil(len(self.label) / _LABEL_LINE)

    def blocks(self) -> tuple[Block, ...]:
        """Return the heading, the line above the list and the list; nothing where there is none."""
        if not self.rows:
            return ()
        lead = (Block("text", f"{self.lead} {self.link}"),) if self.lead or self.link else ()
        return (Block("heading", self.label), *lead, *(block for row in self.rows for block in row.blocks()))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story of a digest."""

    number: int
    group: str  # the heading that begins with it; empty where it stands under the one before
    headline: Line
    lead: str  # its articles and origins
    why: str  # why they are together; empty where nothing is said
    bands: tuple[Band, ...]

    @property
    def title(self) -> str:
        """Its number and headline, as bookmarks show them."""
        return f"{self.number} {self.headline.text}"

    def blocks(self) -> tuple[Block, ...]:
        """Return the headline, what stands under it, and the sections."""
        group = (Block("text", self.group),) if self.group else ()
        why = (Block("text", self.why),) if self.why else ()
        heading = Block("heading", f"{self.number} {self.headline.printed()}")
        sections = (block for band in self.bands for section in band.sections for block in section.blocks())
        return (*group, heading, Block("text", self.lead), *why, *sections)


@dataclass(frozen=True, slots=True)
class Page:
    """All that is printed of one brief or digest, in print order."""

    logo: Logo | None
    kicker: str  # what kind of paper it is: "Brief"
    title: str
    title_mark: str
    origin: str  # outlet, date, place
    marking: str  # how it may be handled, at the head and the foot of each page; empty for none
    distribution: str  # to whom it goes, as a line; empty for nobody in particular
    bands: tuple[Band, ...]
    notes: Appendix
    evidence: Appendix
    article: Appendix
    imprint: str  # in the footer of each page
    labels: Labels  # the page's own words
    language: str  # BCP 47, of the article
    theme: str
    accent: str | None  # a colour of CSS instead of the theme's
    paper: str
    archival: bool  # whether its PDF is made for archives
    templates: str | None  # a folder of templates and style sheets that stand in for ours
    stamp: str  # W3C date of the publication, or of a fixed day where it is unknown
    generator: str
    kind: str = "brief"  # or "digest": which template it is filled into
    chapters: tuple[Chapter, ...] = ()  # the stories of a digest, after its first bands

    @property
    def running_title(self) -> str:
        """The title as the header of later pages shows it."""
        return shorten(self.title, SHORT_TITLE)

    @property
    def headline(self) -> tuple[str, str]:
        """The title in two parts: what may be broken over lines, and an end that may not, empty where it may."""
        end = last_words(self.title)
        return self.title.removesuffix(end), end

    @property
    def article_language(self) -> str:
        """The BCP 47 tag of the article's words where they are in another language than the labels; else empty."""
        return self.language if self.language != self.labels.language else ""

    def blocks(self) -> tuple[Block, ...]:
        """Return every block in print order; white space in the texts does not count."""
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
        for appendix in (self.notes, self.evidence, self.article):
            blocks += appendix.blocks()
        return tuple(blocks)

    @property
    def outline(self) -> tuple[str, ...]:
        """The headings in print order, as bookmarks show them."""
        titles = [self.title, *(section.label for band in self.bands for section in band.sections)]
        for chapter in self.chapters:
            titles += [chapter.title, *(section.label for band in chapter.bands for section in band.sections)]
        titles += [part.label for part in (self.notes, self.evidence, self.article) if part.rows]
        return tuple(titles)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Return its pictures in print order."""
        return tuple(section.picture for band in self.bands for section in band.sections if section.picture)

    @property
    def links(self) -> frozenset[str]:
        """The addresses of the web to which it leads."""
        links = {row.link for row in self.evidence.rows if isinstance(row, SourceRow)} | {self.evidence.link}
        return frozenset(link for link in links if link)

    def furniture(self, page: int, pages: int) -> tuple[str, ...]:
        """Return the header and footers of one page, counted from 1."""
        header = (self.running_title,) if page > 1 else ()
        marking = (self.marking, self.marking) if self.marking else ()
        return (*marking, *header, self.imprint, self.labels("page.number", page=page, pages=pages))
