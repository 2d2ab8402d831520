"""PDF documents of our own, as programs print them."""

import zlib
from functools import cache
from io import BytesIO

import pikepdf
from weasyprint import HTML

LEAD = "Dockers in Portville walked out on Monday after talks on night work failed for the third time."
SECOND = "The port authority said it would publish an offer of its own before the weekend."
THIRD = "Anna Novak, who leads the union, called the offer an insult to everyone who works at night."
TITLE = "Dockers walk out in Portville over night work"
ARTICLE = f"<h1>{TITLE}</h1><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"


@cache
def printed(body: str, css: str = "", title: str = "") -> bytes:
    """Return a page of HTML as a PDF."""
    head = f"<head><title>{title}</title><style>@page{{size:A5}}{css}</style></head>"
    return bytes(HTML(string=f"<html lang=en>{head}<body>{body}</body></html>").write_pdf())


def encrypted(data: bytes, user: str) -> bytes:
    """Return a PDF that opens with a password, which may be empty."""
    held = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(held, encryption=pikepdf.Encryption(owner="harbour", user=user))
    return held.getvalue()


def with_content(content: bytes, pages: int = 1) -> bytes:
    """Return a PDF whose pages have these instructions; /F is a font."""
    held = BytesIO()
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(400, 600))
            page.Contents = pikepdf.Stream(pdf, zlib.compress(content, 1), Filter=pikepdf.Name.FlateDecode)
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.save(held, compress_streams=False)
    return held.getvalue()


def shown(text: str, x: int, y: int, *, size: int = 12, before: str = "") -> bytes:
    """Return the instructions that show a text; *before* sets a colour or the like."""
    return f"BT {before} /F {size} Tf {x} {y} Td ({text}) Tj ET\n".encode("cp1252")
