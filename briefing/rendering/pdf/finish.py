"""Complete the tagged PDF of WeasyPrint: artifacts, scopes, languages, descriptions of links.

ISO 14289-1 (PDF/UA-1): 7.1 artifacts, 7.2 natural language, 7.5 headers of tables, 7.18.5 links; ISO 19005-3 (PDF/A-3).
The functions change pydyf's objects just before they are written, so the file is written only once.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from briefing.rendering.view import Page

_POINTS = 0.75  # in a CSS pixel
_EVIDENCE = re.compile(r"evidence-(\d+)")
_CITED = re.compile(r"cited-(\d+)")
_STORY = re.compile(r"story-(\d+)")
# PDF/A does not define the property of PDF/UA: the metadata must describe it first (ISO 19005-3, 6.6.2.3.3).
_UA_IN_A = b"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>"""
_END_OF_RDF = b"</rdf:RDF>"


def finisher(page: Page, *, archival: bool) -> Callable[[Any, Any], None]:
    """Return a function that completes a PDF; it takes WeasyPrint's document and pydyf's file."""
    return partial(_finish, page, archival)


def _finish(page: Page, archival: bool, document: Any, pdf: Any) -> None:
    elements = list(_elements(pdf, pdf.catalog["StructTreeRoot"]))
    _set_scopes(pdf, elements)
    _set_frames(pdf, elements)
    _set_languages(page, document, elements)
    _set_artifacts(pdf, elements)
    _describe_links(page, pdf)
    if archival:
        _mark_archival(pdf)


def _resolve(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _elements(pdf: Any, reference: bytes) -> Iterator[Any]:
    """Yield the structure elements below an element in reading order, parents before children."""
    for kid in _resolve(pdf, reference)["K"]:
        if isinstance(kid, bytes) and _resolve(pdf, kid)["Type"] == "/StructElem":
            yield _resolve(pdf, kid)
            yield from _elements(pdf, kid)


def _set_scopes(pdf: Any, elements: list[Any]) -> None:
    """Set the scope of each table header: column or row."""
    for element in elements:
        if element["S"] == "/TH":
            group = _resolve(pdf, _resolve(pdf, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _set_frames(pdf: Any, elements: list[Any]) -> None:
    """Convert the boxes of pictures into points from the lower left corner of the page."""
    import pydyf

    for element in elements:
        if element["S"] == "/Figure":
            height = float(_resolve(pdf, element["Pg"])["MediaBox"][3])
            left, top, right, bottom = (float(side) * _POINTS for side in element["A"]["BBox"])
            element["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _set_languages(page: Page, document: Any, elements: list[Any]) -> None:
    """Set the language of each text that is not in the language of the document."""
    import pydyf

    if not page.article_language:
        return
    boxes = [leaf for one in document.pages for leaf in _leaves(one._page_box)]  # noqa: SLF001 - there is no public access
    holders = [element for element in elements for kid in element["K"] if isinstance(kid, int)]
    if len(boxes) != len(holders):  # in a user's template, boxes may not be in the order of elements
        return
    for box, element in zip(boxes, holders, strict=True):
        if (language := box.style["lang"]) and language != page.labels.language:
            element["Lang"] = pydyf.String(language)


def _leaves(box: Any) -> Iterator[Any]:
    """Yield the boxes of text and pictures, except those in the margins of a page."""
    if hasattr(box, "at_keyword"):
        return
    if hasattr(box, "text") or hasattr(box, "replacement"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _leaves(child)


def _set_artifacts(pdf: Any, elements: list[Any]) -> None:
    """Mark content outside of all elements as artifacts: the headers and footers of pages."""
    import pydyf

    used: dict[bytes, set[int]] = {}
    for element in elements:
        if numbers := [kid for kid in element["K"] if isinstance(kid, int)]:
            used.setdefault(element["Pg"], set()).update(numbers)
    parents = _resolve(pdf, _resolve(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for number, reference in enumerate(pdf.page_references):
        content = _resolve(pdf, _resolve(pdf, reference)["Contents"]).stream
        known = used.get(reference, set())
        for at, piece in enumerate(content):
            if isinstance(piece, pydyf.Dictionary) and "MCID" in piece and piece["MCID"] not in known:
                parents[2 * number + 1][piece["MCID"]] = b"null"
                content[at - 1] = "/Artifact"
                content[at] = pydyf.Dictionary({"Type": "/Pagination"})


def _describe_links(page: Page, pdf: Any) -> None:
    """Describe the target of each internal link in words."""
    import pydyf

    for link in pdf.objects:
        if isinstance(link, dict) and link.get("Subtype") == "/Link" and "Dest" in link:
            target = str(link["Dest"].string)
            if match := _EVIDENCE.fullmatch(target):
                link["Contents"] = pydyf.String(page.labels("link.evidence", number=match[1]))
            elif match := _CITED.fullmatch(target):
                link["Contents"] = pydyf.String(page.labels("link.cited", number=match[1]))
            elif match := _STORY.fullmatch(target):
                link["Contents"] = pydyf.String(page.labels("link.story", number=match[1]))


def _mark_archival(pdf: Any) -> None:
    """Mark a PDF/A file as PDF/UA too, and list each attachment only once."""
    import pydyf

    metadata = _resolve(pdf, pdf.catalog["Metadata"])
    metadata.stream = [piece.replace(_END_OF_RDF, _UA_IN_A + _END_OF_RDF) for piece in metadata.stream]
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
