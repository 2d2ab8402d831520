"""Find the lines of a page that say again what a line before them says, so that each sentence is printed once."""

from collections.abc import Iterable, Iterator

from briefing.evidence.grounding import words
from briefing.model.brief import BackgroundFact, Briefing, Line, Position, Quote, Statement
from briefing.rendering.layout import Layout

POINTS = ("agreements", "disagreements")
_ORDER = ("summary", *POINTS, "quotes", "background")  # a sentence is printed in the first of these that has it
_SAME = 0.8  # share of a line's words in another line of the same evidence, from which both say the same


def repeated(briefing: Briefing, layout: Layout) -> frozenset[str]:
    """Return the places of lines that repeat a line of the page: "quotes[2]", in the sections of the layout.

    A line of the summary comes first, then points, quotes and background. Agreements and disagreements are not compared
    with each other, nor is what a person wrote.
    """
    by_hand = {edit.where for edit in briefing.edits if edit.change != "removed"}
    wanted = {section.name for section in layout.sections}
    printed: dict[str, list[Line]] = {name: [] for name in _ORDER}
    found = set()
    for name in (name for name in _ORDER if name in wanted):
        fields = [field for field in _ORDER if not {name, field} <= set(POINTS)]
        for number, record in enumerate(getattr(briefing, name)):
            place = f"{name}[{number}]"
            if place in layout.left_out:
                continue
            lines = (line for field in fields for line in printed[field])
            if place not in by_hand and any(_says_again(record, line) for line in lines):
                found.add(place)
            else:
                printed[name].append(record)
    return frozenset(found)


def _says_again(record: Line, printed: Line) -> bool:
    """Return True if a line has the evidence of a printed line, and hardly any other words.

    A point that says more than the printed line repeats it, too: both are the same sentence, cut at different places.
    """
    if not any(
        one.start < other.end and other.start < one.end for one in record.evidence for other in printed.evidence
    ):
        return False
    new, old = words(_own_text(record)), words(_own_text(printed))
    shorter, longer = (old, new) if isinstance(record, Position) and len(old) < len(new) else (new, old)
    return sum(_common(shorter, longer)) >= _SAME * len(shorter)


def _common(some: Iterable[str], others: Iterable[str]) -> Iterator[bool]:
    left = list(others)
    for word in some:
        held = word in left
        if held:
            left.remove(word)
        yield held


def _own_text(record: Line) -> str:
    """Return what a line prints of the article, without words of ours."""
    match record:
        case Position():
            text = record.statement
        case Quote():
            return record.text
        case Statement() | BackgroundFact():
            text = record.text
        case _:
            return ""
    for insertion in reversed(record.insertions):
        text = text[: insertion.start] + text[insertion.end :]
    return text
