"""A page as PDF/UA, on request as PDF/A too, through WeasyPrint; the only module that imports it."""

import hashlib
import logging
import os
import re
import warnings
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import cache
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
from briefing.rendering.view import Page
from briefing.runtime.outputs import why_not_written

if TYPE_CHECKING:
    from weasyprint import CSS, Attachment
    from weasyprint.text.fonts import FontConfiguration

_REMEDY = (
    "on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; the other formats need no library"
)
# What attachments are, as keys of the labels.
_DESCRIPTIONS = {
    BRIEF_ATTACHMENT: "attachment.brief",
    DIGEST_ATTACHMENT: "attachment.digest",
    LAYOUT_ATTACHMENT: "attachment.layout",
}
_REMNANT = 5  # stretches of evidence for which no sheet is begun where closer lines make room
_FEW_PAGES = 12  # that are set again to save one: of more, a sheet is not worth the time
_OF_EVIDENCE = re.compile(r"evidence-\d+")  # an anchor: "evidence-12"; not "cited-12"
_LOCK = Lock()  # Pango's font map is shared by all pages of a process
_PRESSES: "dict[tuple[int, str, str], tuple[FontConfiguration, list[CSS]]]" = {}  # by process and style sheets


def render_pdf(record: Printable, layout: Layout) -> bytes:
    """Return a brief or digest as tagged PDF with itself as JSON attached; the same one gives the same bytes.

    Raises:
        RenderingError: Pango, a library that sets the text, or a font package is missing.
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
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves the file of the colour profile open
        document = _document(page, html, **options)
        printed: bytes = document.write_pdf(finisher=finisher(page, archival=layout.archival), **options)
    return printed


def page_count(record: Printable, layout: Layout) -> int:
    """Return how many pages a brief or digest takes.

    Raises:
        RenderingError: Pango, a library that sets the text, or a font package is missing.
    """
    page = page_of(record, layout)
    with _LOCK:
        return len(_document(page, render_page(page, inline_css=False)).pages)


def _document(page: Page, html: str, **options: Any) -> Any:
    """Return a page as WeasyPrint sets it.

    Raises:
        RenderingError: A style sheet or template of the user's makes WeasyPrint fail.
    """
    weasyprint = _weasyprint()
    try:
        fonts, (sheet, closer) = _press(style_sheet(page), tight_lines(page))
        source = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=_fetcher())
        document = source.render(font_config=fonts, stylesheets=[sheet], **options)
        if _ends_in_a_remnant(document):
            closed_up = source.render(font_config=fonts, stylesheets=[sheet, closer], **options)
            return closed_up if len(closed_up.pages) < len(document.pages) else document
        return document
    except (AssertionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        if page.templates is None and page.logo is None:
            raise
        ours = page.templates or "the logo"
        reason = f"what stands in {ours} cannot be set ({type(error).__name__}); look for what changed last"
        raise RenderingError("pdf", reason) from error


def _ends_in_a_remnant(document: Any) -> bool:
    """Whether the last of a few pages holds nothing but some stretches of evidence, and a sheet could be saved."""
    *before, last = document.pages
    return (
        0 < len(before) <= _FEW_PAGES
        and 0 < len(last.anchors) <= _REMNANT
        and all(map(_OF_EVIDENCE.match, last.anchors))
    )


def trouble() -> str:
    """Return why this machine can make no PDF, with the remedy; empty where it can."""
    try:
        _weasyprint()
        _font_faces()
    except RenderingError as error:
        return str(error)
    return ""


def _identifier(*parts: bytes) -> bytes:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32].encode("ascii")


def _attachment(name: str, content: bytes, page: Page) -> "Attachment":
    """Return an attachment stamped with the day of the page, not with the clock."""
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


def _press(rules: str, closer: str) -> "tuple[FontConfiguration, list[CSS]]":
    """Return the fonts, the style sheet, and the one that closes up lines; made once a process, and again in a fork.

    Raises:
        RenderingError: The temporary folder cannot be written.
    """
    key = (os.getpid(), rules, closer)
    if key not in _PRESSES:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
        css = "\n".join((*_font_faces(), rules))
        options = {"base_url": "about:blank", "url_fetcher": _fetcher(), "font_config": fonts}
        try:
            _PRESSES[key] = (fonts, [CSS(string=text, **options) for text in (css, closer)])
        except OSError as error:  # the fonts are copied
            reason = f"its fonts cannot be put into {gettempdir()}: {why_not_written(error)}"
            raise RenderingError("a PDF", reason) from error
        # The copies of the fonts are deleted with the configuration: while the interpreter can still do that.
        Finalize(None, _PRESSES.pop, (key,), exitpriority=0)
    return _PRESSES[key]


def _font_faces() -> list[str]:
    return [face_rule(face, font_file(face).as_uri()) for face in FACES]


@cache
def _fetcher() -> Any:
    """Return a fetcher that reads files of the template and font folders and data: URLs, and nothing else."""
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
    """Whether a file: URL names a file in one of these folders, whatever "..", links or a host in it."""
    if not url.startswith("file:///"):
        return False
    path = Path(url2pathname(url.removeprefix("file://").split("?")[0].split("#")[0])).resolve()
    return any(path.is_relative_to(folder) for folder in folders)


def _weasyprint() -> Any:
    said = StringIO()
    try:
        with redirect_stdout(said):  # WeasyPrint names missing libraries there, where a page may be meant to go
            import weasyprint
    except (ImportError, OSError) as error:
        _pass_on(said.getvalue())
        raise RenderingError("pdf", f"WeasyPrint or the library Pango is missing ({error}); {_REMEDY}") from error
    return weasyprint


@cache
def _pass_on(notice: str) -> None:
    """Log what WeasyPrint printed, once."""
    if notice:
        logging.getLogger("weasyprint").warning(notice)
