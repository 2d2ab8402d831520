"""Recognise printed briefs by their marks, so that no brief is made from a brief."""

import re

MARKED = 2_000  # bytes at the start or the end of a brief in which its mark is found

# The generator in HTML, the last line of Markdown, the Message-ID of an e-mail, the properties of a document.
_HEAD_MARK = re.compile(
    rb'<meta name="generator" content="briefing \d[^"<>]{0,80}">|^Message-ID: <\w+@briefing\.invalid>', re.MULTILINE
)
_END_MARK = re.compile(
    rb"\nbriefing \d\S{0,40} \xc2\xb7 [^\n]{1,600}\s*\Z|<dc:description>briefing \d\S{0,40}</dc:description>"
)
# "briefing 0.1.0", the creator of a PDF and a document's description.
GENERATOR = re.compile(r"briefing \d")

REASON = "it is a brief, not an article: give the article that it was made from"


def is_brief(data: bytes) -> bool:
    """Return True if bytes, or the start or the end of a file, have the mark of a printed brief."""
    return bool(_HEAD_MARK.search(data[:MARKED]) or _END_MARK.search(data[-MARKED:]))
