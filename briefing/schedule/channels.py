"""The deliveries that a profile asks for, with the secrets that it names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from briefing.delivery.channel import Channel
from briefing.delivery.email import EmailChannel
from briefing.delivery.folder import FolderChannel
from briefing.delivery.smtp_server import parse_server
from briefing.delivery.webhook import WebhookChannel, parse_hook, parse_secret
from briefing.errors import ScheduleError
from briefing.profile import Profile
from briefing.profile_delivery import Delivery, Email, Webhook, parse_address

Value = TypeVar("Value")


def channels_of(profile: Profile, environment: Mapping[str, str], clock: Callable[[], datetime]) -> tuple[Channel, ...]:
    """Return a profile's deliveries.

    Raises:
        ScheduleError: A variable that it names is not set or holds what cannot be used, which is not told; or the
            profile names a target twice.
    """
    secrets = _Secrets(profile.name, environment)
    channels = tuple(_channel(delivery, secrets, clock) for delivery in profile.deliver)
    targets = [channel.target for channel in channels]
    for target in targets:
        if targets.count(target) > 1:
            raise ScheduleError(f"the profile {profile.name}", f"it delivers twice to {target}; leave one out")
    return channels


@dataclass(frozen=True, slots=True)
class _Secrets:
    profile: str
    environment: Mapping[str, str] = field(repr=False)

    def read(self, named: str, parse: Callable[[str], Value]) -> Value:
        """Return what the variable named ``env:NAME`` holds."""
        name = named.removeprefix("env:")
        what = f"the variable {name}, which the profile {self.profile} names"
        value = self.environment.get(name, "").strip()
        if not value:
            raise ScheduleError(what, f"it is not set; set it where the schedule is started, as in: export {name}=...")
        try:
            return parse(value)
        except ValueError as error:
            raise ScheduleError(what, str(error)) from error


def _channel(delivery: Delivery, secrets: _Secrets, clock: Callable[[], datetime]) -> Channel:
    if delivery.folder is not None:
        return FolderChannel(Path(delivery.folder))
    if delivery.email is not None:
        return _email(delivery.email, secrets)
    if delivery.webhook is not None:
        return _webhook(delivery.webhook, secrets, clock)
    raise AssertionError("the profile's settings hold one of them")


def _email(settings: Email, secrets: _Secrets) -> EmailChannel:
    to, cc, bcc = (tuple(map(parse_address, written)) for written in (settings.to, settings.cc, settings.bcc))
    return EmailChannel(secrets.read(settings.smtp, parse_server), parse_address(settings.sender), to, cc, bcc)


def _webhook(settings: Webhook, secrets: _Secrets, clock: Callable[[], datetime]) -> WebhookChannel:
    parse = partial(parse_hook, allow_private=settings.allow_private)
    url = secrets.read(settings.url, parse) if settings.url.startswith("env:") else parse(settings.url)
    key = secrets.read(settings.secret, parse_secret)
    return WebhookChannel(url, key, clock, settings.attach, settings.allow_private)
