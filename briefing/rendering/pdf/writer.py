"""Write a page as PDF/UA, and on request as PDF/A too; the only module that imports WeasyPrint."""

import hashlib
import logging
import os
import re
import warnings
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import cache, partial
from io import BytesIO, StringIO
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import gettempdir
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.request import url2pathname

from briefing.errors import RenderingError
from briefing.rendering.fonts import FACES, face_rule, font_file, font_folder
from briefing.rendering.html import render_page, style_sheet, tight_lines
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.attachments import BRIEF_ATTACHMENT, DIGEST_ATTACHMENT, LAYOUT_ATTACHMENT, attachments
from briefing.rendering.pdf.finish import finisher
from briefing.rendering.printable import Printable, page_of
from briefing.rendering.templating.environment import templates_folder
from briefing.rendering.view import FIRST_EVIDENCE, Page
from briefing.runtime.outputs import why_not_written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from weasyprint import CSS, Attachment
    from weasyprint.text.fonts import FontConfiguration

_REMEDY = (
    "on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; the other formats need no library"
)
# Descriptions of attachments, as keys of the labels.
_DESCRIPTIONS = {
    BRIEF_ATTACHMENT: "attachment.brief",
    DIGEST_ATTACHMENT: "attachment.digest",
    LAYOUT_ATTACHMENT: "attachment.layout",
}
_REMNANT = 5  # a last page with at most so many evidence items is saved by tighter lines if possible
_FEW_PAGES = 12  # a longer document is not laid out again to save one page
_EVIDENCE_ANCHOR = re.compile(r"evidence-\d+")  # "evidence-12"; not "cited-12"
_TOGETHER = "@media print { .annex { break-before: auto } }"  # the annex of a short brief begins on the first page
_ON_ONE_PAGE = 5000  # characters of a brief with its annex; a longer one never fits on one page
_SHORT = 3000  # characters of a brief without its annex; a longer one fills its page
_FULL = 0.72  # share of the height of a page; an annex that could begin above it does not begin a new page
_LOCK = Lock()  # Pango's font map is shared by all pages of a process
_LAST: dict[tuple[int, str, str, str], Any] = {}  # the last document, by process, HTML and style sheets
_SHARED: "dict[tuple[int, tuple[str, ...]], tuple[FontConfiguration, list[CSS]]]" = {}  # by process and style sheets


def render_pdf(record: Printable, layout: Layout) -> bytes:
    """Return a brief or digest as tagged PDF with its JSON attached; the same record gives the same bytes.

    Raises:
        RenderingError: The library Pango or a font package is missing.
    """
    page = page_of(record, layout)
    html = render_page(page, inline_css=False)
    attached = attachments(record, layout)
    options = {
        "pdf_variant": "pdf/a-3a" if layout.archival else "pdf/ua-1",
        "pdf_identifier": _identifier(html.encode("utf-8"), *attached.values()),
        "attachments": [_attachment(name, content, page) for name, content in attached.items()],
    }
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint does not close the file of the colour profile
        document = _document(page, html)
        printed: bytes = document.write_pdf(finisher=finisher(page, archival=layout.archival), **options)
    return printed


def page_count(record: Printable, layout: Layout) -> int:
    """Return how many pages a brief or digest takes, without its annex; `render_pdf` reuses the layout.

    Raises:
        RenderingError: The library Pango or a font package is missing.
    """
    page = page_of(record, layout)
    with _LOCK:
        pages = _document(page, render_page(page, inline_css=False)).pages
    start = _start_of_annex(pages)
    return max(start[0] if start else len(pages), 1)


def _document(page: Page, html: str) -> Any:
    """Return the page as laid out by WeasyPrint; the last one is kept, so that it is printed as it was measured.

    Raises:
        RenderingError: WeasyPrint fails on a user's style sheet, template or logo.
    """
    rules, tight = style_sheet(page), tight_lines(page)
    key = (os.getpid(), html, rules, tight)
    if key not in _LAST:
        _LAST.clear()
        _LAST[key] = _laid_out(page, html, rules, tight)
    return _LAST[key]


