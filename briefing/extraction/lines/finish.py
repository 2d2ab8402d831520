"""Finish a composed line for print: single spaces, a capital at its head, a stop at its end, paired marks."""

import re
from collections.abc import Sequence

from briefing.evidence.grounding import Inserted, Line, compose

# " ," and " ." after a cut; neither " .5" nor " ...".
_STRAY_SPACE = re.compile(r"\s+(?=[,.;:!?](?![\d.]))")
_SPACES = re.compile(r"\s+")
_FINAL_STOP = re.compile(r"[.!?…][\"'”’)\]»]*$")
_LETTER = re.compile(r"[^\W\d_]")
_LOOSE_PUNCTUATION = " ,;:–—-"  # at the ends of a line
_PAIRS = ("“”", "‘’", "«»", "()", "[]")
_SPEAKER = ":] "  # "[Ana Sol:] ", inserted before a speaker's words
_MARK = re.compile(r'["“”„«»]')
# The opening mark of a straight pair follows no word and precedes one.
_STRAIGHT_OPENING = re.compile(r'(?<!\S)"(?=\S)|(?<=[(\[—–-])"(?=\S)')


def finished(line: Line, *, whole: bool = True) -> Line:
    """Return a line with correct spaces, first letter, final stop and quotation marks; its words stay.

    A phrase (not *whole*) gets no stop, and loses marks without a partner.
    """
    pieces = _tidied(_pieces(line) if whole else _without_lone_marks(_pieces(line)))
    before = after = ""
    if whole:
        if not _FINAL_STOP.search("".join(pieces)):
            final = pieces[-1]
            pieces[-1:] = [final, "."] if isinstance(final, Inserted) else [final.rstrip(_LOOSE_PUNCTUATION) + "."]
        before, after = _missing_marks("".join(pieces))
    head = _head(pieces)
    if not isinstance(pieces[head], Inserted):
        pieces[head] = _capitalised(pieces[head])
    return compose([*pieces[:head], before, *pieces[head:], after])


def _pieces(line: Line) -> list[str]:
    pieces: list[str] = []
    at = 0
    for insertion in line.insertions:
        pieces += [line.text[at : insertion.start], Inserted(line.text[insertion.start : insertion.end])]
        at = insertion.end
    pieces.append(line.text[at:])
    return [piece for piece in pieces if piece]


def _tidied(pieces: list[str]) -> list[str]:
    tidy = [piece if isinstance(piece, Inserted) else _STRAY_SPACE.sub("", _SPACES.sub(" ", piece)) for piece in pieces]
    head = _head(tidy)
    if tidy and not isinstance(tidy[head], Inserted):
        tidy[head] = tidy[head].lstrip(_LOOSE_PUNCTUATION)
    if tidy and not isinstance(tidy[-1], Inserted):
        tidy[-1] = tidy[-1].rstrip()
    return tidy or [""]


def _head(pieces: Sequence[str]) -> int:
    """Return the index of the first piece after the speaker's name."""
    return 1 if len(pieces) > 1 and pieces[0].endswith(_SPEAKER) else 0


def _missing_marks(text: str) -> tuple[str, str]:
    """Return the quotation marks that a line lacks at its head and end because its quotation has several sentences.

    An unpaired mark shows which side lacks its partner; a curly mark may have a straight partner.
    """
    for marks, opening, closing in (('"“”„', "“„", "”"), ("«»", "«", "»")):
        found = [match for match in _MARK.finditer(text) if match.group() in marks]
        if len(found) % 2:
            last = found[-1].group()
            low = last == "“" and "„" in text  # it closes „
            straight_opening = {match.start() for match in _STRAIGHT_OPENING.finditer(text)}
            opens = (last in opening and not low) or found[-1].start() in straight_opening
            straight = last == '"'
            return ("", '"' if straight else closing) if opens else ('"' if straight else opening[0], "")
    return "", ""


def _without_lone_marks(pieces: list[str]) -> list[str]:
    ours = "".join(piece for piece in pieces if not isinstance(piece, Inserted))
    lone = [pair for pair in _PAIRS if ours.count(pair[0]) != ours.count(pair[1])]
    lone += ['"'] if ours.count('"') % 2 else []
    away = str.maketrans("", "", "".join(lone).replace("’", ""))  # which may be an apostrophe
    return [piece if isinstance(piece, Inserted) else piece.translate(away) for piece in pieces]


def _capitalised(text: str) -> str:
    """Return a text with a capital at its head; "iPhone" and "5 men" stay."""
    first = _LETTER.search(text)
    if first is None or any(map(str.isalnum, text[: first.start()])) or text[first.end() : first.end() + 1].isupper():
        return text
    return text[: first.start()] + first.group().upper() + text[first.end() :]
