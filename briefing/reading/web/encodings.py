"""Convert text with the encoding that its server names."""

import codecs

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# For browsers, Latin-1 means the Windows encoding that contains it (Encoding Standard, "names and labels").
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def in_utf8(content: bytes, charset: str | None) -> bytes:
    """Convert content to UTF-8 from the encoding that its server names; else return it unchanged.

    Valid UTF-8 and a byte order mark outrank the server, which often names only its default encoding.
    """
    if charset is None or content.startswith(_MARKS) or b"\0" in content[:1024]:
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            name = codecs.lookup(charset).name
            return content.decode(_MEANT.get(name, name)).encode("utf-8")
        except (LookupError, ValueError):
            return content
    return content
