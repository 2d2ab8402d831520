"""Write the names of entities: lists, last names, possessives."""

from collections.abc import Collection, Sequence

from briefing.language.analysis import Entity


def names_of(meant: Sequence[Entity], known: Collection[int] = ()) -> str:
    """Return the names of entities as a list in words; last names if all are *known* and each of them has one."""
    full = [entity.name for entity in meant]
    short = [_short_name(entity) for entity in meant if entity.index in known]
    names = short if len(short) == len(full) and not set(short) & set(full) else full
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def possessive(name: str) -> str:
    """Return "Peru’s" for "Peru", "Reuters’" for "Reuters"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _short_name(entity: Entity) -> str:
    """Return the last name of a person if the text uses it; the full name otherwise, as for "Ban Ki-moon"."""
    last = entity.name.split()[-1]
    return last if entity.kind == "person" and last in entity.aliases else entity.name
