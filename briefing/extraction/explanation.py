"""Explain a finding: the rule, the cue and the mentions that led to it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from briefing.model.brief import Actor, Article, Position, Record, UpcomingEvent

_LABEL_WIDTH = 11
_LONGEST = 160  # an explanation shows at most so many characters of a record or of the article
_NONE_OFFERED = "no explanation offered"


class Reason(NamedTuple):
    """One reason for a finding."""

    what: str  # "rule", "cue", "party", "speaker", "time", "confidence"
    said: str  # the reason in words
    start: int | None = None  # the words of the article that show it, in characters
    end: int | None = None


class Finding(NamedTuple):
    """A record and the reasons for it."""

    record: Record
    reasons: tuple[Reason, ...]


def explanation(
    field: str, records: Sequence[Record], findings: Sequence[Finding] | None, article: Article
) -> Iterator[str]:
    """Yield the explanation of a field's records, line by line.

    Args:
        field: Its name.
        records: The records in the brief.
        findings: The extractor's explanations; None if it has none. A finding whose record is not in the brief was left
            out.
        article: The article with its sentences.
    """
    if not records and not findings:
        yield f"{field}: none"
    waiting = list(findings or ())
    for number, record in enumerate(records, start=1):
        yield f"{field} {number}: {_shown(record)}"
        known = next((finding for finding in waiting if finding.record == record), None)
        if known is None:
            yield f"    {_NONE_OFFERED}"
            continue
        waiting.remove(known)
        yield from (f"    {line}" for line in _lines(known.reasons, article))
    for finding in waiting:
        yield f"{field}, left out: {_shown(finding.record)}"
        yield from (f"    {line}" for line in _lines(finding.reasons, article))


def _lines(reasons: Iterable[Reason], article: Article) -> Iterator[str]:
    for reason in reasons:
        parts = [reason.what.ljust(_LABEL_WIDTH), _flat(reason.said)]
        if reason.start is not None and reason.end is not None:
            parts.append(f"“{_flat(article.text[reason.start : reason.end])}” ({_place(reason.start, article)})")
        yield " ".join(part for part in parts if part)


def _place(offset: int, article: Article) -> str:
    sentence = next((s for s in article.sentences if s.start <= offset < s.end), None)
    if sentence is not None:
        return f"sentence {sentence.number}"
    return next((p.role for p in article.paragraphs if p.start <= offset < p.end), "text")


def _shown(record: Record) -> str:
    match record:
        case Actor():
            text = f"{record.name}, {record.role}" if record.role else record.name
        case UpcomingEvent():
            text = f"{record.when.text or 'undated'}: {record.title}"
        case Position():
            text = record.statement
        case _:
            text = str(getattr(record, "text", record))
    return _flat(text)


def _flat(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
