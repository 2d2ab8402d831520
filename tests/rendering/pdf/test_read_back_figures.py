"""A picture in a PDF is the one that the attached brief draws; nothing else is painted, and nothing is covered."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image

from briefing.evidence.seal import seal
from briefing.jobs.verification import verify_bytes
from briefing.model.brief import LINE_FIELDS, Briefing
from briefing.rendering.layout import Layout, SectionLayout
from briefing.rendering.pdf.writer import render_pdf
from tests.rendering import briefs, drawn_briefs

OPTIONS = {"events": {"timeline": True}, "agreements": {"matrix": True}, "disagreements": {"matrix": True}}
SECTIONS = tuple(SectionLayout(name, options=OPTIONS.get(name, {})) for name in (*LINE_FIELDS, "source"))
LAYOUT = Layout(sections=SECTIONS)
BRIEFS: dict[str, Callable[[], Briefing]] = {
    "drawn": drawn_briefs.drawn,
    "full sheet": drawn_briefs.full_sheet,
    "years": drawn_briefs.years,
    "foreign": drawn_briefs.foreign,
}

Instructions = list[Any]


@cache
def pdf_of(name: str = "drawn", layout: str = "pictures") -> bytes:
    make = BRIEFS.get(name) or getattr(briefs, name)
    return render_pdf(seal(make()), LAYOUT if layout == "pictures" else Layout())


def failures(pdf: bytes) -> tuple[str, ...]:
    return verify_bytes(pdf, "a.pdf").failures


@pytest.mark.parametrize("name", BRIEFS)
@pytest.mark.parametrize("theme", ["chancery", "newsroom", "plain"])
@pytest.mark.parametrize(("paper", "locale"), [("A4", "en-GB"), ("Letter", "es-MX"), ("A5", "de-AT")])
def test_an_honest_picture_passes(name, theme, paper, locale):
    layout = Layout(theme=theme, paper=paper, locale=locale, sections=SECTIONS)
    assert failures(render_pdf(seal(BRIEFS[name]()), layout)) == ()


def rewritten(pdf: bytes, change: Callable[[Instructions], object]) -> bytes:
    """Return a PDF whose first page's content was changed."""
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        instructions = list(pikepdf.parse_content_stream(page))
        change(instructions)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
        document.save(made)
    return made.getvalue()


def op(operator: str, *operands: Any) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


def place(instructions: Instructions, operator: str, start: int = 0, operand: object = None) -> int:
    """Return the first place of an operator, at or after *start*."""
    return next(
        at
        for at in range(start, len(instructions))
        if str(instructions[at].operator) == operator and (operand is None or instructions[at].operands[0] == operand)
    )


def figure_start(instructions: Instructions) -> int:
    return place(instructions, "BDC", operand="/Figure")


def figure_end(instructions: Instructions) -> int:
    return place(instructions, "EMC", figure_start(instructions))


def frame_over_text(instructions: Instructions) -> None:
    at = max(n for n in range(figure_start(instructions)) if str(instructions[n].operator) == "re")
    x, y, width, height = instructions[at].operands
    instructions[at] = op("re", x, float(y) - 100, width, float(height) + 100)


def frame_wider(instructions: Instructions) -> None:
    at = max(n for n in range(figure_start(instructions)) if str(instructions[n].operator) == "re")
    x, y, width, height = instructions[at].operands
    instructions[at] = op("re", float(x) - 150, y, float(width) + 150, height)


def frame_gone(instructions: Instructions) -> None:
    at = max(n for n in range(figure_start(instructions)) if str(instructions[n].operator) == "re")
    del instructions[at : at + 3]


def leave_frame(instructions: Instructions) -> None:
    start = figure_start(instructions)
    instructions[start + 1 : start + 1] = [op("Q"), op("q")]


def paint_over_its_text(instructions: Instructions) -> None:
    end = figure_end(instructions)
    instructions[end:end] = [op("rg", 1, 1, 1), op("re", 0, 0, 400, 400), op("f")]


