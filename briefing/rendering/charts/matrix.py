"""Draw the matrix of a brief: which party agrees or disagrees on which matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from briefing.model.brief import Position
from briefing.rendering.charts.drawing import (
    LONGEST_NAME,
    NARROWEST,
    ROW,
    TEXT_SIZE,
    Palette,
    Sheet,
    drawable_all,
    fit_text,
    text_width,
    wrap_text,
)
from briefing.rendering.labels import Labels
from briefing.rendering.view import Picture
from briefing.rendering.wording import capitalised, printable, shorten

Stance = Literal["agree", "disagree", "both", "silent"]

MOST_PARTIES = 8
MOST_MATTERS = 8
_GAP = 8.0  # points between a matter and its signs
_SIGN = 8.0
_MATTERS = 0.36  # share of the width for the names of matters
_WIDEST_COLUMN = 74.0
_HEAD_LINES = 2
_TURNED_HEAD = 96.0  # points that a slanting name of a party may take


def matrix(
    agreements: Sequence[Position], disagreements: Sequence[Position], labels: Labels, palette: Palette, width: float
) -> Picture | None:
    """Draw which party agrees, disagrees or is silent on which matter.

    Return None if there are fewer than two parties, no matter, a name that cannot be drawn, or too little room.

    Args:
        agreements: Points of agreement.
        disagreements: Points of disagreement.
        labels: Words of the page.
        palette: Colours.
        width: Points.
    """
    stances = _stances(agreements, disagreements)
    counts: dict[str, int] = {}
    for cells in stances.values():
        for party in cells:
            counts[party] = counts.get(party, 0) + 1
    kept = set(sorted(counts, key=lambda party: -counts[party])[:MOST_PARTIES])
    parties = [party for party in counts if party in kept]
    matters = _choose_matters([matter for matter, cells in stances.items() if kept & set(cells)], stances)
    names, topics = drawable_all(map(capitalised, parties)), drawable_all(matters)
    if len(parties) < 2 or not matters or names is None or topics is None or width < NARROWEST:
        return None
    rows = [[stances[matter].get(party, "silent") for party in parties] for matter in matters]
    left_out = [*(party for party in counts if party not in kept), *(m for m in stances if m not in matters)]
    words = "; ".join(_row_in_words(matter, parties, row, labels) for matter, row in zip(matters, rows, strict=True))
    alternative = [labels("picture.matrix", rows=words)]
    alternative += [labels("picture.no_room", names="; ".join(left_out))] if left_out else []
    return _Matrix(Sheet(width, palette), labels, names, topics, rows).draw(" ".join(alternative))


def _stances(agreements: Sequence[Position], disagreements: Sequence[Position]) -> dict[str, dict[str, Stance]]:
    """Return the stance of each party on each matter, both in reading order; silent parties are left out."""
    known: dict[str, str] = {}  # matter by its case-folded form
    stances: dict[str, dict[str, Stance]] = {}
    agree: Stance = "agree"
    disagree: Stance = "disagree"
    for points, stance in ((agreements, agree), (disagreements, disagree)):
        for point in points:
            matter = shorten(printable(point.topic) or printable(point.statement), LONGEST_NAME)
            cells = stances.setdefault(known.setdefault(matter.casefold(), matter), {})
            for party in filter(None, (shorten(printable(name), LONGEST_NAME) for name in point.parties)):
                cells[party] = stance if cells.get(party, stance) == stance else "both"
    return {matter: cells for matter, cells in stances.items() if matter and cells}


def _choose_matters(matters: Sequence[str], stances: Mapping[str, Mapping[str, Stance]]) -> list[str]:
    """Return the matters that fit, taken in turn from agreements and disagreements, in their original order."""
    agreed = [matter for matter in matters if {"agree", "both"} & set(stances[matter].values())]
    opposed = [matter for matter in matters if matter not in agreed]
    turns = [matter for pair in zip_longest(agreed, opposed) for matter in pair if matter is not None]
    kept = set(turns[:MOST_MATTERS])
    return [matter for matter in matters if matter in kept]


def _row_in_words(matter: str, parties: Sequence[str], row: Sequence[Stance], labels: Labels) -> str:
    parts = []
    for stance in ("agree", "disagree", "both", "silent"):
        names = [party for party, held in zip(parties, row, strict=True) if held == stance]
        if names:
            parts.append(labels("picture.stance", stance=labels(f"picture.{stance}"), names=labels.listed(names)))
    return labels("picture.row", matter=matter, stances=", ".join(parts))


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Draw one row for each matter and one column for each party."""

    sheet: Sheet
    labels: Labels
    parties: list[str]
    matters: list[str]
    rows: list[list[Stance]]

    def draw(self, alternative: str) -> Picture:
        left, column, heads = self._columns()
        top = self._heads(left, column, heads)
        bottom = top + ROW * len(self.rows)
        self.sheet.rules(top, len(self.rows))
        for number, (matter, row) in enumerate(zip(self.matters, self.rows, strict=True)):
            middle = top + ROW * (number + 0.5)
            self.sheet.text(0, middle + TEXT_SIZE / 3, fit_text(_capitalised(matter), left - _GAP))
            for place, stance in enumerate(row):
                self._sign(stance, left + column * place, middle)
        return self.sheet.picture(self._legend(bottom), alternative)

    def _columns(self) -> tuple[float, float, list[tuple[str, ...]]]:
        """Return where the columns begin, their width, and the lines of their heads; no lines if the heads slant."""
        count, room = len(self.parties), self.sheet.width
        column = min(_WIDEST_COLUMN, room * (1 - _MATTERS) / count)
        heads = [wrap_text(party, column - 5, _HEAD_LINES, bold=True) for party in self.parties]
        if not any(line.endswith("…") for lines in heads for line in lines):
            return room - column * count, column, heads
        reach = min(_TURNED_HEAD, max(text_width(party, bold=True) for party in self.parties)) * 0.71
        column = min(_WIDEST_COLUMN / 2, (room * (1 - _MATTERS) - reach) / count)
        return room - reach - column * count, column, []

    def _heads(self, left: float, column: float, heads: list[tuple[str, ...]]) -> float:
        """Write the names of the parties and return where the rows begin."""
        if heads:
            most = max(map(len, heads))
            for place, lines in enumerate(heads):
                for number, line in enumerate(lines):
                    y = 9 + 9 * (most - len(lines) + number)
                    self.sheet.text(left + column * place, y, line, bold=True)
            return 9.0 * most + 5
        names = [fit_text(party, _TURNED_HEAD, bold=True) for party in self.parties]
        height = max(text_width(name, bold=True) for name in names) * 0.71 + 8
        for place, name in enumerate(names):
            self.sheet.text(left + column * place + 5, height - 3, name, bold=True, turn=-45)
        return height

    def _sign(self, stance: Stance, x: float, middle: float) -> None:
        """Draw the sign of a stance: a filled, crossed or half filled square, or a dot."""
        sheet, top, half = self.sheet, middle - _SIGN / 2, _SIGN / 2
        if stance == "silent":
            sheet.disc(x + half, middle, 1.1, "quiet")
            return
        if stance == "agree":
            sheet.rectangle(x, top, _SIGN, _SIGN, "accent")
            return
        sheet.rectangle(x + 0.4, top + 0.4, _SIGN - 0.8, _SIGN - 0.8, "accent", line=0.8)
        if stance == "both":
            sheet.rectangle(x, top, half, _SIGN, "accent")
            return
        sheet.line(x + 0.4, top + 0.4, x + _SIGN - 0.4, top + _SIGN - 0.4, "accent", 0.8)
        sheet.line(x + 0.4, top + _SIGN - 0.4, x + _SIGN - 0.4, top + 0.4, "accent", 0.8)

    def _legend(self, bottom: float) -> float:
        """Explain the signs below the picture and return where the picture ends."""
        x, y = 0.0, bottom + 11
        found = {stance for row in self.rows for stance in row}
        for stance in ("agree", "disagree", "both", "silent"):
            if stance in found:
                label = self.labels(f"picture.{stance}")
                if x and x + _SIGN + 4 + text_width(label) > self.sheet.width:
                    x, y = 0.0, y + 11
                self._sign(stance, x, y - TEXT_SIZE / 3)
                self.sheet.text(x + _SIGN + 4, y, label, "quiet")
                x += _SIGN + 4 + text_width(label) + 12
        return y + 3


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
