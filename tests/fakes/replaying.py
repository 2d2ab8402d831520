"""Days of a schedule with digests, on a fake clock, shown as a table."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from textwrap import shorten
from typing import Any

from pytest_httpserver import HTTPServer

from briefing.archive.archive import Archive
from briefing.delivery.email import EmailChannel
from briefing.delivery.folder import FolderChannel
from briefing.delivery.smtp_server import SmtpServer
from briefing.jobs.digests import DigestMaker
from briefing.model.digest import Digest
from briefing.profile.profile import Profile, load_profile
from briefing.schedule.loop import World, follow
from briefing.schedule.plans import Plan, fire_times_of
from tests.fakes.archives import Fuse, Fused, PowerCut
from tests.fakes.mail_servers import Mailbox
from tests.fakes.newsroom import Newsstand
from tests.fakes.schedules import FakeClock, moment

OUTLETS = ("northern-wire", "harbour-post", "coast-gazette", "bergen-herald")


@dataclass
class House:
    """A place with an archive, a folder, a mailbox, and a newsstand."""

    path: Path
    stand: Newsstand
    web: str  # address of the newsstand
    mailbox: Mailbox
    port: int
    said: list[str] = field(default_factory=list)

    def profile(self, *lines: str, name: str = "morning", outlets: tuple[str, ...] = OUTLETS) -> Profile:
        """Return a profile that is due at six each morning; *lines* of YAML join it."""
        sources = "".join(f"\n    - feed: {self.web}/{outlet}/feed" for outlet in outlets)
        text = (
            "extends: digest\noutputs: [json, ics]\nfetch: {delay: 0}\n"
            f"schedule: {{cron: '0 6 * * *'}}\ndigest:\n  sources:{sources}\n"
        )
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / f"{name}.yaml"
        file.write_text("\n".join((text, *lines)))
        return load_profile(str(file))

    def plan(self, profile: Profile) -> Plan:
        """Return its plan: to a folder, and by mail to two people."""
        mail = EmailChannel(
            SmtpServer("localhost", self.port, "none"),
            Address(addr_spec="desk@example.org"),
            (Address(addr_spec="a@example.org"), Address(addr_spec="b@example.org")),
        )
        catch_up = profile.schedule.catch_up if profile.schedule is not None else 0
        return Plan(profile, fire_times_of(profile), catch_up, (FolderChannel(self.path / "out"), mail))

    def follow(self, *profiles: Profile, since: str, until: str, fuse: Fuse | None = None) -> FakeClock:
        """Follow the schedules of profiles from one instant to another (UTC); after each cut, start again."""
        clock = FakeClock(moment(since), moment(until))
        self.stand.clock = clock
        plans = tuple(map(self.plan, profiles))
        world = World(clock, clock.sleep, clock.over, lambda report: self.said.append(report.text))
        archive = self.path / "briefs.sqlite"

        def opened(path: Path) -> Any:
            archive = Archive.open(path, clock=clock)
            return archive if fuse is None else Fused(archive, fuse)

        job = DigestMaker(archive, allow_private=True, open_archive=opened, clock=clock)
        while True:
            try:
                with opened(archive) as records:
                    follow(plans, records.schedule, job, world)
            except PowerCut:
                continue
            return clock

    def files(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted((self.path / "out").iterdir())}

    def digests(self) -> list[Digest]:
        return [Digest.model_validate_json(content) for name, content in self.files().items() if name.endswith("json")]

    def mails(self) -> dict[str, EmailMessage]:
        """Return the messages that came, by their Message-ID."""
        return {message["Message-ID"]: message for message in self.mailbox.messages}

    def tables(self) -> str:
        return "\n".join(table(digest, self.web) for digest in self.digests())


@contextmanager
def newsstand(stand: Newsstand) -> Iterator[str]:
    """Serve a newsstand; yield its address."""
    with HTTPServer() as server:
        server.expect_request(re.compile(".*")).respond_with_handler(stand)
        yield server.url_for("").rstrip("/")


def table(digest: Digest, web: str) -> str:
    """Return what a person would look for on the first page of a digest, in lines."""
    rows = [f"{datetime.fromisoformat(digest.at):%d %B %H:%M}"]
    for reference in digest.changes:
        found = digest.find(reference)
        assert found is not None
        story, record = found
        change = story.change if reference.field == "headline" else getattr(record, "change", None)
        assert change is not None
        was = f" (was {change.was})" if change.was else ""
        rows.append(f"  {change.kind.upper():<12} {reference.field}: {_words(record)}{was}")
    rows += [f"  DATE PASSED  {event.title}, {event.when.value}" for event in digest.passed]
    for story in digest.stories:
        rows.append(f"  story        {story.headline.text}: {len(story.articles)} from {story.origins}")
    for reference in digest.agenda:
        found = digest.find(reference)
        assert found is not None
        rows.append(f"  agenda       {_words(found[1])}")
    rows += [f"  {notice.code:<12} {notice.message.replace(web, '').split(': ')[0]}" for notice in digest.notices]
    return "\n".join(rows)


def _words(record: Any) -> str:
    named = ("title", "statement", "slot", "name", "text")
    words = shorten(next(getattr(record, name) for name in named if hasattr(record, name)), 70, placeholder="…")
    when = getattr(record, "when", None)
    return f"{words}, {when.value}" if when is not None else words
