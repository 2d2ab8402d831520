"""The errors of the package; each names the thing that failed, the reason and, if there is one, the remedy."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any


class BriefingError(Exception):
    """A task could not be done; the base of all errors here."""


class ReadingError(BriefingError):
    """A source could not be read as an article; ``__cause__`` is the error underneath, if any."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot read {self.source}: {self.reason}"


class OwnBriefError(ReadingError):
    """A source is a brief that this program made, not an article."""


class DayError(BriefingError, ValueError):
    """A day is not written as YYYY-MM-DD, or the calendar has no such day."""

    def __init__(self, written: object) -> None:
        super().__init__(written)
        self.written = written

    def __str__(self) -> str:
        return f"{self.written!r} is not a day; write it as YYYY-MM-DD, such as 2018-07-22"


class DefectError(BriefingError):
    """The program has a defect; ``__cause__`` is the error underneath."""

    def __init__(self, task: str, reason: str) -> None:
        super().__init__(task, reason)
        self.task = task  # "brief a.txt", "make pdf"
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot {self.task}: {self.reason}"


class FetchError(BriefingError):
    """A web address could not be fetched; ``__cause__`` is the error underneath, if any."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot fetch {self.source}: {self.reason}"


class ModelError(BriefingError):
    """A JSON file is not a brief that this version can read."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source} is not a brief: {self.reason}"


class LanguageError(BriefingError):
    """The language pipeline is missing or cannot be used."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(model, reason)
        self.model = model
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot load the language pipeline {self.model}: {self.reason}"


class ExtractorError(BriefingError):
    """No extractor has this name, or it could not be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot use the extractor {self.name}: {self.reason}"


class RenderingError(BriefingError):
    """A brief could not be rendered in a format."""

    def __init__(self, output: str, reason: str) -> None:
        super().__init__(output, reason)
        self.output = output
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot make {self.output}: {self.reason}"


class TemplateFillError(RenderingError):
    """A user's template cannot be filled in; the first *line* is 1."""

    def __init__(self, template: str, line: int | None, reason: str) -> None:
        super().__init__(template, reason)
        self.args = (template, line, reason)
        self.template = template
        self.line = line

    def __str__(self) -> str:
        place = f"{self.template}:{self.line}" if self.line else self.template
        return f"cannot fill in the template {place}: {self.reason}"


class DeliveryError(BriefingError):
    """A finished run could not be delivered; a *temporary* failure is worth a retry."""

    def __init__(self, target: str, reason: str, temporary: bool = False) -> None:
        super().__init__(target, reason, temporary)
        self.target = target
        self.reason = reason
        self.temporary = temporary

    def __str__(self) -> str:
        return f"cannot deliver to {self.target}: {self.reason}"


class ScheduleError(BriefingError):
    """A schedule cannot run; *what* is the profile, variable or file that prevents it."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what = what
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"


class ScheduleLockedError(ScheduleError):
    """Another process follows schedules with the same archive."""


class ProfileError(BriefingError):
    """A profile is not valid; *place* is ``file:line`` if the line is known."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class OutputError(BriefingError):
    """A finished output could not be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write {self.path}: {self.reason}"


class ArchiveError(BriefingError):
    """The archive could not be opened, read or written; ``__cause__`` is the error underneath, if any."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot use the archive {self.path}: {self.reason}"


def defect(error: Exception) -> str:
    """Return the message for an unexpected error: it is a defect of the program."""
    return f"a defect of briefing, please report it: {type(error).__name__}: {error}"


def unknown_name(what: str, name: str, allowed: tuple[str, ...]) -> str:
    """Return the message for an unknown name, with the allowed names and the nearest one."""
    nearest = get_close_matches(name, allowed, n=1)
    hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"unknown {what} {name!r}{hint} (allowed: {', '.join(allowed)})"


class ReviewError(BriefingError):
    """An act of review cannot be done."""

    def __init__(self, act: str, reason: str) -> None:
        super().__init__(act, reason)
        self.act = act  # "correct quotes[1]", "approve the brief 12"
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot {self.act}: {self.reason}"


class RoomError(BriefingError):
    """What a person asks of the reading room cannot be done."""

    def __init__(self, act: str, reason: str) -> None:
        super().__init__(act, reason)
        self.act = act  # "choose a key for: undo the last act"
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot {self.act}: {self.reason}"


class ConflictError(ReviewError):
    """Somebody else acted on the same line, or on the whole, after the page that asks was made.

    *theirs* are the values that they stored, *mine* those that were refused.
    """

    def __init__(
        self, act: str, reason: str, theirs: Mapping[str, Any] | None = None, mine: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(act, reason)
        self.args = (act, reason, theirs, mine)
        self.theirs = theirs or {}
        self.mine = mine or {}


class BatchError(BriefingError):
    """A batch run cannot start or go on; *what* is the file, folder or package that prevents it."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what = what  # "cannot read s3://news/2031.parquet"
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"


class LanguageModelError(BriefingError):
    """A language model cannot be asked, or gives no answer."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what = what  # "cannot ask http://127.0.0.1:8080/v1"
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"
