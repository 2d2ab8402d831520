"""Briefs in PDF that somebody made to take for ever, or all memory, when they are checked; a few kilobytes each."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from briefing.rendering.formats import render
from briefing.rendering.layout import Layout
from tests.fakes.briefs import small_brief

_MEGABYTE = 1 << 20


@cache
def brief() -> bytes:
    """Return a brief as it was made."""
    return render(small_brief(), "pdf", Layout())


def with_attachment(megabytes: int) -> bytes:
    """Return a brief with one more attachment, which unpacks to so much."""
    with _changed() as (pdf, held):
        pdf.Root.Names.EmbeddedFiles.Names.append("zz.bin")
        file = _packed(pdf, bytes(_MEGABYTE), megabytes)
        spec = Dictionary(Type=Name.Filespec, F="zz.bin", UF="zz.bin", EF=Dictionary(F=file))
        pdf.Root.Names.EmbeddedFiles.Names.append(pdf.make_indirect(spec))
    return held.getvalue()


def with_content(megabytes: int) -> bytes:
    """Return a brief whose first page has so much more content."""
    with _changed() as (pdf, held):
        pdf.pages[0].contents_add(_packed(pdf, b"/F 12 Tf " * (_MEGABYTE // 9), megabytes))
    return held.getvalue()


def with_forms(depth: int) -> bytes:
    """Return a brief whose first page shows a form that shows another one twice, and so on."""
    with _changed() as (pdf, held):
        form: pikepdf.Object | None = None
        for _ in range(depth):
            stream = Stream(pdf, b"/A Do /A Do" if form is not None else b"BT ET")
            stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
            if form is not None:
                stream.Resources = Dictionary(XObject=Dictionary(A=form))
            form = pdf.make_indirect(stream)
        pdf.pages[0].Resources.XObject = Dictionary(A=form)
        pdf.pages[0].contents_add(b"/A Do")
    return held.getvalue()


def with_form_in_itself() -> bytes:
    """Return a brief whose first page shows a form that shows itself twice."""
    with _changed() as (pdf, held):
        stream = Stream(pdf, b"/A Do /A Do")
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
        form = pdf.make_indirect(stream)
        form.Resources = Dictionary(XObject=Dictionary(A=form))
        pdf.pages[0].Resources.XObject = Dictionary(A=form)
        pdf.pages[0].contents_add(b"/A Do")
    return held.getvalue()


def with_ranges(count: int) -> bytes:
    """Return a brief with a font whose character map explains every code so many times."""
    with _changed() as (pdf, held):
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        font.ToUnicode = Stream(pdf, b"%d beginbfrange\n" % count + b"<0000> <FFFF> <0041>\n" * count + b"endbfrange")
    return held.getvalue()


def with_pages(count: int) -> bytes:
    """Return a brief that shows its first page so many times more."""
    with _changed() as (pdf, held):
        for _ in range(count):
            pdf.pages.append(pdf.pages[0])
    return held.getvalue()


@contextmanager
def _changed() -> Iterator[tuple[pikepdf.Pdf, BytesIO]]:
    held = BytesIO()
    with pikepdf.open(BytesIO(brief())) as pdf:
        yield pdf, held
        pdf.save(held)


def _packed(pdf: pikepdf.Pdf, megabyte: bytes, count: int) -> pikepdf.Object:
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(megabyte) for _ in range(count)) + packer.flush()
    stream = pdf.make_stream(b"")
    stream.write(content, filter=Name.FlateDecode)
    return stream
