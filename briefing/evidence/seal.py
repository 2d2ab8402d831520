"""Digests of a brief's records as they were made, and what a person changed since.

A seal tells that something was altered and where; it is no signature: whoever can alter a brief can seal it anew.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, TypeVar

from briefing.model.brief import EXTENSIONS, LINE_FIELDS, Briefing, Edit, Provenance
from briefing.model.digest import Digest

_SEALED_LISTS = (*LINE_FIELDS, "times", "notices")
_WHOLES = ("article", "provenance")
_FRAME = "frame"  # what of a digest, or of one of its stories, stands in no list
_STORY_LISTS = ("articles", *LINE_FIELDS, "contradictions")
_DIGEST_LISTS = ("articles", "changes", "passed", "announced", "agenda", "notices")

Sealed = TypeVar("Sealed", Briefing, Digest)


def seal(briefing: Sealed) -> Sealed:
    """Return the brief, or the digest, with the seal of its records as they are now."""
    provenance = briefing.provenance.model_copy(update={"seal": _digests(briefing)})
    return briefing.model_copy(update={"provenance": provenance})


def seal_again(briefing: Sealed, original: Sealed) -> Sealed:
    """Return what was cut down from a brief or digest, its seal such that only what a person did counts as an edit.

    What is no longer there was not removed by a person, and what was shortened not changed by one.
    """
    sealed, before, now = original.provenance.seal, _digests(original), _digests(briefing)
    kept: dict[str, tuple[str, ...]] = {}
    for field, digests in sealed.items():
        if _is_whole(field):
            kept[field] = now[field] if before[field] == digests else digests
            continue
        if len(digests) == len(before.get(field, ())) == len(now.get(field, ())):
            together = zip(digests, before[field], now[field], strict=True)
            kept[field] = tuple(new if old == sealed_as else sealed_as for sealed_as, old, new in together)
            continue
        gone = Counter(before.get(field, ())) - Counter(now.get(field, ()))
        kept[field] = tuple(digest for digest in digests if not _take(gone, digest))
        kept[field] += tuple((Counter(now.get(field, ())) - Counter(before.get(field, ()))).elements())
    provenance = briefing.provenance.model_copy(update={"seal": kept})
    resealed = briefing.model_copy(update={"provenance": provenance})
    return resealed.model_copy(update={"edits": find_edits(resealed)})


def find_edits(briefing: Briefing | Digest) -> tuple[Edit, ...]:
    """Return what differs from the sealed brief or digest; a removed record is named by its former place."""
    edits = []
    sealed = briefing.provenance.seal
    digests = _digests(briefing)
    for field in dict.fromkeys((*digests, *sealed)):
        before, now = sealed.get(field, ()), digests.get(field, ())
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


def _take(left: Counter[str], digest: str) -> bool:
    """Take one of a digest away, and say whether there was one."""
    if not left[digest]:
        return False
    left[digest] -= 1
    return True


def _digests(briefing: Briefing | Digest) -> dict[str, tuple[str, ...]]:
    return _digests_of_digest(briefing) if isinstance(briefing, Digest) else _digests_of_brief(briefing)


def _digests_of_digest(digest: Digest) -> dict[str, tuple[str, ...]]:
    """Return the digests of all lists, those of its stories by the number of the story, and of what stands in none."""
    raw: dict[str, Any] = digest.model_dump(mode="json", exclude={"edits"})
    raw["provenance"] = {key: value for key, value in raw["provenance"].items() if key in _SEALED_PROVENANCE}
    found = {field: tuple(map(_digest, raw.pop(field))) for field in _DIGEST_LISTS}
    for number, story in enumerate(raw.pop("stories")):
        place = f"stories[{number}]"
        found |= {f"{place}.{field}": tuple(map(_digest, story.pop(field))) for field in _STORY_LISTS}
        found[f"{place}.headline"] = (_digest(story.pop("headline")),)
        found[f"{place}.{_FRAME}"] = (_digest(story),)
    return found | {"provenance": (_digest(raw.pop("provenance")),), _FRAME: (_digest(raw),)}


def _digests_of_brief(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    raw: dict[str, Any] = briefing.model_dump(mode="json")
    raw["provenance"] = {key: value for key, value in raw["provenance"].items() if key in _SEALED_PROVENANCE}
    lists = {field: raw[field] for field in _SEALED_LISTS}
    lists |= {f"{EXTENSIONS}.{name}": records for name, records in raw[EXTENSIONS].items()}
    wholes = {field: (_digest(raw[field]),) for field in _WHOLES}
    return wholes | {field: tuple(_digest(record) for record in records) for field, records in lists.items()}


_SEALED_PROVENANCE = frozenset(Provenance.model_fields) - {"seal"}
_CANONICAL = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _digest(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(_CANONICAL.encode(record).encode("ascii")).hexdigest()[:16]
