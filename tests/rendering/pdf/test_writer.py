import builtins
import logging
from io import BytesIO

import pikepdf
import pytest

from briefing.errors import RenderingError
from briefing.model.brief import Briefing
from briefing.rendering.json_text import layout_from_json
from briefing.rendering.layout import Layout
from briefing.rendering.pdf import writer as press
from briefing.rendering.pdf.attachments import BRIEF_ATTACHMENT, LAYOUT_ATTACHMENT
from briefing.rendering.pdf.read_back.text import printed
from briefing.rendering.pdf.writer import render_pdf
from briefing.rendering.templating.environment import templates_folder
from tests.fakes.processes import output_of
from tests.rendering import briefs

LAYOUT = Layout()

PRINT = """
import hashlib
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.writer import render_pdf
from tests.rendering import briefs
print(hashlib.sha256(render_pdf(briefs.typical(), Layout())).hexdigest())
"""


def test_other_processes_and_locales_print_the_same_bytes():
    one = output_of(PRINT, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    other = output_of(PRINT, PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C.UTF-8")
    assert one == other


def test_the_second_page_has_the_bytes_of_the_first():
    first = render_pdf(briefs.typical(), LAYOUT)
    render_pdf(briefs.scripts(), LAYOUT)
    assert render_pdf(briefs.typical(), LAYOUT) == first


def test_brief_and_layout_are_attached():
    attached = printed(render_pdf(briefs.typical(), LAYOUT)).attachments
    assert Briefing.model_validate_json(attached[BRIEF_ATTACHMENT]) == briefs.typical()
    assert layout_from_json(attached[LAYOUT_ATTACHMENT], "t.pdf") == LAYOUT


def test_the_file_is_tagged_and_says_what_it_is():
    with pikepdf.open(BytesIO(render_pdf(briefs.typical(), LAYOUT))) as document:
        assert document.Root.Lang == "en"
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo["/Title"]) == briefs.TITLE
        assert str(document.docinfo["/CreationDate"]) == "D:20310609"
        assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()


def test_printing_a_hostile_brief_logs_nothing(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render_pdf(briefs.hostile(), LAYOUT)
    assert caplog.messages == []


def test_every_link_has_an_area_to_click_on():
    with pikepdf.open(BytesIO(render_pdf(briefs.typical(), LAYOUT))) as document:
        areas = [[float(side) for side in note.Rect] for page in document.pages for note in page.Annots]
    assert areas
    assert all(abs(right - left) > 5 and abs(top - bottom) > 5 for left, bottom, right, top in areas)


def test_the_paper_is_that_of_the_layout():
    with pikepdf.open(BytesIO(render_pdf(briefs.empty(), Layout(paper="Letter")))) as document:
        assert [round(float(length)) for length in document.pages[0].mediabox[2:]] == [612, 792]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.css",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "file:///etc/passwd",
        f"{templates_folder().as_uri()}/../pyproject.toml",
        f"{templates_folder().as_uri()}/%2e%2e/pyproject.toml",
        f"file://host{templates_folder()}/css/brief.css",
        f"FILE://{templates_folder()}/../pyproject.toml",
    ],
)
def test_nothing_outside_templates_and_fonts_is_loaded(url):
    with pytest.raises((ValueError, OSError)):
        press._fetcher().fetch(url)


def test_templates_and_data_are_loaded():
    fetcher = press._fetcher()
    assert fetcher.fetch(f"{templates_folder().as_uri()}/css/brief.css").read()
    assert fetcher.fetch("data:text/plain,ok").read() == b"ok"


def test_a_missing_library_names_its_remedy(monkeypatch):
    def without_pango(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    real = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(RenderingError, match="apt-get install libpango"):
        render_pdf(briefs.empty(), LAYOUT)
