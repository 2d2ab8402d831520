"""Read articles with expert briefs: actors, events, points of agreement and disagreement, with their evidence."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LEVEL = str.maketrans("‘’‚“”„«»–—", '\'\'\'"""""--')
_EMPTY = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


@dataclass(frozen=True, slots=True)
class GoldPoint:
    """A point: who holds it, stems of its matter, whose words it rests on, and the sentences that state it."""

    parties: tuple[str, ...]
    topic: tuple[str, ...]
    speakers: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event: words for it, acceptable values of its time, its place, who takes part, its status, its sentences."""

    what: tuple[str, ...]
    when: tuple[str, ...]
    place: tuple[str, ...]
    participants: tuple[str, ...]
    status: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and what an expert found in it."""

    id: str
    batch: int  # articles of one batch were read by one reader; -1 if there is only one
    published: str
    outlet: str
    text: str  # with the title as its first paragraph, if it has one
    actors: tuple[tuple[str, tuple[str, ...], str], ...]  # name, aliases, kind
    agreements: tuple[GoldPoint, ...]
    disagreements: tuple[GoldPoint, ...]
    events: tuple[GoldEvent, ...]

    @property
    def source(self) -> bytes:
        """Return the article as the file that a user would give."""
        date = f"date: {self.published}\n" if self.published else ""
        return f"---\n{date}outlet: {json.dumps(self.outlet)}\n---\n{self.text}\n".encode()

    def actor(self, name: str) -> str | None:
        """Return the name of the actor that a name denotes: an exact name or alias, or a surname or fuller name."""
        for known, aliases, _ in self.actors:
            if any(_words(one) == _words(name) for one in (known, *aliases)):
                return known
        for known, aliases, kind in self.actors:
            for one in (known, *aliases):
                short, long = sorted((_words(one), _words(name)), key=len)
                if short and (kind == "person" or len(short) > 1) and long[-len(short) :] == short:
                    return known
        return None


def read_gold(path: Path) -> list[GoldArticle]:
    """Return the articles of a JSONL file."""
    return [_article(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _article(row: Mapping[str, Any]) -> GoldArticle:
    text, title = row["text"], row.get("title") or ""
    return GoldArticle(
        id=row["id"],
        batch=row.get("batch", -1),
        published=row.get("published") or "",
        outlet=row.get("outlet") or "",
        text=text if not title or text.startswith(title) else f"{title}\n\n{text}",
        actors=tuple((one["name"], tuple(one.get("aliases", ())), one["kind"]) for one in row["actors"]),
        agreements=tuple(map(_point, row["agreements"])),
        disagreements=tuple(map(_point, row["disagreements"])),
        events=tuple(map(_event, row["events"])),
    )


def _point(row: Mapping[str, Any]) -> GoldPoint:
    return GoldPoint(
        tuple(row["parties"]), tuple(row["topic"]), tuple(row.get("attributed_to", ())), tuple(row["evidence"])
    )


def _event(row: Mapping[str, Any]) -> GoldEvent:
    several = (tuple(row.get(key) or ()) for key in ("what", "when", "place", "participants"))
    return GoldEvent(*several, row["status"], tuple(row["evidence"]))


def same_name(one: str, other: str) -> bool:
    """Return True if two names are equal, or one ends with the other or begins with two or more words of it."""
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return False
    return long[-len(short) :] == short or (len(short) > 1 and long[: len(short)] == short)


def locate(text: str, evidence: str) -> tuple[int, int] | None:
    """Return where a piece of evidence stands in a text; white space and quotation marks are levelled."""
    start = text.find(evidence)
    if start >= 0:
        return start, start + len(evidence)
    levelled = _level(text)
    if len(levelled) != len(text):
        return None
    match = re.search(r"\s+".join(map(re.escape, _level(evidence).split())), levelled)
    return match.span() if match else None


def sentences_of(evidence: Iterable[str], text: str, sentences: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the numbers of the sentences that pieces of evidence cover."""
    return frozenset(number for piece in evidence for number in _covered(locate(text, piece), sentences))


def _covered(stretch: tuple[int, int] | None, sentences: Sequence[tuple[int, int]]) -> Iterator[int]:
    if stretch is None:
        return
    for number, (start, end) in enumerate(sentences):
        shared = min(stretch[1], end) - max(stretch[0], start)
        if shared > 12 and shared >= 0.6 * min(stretch[1] - stretch[0], end - start):
            yield number


def _level(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", letter).translate(_LEVEL) for letter in text)


def _words(name: str) -> list[str]:
    words = re.findall(r"[\w']+", _level(name).casefold())
    return [word.removesuffix("'s") for word in words if word not in _EMPTY]
