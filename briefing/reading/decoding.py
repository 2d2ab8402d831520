"""Decode bytes to text: detect their encoding, and refuse binary data."""

import codecs
import re
from dataclasses import dataclass

from briefing.errors import ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import notice
from briefing.reading.kinds import TEXT_REMEDY, refuse_binary

MAX_BYTES = 4_000_000  # a saved web page with its scripts rarely exceeds a quarter of this

_BOMS = (  # UTF-32 before UTF-16, because its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# <meta charset="windows-1252">, <?xml version="1.0" encoding="utf-8"?>; not a charset named in running text.
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A source as text, before cleaning."""

    text: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, source: str, *, limit: int = MAX_BYTES) -> Decoded:
    """Decode a source of at most *limit* bytes.

    Raises:
        ReadingError: The source is too large, empty, or not text.
    """
    if len(data) > limit:
        raise ReadingError(
            source,
            f"it is larger than {limit // 1_000_000} MB: an article is far smaller; cut out the part to be read",
        )
    if not data:
        raise ReadingError(source, "it is empty: save the article's text in it first")
    refuse_binary(data, source)
    text = _decoded(data, source)
    controls = len(_CONTROL.findall(text))
    if controls > 8 and controls * 100 > len(text):
        raise ReadingError(source, f"it looks like binary data ({controls} control characters): {TEXT_REMEDY}")
    unreadable = text.count(_UNREADABLE)
    if unreadable * 10 > len(text) and data.count(_UNREADABLE.encode()) < unreadable:
        raise ReadingError(source, f"its encoding is unknown: {TEXT_REMEDY}")
    if unreadable:
        flaw = notice("unreadable-characters.encoding", "text", count=unreadable, mark=_UNREADABLE)
        return Decoded(text, (flaw,))
    return Decoded(text)


def _decoded(data: bytes, source: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _utf16_without_mark(data)
    if wide is not None:
        return data.decode(wide, errors="replace")
    nulls = data.count(0)
    if nulls > 8 and nulls * 100 > len(data):
        raise ReadingError(source, f"it looks like binary data ({nulls} NUL bytes): {TEXT_REMEDY}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_fallback(data, source)


def _utf16_without_mark(data: bytes) -> str | None:
    """Return the UTF-16 encoding of English text without a byte order mark: every other byte is NUL."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decoded_fallback(data: bytes, source: str) -> str:
    """Decode text that is not valid UTF-8."""
    declared = _declared_encoding(data)
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared)
        except UnicodeError:
            pass
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_UNREADABLE)
    if declared == "utf-8" or 2 * len(_UTF8_LETTER.findall(data)) >= broken:
        return text
    # English in a Western encoding is nearly ASCII: too few other bytes for statistics.
    foreign = len(data.translate(None, bytes(range(128))))
    if foreign * 8 < len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            if foreign * 50 < len(data) and not re.search(rb"[\x80-\x9f]{2}", data):
                return data.decode("cp1252", errors="replace")
    return _detected(data, source)


def _declared_encoding(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    if name.startswith("utf-16"):  # cannot be: the declaration itself is ASCII (HTML standard, "prescan")
        return "utf-8"
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def _detected(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise ReadingError(source, f"its encoding is unknown, or it is not text: {TEXT_REMEDY}")
    return str(best)