def paint_first(instructions: Instructions) -> None:
    start = figure_start(instructions) + 1
    instructions[start:start] = [op("re", 0, 0, 9, 9), op("f")]


def fill_a_sign(instructions: Instructions) -> None:
    at = place(instructions, "S", figure_start(instructions))
    instructions[at] = op("f")


def drop_a_sign(instructions: Instructions) -> None:
    at = place(instructions, "f", figure_start(instructions))
    instructions[at] = op("n")


def move_a_sign(instructions: Instructions) -> None:
    at = place(instructions, "c", figure_start(instructions))
    instructions[at] = op("c", *(float(number) + 9 for number in instructions[at].operands))


def bleach_the_signs(instructions: Instructions) -> None:
    for at in range(figure_start(instructions), figure_end(instructions)):
        if str(instructions[at].operator) == "rg":
            instructions[at] = op("rg", 1, 1, 1)


def empty_a_sign(instructions: Instructions) -> None:
    at = max(n for n in range(figure_end(instructions)) if str(instructions[n].operator) == "re")
    x, y, width, height = (float(number) for number in instructions[at].operands)
    instructions[at : at + 1] = [
        op("m", x, y),
        op("l", x + width, y + height),
        op("l", x + width, y + height),
        op("l", x, y),
    ]


def cancel_a_sign(instructions: Instructions) -> None:
    at = max(n for n in range(figure_end(instructions)) if str(instructions[n].operator) == "re")
    x, y, width, height = (float(number) for number in instructions[at].operands)
    instructions.insert(at, op("re", x + width, y, -width, height))


def fill_by_halves(instructions: Instructions) -> None:
    at = place(instructions, "f", figure_start(instructions))
    instructions[at] = op("f*")


def widen_a_line(instructions: Instructions) -> None:
    at = place(instructions, "w", figure_start(instructions))
    instructions[at] = op("w", 90)


def break_a_line(instructions: Instructions) -> None:
    at = place(instructions, "d", figure_start(instructions))
    instructions[at] = op("d", pikepdf.Array([1, 90]), 0)


def hide_its_text(instructions: Instructions) -> None:
    at = place(instructions, "Tr", figure_start(instructions))
    instructions[at] = op("Tr", 3)


def cut_a_part_off(instructions: Instructions) -> None:
    start = figure_start(instructions) + 1
    instructions[start:start] = [op("re", 0, 0, 1, 1), op("W"), op("n")]


def drop_its_text(instructions: Instructions) -> None:
    del instructions[place(instructions, "TJ", figure_start(instructions))]


def double_a_letter(instructions: Instructions) -> None:
    at = place(instructions, "TJ", figure_start(instructions))
    instructions.insert(at, instructions[at])


def paint_an_image_in_it(instructions: Instructions) -> None:
    instructions.insert(figure_end(instructions), op("Do", pikepdf.Name("/Photo")))


def mark_a_part(instructions: Instructions) -> None:
    start = figure_start(instructions) + 1
    instructions[start:start] = [op("BMC", pikepdf.Name("/Artifact")), op("EMC")]


def move_its_text_out(instructions: Instructions) -> None:
    at = place(instructions, "Tm", figure_start(instructions))
    instructions[at] = op("Tm", 1, 0, 0, -1, 5, -60)


def move_its_text(right: float, down: float) -> Callable[[Instructions], None]:
    """Return an attack that moves all that a picture says, within its frame."""

    def move(instructions: Instructions) -> None:
        for at in range(figure_start(instructions), figure_end(instructions)):
            if str(instructions[at].operator) == "Tm":
                *matrix, x, y = instructions[at].operands
                instructions[at] = op("Tm", *matrix, float(x) + right, float(y) + down)

    return move


