"""Why a line is in a brief: the reasons of `--explain`, found by analysing its article again."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from briefing.errors import ReviewError
from briefing.evidence.seal import record_digest
from briefing.jobs.assembly import explain
from briefing.jobs.production import analysed, defects_as_errors
from briefing.jobs.reviews import Review
from briefing.model.brief import Briefing
from briefing.profile.profile import Profile
from briefing.room.brief import profile_of
from briefing.room.lines import words_of
from briefing.version import __version__

_KEPT: Final = 64  # briefs whose reasons are kept
_INDENT: Final = "    "
_SPLIT: Final = 11  # the width of a reason's name

Reasons = Mapping[tuple[str, int], tuple[str, ...]]  # by list and number: "quotes", 1


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons for a line."""

    words: str
    reasons: tuple[tuple[str, str], ...]  # what kind of reason, and the reason
    remark: str  # what is uncertain about them; empty for nothing


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains lines; the reasons of a brief are found once. Threads may share it: one analyses at a time."""

    _lock: Lock = field(default_factory=Lock)
    _known: OrderedDict[str, Reasons] = field(default_factory=OrderedDict)

    def why(self, review: Review[Briefing], digest: str, profile: Profile | None) -> Why:
        """Return the reasons for the line with a digest.

        Args:
            review: The brief with its acts.
            digest: The line's.
            profile: The profile of the room.

        Raises:
            ReviewError: The line was added by a person, or the brief cannot be made again here.
        """
        made, line = review.reviewed.made, review.reviewed.line(digest)
        if line is None:
            raise ReviewError("explain a line", "the brief no longer has it")
        if line.origin != "made":
            raise ReviewError("explain a line", "a person added it")
        place = line.was_in, _number_of(made, line.was_in, digest)
        reasons = self._reasons(made, profile).get(place, ())
        by = made.provenance.briefing
        remark = f"Version {by} made the brief; these are the reasons of {__version__}." if by != __version__ else ""
        return Why(words_of(line.made), tuple(map(_parts, reasons)), remark)

    def _reasons(self, made: Briefing, profile: Profile | None) -> Reasons:
        chosen = profile_of(made, profile)
        if made.article.withheld:
            raise ReviewError("explain a line", "the brief holds only the sentences that it cites, not its article")
        if chosen is None or chosen.sha256 != made.provenance.profile_sha256:
            name = made.provenance.profile
            reason = f"it was made with the profile {name}, which this room does not have, or which changed since"
            raise ReviewError("explain a line", f"{reason}; briefing serve --profile {name} opens the room with it")
        key = f"{made.provenance.profile_sha256} {made.article.id} {made.provenance.briefing}"
        with self._lock:
            if key not in self._known:
                self._known[key] = _explained(made, chosen)
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)
            return self._known[key]


def _explained(made: Briefing, profile: Profile) -> Reasons:
    """Return the reasons for each line of a brief.

    Raises:
        BriefingError: The article cannot be analysed.
    """
    from briefing.language.pipeline import load_pipeline, passing_words

    nlp = load_pipeline(profile.language.model)
    with defects_as_errors("explain a brief"), passing_words(nlp):
        return by_line(explain(made, analysed(made.article, nlp, None), profile))


def by_line(lines: Iterable[str]) -> Reasons:
    """Return the lines of `--explain` by list and number; what was left out is dropped."""
    found: dict[tuple[str, int], list[str]] = {}
    place: tuple[str, int] | None = None
    for line in lines:
        if line.startswith(_INDENT):
            if place is not None:
                found[place].append(line.strip())
            continue
        name, _, number = line.partition(": ")[0].partition(" ")
        place = (name, int(number) - 1) if number.isdigit() else None
        if place is not None:
            found[place] = []
    return {place: tuple(reasons) for place, reasons in found.items()}


def _number_of(made: Briefing, field: str, digest: str) -> int:
    records = dict(made.lines())[field]
    return next(number for number, record in enumerate(records) if record_digest(record) == digest)


def _parts(reason: str) -> tuple[str, str]:
    """Return the kind of a reason and the reason."""
    has_kind = reason[_SPLIT : _SPLIT + 1] == " "
    return (reason[:_SPLIT].strip(), reason[_SPLIT:].strip()) if has_kind else ("", reason)
