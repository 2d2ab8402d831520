"""Read the properties of a PDF: title, dates, outline, attachments, languages, links and paper.

A viewer shows most of them, so they must agree with the attached brief (ISO 32000-1, 12.3, 14.3 and 14.9).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from briefing.rendering.paper import paper_in_points
from briefing.rendering.pdf.read_back.comparing import comparable
from briefing.rendering.pdf.read_back.figures import Box
from briefing.rendering.pdf.read_back.form import check_form
from briefing.rendering.pdf.read_back.order import RIGHT_TO_LEFT, Place
from briefing.rendering.view import Page

_SHOWN = 80  # characters that a message repeats
_NEAR = 30.0  # points between the target of a link and the link that leads back
# Points by which a link may be larger than its number; evidence numbers are in a separate column.
_MARGINS = {"evidence": 4.0, "cited": 20.0, "story": 4.0}
_TARGET = re.compile(r"(evidence|cited|story)-(\d{1,6})")
_BOXES = ("/MediaBox", "/BleedBox", "/TrimBox")  # each covers the whole paper (ISO 32000-1, 14.11.2)
_ROUNDING = 1.0  # points by which a side of a box may be off
_WAY_BACK = {"evidence": "cited", "cited": "evidence"}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC, _XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}Producer"
# Metadata that ISO 19005 and 14289 require, by name and value.
_A, _UA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
_REQUIRED = {
    (f"{_UA}part", "1"),
    (f"{_A}part", "3"),
    (f"{_A}conformance", "A"),
    (
        "{http://www.aiim.org/pdfa/ns/extension/}schemas",
        "PDF/UA Universal Accessibility Schemahttp://www.aiim.org/pdfua/ns/id/pdfuaidpartIntegerinternal"
        "Part of ISO 14289 that the file conforms to",
    ),
}


_Pages = Mapping[Any, Sequence[Place]]  # the texts of each page, by page object


@dataclass(frozen=True, slots=True)
class About:
    """The properties of a PDF file, as plain values."""

    information: Mapping[str, str]  # "/Title": "Talks"
    metadata: tuple[tuple[str, str], ...]  # names and values of XMP, with repetitions
    outline: tuple[str, ...]
    language: str
    languages: frozenset[str]  # of elements with a language of their own
    attached: Mapping[str, tuple[str, ...]]  # by name: description and two dates
    links: tuple[tuple[str, str], ...]  # the target of each link, and its description
    boxes: tuple[tuple[str, tuple[float, ...]], ...]  # "page 1: /MediaBox" and its sides in points


def read_about(document: Any, places: Sequence[Sequence[Place]]) -> tuple[About, list[str]]:
    """Return the properties of a file and a list of oddities; *places* are the places of text on each page."""
    odd: list[str] = []
    root = document.Root
    pages = {page.obj.objgen: texts for page, texts in zip(document.pages, places, strict=True)}
    outline = tuple(_outline(root.get("/Outlines"), pages, odd))
    files = dict(_files(document, odd))
    languages = frozenset(_languages(root.StructTreeRoot, odd))
    metadata = tuple(_metadata(root.get("/Metadata"), odd))
    links = tuple(_links(document, pages, odd))
    boxes = tuple(_boxes(document))
    information = {str(key): str(value) for key, value in document.trailer.get("/Info", {}).items()}
    return About(information, metadata, outline, str(root.get("/Lang", "")), languages, files, links, boxes), odd


def differences(found: About, page: Page) -> Iterator[str]:
    """Yield each property of a file that does not agree with its page."""
    day = page.stamp.replace("-", "")
    wanted = {"/Title": page.title, "/Creator": page.generator, "/CreationDate": f"D:{day}", "/ModDate": f"D:{day}"}
    for key, value in wanted.items():
        if _single_spaced(found.information.get(key, "")) != _single_spaced(value):
            yield f"the information {key} is {found.information.get(key, '')[:_SHOWN]!r}, not {value[:_SHOWN]!r}"
    producer = found.information.get("/Producer", "")
    if not re.fullmatch(r"WeasyPrint [\d.]+", producer):
        yield f"the information /Producer is {producer[:_SHOWN]!r}"
    of_xmp = {
        f"{_DC}title": page.title,
        f"{_XMP}CreatorTool": page.generator,
        f"{_XMP}CreateDate": page.stamp,
        f"{_XMP}ModifyDate": page.stamp,
        _PDF: producer,
    }
    for name, value in found.metadata:
        if _single_spaced(of_xmp.get(name, "\0")) != _single_spaced(value):
            yield f"the metadata {name.rpartition('}')[2]} is {value[:_SHOWN]!r}, but the brief has another value"
    if missing := of_xmp.keys() - {name for name, _ in found.metadata}:
        yield f"the metadata lacks {min(missing).rpartition('}')[2]}"
    any_case = page.templates is not None
    titles = [comparable(title, any_case=any_case) for title in page.outline]
    if [comparable(title, any_case=any_case) for title in found.outline] != titles:
        odd = [title for title in found.outline if comparable(title, any_case=any_case) not in titles]
        yield f"the outline has {odd[0][:_SHOWN]!r}" if odd else "the outline does not match the headings"
    yield from _box_differences(found, page)
    yield from _language_differences(found, page)
    yield from _file_differences(found, page)
    for target, words in found.links:
        if (match := _TARGET.fullmatch(target)) and words != page.labels(f"link.{match[1]}", number=match[2]):
            yield f"the link to {target} says {words[:_SHOWN]!r}"


def _box_differences(found: About, page: Page) -> Iterator[str]:
    """Yield each box of a page that is not the layout's paper."""
    paper = (0.0, 0.0, *paper_in_points(page.paper))
    for name, box in found.boxes:
        if len(box) != len(paper) or any(
            abs(side - wanted) > _ROUNDING for side, wanted in zip(box, paper, strict=True)
        ):
            yield f"{name} is {_sides(box)}, but the layout's paper {page.paper} is {_sides(paper)}"


