"""Acts of review that hypothesis draws, for a brief of a test."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from briefing.evidence.seal import record_digest
from briefing.model.brief import Briefing, Quote
from briefing.review.acts import Act, By, Draft, Subject

NOON = datetime(2031, 6, 10, 12, tzinfo=UTC)
# Two articles of a digest, by their names.
ARTICLES = {
    "court": (
        "A court in Lindau will rule on 12 June on the closure of the town's tannery, its president, Klara Senn, said "
        'on Sunday. "We have read every page of the file," Senn said.'
    ),
    "ferry": (
        "The ferry company Havline will raise its fares by a tenth in July, its director, Ole Brekke, said on Sunday. "
        '"Fuel costs us twice what it did in spring," Brekke said.'
    ),
}
# A correction for each list; each changes what `small_brief` has.
NEW: dict[str, dict[str, Any]] = {
    "summary": {"text": "Norway and Iceland agreed on quotas."},
    "actors": {"role": None},
    "events": {"place": "Oslo"},
    "agreements": {"sign": "disagreement"},
    "disagreements": {"sign": "agreement"},
    "quotes": {"speaker": "Jon Arnarsson"},
    "background": {"when": "2018"},
}


def lines_of(brief: Briefing) -> list[tuple[str, str]]:
    """Return the list and the digest of each line."""
    return [(field, record_digest(record)) for field, records in brief.lines() for record in records]


def stored(brief: Briefing, drafts: Sequence[Draft], who: str = "ann") -> tuple[Act, ...]:
    """Return drafts as acts with the numbers 1, 2, ..."""
    subject = Subject.of(brief)
    return tuple(Act(number, NOON, By(who, "web"), subject, draft) for number, draft in enumerate(drafts, start=1))


def added_quote(brief: Briefing) -> Draft:
    """Return the addition of a quote that rests on the first sentence."""
    (piece, *_) = brief.summary[0].evidence
    record = Quote(
        speaker=None, text="Norway and Iceland agreed on mackerel quotas", direct=False, cue=None, evidence=(piece,)
    )
    return Draft("added", "quotes", record_digest(record), new=record.model_dump(mode="json"))


@st.composite
def edits(draw: st.DrawFn, brief: Briefing) -> list[Draft]:
    """Draw acts on the lines of a brief; among them no undoing."""
    drafts = [added_quote(brief)] if draw(st.booleans()) else []
    for field, digest in draw(st.lists(st.sampled_from(lines_of(brief)), max_size=8)):
        kind = draw(st.sampled_from(["accepted", "rejected", "corrected"]))
        drafts.append(Draft(kind, field, digest, new=NEW[field] if kind == "corrected" else None))
    return draw(st.permutations(drafts))


def undoing(drafts: Sequence[Draft], number: int) -> Draft:
    """Return the undoing of the act of a number."""
    act = drafts[number - 1]
    return Draft("undone", act.field, act.line, undoes=number)
