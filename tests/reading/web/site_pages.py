"""Pages of our own in the shape of twenty common kinds of site.

Each lies in ``sites/``. The marks in it say what belongs to the article; all other text is site furniture.

- ``[[3]]`` is the third paragraph of the story, ``[[=3]]`` a copy of it that must not be printed.
- ``[[words]]`` are words of the article that only this page has.
- ``[[?words]]`` may be left out: a stand-first repeats what the article says.
"""

import re
from dataclasses import dataclass
from pathlib import Path

STORY = (
    "The coast guard of Freedonia has called off its search for the ferry Anna Marie, four days after the ship lost"
    " power off Cape Lorne with 212 people on board, the transport ministry said on Tuesday.",
    "Rescuers brought 204 passengers and crew ashore in fishing boats and two helicopters; eight are still missing."
    " “We searched every mile that the current could have reached,” said Tom Reed, who leads the coast guard.",
    "The owner, Northern Lines, denies that the engine had failed before. Two former engineers told investigators that"
    " they had warned of worn bearings in March.",
    "Transport minister Maria Keller promised an inquiry by a judge. The opposition wants her to resign, because her"
    " ministry extended the licence of the ship in May without an inspection.",
    "Families of the missing met officials in the town hall of Lorne on Monday night. “Nobody has told us why the alarm"
    " came two hours late,” said Jonas Weber, whose brother worked in the engine room.",
    "Ferries between the islands and the mainland will sail again on Thursday, but only by day and with half the"
    " passengers, until every ship of the line has been inspected.",
)
_MARK = re.compile(r"\[\[([?=]?)([^\[\]]+)\]\]")


@dataclass(frozen=True)
class SitePage:
    """A page, the paragraphs and sub-headings of its article in order, and words that may be left out."""

    html: str
    article: tuple[str, ...]
    optional: frozenset[str]


def site_pages() -> dict[str, SitePage]:
    """Return the pages by the kind of their site."""
    return {path.stem: _page(path.read_text()) for path in sorted((Path(__file__).parent / "sites").glob("*.html"))}


def _page(source: str) -> SitePage:
    found = [(mark, STORY[int(words) - 1] if words.isdigit() else words) for mark, words in _MARK.findall(source)]
    texts = iter([text for _, text in found])
    return SitePage(
        html=_MARK.sub(lambda _: next(texts), source),
        article=tuple(text for mark, text in found if not mark),
        optional=frozenset(text for mark, text in found if mark == "?"),
    )
