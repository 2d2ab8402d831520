"""Our own gold briefs: what an expert would put in the brief of each of our articles."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

FOLDER = Path(__file__).parent
SETS = {"tuned": FOLDER / "articles", "untouched": FOLDER / "untouched"}

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_LEVEL = str.maketrans("‘’“”«»", '\'\'""""')


@dataclass(frozen=True, slots=True)
class GoldActor:
    """Someone who acts, speaks or is affected; any of the roles is right; an empty list expects no role."""

    name: str
    kind: Literal["person", "organisation", "country", "group"]
    tier: Literal[1, 2, 3]
    aliases: list[str]
    role: list[str]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """Something to come: any of the words names it, any of the values dates it (none: it has no date)."""

    what: list[str]
    when: list[str]
    place: list[str]
    status: list[str]
    evidence: list[str]  # verbatim first words of the sentences that tell it
    optional: bool = False  # experts differ: found or not, it counts neither way


@dataclass(frozen=True, slots=True)
class GoldPoint:
    """A matter that parties agree or disagree on; a statement of it holds one of the topic's stems."""

    parties: list[str]
    topic: list[str]
    evidence: list[str]  # verbatim first words of the sentences that tell it
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A direct quotation, by its verbatim first words, and who said it."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldBrief:
    """The article's file, its words, and what its brief should hold."""

    name: str
    source: Path
    published: date | None
    text: str  # title and body, levelled
    actors: tuple[GoldActor, ...]
    events: tuple[GoldEvent, ...]
    agreements: tuple[GoldPoint, ...]
    disagreements: tuple[GoldPoint, ...]
    quotes: tuple[GoldQuote, ...]
    background: tuple[str, ...]
    noise: tuple[str, ...]

    @property
    def verbatim(self) -> tuple[str, ...]:
        """Every string that must be in the article."""
        lines: list[GoldEvent | GoldPoint] = [*self.events, *self.agreements, *self.disagreements]
        evidence = [words for line in lines for words in line.evidence]
        return (*evidence, *(quote.text for quote in self.quotes), *self.background, *self.noise)


def level(text: str) -> str:
    """Return *text* with straight quotation marks and single spaces, as all comparisons see it."""
    return " ".join(text.translate(_LEVEL).split())


def read_gold(source: Path) -> GoldBrief:
    """Return the gold brief of the article *source* (``NAME.txt``), which lies beside it as ``NAME.yaml``.

    Raises:
        TypeError: The brief has a key that its records lack, or lacks one.
    """
    content = source.read_text(encoding="utf-8")
    block = _FRONT_MATTER.match(content)
    front: dict[str, Any] = yaml.safe_load(block[1]) if block else {}
    body = content[block.end() :] if block else content
    fields: dict[str, Any] = yaml.safe_load(source.with_suffix(".yaml").read_text(encoding="utf-8"))
    return GoldBrief(
        name=source.stem,
        source=source,
        published=front.get("date"),
        text=level(f"{front.get('title', '')} {body}"),
        actors=tuple(GoldActor(**actor) for actor in fields.pop("actors")),
        events=tuple(GoldEvent(**event) for event in fields.pop("events")),
        agreements=tuple(GoldPoint(**point) for point in fields.pop("agreements")),
        disagreements=tuple(GoldPoint(**point) for point in fields.pop("disagreements")),
        quotes=tuple(GoldQuote(**quote) for quote in fields.pop("quotes")),
        background=tuple(fields.pop("background")),
        noise=tuple(fields.pop("noise")),
        **fields,
    )


def read_set(name: str) -> tuple[GoldBrief, ...]:
    """Return the gold briefs of a set, in the order of their names."""
    return tuple(read_gold(source) for source in sorted(SETS[name].glob("*.txt")))