def write_over_itself(instructions: Instructions) -> None:
    start = place(instructions, "Tm", figure_start(instructions))
    instructions[place(instructions, "Tm", start + 1)] = instructions[start]
    instructions[start] = op("Tm", *instructions[start].operands[:4], 30, 10)


def draw_it_twice(instructions: Instructions) -> None:
    start, end = figure_start(instructions), figure_end(instructions)
    instructions[end + 1 : end + 1] = instructions[start : end + 1]


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        (frame_over_text, "painted over text"),
        (frame_wider, "painted over text"),
        (frame_gone, "has no frame"),
        (leave_frame, "leaves its frame"),
        (paint_over_its_text, "over the text of a picture"),
        (paint_first, "is not drawn as"),
        (fill_a_sign, "is not drawn as"),
        (drop_a_sign, "is not drawn as"),
        (move_a_sign, "is not drawn as"),
        (bleach_the_signs, "is not drawn as"),
        (empty_a_sign, "has holes"),
        (cancel_a_sign, "has holes"),
        (fill_by_halves, "in an unusual way"),
        (widen_a_line, "too wide"),
        (break_a_line, "is broken"),
        (hide_its_text, "in an unusual way"),
        (cut_a_part_off, "is cut off"),
        (drop_its_text, "the page has"),
        (double_a_letter, "the page has"),
        (paint_an_image_in_it, "a picture is painted"),
        (mark_a_part, "is marked"),
        (move_its_text_out, "outside the frame"),
        (move_its_text(12, 0), "is not drawn as"),
        (move_its_text(0, -3), "is not drawn as"),
        (write_over_itself, "is not drawn as"),
        (draw_it_twice, "pictures are painted"),
    ],
)
def test_a_spoilt_picture_is_caught(attack, said):
    assert [failure for failure in failures(rewritten(pdf_of(), attack)) if said in failure]


def test_a_picture_added_to_a_page_without_one_is_caught():
    def add(instructions: Instructions) -> None:
        frame = [op("q"), op("re", 400, 100, 100, 50), op("W"), op("n")]
        shape = [op("BDC", pikepdf.Name("/Figure"), pikepdf.Dictionary(MCID=999)), op("re", 410, 110, 9, 9), op("f")]
        instructions += [*frame, *shape, op("EMC"), op("Q")]

    plain = pdf_of("drawn", "standard")
    assert failures(plain) == ()
    assert any("1 pictures are painted" in failure for failure in failures(rewritten(plain, add)))


def test_a_picture_painted_outside_of_marked_content_is_caught():
    def unmark(instructions: Instructions) -> None:
        instructions[figure_start(instructions)] = op("BMC", pikepdf.Name("/Artifact"))

    assert failures(rewritten(pdf_of(), unmark))


def figure_elements(document: pikepdf.Pdf) -> list[Any]:
    found, queue = [], [document.Root.StructTreeRoot]
    while queue:
        element = queue.pop(0)
        if element.get("/S") == "/Figure":
            found.append(element)
        kids = element.get("/K", [])
        queue += [
            kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if isinstance(kid, pikepdf.Dictionary)
        ]
    return found


@pytest.mark.parametrize("text", [None, "Timeline of nothing.", "A list"])
def test_another_alternative_is_caught(text):
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf_of())) as document:
        figure = figure_elements(document)[0]
        if text is None:
            del figure["/Alt"]
        else:
            figure.Alt = text
        document.save(made)
    assert any(failure.startswith("the page has") for failure in failures(made.getvalue()))


def test_a_raster_image_is_caught():
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf_of())) as document:
        image = document.make_stream(
            Image.new("RGB", (1, 1), "white").tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=1,
            Height=1,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
        )
        document.pages[0].Resources.XObject = pikepdf.Dictionary(Photo=image)
        document.pages[0].contents_add(b"q 300 0 0 300 100 300 cm /Photo Do Q", prepend=False)
        document.save(made)
    assert "page 1: a picture is painted" in failures(made.getvalue())
