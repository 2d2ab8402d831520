"""Archives that fail: the power is cut at a step, or an article cannot be stored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Self

from briefing.archive.digests import DigestRecords, GatheredArticle
from briefing.archive.scheduling import ScheduleRecords
from briefing.errors import ArchiveError

_LOOKS = frozenset({"looked", "to_run", "to_send", "next_attempt"})  # what a schedule asks each minute
_DEATHS = 2


class PowerCut(BaseException):
    """The process is gone."""


@dataclass
class Cut:
    """Cuts the power before or after the step of a number."""

    at: int
    after: bool = True
    steps: list[str] = field(default_factory=list)  # the names of those that came

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        self.steps.append(name)
        if len(self.steps) == self.at and not self.after:
            raise PowerCut
        done = work()
        if len(self.steps) == self.at:
            raise PowerCut
        return done


@dataclass
class Fuse:
    """Cuts the power before or after a step of the archive, again and again, at random distances.

    In one run it does so twice at most, for one in which the program died three times is given up.
    """

    dice: Random
    furthest: int  # steps to the next cut at most
    cuts: list[str] = field(default_factory=list)
    left: int = 0
    deaths: int = 0

    def __post_init__(self) -> None:
        self.left = self.dice.randint(1, self.furthest)

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        self.left -= name not in _LOOKS
        cut = self.left <= 0 and self.deaths < _DEATHS
        before = cut and self.dice.random() < 0.5
        done = None if before else work()
        self.deaths = 0 if name == "keep_result" and not before else self.deaths + cut
        if cut:
            self.left = self.dice.randint(1, self.furthest)
            self.cuts.append(f"{'before' if before else 'after'} {name}")
            raise PowerCut
        return done


class Fused:
    """An archive or a part of it; each call is a step of *fuse*."""

    def __init__(self, part: Any, fuse: Fuse | Cut) -> None:
        self._part = part
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        if isinstance(found, ScheduleRecords):
            return Fused(found, self._fuse)
        return (lambda *given, **named: self._call(name, found, given, named)) if callable(found) else found

    def _call(self, name: str, method: Callable[..., Any], given: Any, named: Any) -> Any:
        if name in ("digests", "close"):
            made = method(*given, **named)
            return Fused(made, self._fuse) if isinstance(made, DigestRecords) else made
        return self._fuse.step(name, lambda: method(*given, **named))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._part.close()


class HalfRecords(DigestRecords):
    """Cannot store what comes from Bergen."""

    def gather(self, due: datetime, article: GatheredArticle) -> GatheredArticle:
        if "Bergen" in article.source:
            raise ArchiveError("a.sqlite", "half a character is to go into it") from ValueError()
        return super().gather(due, article)
