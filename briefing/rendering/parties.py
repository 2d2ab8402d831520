"""Choose which parties of a point are printed beside its line."""

import re
from collections.abc import Iterator, Mapping, Sequence

from briefing.model.brief import Actor
from briefing.rendering.wording import is_demonym

Known = Mapping[str, Actor]  # the actors of the brief by name

_WORD = re.compile(r"\w+(?:[-.]\w+)*")  # "Jong-un", "U.S"; not "'s"


def one_a_side(parties: Sequence[str], known: Known) -> tuple[str, ...]:
    """Return the parties with each side once: a state or its own president, not both.

    Beside persons the person is kept, beside states the state. Nothing is left out if the others are of both kinds.
    """
    kept = list(parties)
    for person, body in _with_own_body(parties, known):
        others = {name in known and known[name].kind == "person" for name in kept if name not in (person, body)}
        if len(others) == 1 and {person, body} <= set(kept):
            kept.remove(body if others.pop() else person)
    return tuple(kept)


def are_named(parties: Sequence[str], line: str, known: Known) -> bool:
    """Return True if a line names all of some parties, in full, by another form of the name or by a demonym."""
    words = _WORD.findall(line)
    text = f" {' '.join(words)} "
    return all(
        any(f" {' '.join(_WORD.findall(form))} " in text for form in _forms(name, known))
        or any(word[:1].isupper() and is_demonym(word, name) for word in words)
        for name in parties
    )


def _with_own_body(parties: Sequence[str], known: Known) -> Iterator[tuple[str, str]]:
    """Yield each person whose state or body is also among the parties, with it."""
    for name in parties:
        actor = known.get(name)
        if actor is not None and actor.kind == "person" and actor.affiliation and actor.affiliation in parties:
            yield name, actor.affiliation


def _forms(name: str, known: Known) -> tuple[str, ...]:
    return (name, *known[name].aliases) if name in known else (name,)
