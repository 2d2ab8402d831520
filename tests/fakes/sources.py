"""An article of our own, as several kinds of source hold it."""

from tests.reading.word_documents import document, saved

ARTICLE = """\
Norway and Iceland sign mackerel pact

OSLO, May 14, 2024 - Norway and Iceland signed an agreement on mackerel quotas on Tuesday, minister Ingrid Solheim said.

"The stock must not fall below the level of 2019," Solheim told reporters.

The ministers will meet again in Bergen on 6 June. Iceland rejects the Norwegian demand for a closed season there.
"""
_TITLE, *_PARAGRAPHS = ARTICLE.strip().split("\n\n")
PAGE = f"<h1>{_TITLE}</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS)


def word_file() -> bytes:
    return saved(document(*(("Normal", text) for text in ARTICLE.split("\n\n"))))
