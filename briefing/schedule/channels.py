"""The deliveries that a profile asks for, with the secrets that it names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from briefing.delivery.channel import Channel
from briefing.delivery.email import EmailChannel
from briefing.delivery.folder import FolderChannel
from briefing.delivery.smtp_server import parse_server
from briefing.delivery.webhook import WebhookChannel, parse_hook, parse_secret
from briefing.errors import ScheduleError
from briefing.jobs.plan import layout_of
from briefing.model.runs import Parcel
from briefing.profile.delivery import Delivery, Email, Webhook, parse_address
from briefing.profile.profile import Profile
from briefing.reading.web.proxies import parse_proxy
from briefing.rendering.dates import day_in_words

Value = TypeVar("Value")
Flaw = tuple[str, ScheduleError]  # a key of the profile, such as "deliver.0", and what is wrong with it


def channels_of(profile: Profile, environment: Mapping[str, str], clock: Callable[[], datetime]) -> tuple[Channel, ...]:
    """Return the channels that a profile delivers to.

    Raises:
        ScheduleError: A variable that the profile names is not set or cannot be used (its value is not shown), the
            proxy cannot be used, or the profile names a target twice.
    """
    channels, flaws = find_channels(profile, environment, clock)
    for _, flaw in flaws:
        raise flaw
    return channels


def find_channels(
    profile: Profile, environment: Mapping[str, str], clock: Callable[[], datetime]
) -> tuple[tuple[Channel, ...], tuple[Flaw, ...]]:
    """Return the channels of a profile that can be used, and what is wrong with the others."""
    secrets = _Secrets(profile.name, environment)
    channels: list[Channel] = []
    flaws: list[Flaw] = []
    for number, delivery in enumerate(profile.deliver):
        channel = _channel(delivery, profile, secrets, clock)
        if channel is not None and channel.target in [other.target for other in channels]:
            secrets.refuse(f"the profile {profile.name}", f"it delivers twice to {channel.target}; leave one out")
        elif channel is not None:
            channels.append(channel)
        flaws += [(f"deliver.{number}", flaw) for flaw in secrets.refused]
        secrets.refused.clear()
    return tuple(channels), tuple(flaws)


@dataclass(frozen=True, slots=True)
class _Secrets:
    """Reads the variables that a profile names; an unusable value becomes None, and *refused* says why."""

    profile: str
    environment: Mapping[str, str] = field(repr=False)
    refused: list[ScheduleError] = field(default_factory=list)

    def read(self, named: str, parse: Callable[[str], Value]) -> Value | None:
        """Return the parsed value of the variable that is written as ``env:NAME``."""
        name = named.removeprefix("env:")
        what = f"the variable {name}, which the profile {self.profile} names"
        value = self.environment.get(name, "").strip()
        if not value:
            self.refuse(what, f"it is not set; set it where the schedule is started, as in: export {name}=...")
            return None
        return self._parsed(what, value, parse)

    def written_or_read(self, written: str, parse: Callable[[str], Value]) -> Value | None:
        """Return the parsed value that is written in the profile, or that of the variable named there."""
        if written.startswith("env:"):
            return self.read(written, parse)
        return self._parsed(f"the profile {self.profile}", written, parse)

    def refuse(self, what: str, reason: str, cause: Exception | None = None) -> None:
        """Record what cannot be used, and why."""
        refusal = ScheduleError(what, reason)
        refusal.__cause__ = cause
        self.refused.append(refusal)

    def _parsed(self, what: str, value: str, parse: Callable[[str], Value]) -> Value | None:
        try:
            return parse(value)
        except ValueError as error:
            self.refuse(what, str(error), error)
            return None


def _channel(delivery: Delivery, profile: Profile, secrets: _Secrets, clock: Callable[[], datetime]) -> Channel | None:
    if delivery.folder is not None:
        return FolderChannel(Path(delivery.folder))
    if delivery.email is not None:
        return _email(delivery.email, profile, secrets)
    if delivery.webhook is not None:
        return _webhook(delivery.webhook, profile.fetch.proxy, secrets, clock)
    raise AssertionError("a delivery is a folder, an email or a webhook")


def _email(settings: Email, profile: Profile, secrets: _Secrets) -> EmailChannel | None:
    subject = partial(subject_of, wording=settings.subject, profile=profile) if settings.subject is not None else None
    to, cc, bcc = (tuple(map(parse_address, written)) for written in (settings.to, settings.cc, settings.bcc))
    server = secrets.read(settings.smtp, parse_server)
    if server is None:
        return None
    return EmailChannel(server, parse_address(settings.sender), to, cc, bcc, subject)


def _webhook(
    settings: Webhook, proxy: str | None, secrets: _Secrets, clock: Callable[[], datetime]
) -> WebhookChannel | None:
    parse = partial(parse_hook, allow_private=settings.allow_private)
    url = secrets.written_or_read(settings.url, parse)
    key = secrets.read(settings.secret, parse_secret)
    parsed_proxy = secrets.written_or_read(proxy, parse_proxy) if proxy is not None else None
    if url is None or key is None or secrets.refused:
        return None
    return WebhookChannel(url, key, clock, settings.attach, settings.allow_private, parsed_proxy)


def subject_of(parcel: Parcel, wording: str, profile: Profile) -> str:
    """Return the subject of a mail: the marking, then *wording* with its placeholders filled in.

    Args:
        parcel: The result of the run.
        wording: A text with the placeholders of ``briefing.profile.delivery.PLACEHOLDERS``.
        profile: Gives the time zone, the locale and the marking.
    """
    due = parcel.due.astimezone(ZoneInfo(profile.schedule.timezone) if profile.schedule is not None else None)
    filled = wording.format(
        title=parcel.result.title,
        date=day_in_words(f"{due:%Y-%m-%d}", layout_of(profile).labels),
        time=f"{due:%H:%M}",
        profile=profile.name,
    )
    if parcel.result.mark and parcel.result.title not in filled:
        filled = parcel.result.mark.format(title=filled)
    marking = profile.handling.marking
    return f"[{marking}] {filled}" if marking else filled
