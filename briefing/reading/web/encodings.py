"""Text from a server that says which encoding it is in."""

import codecs

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What servers call Latin-1 is the Windows encoding that contains it (Encoding Standard, "names and labels").
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def in_utf8(content: bytes, charset: str | None) -> bytes:
    """Return content in UTF-8 where it is in the encoding that its server named; else as it is.

    What is UTF-8 already, or bears a mark of its own, says more of itself than the server, which often says what its
    defaults are.
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
