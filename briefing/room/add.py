"""Add articles from the reading room: a queue that one thread works off, and one process that makes the briefs.

The list of what was added lives in the memory of the server. What was made, and what failed and why, is a run of the
archive like others, so Today shows it after a restart, too.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import PurePath
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Final, Literal
from urllib.parse import SplitResult, urlsplit

from briefing.archive.archive import Archive
from briefing.archive.records import RunItem
from briefing.errors import BriefingError, RoomError, defect
from briefing.jobs.production import lost, make_each
from briefing.jobs.results import Request, Result
from briefing.profile.profile import Profile
from briefing.runtime.parallel import Worker
from briefing.sources.identity import digest_of, in_unicode
from briefing.sources.inputs import source_of, web_of
from briefing.sources.links import Web, expand
from briefing.sources.records import FeedRead, Link, Source, Unbriefed

JobState = Literal["waiting", "reading", "done", "failed"]

MOST_FILES: Final = 20  # at once
MOST_BYTES: Final = 20_000_000  # of a file
_MOST_WAITING: Final = 200
_MOST_SHOWN: Final = 200
_MOST_ENTRIES: Final = 20  # of a feed
_LONGEST_NAME: Final = 300
_LONGEST_ADDRESS: Final = 2000
_KIND: Final = "add"


@dataclass(frozen=True, slots=True)
class Job:
    """Something that a person added, and what became of it."""

    number: int
    name: str  # a file's name or an address
    who: str
    at: datetime
    state: JobState
    note: str = ""  # why it failed, or what else there is to say
    brief: int | None = None


class Adding:
    """The queue of what people added."""

    def __init__(
        self,
        profile: Profile,
        writing: Callable[[], AbstractContextManager[Archive]],
        clock: Callable[[], datetime],
        make: Callable[[Source], Result | Unbriefed],
        make_web: Callable[[date], Web],
    ) -> None:
        """Take what the work needs; the work starts with the first job.

        Args:
            profile: Makes the briefs.
            writing: Opens the archive for writing.
            clock: Returns the moment, in UTC.
            make: Makes the brief of a source.
            make_web: Returns the web as it is read on a day.
        """
        self._profile = profile
        self._writing = writing
        self._clock = clock
        self._make = make
        self._make_web = make_web
        self._web: tuple[date, Web] | None = None
        self._jobs: dict[int, Job] = {}
        self._queue: SimpleQueue[tuple[int, Source | Link] | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._last = 0

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs, the newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def add_address(self, address: str, who: str) -> Job:
        """Add a page or a feed of the web.

        Raises:
            RoomError: It is no address of the web, or too much waits already.
        """
        address = address.strip()
        parts = _parts(address)
        if parts is None or len(address) > _LONGEST_ADDRESS:
            raise RoomError("add the page", f"{address[:80]!r} is no web address; it begins with https:// or http://")
        if parts.username or parts.password:
            raise RoomError("add the page", "its address holds a name or password, which others would read here")
        return self._add(address, who, Link(address, url=address))

    def add_file(self, name: str, content: bytes, who: str) -> Job:
        """Add a file of any kind that can be read.

        Raises:
            RoomError: The file is empty or too large, or too much waits already.
        """
        name = in_unicode(PurePath(name.replace("\\", "/")).name)[:_LONGEST_NAME] or "a file without a name"
        if not content:
            raise RoomError(f"add {name}", "it is empty")
        if len(content) > MOST_BYTES:
            raise RoomError(f"add {name}", f"it has more than {MOST_BYTES // 1_000_000} megabytes")
        return self._add(name, who, source_of(name, content))

    def close(self) -> None:
        """Let the thread end after its present job; what waits is dropped."""
        while True:
            try:
                self._queue.get_nowait()
            except Empty:
                break
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(timeout=5)

    def wait(self) -> None:
        """Wait until all that was added is made, then end the thread."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _add(self, name: str, who: str, item: Source | Link) -> Job:
        with self._lock:
            if sum(1 for job in self._jobs.values() if job.state == "waiting") >= _MOST_WAITING:
                raise RoomError(f"add {name}", f"{_MOST_WAITING} articles wait already; try again when some are made")
            job = self._new(name, who)
            self._queue.put((job.number, item))
            if self._thread is None:
                self._thread = Thread(target=self._work, name="adding", daemon=True)
                self._thread.start()
            return job

    def _new(self, name: str, who: str) -> Job:
        """Return a new job; the oldest finished ones are forgotten."""
        self._last += 1
        job = self._jobs[self._last] = Job(self._last, name, who, self._clock(), "waiting")
        finished = [number for number, one in self._jobs.items() if one.state in ("done", "failed")]
        for number in finished[: max(0, len(self._jobs) - _MOST_SHOWN)]:
            del self._jobs[number]
        return job

    def _set(self, number: int, state: JobState, note: str = "", brief: int | None = None) -> None:
        with self._lock:
            if number in self._jobs:
                self._jobs[number] = replace(self._jobs[number], state=state, note=note, brief=brief)

    def _work(self) -> None:
        while (waiting := self._queue.get()) is not None:
            number, item = waiting
            self._set(number, "reading")
            try:
                self._finish(number, item)
            except BriefingError as error:
                self._set(number, "failed", str(error))
            except Exception as error:  # noqa: BLE001 - a defect with one article must not stop the others
                self._set(number, "failed", f"cannot add it: {defect(error)}")

    def _finish(self, number: int, item: Source | Link) -> None:
        """Make the brief of an article, or those of all articles of a feed."""
        with self._lock:
            job = self._jobs[number]
        entries = 0
        for found in expand((item,), self._web_of_today()):
            if isinstance(found, FeedRead):
                continue
            if found.source.name == job.name if not isinstance(found, Source) else found.name == job.name:
                self._set(number, *self._made(found))
                return
            entries += 1
            with self._lock:
                entry = self._new(found.name if isinstance(found, Source) else found.source.name, job.who)
            self._set(entry.number, "reading")
            self._set(entry.number, *self._made(found))
        self._set(number, "done", f"a feed with {entries} articles" if entries else "a feed without articles")

    def _made(self, item: Source | Unbriefed) -> tuple[JobState, str, int | None]:
        """Make and store the brief of a source; return what became of it."""
        digest = None
        if isinstance(item, Source):
            digest = digest_of(item)
            with self._writing() as archive:
                known = archive.room.made_of(digest, self._profile.sha256) if digest is not None else None
            if known is not None:
                return "done", "the archive had it already", known
        made = self._make(item) if isinstance(item, Source) else item
        brief = made.brief if isinstance(made, Result) else None
        reason = "" if brief is not None else getattr(made, "reason", None) or "no brief was made of it"
        state: Literal["done", "failed"] = "done" if brief is not None else "failed"
        with self._writing() as archive:
            run = archive.begin_run(_KIND, f"{self._clock().isoformat()} {made.source.name}")
            row = RunItem(in_unicode(made.source.name), digest, state, reason=reason)
            kept = archive.finish_item(run, row, brief)
            archive.finish_run(run)
        return state, reason, kept.brief if kept is not None else None

    def _web_of_today(self) -> Web:
        """Return the web; its one fetcher remembers when it last asked a host."""
        today = self._clock().date()
        if self._web is None or self._web[0] != today:
            self._web = today, self._make_web(today)
        return self._web[1]


def adding(
    profile: Profile,
    writing: Callable[[], AbstractContextManager[Archive]],
    clock: Callable[[], datetime],
    worker: Worker,
) -> Adding:
    """Return the queue of a server; addresses of private networks are not read."""
    work = partial(make_each, Request(profile, (), None, keep=True))

    def make(source: Source) -> Result | Unbriefed:
        return worker(work, source, lost)

    def make_web(today: date) -> Web:
        return replace(web_of(profile.fetch, allow_private=False, today=today), entries=_MOST_ENTRIES)

    return Adding(profile, writing, clock, make, make_web)


def _parts(address: str) -> SplitResult | None:
    """Return the parts of a web address; None if it is another text."""
    try:
        parts = urlsplit(address)
        return parts if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:  # "http://["
        return None