def _sides(box: Sequence[float]) -> str:
    return " ".join(f"{side:.0f}" for side in box)


def _language_differences(found: About, page: Page) -> Iterator[str]:
    if found.language != page.labels.language:
        yield f"the file is marked as in the language {found.language[:_SHOWN]!r}"
    for language in sorted(found.languages - {page.article_language, page.labels.language}):
        yield f"a part of the page is marked as in the language {language[:_SHOWN]!r}"


def _file_differences(found: About, page: Page) -> Iterator[str]:
    """Yield each unexpected attachment: only the record and its layout may be attached."""
    record = f"{page.kind}.json" if page.kind == "digest" else "briefing.json"
    descriptions = {record: page.labels(f"attachment.{page.kind}"), "layout.json": page.labels("attachment.layout")}
    stamp = f"D:{page.stamp.replace('-', '')}000000Z"
    for name, (description, *stamps) in found.attached.items():
        if name not in descriptions:
            yield f"a file {name[:_SHOWN]!r} is attached, but briefing does not attach it"
        elif description != descriptions[name] or set(stamps) != {stamp}:
            yield f"the description or the dates of the attached {name} do not match the brief"


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


def _boxes(document: Any) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield the name and the sides of each box that gives the size of a page."""
    for number, page in enumerate(document.pages, start=1):
        for key in _BOXES:
            if key in page.obj:
                yield f"page {number}: {key}", tuple(float(side) for side in page.obj[key])


def _outline(outlines: Any, pages: _Pages, odd: list[str]) -> Iterator[str]:
    """Yield the titles of the outline in order."""
    seen: set[Any] = set()
    waiting = [outlines.get("/First")] if outlines is not None else []
    while waiting:
        item = waiting.pop()
        if item is None or item.objgen in seen:
            continue
        seen.add(item.objgen)
        odd += check_form("outline", item, "an entry of the outline")
        title = str(item.get("/Title", ""))
        if not _begins_at(item.get("/Dest"), title, pages):
            odd.append(f"the outline's {title[:_SHOWN]!r} leads elsewhere")
        yield title
        waiting += [item.get("/Next"), item.get("/First")]


def _begins_at(place: Any, title: str, pages: _Pages) -> bool:
    """Return True if the text at a place begins with the first words of a title."""
    import pikepdf

    if not isinstance(place, pikepdf.Array) or len(place) != 5 or place[1] != "/XYZ" or place[4] != 0:
        return False
    height, wanted = float(place[3]), comparable(title, any_case=True)
    near = [text for text in pages.get(place[0].objgen, ()) if -_NEAR < height - text.base < 2 * _NEAR]
    return any(
        RIGHT_TO_LEFT.search(title) or (begun and wanted.startswith(begun))
        for begun in (comparable(text.text, any_case=True).rstrip("-") for text in near)
    )


def _files(document: Any, odd: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of each attached file with its description and dates."""
    names = document.Root.get("/Names", {})
    entries = list(names.get("/EmbeddedFiles", {}).get("/Names", ()))
    keys = [str(key) for key in entries[::2]]
    if len(set(keys)) != len(keys):
        odd.append("two files with the same name are attached")
    held = [file.objgen for file in entries[1::2]]
    odd += ["a file is attached without a name" for file in document.Root.get("/AF", ()) if file.objgen not in held]
    for key, file in zip(keys, entries[1::2], strict=False):
        odd += check_form("attached file", file, f"the attached file {key[:_SHOWN]!r}")
        if not key == str(file.get("/F")) == str(file.get("/UF")):
            odd.append(f"the attached file {key[:_SHOWN]!r} also has other names")
        stream = file["/EF"]["/F"]
        values = stream.get("/Params", {})
        content = stream.read_bytes()
        digest = hashlib.md5(content, usedforsecurity=False).digest()  # ISO 32000-1, 7.11.4: the checksum is MD5
        if int(values.get("/Size", 0)) != len(content) or bytes(values.get("/CheckSum", b"")) != digest:
            odd.append(f"the attached file {key[:_SHOWN]!r} was changed after it was attached")
        yield key, tuple(map(str, (file.get("/Desc", ""), values.get("/CreationDate"), values.get("/ModDate"))))


