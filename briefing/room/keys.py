"""The keys of the reading room: what each does, and what a person chose instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from briefing.archive.archive import Archive
from briefing.errors import RoomError, unknown_name

# What each key does, in the order of the page. "g t" is g, then t. Nothing is sent by a key.
ACTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "next-line": ("j", "next line"),
    "previous-line": ("k", "previous line"),
    "next-doubt": ("n", "next doubtful line"),
    "previous-doubt": ("p", "previous doubtful line"),
    "evidence": ("Enter", "scroll to the evidence of the line"),
    "uncited": ("e", "show or hide the text that no line rests on"),
    "previous-brief": ("[", "previous brief"),
    "next-brief": ("]", "next brief"),
    "accept": ("a", "accept the line"),
    "reject": ("x", "reject the line"),
    "correct": ("c", "correct the line"),
    "why": ("w", "why the line is there"),
    "undo": ("u", "undo the last act"),
    "search": ("/", "search"),
    "help": ("?", "show the keys"),
    "go-today": ("g t", "go to Today"),
    "go-search": ("g s", "go to Search"),
    "go-agenda": ("g a", "go to Agenda"),
    "go-deliveries": ("g d", "go to Deliveries"),
    "reviewed": ("Shift+R", "mark as reviewed, next brief"),
    "approve": ("Shift+A", "approve, next brief"),
}
# Keys with a name. Those that scroll the page or move between fields are left to the browser.
_NAMED: Final = ("Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight")
_SHIFT: Final = "Shift+"


@dataclass(frozen=True, slots=True)
class Binding:
    """An action and its key."""

    action: str
    label: str
    key: str  # "j", "Enter", "Shift+R", or one after the other: "g t"; an empty string if it has none
    default: str


def bindings(archive: Archive, person: str) -> tuple[Binding, ...]:
    """Return the keys of a person."""
    chosen = archive.room.bindings(person)
    return tuple(Binding(name, label, chosen.get(name, key), key) for name, (key, label) in ACTIONS.items())


def bind(archive: Archive, person: str, action: str, key: str) -> None:
    """Let a person choose the key of an action; an empty string turns it off.

    Raises:
        RoomError: There is no such action, the key is no key that can be chosen, or another action has it.
    """
    if action not in ACTIONS:
        raise RoomError(f"choose a key for {action!r}", unknown_name("action", action, tuple(ACTIONS)))
    strokes = key.split()
    label = ACTIONS[action][1]
    if len(strokes) > 2 or not all(map(_is_key, strokes)):
        reason = f"{key!r} is no key; write a sign, {', '.join(_NAMED)}, Shift+R, or two in a row: g t"
        raise RoomError(f"choose a key for: {label}", reason)
    for other in bindings(archive, person):
        begun = other.key.split()
        if strokes and begun and other.action != action and begun[: len(strokes)] == strokes[: len(begun)]:
            raise RoomError(f"choose {key} for: {label}", f"{other.key} is the key for: {other.label}")
    archive.room.bind(person, action, " ".join(strokes))


def unbind(archive: Archive, person: str) -> None:
    """Give a person the usual keys again."""
    archive.room.unbind(person)


def _is_key(stroke: str) -> bool:
    """Return True if a stroke is a sign, a named key, or Shift with a letter."""
    if stroke.startswith(_SHIFT):
        letter = stroke.removeprefix(_SHIFT)
        return len(letter) == 1 and letter.isupper()
    return stroke in _NAMED or (len(stroke) == 1 and stroke.isprintable() and not stroke.isupper())
