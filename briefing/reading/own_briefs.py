"""The marks by which a printed brief is told from an article, so that none is made of another."""

import re

MARKED = 2_000  # bytes at the head or the end of a brief that hold its mark

# The generator of its HTML, the imprint under its Markdown, the number of its e-mail, the properties of its document.
_HEAD_MARK = re.compile(
    rb'<meta name="generator" content="briefing \d[^"<>]{0,80}">|^Message-ID: <\w+@briefing\.invalid>', re.MULTILINE
)
_END_MARK = re.compile(
    rb"\nbriefing \d\S{0,40} \xc2\xb7 profile [^\n]{1,400} source [0-9a-f]{8}\s*\Z|"
    rb"<dc:description>briefing \d\S{0,40} \xc2\xb7 profile "
)
# "briefing 0.1.0", the program that made a PDF; "briefing 0.1.0 · profile standard", a document's description.
GENERATOR = re.compile(r"briefing \d")

REASON = "it is a brief, not an article: give the article that it was made of"


def is_brief(data: bytes) -> bool:
    """Tell whether bytes, or what the head and the end of a file hold, are a printed brief by marks that stand open."""
    return bool(_HEAD_MARK.search(data[:MARKED]) or _END_MARK.search(data[-MARKED:]))
