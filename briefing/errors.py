"""Every error that a caller may tell apart; each names the thing, the reason and, where there is one, the remedy."""

from difflib import get_close_matches


class BriefingError(Exception):
    """Something that was asked for could not be done."""


class ReadingError(BriefingError):
    """A source could not be read as an article; ``__cause__`` is the error underneath, if any."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot read {self.source}: {self.reason}"


class OwnBriefError(ReadingError):
    """A source is a brief that this program printed."""


class DayError(BriefingError, ValueError):
    """A day is not written as YYYY-MM-DD, or the calendar has no such day."""

    def __init__(self, written: object) -> None:
        super().__init__(written)
        self.written = written

    def __str__(self) -> str:
        return f"{self.written!r} is no day; write it as YYYY-MM-DD, such as 2018-07-22"


class DefectError(BriefingError):
    """Something failed that never should; ``__cause__`` is the error underneath."""

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
    """No extractor answers to a name, or one could not be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot use the extractor {self.name}: {self.reason}"


class RenderingError(BriefingError):
    """A brief could not be printed in a format."""

    def __init__(self, output: str, reason: str) -> None:
        super().__init__(output, reason)
        self.output = output
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot make {self.output}: {self.reason}"


class TemplateFillError(RenderingError):
    """A user's template cannot be filled in; *line* counts from 1."""

    def __init__(self, template: str, line: int | None, reason: str) -> None:
        super().__init__(template, reason)
        self.args = (template, line, reason)
        self.template = template
        self.line = line

    def __str__(self) -> str:
        place = f"{self.template}:{self.line}" if self.line else self.template
        return f"cannot fill in the template {place}: {self.reason}"


class DeliveryError(BriefingError):
    """A finished run could not be handed over; a *temporary* failure may pass by itself."""

    def __init__(self, target: str, reason: str, temporary: bool = False) -> None:
        super().__init__(target, reason, temporary)
        self.target = target
        self.reason = reason
        self.temporary = temporary

    def __str__(self) -> str:
        return f"cannot deliver to {self.target}: {self.reason}"


class ScheduleError(BriefingError):
    """Nothing can be run on a schedule; *what* is the profile, variable or lock that stands in the way."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what = what
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"


class ScheduleLockedError(ScheduleError):
    """Another process follows schedules with the same archive."""


class ProfileError(BriefingError):
    """A profile says something that is not allowed; *place* is ``file:line`` where that is known."""

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
    """Say of an error that nobody foresaw that it is a defect, and what it is."""
    return f"a defect of briefing, please report it: {type(error).__name__}: {error}"


def unknown_name(what: str, name: str, allowed: tuple[str, ...]) -> str:
    """Say that a name is unknown, which are allowed, and which is nearest."""
    nearest = get_close_matches(name, allowed, n=1)
    hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"unknown {what} {name!r}{hint} (allowed: {', '.join(allowed)})"
