"""Check the objects of a PDF against the few kinds of objects that briefing writes.

WeasyPrint and `pdf.finish` write only the keys and values that `_FORMS` lists. Every other key or value is reported,
whatever its purpose may be (ISO 32000-1, 7 and 12).
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Takes a value and a description of its place; yields the oddities of the value.
Rule = Callable[[Any, str], Iterator[str]]

_SHOWN = 60  # characters of a value that a message repeats
_UNKNOWN = "not one that briefing writes"
_STREAM_NAME = re.compile(r"^stream <[^>]*> ?")  # the reader's name for a file without a name
_ROLES = "Div Figure H1 H2 H3 H4 H5 H6 L LBody LI Lbl Link NonStruct P Sect Span Table TBody TD TFoot TH THead TR Em"
_STRUCTURE = frozenset(f"/{role}" for role in f"{_ROLES} Strong Art Aside BlockQuote Caption Document Part".split())


def odd_form(document: Any) -> Iterator[str]:
    """Yield each key and value of a file that briefing does not write."""
    for warning in document.get_warnings():
        yield f"the file is damaged: {_STREAM_NAME.sub('', str(warning))[:_SHOWN]}"
    yield from check_form("trailer", document.trailer, "the trailer")
    yield from check_form("catalog", document.Root, "the catalog")
    yield from check_form("pages", document.Root.Pages, "the list of pages")
    for number, page in enumerate(document.pages, start=1):
        where = f"page {number}"
        yield from check_form("page", page.obj, where)
        for at, annotation in enumerate(page.obj.get("/Annots", ()), start=1):
            yield from check_form("link", annotation, f"{where}: annotation {at}")


def odd_file(content: bytes) -> Iterator[str]:
    """Yield why a file cannot have been written in one go."""
    if not content.startswith(b"%PDF-") or not content.rstrip().endswith(b"%%EOF"):
        yield "there is content before or after the file"
    if content.count(b"startxref") != 1:
        yield "the file was changed after it was written: it has more than one table of its objects"


def check_form(form: str, value: Any, where: str) -> Iterator[str]:
    """Yield the oddities of a dictionary or stream; *form* is its key in `_FORMS`."""
    import pikepdf

    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield f"{where} is not a valid {form}"
        return
    rules, needed = _rules(form)
    keys = frozenset(value.keys())
    yield from (f"{where} has {key}, which no brief of ours has" for key in sorted(keys - rules.keys()))
    yield from (f"{where} lacks {key}" for key in sorted(needed - keys))
    for key in sorted(keys & rules.keys()):
        yield from rules[key](value[key], f"{where}: {key}")


@cache
def _rules(form: str) -> tuple[Mapping[str, Rule], frozenset[str]]:
    """Return the rules of a form by key, and the required keys."""
    rules = {key.rstrip("?"): rule for key, rule in _FORMS[form].items()}
    return rules, frozenset(key for key in _FORMS[form] if not key.endswith("?"))


def _any(_value: Any, _where: str) -> Iterator[str]:
    """Allow any value: it is checked elsewhere, or is not visible."""
    yield from ()


def _value_is(allowed: tuple[object, ...], value: Any, where: str) -> Iterator[str]:
    if not any(value == one for one in allowed):
        yield f"{where} is {str(value)[:_SHOWN]!r}"


def _is(*allowed: object) -> Rule:
    """Return a rule that allows only these values."""
    return partial(_value_is, allowed)


def _a(form: str) -> Rule:
    """Return a rule for a dictionary or stream of this form."""
    return partial(check_form, form)


def _all_have(rule: Rule, value: Any, where: str) -> Iterator[str]:
    import pikepdf

    if not isinstance(value, pikepdf.Array):
        yield f"{where} is not a list"
        return
    for one in value:
        yield from rule(one, where)


def _each(rule: Rule) -> Rule:
    """Return a rule for a list whose items all follow *rule*."""
    return partial(_all_have, rule)


def _named_have(rule: Rule, value: Any, where: str) -> Iterator[str]:
    for name, one in value.items():
        yield from rule(one, f"{where} {name[1:]}")


def _named(rule: Rule) -> Rule:
    """Return a rule for a dictionary with any keys whose values all follow *rule*."""
    return partial(_named_have, rule)


def _number(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, bool):
        yield f"{where} is not a number"
        return
    try:
        float(value)
    except (TypeError, ValueError):
        yield f"{where} is not a number"


def _colours(value: Any, where: str) -> Iterator[str]:
    """Allow the colour space Lab, and the sRGB profile that comes with WeasyPrint."""
    import pikepdf

    if not isinstance(value, pikepdf.Array):
        yield f"{where} is {_UNKNOWN}"
    elif value[0] == "/ICCBased":
        yield from _profile(value[1], where)
    elif value[0] != "/Lab" or set(value[1].keys()) != {"/Range", "/WhitePoint"}:
        yield f"{where} is {_UNKNOWN}"


def _profile(value: Any, where: str) -> Iterator[str]:
    yield from check_form("profile", value, where)
    if hashlib.sha256(value.read_bytes()).digest() != _srgb():
        yield f"{where} shows colours that briefing does not write"


@cache
def _srgb() -> bytes:
    spec = find_spec("weasyprint")
    folders = spec.submodule_search_locations if spec else None
    file = Path(next(iter(folders or ("",))), "pdf", "sRGB2014.icc")
    return hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b""


def _encoding(value: Any, where: str) -> Iterator[str]:
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        yield from check_form("encoding", value, where)
    elif value != "/Identity-H":
        yield f"{where} is {str(value)[:_SHOWN]!r}"


def _ids(value: Any, where: str) -> Iterator[str]:
    if len(value) != 2:
        yield f"{where} is {_UNKNOWN}"


def _type(name: str) -> dict[str, Rule]:
    return {"/Type": _is(f"/{name}")}


_STREAM: dict[str, Rule] = {"/Length": _any, "/Filter?": _is("/FlateDecode")}
_IDENTITY: dict[str, Rule] = {"/Registry": _is("Adobe"), "/Ordering": _is("Identity"), "/Supplement": _is(0)}
_GROUP: dict[str, Rule] = {"/Group?": _any, "/Resources?": _a("resources of a logo")}

# By form: the rule for each key; a key that ends in "?" is optional.
_FORMS: dict[str, dict[str, Rule]] = {
    "trailer": {
        "/Root": _any,
        "/Info": _a("information"),
        "/ID": _ids,
        "/Size": _any,
        # of a cross-reference table in a stream
        "/Type?": _is("/XRef"),
        "/Index?": _any,
        "/W?": _any,
        "/Length?": _any,
        "/Filter?": _any,
        "/DecodeParms?": _any,
    },
    "information": dict.fromkeys(("/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"), _any),
    "catalog": {
        **_type("Catalog"),
        "/Pages": _any,
        "/Lang": _any,
        "/MarkInfo": _a("mark"),
        "/Metadata": _a("metadata"),
        "/Names?": _a("names"),
        "/Outlines?": _a("outlines"),
        "/StructTreeRoot": _a("tree"),
        "/ViewerPreferences": _a("preferences"),
        "/OutputIntents?": _each(_a("intent")),
        "/AF?": _any,
    },
    "mark": {"/Marked": _is(True)},
    "preferences": {"/DisplayDocTitle": _is(True)},
    "metadata": {**_STREAM, **_type("Metadata"), "/Subtype": _is("/XML")},
    "tree": {**_type("StructTreeRoot"), "/K": _any, "/ParentTree": _a("parents")},
    "parents": {"/Nums": _any},
    "names": {"/Dests?": _a("list of names"), "/EmbeddedFiles?": _a("list of names")},
    "list of names": {"/Names": _any},
    "outlines": {"/Count": _any, "/First": _any, "/Last": _any},
    "outline": {
        **dict.fromkeys(("/Title", "/Dest", "/Count?", "/First?", "/Last?", "/Next?", "/Prev?", "/Parent?"), _any)
    },
    "intent": {
        **_type("OutputIntent"),
        "/S": _is("/GTS_PDFA1"),
        "/Info": _any,
        "/OutputConditionIdentifier": _any,
        "/DestOutputProfile": _profile,
    },
    "profile": {**_STREAM, "/N": _is(3), "/Alternate?": _is("/DeviceRGB")},
    "pages": {**_type("Pages"), "/Kids": _any, "/Count": _any},
    "page": {
        **_type("Page"),
        "/Parent": _any,
        "/Annots?": _any,
        **dict.fromkeys(("/MediaBox", "/BleedBox", "/TrimBox"), _any),
        "/Contents": _a("content"),
        "/Resources": _a("resources"),
        "/StructParents": _number,
        "/Tabs": _is("/S"),
    },
    "content": _STREAM,
    "resources": {
        "/Font": _named(_a("font")),
        "/ColorSpace": _named(_colours),
        "/ExtGState": _named(_a("graphics state")),
        "/Pattern": _named(_a("pattern of a logo")),
        "/Shading": _named(_a("shading of a logo")),
        "/XObject": _named(_a("object of a logo")),
    },
    "graphics state": {"/ca?": _number, "/CA?": _number},
    "font": {
        **_type("Font"),
        "/Subtype": _is("/Type0"),
        "/BaseFont": _any,
        "/Encoding": _encoding,
        "/DescendantFonts": _each(_a("descendant font")),
        "/ToUnicode": _a("content"),
    },
    "encoding": {**_STREAM, **_type("CMap"), "/CMapName": _any, "/CIDSystemInfo": _a("system")},
    "system": _IDENTITY,
    "descendant font": {
        **_type("Font"),
        "/Subtype": _is("/CIDFontType2", "/CIDFontType0"),
        "/BaseFont": _any,
        "/CIDSystemInfo": _a("system"),
        "/CIDToGIDMap": _is("/Identity"),
        "/W": _any,
        "/FontDescriptor": _a("font descriptor"),
    },
    "font descriptor": {
        **_type("FontDescriptor"),
        **dict.fromkeys(("/FontName", "/FontFamily", "/FontBBox"), _any),
        **dict.fromkeys(("/Flags", "/Ascent", "/Descent", "/CapHeight", "/ItalicAngle", "/StemH", "/StemV"), _number),
        "/FontFile2?": _a("font file"),
        "/FontFile3?": _a("font file"),
        "/CIDSet?": _a("content"),
    },
    "font file": {**_STREAM, "/Length1?": _any, "/Subtype?": _is("/OpenType")},
    "link": {
        **_type("Annot"),
        "/Subtype": _is("/Link"),
        "/Rect": _any,
        "/BS": _a("border"),
        "/Contents": _any,
        "/StructParent": _number,
        "/F?": _is(4),
        "/Dest?": _any,
        "/A?": _a("action"),
    },
    "border": {"/W": _is(0)},
    "action": {"/Type?": _is("/Action"), "/S": _is("/URI"), "/URI": _any},
    "element": {
        **_type("StructElem"),
        "/S": _is(*_STRUCTURE),
        "/P": _any,
        "/K": _any,
        "/Pg?": _any,
        "/A?": _a("attributes"),
        "/Alt?": _any,
        "/ID?": _any,
        "/Lang?": _any,
    },
    "attributes": {
        "/O": _is("/Layout", "/Table", "/List"),
        **dict.fromkeys(("/BBox?", "/Scope?", "/Headers?", "/RowSpan?", "/ColSpan?", "/ListNumbering?"), _any),
    },
    "attached file": {
        **_type("Filespec"),
        "/F": _any,
        "/UF": _any,
        "/Desc": _any,
        "/EF": _a("content of a file"),
        "/AFRelationship?": _is("/Source", "/Supplement"),
    },
    "content of a file": {"/F": _a("embedded file")},
    "embedded file": {
        **_STREAM,
        **_type("EmbeddedFile"),
        "/Subtype": _is("/application/json"),
        "/Params": _a("parameters of a file"),
    },
    "parameters of a file": dict.fromkeys(("/CheckSum", "/CreationDate", "/ModDate", "/Size"), _any),
    # Objects that a logo may be painted with; they stay in the frame of the logo.
    "resources of a logo": {
        "/Font?": _named(_a("font")),
        "/ColorSpace?": _named(_colours),
        "/ExtGState?": _named(_a("graphics state of a logo")),
        "/Pattern?": _named(_a("pattern of a logo")),
        "/Shading?": _named(_a("shading of a logo")),
        "/XObject?": _named(_a("object of a logo")),
    },
    "graphics state of a logo": dict.fromkeys(("/Type?", "/ca?", "/CA?", "/AIS?", "/SMask?", "/BM?"), _any),
    "pattern of a logo": {
        **_STREAM,
        **_GROUP,
        **_type("Pattern"),
        **dict.fromkeys(("/BBox", "/Matrix?", "/PaintType", "/PatternType", "/TilingType", "/XStep", "/YStep"), _any),
    },
    "shading of a logo": dict.fromkeys(
        ("/ShadingType", "/ColorSpace", "/Coords", "/Domain?", "/Extend?", "/Function"), _any
    ),
    "object of a logo": {
        "/Length": _any,
        **_GROUP,
        **_type("XObject"),
        "/Subtype": _is("/Form", "/Image"),
        **dict.fromkeys(
            ("/BBox?", "/Matrix?", "/BitsPerComponent?", "/ColorSpace?", "/Filter?", "/DecodeParms?"), _any
        ),
        **dict.fromkeys(("/Height?", "/Width?", "/Interpolate?", "/SMask?", "/Decode?", "/ImageMask?"), _any),
    },
}
