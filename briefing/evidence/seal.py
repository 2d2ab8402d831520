"""Hashes of a brief's records as the program made them, and what a person changed since.

A seal shows that something changed and where. It is not a signature: anyone who can change a brief can seal it again.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, TypeVar

from briefing.model.brief import EXTENSIONS, LINE_FIELDS, Briefing, Edit, Provenance, Record
from briefing.model.digest import Digest

_SEALED_LISTS = (*LINE_FIELDS, "times", "notices")
_WHOLES = ("article", "provenance")
_FRAME = "frame"  # the fields of a digest, or of one of its stories, that are not in a list
_STORY_LISTS = ("articles", *LINE_FIELDS, "contradictions")
_DIGEST_LISTS = ("articles", "changes", "passed", "announced", "agenda", "notices")

Sealed = TypeVar("Sealed", Briefing, Digest)


def seal(briefing: Sealed) -> Sealed:
    """Return the brief or digest with a seal of its present records."""
    provenance = briefing.provenance.model_copy(update={"seal": _hashes(briefing)})
    return briefing.model_copy(update={"provenance": provenance})


def seal_again(briefing: Sealed, original: Sealed) -> Sealed:
    """Return a shortened brief or digest with a new seal, so that only a person's changes count as edits.

    Records that the program left out or shortened are not edits.
    """
    sealed, before, now = original.provenance.seal, _hashes(original), _hashes(briefing)
    kept: dict[str, tuple[str, ...]] = {}
    for field, hashes in sealed.items():
        if _is_whole(field):
            kept[field] = now[field] if before[field] == hashes else hashes
            continue
        if len(hashes) == len(before.get(field, ())) == len(now.get(field, ())):
            together = zip(hashes, before[field], now[field], strict=True)
            kept[field] = tuple(new if old == sealed_as else sealed_as for sealed_as, old, new in together)
            continue
        gone = Counter(before.get(field, ())) - Counter(now.get(field, ()))
        kept[field] = tuple(one for one in hashes if not _take_one(gone, one))
        kept[field] += tuple((Counter(now.get(field, ())) - Counter(before.get(field, ()))).elements())
    provenance = briefing.provenance.model_copy(update={"seal": kept})
    resealed = briefing.model_copy(update={"provenance": provenance})
    return resealed.model_copy(update={"edits": find_edits(resealed)})


def record_digest(record: Record) -> str:
    """Return the hash of a record, as the seal holds it."""
    return _hash(record.model_dump(mode="json"))


def find_edits(briefing: Briefing | Digest) -> tuple[Edit, ...]:
    """Return the differences from the sealed brief or digest; a removed record is named by its former place."""
    edits = []
    sealed = briefing.provenance.seal
    hashes = _hashes(briefing)
    for field in dict.fromkeys((*hashes, *sealed)):
        before, now = sealed.get(field, ()), hashes.get(field, ())
        matcher = SequenceMatcher(a=before, b=now, autojunk=False)
        for change, i1, i2, j1, j2 in matcher.get_opcodes():
            if change == "equal":
                continue
            both = min(i2 - i1, j2 - j1)
            edits += [Edit(where=_place(field, j), change="changed") for j in range(j1, j1 + both)]
            edits += [Edit(where=_place(field, j), change="added") for j in range(j1 + both, j2)]
            edits += [Edit(where=_place(field, i), change="removed") for i in range(i1 + both, i2)]
    return tuple(edits)


def _place(field: str, number: int) -> str:
    return field if _is_whole(field) else f"{field}[{number}]"


def _is_whole(field: str) -> bool:
    return field in (*_WHOLES, _FRAME) or field.endswith(f"].{_FRAME}")


def _take_one(left: Counter[str], wanted: str) -> bool:
    """Remove one occurrence of a hash; return True if there was one."""
    if not left[wanted]:
        return False
    left[wanted] -= 1
    return True


def _hashes(briefing: Briefing | Digest) -> dict[str, tuple[str, ...]]:
    return _hashes_of_digest(briefing) if isinstance(briefing, Digest) else _hashes_of_brief(briefing)


def _hashes_of_digest(digest: Digest) -> dict[str, tuple[str, ...]]:
    """Return the hashes of all lists and of each frame; the lists of a story carry its number in their names."""
    raw: dict[str, Any] = digest.model_dump(mode="json", exclude={"edits"})
    raw["provenance"] = {key: value for key, value in raw["provenance"].items() if key in _SEALED_PROVENANCE}
    found = {field: tuple(map(_hash, raw.pop(field))) for field in _DIGEST_LISTS}
    for number, story in enumerate(raw.pop("stories")):
        place = f"stories[{number}]"
        found |= {f"{place}.{field}": tuple(map(_hash, story.pop(field))) for field in _STORY_LISTS}
        found[f"{place}.headline"] = (_hash(story.pop("headline")),)
        found[f"{place}.{_FRAME}"] = (_hash(story),)
    return found | {"provenance": (_hash(raw.pop("provenance")),), _FRAME: (_hash(raw),)}


def _hashes_of_brief(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    raw: dict[str, Any] = briefing.model_dump(mode="json")
    raw["provenance"] = {key: value for key, value in raw["provenance"].items() if key in _SEALED_PROVENANCE}
    lists = {field: raw[field] for field in _SEALED_LISTS}
    lists |= {f"{EXTENSIONS}.{name}": records for name, records in raw[EXTENSIONS].items()}
    wholes = {field: (_hash(raw[field]),) for field in _WHOLES}
    return wholes | {field: tuple(_hash(record) for record in records) for field, records in lists.items()}


_SEALED_PROVENANCE = frozenset(Provenance.model_fields) - {"seal"}
_CANONICAL = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _hash(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(_CANONICAL.encode(record).encode("ascii")).hexdigest()[:16]
