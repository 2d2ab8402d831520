"""Read briefs and digests back from JSON files."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from briefing.errors import ModelError, ReadingError
from briefing.model.brief import EXTENSIONS, LINE_FIELDS, MAX_CHARACTERS, SCHEMA_VERSION, AlteredTextError, Briefing
from briefing.model.digest import Digest

MAX_BYTES = 100_000_000  # of a file; a digest of a hundred articles has a tenth of this
MAX_LINES = 20_000  # that need evidence; so many are printed in two minutes

RecordT = TypeVar("RecordT", Briefing, Digest)

_KINDS = (
    "a brief can be read from its JSON, and verify also reads its PDF: "
    "briefing make ARTICLE --format pdf,json writes both"
)
_KEEP_TEXT = (
    "the article and its quotations must stay as they were read: start again from the original file and correct single "
    "lines (a statement, a title, a role), not every occurrence of a word; correct an error of the article in its "
    "source, and make the brief again"
)
# By field, the text that the insertions of a record refer to.
_PRINTED = {"events": "title", "agreements": "statement", "disagreements": "statement"}


def read_whole(path: Path) -> bytes:
    """Return the bytes of a file that should be a finished brief.

    Raises:
        ReadingError: It cannot be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ReadingError(str(path), str(getattr(error, "strerror", None) or error)) from error
    if len(content) > MAX_BYTES:
        raise ReadingError(str(path), f"it is larger than {MAX_BYTES // 1_000_000} MB, the limit for a brief")
    return content


def read_brief(content: bytes, source: str) -> Briefing:
    """Return the brief that a JSON file holds.

    A person may have shortened a line so that its insertions no longer fit. They are dropped, and the whole line
    counts as that person's.

    Raises:
        ModelError: It is not JSON, not a brief of this schema version, or its evidence does not match the article.
    """
    raw = _raw(content, source)
    _drop_insertions_that_do_not_fit(raw)
    return _validated(Briefing, raw, source)


def read_digest(content: bytes, source: str) -> Digest:
    """Return the digest that a JSON file holds.

    Raises:
        ModelError: It is not JSON, not a digest of this schema version, or its evidence does not match its articles.
    """
    return _validated(Digest, _raw(content, source), source)


def read_record(content: bytes, source: str) -> Briefing | Digest:
    """Return the brief or the digest that a JSON file holds.

    Raises:
        ModelError: It is neither.
    """
    is_digest = _raw(content, source).get("kind") == "digest"
    return read_digest(content, source) if is_digest else read_brief(content, source)


def _raw(content: bytes, source: str) -> dict[str, Any]:
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ModelError(source, f"it is not JSON in UTF-8 ({error}); {_KINDS}") from error
    if not isinstance(raw, dict) or "schema_version" not in raw:
        raise ModelError(source, "it has no schema_version; briefing make --format json writes such files")
    if raw["schema_version"] != SCHEMA_VERSION:
        version = raw["schema_version"]
        raise ModelError(source, f"its schema_version is {version!r}; this program reads {SCHEMA_VERSION!r}")
    return raw


def _validated(kind: type[RecordT], raw: dict[str, Any], source: str) -> RecordT:
    try:
        record = kind.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        first = error.errors()[0]
        ours = first.get("ctx", {}).get("error")  # pydantic keeps the error of one of our validators here
        if isinstance(ours, AlteredTextError):
            raise ModelError(source, f"{ours}; {_KEEP_TEXT}") from error
        where, reason = ".".join(map(str, first["loc"])), str(ours or first["msg"])
        raise ModelError(source, f"{where}: {reason}" if where else reason) from error
    _check_size(record, source)
    return record


def _check_size(record: Briefing | Digest, source: str) -> None:
    """Raise an error for more text or lines than any real brief has, before lines are checked or printed."""
    articles = (record.article,) if isinstance(record, Briefing) else (one.article for one in record.articles)
    if any(len(article.text) > MAX_CHARACTERS for article in articles):
        raise ModelError(source, f"the text of an article has more than {MAX_CHARACTERS:,} characters")
    if sum(len(records) for _, records in record.lines()) > MAX_LINES:
        raise ModelError(source, f"it has more than {MAX_LINES:,} lines")


def _drop_insertions_that_do_not_fit(raw: dict[str, Any]) -> None:
    """Drop insertions that reach past the end of their line; the model refuses any other flaw."""
    others = raw.get(EXTENSIONS)
    lists = {name: raw.get(name) for name in LINE_FIELDS} | (others if isinstance(others, dict) else {})
    for name, records in lists.items():
        for record in records if isinstance(records, list) else ():
            insertions = record.get("insertions") if isinstance(record, dict) else None
            ends = (
                [item.get("end") for item in insertions or () if isinstance(item, dict)] if _is_list(insertions) else []
            )
            length = len(str(record.get(_PRINTED.get(name, "text"), ""))) if ends else 0
            if any(isinstance(end, int) and end > length for end in ends):
                record["insertions"] = []


def _is_list(value: object) -> bool:
    return isinstance(value, list)