def _languages(tree: Any, odd: list[str]) -> Iterator[str]:
    """Yield the languages of the elements of a structure tree."""
    import pikepdf

    seen: set[Any] = set()
    waiting = [tree.get("/K")]
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, pikepdf.Array):
            waiting += list(kid)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR" and kid.objgen not in seen:
            if kid.is_indirect:
                seen.add(kid.objgen)
            odd += check_form("element", kid, f"an element {kid.get('/S', '')}")
            if "/Lang" in kid:
                yield str(kid["/Lang"])
            waiting.append(kid.get("/K"))


def _metadata(stream: Any, odd: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the metadata, except those that ISO 19005 and 14289 require."""
    source = stream.read_bytes() if stream is not None else b""
    try:
        if b"<!" in source:
            raise ElementTree.ParseError("it holds a declaration")
        root = ElementTree.fromstring(source.decode("utf-8"))  # noqa: S314 - no declaration, so no entity
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        odd.append(f"the metadata cannot be read: {error}")
        return
    if [child.tag for child in root] != [f"{_RDF}RDF"]:
        odd.append("the metadata holds more than properties")
    for described in root.iterfind(f"{_RDF}RDF/*"):
        values = [(name, value) for name, value in described.attrib.items() if not name.startswith(_RDF)]
        values += [(part.tag, "".join(part.itertext())) for part in described]
        yield from (one for one in values if one not in _REQUIRED)


def _links(document: Any, pages: _Pages, odd: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the target and the description of each internal link."""
    places: dict[str, list[tuple[Any, float]]] = {}  # by target: page and height of each link to it
    for page in document.pages:
        for link in page.obj.get("/Annots", ()):
            if "/Dest" in link:
                target = str(link["/Dest"])
                places.setdefault(target, []).append((page.obj.objgen, float(link["/Rect"][1])))
                if not _is_its_number(link["/Rect"], target, pages[page.obj.objgen]):
                    odd.append(f"the link to {target[:_SHOWN]} is not at the place of its number")
                yield target, str(link.get("/Contents", ""))
    entries = list(document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", ()))
    known = {str(name): place for name, place in zip(entries[::2], entries[1::2], strict=False)}
    odd += [f"a link leads to {target[:_SHOWN]!r}, which does not exist" for target in places if target not in known]
    for target, place in known.items():
        match = _TARGET.fullmatch(target)
        if match is None:
            odd.append(f"a link target has the name {target[:_SHOWN]!r}")
        elif match[1] in _WAY_BACK:
            back = places.get(f"{_WAY_BACK[match[1]]}-{match[2]}", ())
            here, height = place[0].objgen, float(place[3])
            if not any(page == here and abs(height - other) < _NEAR for page, other in back):
                odd.append(f"what leads to {target} leads elsewhere")
        elif not _begins_at(place, match[2], pages):
            odd.append(f"what leads to {target} leads elsewhere")


def _is_its_number(rectangle: Any, target: str, texts: Sequence[Place]) -> bool:
    """Return True if a link covers the number of its target, and little else."""
    left, one, right, other = (float(side) for side in rectangle)
    shape = Box(left, min(one, other), right, max(one, other))
    kind, _, number = target.rpartition("-")
    margin = _MARGINS.get(kind, 0.0)
    return any(
        number in text.text and shape.meets(text.core) and text.box.wider(margin).common(shape) == shape
        for text in texts
    )