def _laid_out(page: Page, html: str, rules: str, tight: str) -> Any:
    weasyprint = _weasyprint()
    try:
        fonts, (sheet, tighter, together) = _fonts_and_sheets(rules, tight, _TOGETHER)
        source = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=_fetcher())
        render = partial(source.render, font_config=fonts)
        if page.has_annex and _is_short(page):
            document = _closed_up(page, render, [sheet, together], tighter)
            start = _start_of_annex(document.pages)
            if len(document.pages) == 1 or (start and start < (0, _FULL)):
                return document
        return _closed_up(page, render, [sheet], tighter)
    except (AssertionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        if page.templates is None and page.logo is None:
            raise
        ours = page.templates or "the logo"
        reason = f"{ours} cannot be laid out ({type(error).__name__}); check your latest change"
        raise RenderingError("pdf", reason) from error


def _is_short(page: Page) -> bool:
    """Return True if its annex may begin on its first page."""
    whole = sum(len(block.text) for block in page.blocks())
    annex = sum(len(block.text) for part in page.appendices for block in part.blocks())
    return whole <= _ON_ONE_PAGE or whole - annex <= _SHORT


def _start_of_annex(pages: "Sequence[Any]") -> tuple[int, float] | None:
    """Return the page, from 0, and the share of its height above the first evidence; None for no evidence."""
    for number, one in enumerate(pages):
        if FIRST_EVIDENCE in one.anchors:
            return number, one.anchors[FIRST_EVIDENCE][1] / one.height
    return None


def _closed_up(page: Page, render: "Callable[..., Any]", sheets: "list[CSS]", tighter: "CSS") -> Any:
    """Return the document as laid out, with its lines closer together if that saves a page for a few words."""
    document = render(stylesheets=sheets)
    if not page.article.rows and _ends_in_a_remnant(document):
        tight = render(stylesheets=[*sheets, tighter])
        return tight if len(tight.pages) < len(document.pages) else document
    return document


def _ends_in_a_remnant(document: Any) -> bool:
    """Return True if the last page holds only a few evidence items or notes, and saving it is worth the time."""
    *before, last = document.pages
    return (
        0 < len(before) <= _FEW_PAGES
        and len(last.anchors) <= _REMNANT
        and all(map(_EVIDENCE_ANCHOR.match, last.anchors))
    )


def trouble() -> str:
    """Return why this machine cannot make a PDF, with a remedy; empty if it can."""
    try:
        _weasyprint()
        _font_faces()
    except RenderingError as error:
        return str(error)
    return ""


def _identifier(*parts: bytes) -> bytes:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32].encode("ascii")


def _attachment(name: str, content: bytes, page: Page) -> "Attachment":
    """Return an attachment dated with the day of the page instead of the current time."""
    stamp = datetime.strptime(page.stamp, "%Y-%m-%d").replace(tzinfo=UTC)
    attachment: Attachment = _weasyprint().Attachment(
        file_obj=BytesIO(content),
        name=name,
        description=page.labels(_DESCRIPTIONS[name]),
        created=stamp,
        modified=stamp,
        relationship="Source" if name != LAYOUT_ATTACHMENT else "Supplement",
    )
    return attachment


def _fonts_and_sheets(rules: str, *more: str) -> "tuple[FontConfiguration, list[CSS]]":
    """Return the fonts and the parsed style sheets; each process makes them once.

    Raises:
        RenderingError: The temporary folder cannot be written.
    """
    key = (os.getpid(), (rules, *more))
    if key not in _SHARED:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
        css = "\n".join((*_font_faces(), rules))
        options = {"base_url": "about:blank", "url_fetcher": _fetcher(), "font_config": fonts}
        try:
            _SHARED[key] = (fonts, [CSS(string=text, **options) for text in (css, *more)])
        except OSError as error:  # WeasyPrint copies the fonts
            reason = f"its fonts cannot be put into {gettempdir()}: {why_not_written(error)}"
            raise RenderingError("a PDF", reason) from error
        # The copied fonts are deleted with the configuration, which must happen before the interpreter shuts down.
        Finalize(None, _SHARED.pop, (key,), exitpriority=0)
    return _SHARED[key]


def _font_faces() -> list[str]:
    return [face_rule(face, font_file(face).as_uri()) for face in FACES]


@cache
def _fetcher() -> Any:
    """Return a fetcher that reads only data: URLs and files of the template and font folders."""
    from weasyprint.urls import URLFetcher

    folders = (templates_folder(), *(font_folder(face.package) for face in FACES))

    class DenyAll(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"file", "data"}, allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.lower().startswith("file:") and not _is_within(url, folders):
                raise ValueError(f"not one of our files: {url}")
            return super().fetch(url, headers)

    return DenyAll()


def _is_within(url: str, folders: tuple[Path, ...]) -> bool:
    """Return True if a file: URL is in one of the folders after ".." and links are resolved; a host is refused."""
    if not url.startswith("file:///"):
        return False
    path = Path(url2pathname(url.removeprefix("file://").split("?")[0].split("#")[0])).resolve()
    return any(path.is_relative_to(folder) for folder in folders)


def _weasyprint() -> Any:
    output = StringIO()
    try:
        with redirect_stdout(output):  # WeasyPrint prints missing libraries; standard output may be for the page
            import weasyprint
    except (ImportError, OSError) as error:
        _log_once(output.getvalue())
        raise RenderingError("pdf", f"WeasyPrint or the library Pango is missing ({error}); {_REMEDY}") from error
    return weasyprint


@cache
def _log_once(notice: str) -> None:
    """Log a notice that WeasyPrint printed."""
    if notice:
        logging.getLogger("weasyprint").warning(notice)
