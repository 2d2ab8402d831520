"""A brief as an e-mail draft (RFC 5322): text, HTML and attachments."""

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache

from css_inline import CSSInliner, InlineError

from briefing.errors import RenderingError
from briefing.rendering.calendar import events_of, render_calendar, undated_events
from briefing.rendering.calendar import remarks as calendar_remarks
from briefing.rendering.json_text import layout_to_json, to_json
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.attachments import LAYOUT_ATTACHMENT, attachments
from briefing.rendering.pdf.writer import render_pdf, trouble
from briefing.rendering.printable import Printable, page_of
from briefing.rendering.templating.environment import find_file
from briefing.rendering.templating.filling import fill_in
from briefing.rendering.templating.self_contained import self_contained
from briefing.rendering.themes import colours_of, is_serif
from briefing.rendering.view import Page
from briefing.runtime.mail_headers import HEADER_POLICY, header_text

_CALENDAR_ATTACHMENT = "events.ics"
# The top-level domain "invalid" is reserved: RFC 2606, section 2.
_HOST = "briefing.invalid"


def render_email(record: Printable, layout: Layout) -> bytes:
    """Return a brief or digest as an e-mail draft without sender and recipients.

    It holds the page as text and as HTML. The PDF is attached if it can be made, the JSON if the layout allows it. A
    calendar is attached if an event has a date. The header "Comments" holds the distribution list. The same record
    gives the same bytes.
    """
    page = page_of(record, layout)
    digest = hashlib.sha256(to_json(record) + layout_to_json(layout)).hexdigest()[:32]
    message = EmailMessage(policy=HEADER_POLICY)
    message["Subject"] = header_text(f"[{page.marking}] {page.title}" if page.marking else page.title)
    message["Date"] = format_datetime(datetime.strptime(page.stamp, "%Y-%m-%d").replace(tzinfo=UTC))
    message["Message-ID"] = f"<{digest}@{_HOST}>"
    message["X-Unsent"] = "1"  # Outlook opens it as a draft
    if page.distribution:
        message["Comments"] = header_text(page.distribution)
    text = fill_in("email.txt.j2", page.templates, page=page)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(_html(page), subtype="html", cte="quoted-printable")
    _attach(message, record, layout, page.kind)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest[:16]}_{number}")  # "=_" does not occur in quoted-printable or base64
    return message.as_bytes()


def remarks(record: Printable) -> tuple[str, ...]:
    """Return notices for the user about attachments that are missing or incomplete."""
    return (*calendar_remarks(record), trouble())


def _attach(message: EmailMessage, record: Printable, layout: Layout, kind: str) -> None:
    """Attach all files that the layout allows and that can be made; without Pango there is no PDF."""
    if not trouble():
        printed = render_pdf(record, layout)
        message.add_attachment(printed, maintype="application", subtype="pdf", filename=f"{kind}.pdf")
    for name, content in attachments(record, layout).items():
        if name != LAYOUT_ATTACHMENT:
            message.add_attachment(content, maintype="application", subtype="json", filename=name)
    if len(undated_events(record)) < len(events_of(record)):
        calendar = render_calendar(record, layout)
        message.add_attachment(calendar, maintype="text", subtype="calendar", filename=_CALENDAR_ATTACHMENT)
        (*_, attached) = message.iter_attachments()
        attached.set_param("charset", "utf-8")
        attached.set_param("method", "PUBLISH")


def _html(page: Page) -> str:
    """Return a page as HTML for e-mail programs: styles are inline, and nothing is loaded."""
    html = fill_in("email.html.j2", page.templates, page=page)
    colours = "; ".join(f"--{name}: #{digits.lower()}" for name, digits in colours_of(page).items())
    text = "serif" if is_serif(page) else "sans"
    sheet = find_file("css/email.css", page.templates).read_text(encoding="utf-8", errors="replace")
    try:
        written = _inliner(f":root {{ {colours}; --text: var(--{text}) }}\n{sheet}").inline(html)
    except InlineError as error:
        raise RenderingError("eml", f"its style sheet cannot be made inline: {error}") from error
    return written if page.templates is None else self_contained(written, "email.html.j2")


@cache
def _inliner(css: str) -> CSSInliner:
    return CSSInliner(inline_style_tags=False, load_remote_stylesheets=False, resolve_css_variables=True, extra_css=css)
