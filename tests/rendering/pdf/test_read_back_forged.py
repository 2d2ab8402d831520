"""What is forged in a PDF of ours, wherever that is, makes `verify` say what and where."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from briefing.evidence.seal import seal
from briefing.jobs.verification import verify_bytes
from briefing.rendering.layout import Layout
from briefing.rendering.pdf.writer import render_pdf
from tests.rendering import drawn_briefs

Attack = Callable[[pikepdf.Pdf], object]


@cache
def made(*, archival: bool = False) -> bytes:
    return render_pdf(seal(drawn_briefs.drawn()), Layout(sections=drawn_briefs.SECTIONS, archival=archival))


def forged(attack: Attack, *, archival: bool = False) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(made(archival=archival))) as pdf:
        attack(pdf)
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def failures(pdf: bytes) -> tuple[str, ...]:
    return verify_bytes(pdf, "a.pdf").failures


@pytest.mark.parametrize("archival", [False, True])
def test_a_file_saved_again_unchanged_passes(archival: bool) -> None:
    assert failures(forged(lambda _: None, archival=archival)) == ()


def page_of(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


def fonts_of(pdf: pikepdf.Pdf) -> list[Any]:
    return [font for _, font in sorted(page_of(pdf).Resources.Font.items())]


def script(_: pikepdf.Pdf) -> Any:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def box(pdf: pikepdf.Pdf, **keys: Any) -> Stream:
    return pdf.make_stream(b"1 1 1 rg 0 0 90 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 9], **keys)


def put(holder: Callable[[pikepdf.Pdf], Any], key: str, value: Any) -> Attack:
    """Return an attack that puts something under a key; a function makes it of the file."""

    def attack(pdf: pikepdf.Pdf) -> None:
        holder(pdf)[key] = value(pdf) if callable(value) else value

    return attack


def annotate(subtype: str, **keys: Any) -> Attack:
    def attack(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=[50, 300, 500, 700], **keys)
        page_of(pdf).Annots.append(pdf.make_indirect(note))

    return attack


def rewrite(change: Callable[[bytes], bytes]) -> Attack:
    """Return an attack that changes the content of the first page."""

    def attack(pdf: pikepdf.Pdf) -> None:
        contents = page_of(pdf).Contents
        before = contents.read_bytes()
        after = change(before)
        assert after != before
        contents.write(after)

    return attack


def rewrite_stream(stream: Callable[[pikepdf.Pdf], Any], old: str, new: str) -> Attack:
    def attack(pdf: pikepdf.Pdf) -> None:
        content = stream(pdf).read_bytes().decode()
        assert re.search(old, content)
        stream(pdf).write(re.sub(old, new, content, count=1).encode())

    return attack


def exchange_glyphs(pdf: pikepdf.Pdf) -> None:
    """Give the figure 2 the outline of the figure 3 in the file of the first font."""
    file = fonts_of(pdf)[0].DescendantFonts[0].FontDescriptor.FontFile2
    font = TTFont(BytesIO(file.read_bytes()))
    names, glyphs = font.getGlyphOrder(), font["glyf"]
    held = [name for name in names if glyphs[name].numberOfContours > 0]
    glyphs[held[0]], glyphs[held[1]] = glyphs[held[1]], glyphs[held[0]]
    out = BytesIO()
    font.save(out)
    file.write(out.getvalue())
    file["/Length1"] = len(out.getvalue())


def exchange_characters(pdf: pikepdf.Pdf) -> None:
    """Let two codes of the first font mean the text of the other, and write the page to match."""
    characters = fonts_of(pdf)[0].ToUnicode
    source = characters.read_bytes()
    one, other = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>\n", source)[:2]
    swapped = source.replace(b"<%s> <%s>" % one, b"<%s> <%s>" % (one[0], other[1]))
    swapped = swapped.replace(b"<%s> <%s>" % other, b"<%s> <%s>" % (other[0], one[1]))
    characters.write(swapped)


def map_glyphs(pdf: pikepdf.Pdf) -> None:
    glyphs = bytearray(b"".join(number.to_bytes(2, "big") for number in range(2000)))
    glyphs[0x0440 * 2 : 0x0440 * 2 + 4] = glyphs[0x0441 * 2 : 0x0441 * 2 + 2] + glyphs[0x0440 * 2 : 0x0440 * 2 + 2]
    fonts_of(pdf)[0].DescendantFonts[0]["/CIDToGIDMap"] = pdf.make_stream(bytes(glyphs))


def rename_font(pdf: pikepdf.Pdf) -> None:
    """Let the first font pass for one that nobody has."""
    file = fonts_of(pdf)[0].DescendantFonts[0].FontDescriptor.FontFile2
    font = TTFont(BytesIO(file.read_bytes()))
    for record in font["name"].names:
        record.string = "Nobody-Regular"
    out = BytesIO()
    font.save(out)
    file.write(out.getvalue())


def widen_glyphs(pdf: pikepdf.Pdf) -> None:
    widths = fonts_of(pdf)[0].DescendantFonts[0].W
    widths[1] = Array([5, *list(widths[1])[1:]])


def attach(name: str) -> Attack:
    def attack(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"{}", mime_type="application/json")

    return attack


def attach_twice(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    names.extend([String("layout.json"), pdf.make_indirect(Dictionary(names[3]))])


def associate(pdf: pikepdf.Pdf) -> None:
    spec = pikepdf.AttachedFileSpec(pdf, b"x")
    pdf.Root.AF = Array([spec.obj])


def outline_of(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.Outlines.First.First


def add_outline(pdf: pikepdf.Pdf) -> None:
    last = outline_of(pdf)
    while "/Next" in last:
        last = last.Next
    last.Next = pdf.make_indirect(Dictionary(Title="Approved by the minister", Dest=last.Dest, Parent=last.Parent))


def exchange_targets(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    places = {str(names[at]): at + 1 for at in range(0, len(names), 2)}
    one, other = places["evidence-1"], places["evidence-9"]
    names[one], names[other] = Array(list(names[other])), Array(list(names[one]))


def element_of(pdf: pikepdf.Pdf, role: str = "/P") -> Any:
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        kid = waiting.pop(0)
        if isinstance(kid, Array):
            waiting += list(kid)
        elif isinstance(kid, Dictionary):
            if kid.get("/S") == role:
                return kid
            waiting.append(kid.get("/K"))
    raise AssertionError(role)


def add_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Text"))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))


def hide_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids[1].Type = Name.Template


def drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def twice_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def resize(first: int, after: int) -> Attack:
    """Return an attack that makes some pages square."""

    def attack(pdf: pikepdf.Pdf) -> None:
        for page in list(pdf.pages)[first:after]:
            for key in ("/MediaBox", "/BleedBox", "/TrimBox"):
                page.obj[key] = Array([0, 0, 1400, 1400])

    return attack


def shown(content: bytes) -> list[re.Match[bytes]]:
    """Return where text is put on a page: the matrices before it."""
    return list(re.finditer(rb"([-\d.]+) ([-\d.]+) Tm\n", content))


def exchange_lines(content: bytes) -> bytes:
    """Swap two runs of text of one size."""
    one, other = shown(content)[3], shown(content)[14]
    return b"".join(
        (
            content[: one.start()],
            other[0],
            content[one.end() : other.start()],
            one[0],
            content[other.end() :],
        )
    )


def first_text(content: bytes, before: bytes) -> bytes:
    """Put something before the first text of a page."""
    return content.replace(b"BT\n", before + b"BT\n", 1)


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
@pytest.mark.parametrize(
    ("attack", "said"),
    [
        # Fonts
        (map_glyphs, "/CIDToGIDMap"),
        (exchange_glyphs, "shows something else"),
        (exchange_characters, "shows something else"),
        (rename_font, "'Nobody-Regular' is not installed here"),
        (widen_glyphs, "has another width"),
        (put(lambda pdf: fonts_of(pdf)[0], "/Encoding", Name("/Identity-V")), "/Encoding is '/Identity-V'"),
        (put(lambda pdf: fonts_of(pdf)[0], "/Subtype", Name.Type1), "/Subtype is '/Type1'"),
        (put(lambda pdf: fonts_of(pdf)[0].DescendantFonts[0], "/W2", Array([0])), "has /W2"),
        (
            rewrite_stream(lambda pdf: fonts_of(pdf)[0].ToUnicode, "1 begincodespacerange", "1 beginbfrange"),
            "/ToUnicode is not written as in our files",
        ),
        (
            rewrite_stream(
                lambda pdf: fonts_of(pdf)[0].ToUnicode, r"(<\w{4}> <\w{4}>\n)(<\w{4}>) (<\w{4}>)", r"\1\2 \3\n\2 \3"
            ),
            "/ToUnicode explains a code twice",
        ),
        # Paper and paint
        (put(page_of, "/Rotate", 180), "page 1 has /Rotate"),
        (put(page_of, "/UserUnit", 0.1), "page 1 has /UserUnit"),
        (put(page_of, "/CropBox", Array([0, 400, 500, 800])), "page 1 has /CropBox"),
        (put(page_of, "/MediaBox", Array([0, 400, 595, 841])), "page 1: /MediaBox"),
        (resize(0, 1), "page 1: /MediaBox is 0 0 1400 1400, but the layout's paper A4 is 0 0 595 842"),
        (resize(1, 2), "page 2: /TrimBox is 0 0 1400 1400"),
        (put(page_of, "/TrimBox", Array([100, 100, 200, 200])), "page 1: /TrimBox"),
        (put(page_of, "/Group", Dictionary(S=Name.Transparency)), "page 1 has /Group"),
        (put(lambda pdf: page_of(pdf).Resources, "/Properties", Dictionary()), "has /Properties"),
        (put(lambda pdf: page_of(pdf).Resources.ColorSpace, "/DefaultRGB", Name.DeviceGray), "/ColorSpace DefaultRGB"),
        (put(lambda pdf: pdf.Root.Pages, "/Rotate", 90), "page 2 has /Rotate"),
        (rewrite(lambda c: c + b"\nq 1 1 1 rg 0 0 595 842 re f Q"), "painted over the text"),
        (rewrite(lambda c: first_text(c, b"q 0 0 0 rg 0 0 595 842 re f Q\n")), "shown over dark paint"),
        (rewrite(lambda c: first_text(c, b"q 0 0 0 RG 600 w 0 400 m 595 400 l S Q\n")), "shown over dark paint"),
        (rewrite(lambda c: first_text(c, b"3 Tr\n")), "shown in an unusual way"),
        (rewrite(lambda c: first_text(c, b"10 Tz\n")), "drawn with 'Tz'"),
        (rewrite(lambda c: first_text(c, b"1 1 1 rg\n")), "as pale as the paper"),
        (rewrite(lambda c: re.sub(rb"[\d.]+ [\d.]+ [\d.]+ rg\nBT", b"1 1 1 rg\nBT", c)), "as pale as the paper"),
        (rewrite(lambda c: first_text(c, b"q 0 0 1 1 re W n\n")), "cut off"),
        (rewrite(lambda c: re.sub(rb"1 0 0 -1 (\S+ \S+) Tm", rb"0.2 0 0 -1 \1 Tm", c, count=1)), "squeezed"),
        (rewrite(lambda c: re.sub(rb"1 0 0 -1 (\S+ \S+) Tm", rb"-1 0 0 -1 \1 Tm", c, count=1)), "mirrored"),
        (rewrite(lambda c: re.sub(rb"1 0 0 -1 (\S+ \S+) Tm", rb"1 0 0 1 \1 Tm", c, count=1)), "turned"),
        (rewrite(exchange_lines), "which it follows"),
        (rewrite(lambda c: re.sub(rb">(0|-?\d+)<", b">-99000<", c, count=1)), "outside the paper"),
        (rewrite(lambda c: re.sub(rb">(0|-?\d+)<", b">4000<", c, count=1)), "moved over another"),
        # Layers, forms, actions
        (add_layer, "the catalog has /OCProperties"),
        (put(lambda pdf: pdf.Root, "/OpenAction", script), "the catalog has /OpenAction"),
        (put(lambda pdf: pdf.Root, "/AA", Dictionary()), "the catalog has /AA"),
        (put(lambda pdf: pdf.Root, "/AcroForm", Dictionary(Fields=[])), "the catalog has /AcroForm"),
        (put(lambda pdf: pdf.Root, "/Collection", Dictionary(View=Name.H)), "the catalog has /Collection"),
        (put(lambda pdf: pdf.Root, "/PageLabels", Dictionary(Nums=[])), "the catalog has /PageLabels"),
        (put(lambda pdf: pdf.Root, "/PageMode", Name.FullScreen), "the catalog has /PageMode"),
        (put(lambda pdf: pdf.Root, "/URI", Dictionary(Base="https://b.example")), "the catalog has /URI"),
        (put(lambda pdf: pdf.Root, "/Perms", Dictionary()), "the catalog has /Perms"),
        (put(lambda pdf: pdf.Root, "/Extensions", Dictionary()), "the catalog has /Extensions"),
        (put(lambda pdf: pdf.Root.Names, "/JavaScript", Dictionary(Names=[])), "has /JavaScript"),
        (put(lambda pdf: pdf.Root.ViewerPreferences, "/HideToolbar", True), "has /HideToolbar"),
        (put(page_of, "/AA", Dictionary(O=Dictionary())), "page 1 has /AA"),
        (put(page_of, "/Trans", Dictionary()), "page 1 has /Trans"),
        (put(page_of, "/Dur", 1), "page 1 has /Dur"),
        (put(page_of, "/Thumb", box), "page 1 has /Thumb"),
        # Annotations
        (annotate("Square", IC=[1, 1, 1]), "/Subtype is '/Square'"),
        (annotate("FreeText", Contents="False"), "/Subtype is '/FreeText'"),
        (annotate("Redact"), "/Subtype is '/Redact'"),
        (annotate("Widget", FT=Name.Tx), "/Subtype is '/Widget'"),
        (annotate("FileAttachment", Contents="x"), "/Subtype is '/FileAttachment'"),
        (annotate("Stamp", AP=Dictionary()), "/Subtype is '/Stamp'"),
        (put(lambda pdf: page_of(pdf).Annots[0], "/AP", Dictionary()), "page 1: annotation 1 has /AP"),
        (put(lambda pdf: page_of(pdf).Annots[0], "/Border", Array([0, 0, 90])), "page 1: annotation 1 has /Border"),
        (put(lambda pdf: page_of(pdf).Annots[0], "/A", script), "/S is '/JavaScript'"),
        (put(lambda pdf: page_of(pdf).Annots[0], "/Dest", String("evidence-7")), "says 'Evidence 1'"),
        (put(lambda pdf: page_of(pdf).Annots[0], "/Contents", String("Proof")), "says 'Proof'"),
        (exchange_targets, "leads elsewhere"),
        (put(lambda pdf: page_of(pdf).Annots[0], "/Rect", Array([50, 530, 400, 540])), "at the place of its number"),
        (put(lambda pdf: page_of(pdf).Annots[0], "/Rect", Array([50, 536, 57, 529])), "at the place of its number"),
        (put(outline_of, "/Dest", lambda pdf: Array(outline_of(pdf).Next.Next.Next.Dest)), "the outline's"),
        (put(outline_of, "/Dest", String("evidence-1")), "the outline's"),
        # What the file says of itself
        (put(lambda pdf: pdf.trailer.Info, "/Title", String("Signed treaty")), "/Title is 'Signed treaty'"),
        (put(lambda pdf: pdf.trailer.Info, "/Author", String("The minister")), "has /Author"),
        (put(lambda pdf: pdf.trailer.Info, "/Keywords", String("secret")), "has /Keywords"),
        (put(lambda pdf: pdf.trailer.Info, "/Creator", String("Word")), "/Creator is 'Word'"),
        (put(lambda pdf: pdf.trailer.Info, "/Producer", String("Word")), "/Producer is 'Word'"),
        (put(lambda pdf: pdf.trailer.Info, "/CreationDate", String("D:20200101")), "/CreationDate is 'D:20200101'"),
        (rewrite_stream(lambda pdf: pdf.Root.Metadata, "What is drawn", "Signed treaty"), "title is 'Signed treaty'"),
        (rewrite_stream(lambda pdf: pdf.Root.Metadata, "1980-01-01", "2020-01-01"), "CreateDate is '2020-01-01'"),
        (
            rewrite_stream(
                lambda pdf: pdf.Root.Metadata,
                "<dc:title>",
                "<dc:creator>The minister</dc:creator><dc:title>",
            ),
            "creator is 'The minister'",
        ),
        (rewrite_stream(lambda pdf: pdf.Root.Metadata, 'pdfuaid:part="1"', 'pdfuaid:part="Approved"'), "is 'Approved'"),
        (
            rewrite_stream(lambda pdf: pdf.Root.Metadata, "</rdf:RDF>", "</rdf:RDF><note>x</note>"),
            "more than properties",
        ),
        (
            rewrite_stream(lambda pdf: pdf.Root.Metadata, "<x:xmp", "<!DOCTYPE x [<!ENTITY a 'b'>]><x:xmp"),
            "a declaration",
        ),
        (put(outline_of, "/Title", String("Approved")), "the outline has 'Approved'"),
        (put(outline_of, "/A", script), "an entry of the outline has /A"),
        (put(outline_of, "/F", 3), "an entry of the outline has /F"),
        (add_outline, "the outline has 'Approved by the minister'"),
        (put(lambda pdf: pdf.Root, "/Lang", String("ru")), "in the language 'ru'"),
        (put(element_of, "/Lang", String("ru")), "in the language 'ru'"),
        (put(element_of, "/ActualText", String("Something else")), "has /ActualText"),
        (put(element_of, "/E", String("Something else")), "has /E"),
        (put(element_of, "/Alt", String("Something else")), "the page has 'Somet'"),
        (put(element_of, "/T", String("A title")), "has /T"),
        (put(lambda pdf: pdf.Root.StructTreeRoot, "/RoleMap", Dictionary(P=Name.Artifact)), "has /RoleMap"),
        # Attachments
        (attach("notes.json"), "a file 'notes.json' is attached"),
        (attach("layout.json"), "layout.json"),
        (attach_twice, "the file is damaged"),
        (associate, "is attached without a name"),
        (put(page_of, "/AF", Array([])), "page 1 has /AF"),
        # Pages
        (hide_page, "the file is damaged: object stream"),
        (drop_page, "the page has"),
        (twice_a_page, "page 3: header and footer"),
    ],
)
def test_a_forgery_is_reported(attack: Attack, said: str) -> None:
    found = failures(forged(attack))
    assert [failure for failure in found if said in failure], found


def test_another_colour_profile_is_reported() -> None:
    def bleach(pdf: pikepdf.Pdf) -> None:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        profile.write(profile.read_bytes()[:-4] + b"\xff\xff\xff\xff")

    assert any("shows colours" in failure for failure in failures(forged(bleach, archival=True)))


def test_an_incremental_update_is_reported() -> None:
    """An incremental update appends objects and a second table to a file."""
    start = made().rindex(b"startxref")
    place = made()[start + 9 : made().rindex(b"%%EOF")].strip()
    added = made() + b"\nxref\n0 0\ntrailer\n<</Size 1/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        place,
        len(made()) + 1,
    )
    assert verify_bytes(added, "a.pdf").failures


@pytest.mark.parametrize("content", [b"GIF89a" + made(), made() + b"\n<html></html>"])
def test_bytes_around_a_file_are_reported(content: bytes) -> None:
    assert verify_bytes(content, "a.pdf").failures


def test_an_owners_password_is_reported() -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(made())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user=""))
    assert any("/Encrypt" in failure for failure in failures(locked.getvalue()))
