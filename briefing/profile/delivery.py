"""The settings of deliveries; a profile names the variables that hold secrets, and never holds a secret itself."""

import re
from email.headerregistry import Address
from string import Formatter
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from briefing.errors import unknown_name
from briefing.model.formats import Format
from briefing.profile.settings import Settings

# "env:BRIEFING_SMTP", not "env:", "smtp://host", "$BRIEFING_SMTP".
_VARIABLE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
# "desk@example.org" and "News desk <desk@example.org>"; not "desk", "a@b, c@d".
_ADDRESS = re.compile(
    r"(?:(?P<quote>\x22?)(?P<name>[^<>\x22\\\x00-\x1f]*?)(?P=quote)\s*<(?P<within>[^<>]+)>|(?P<alone>\S+))"
)
_ADDRESS_ITSELF = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")

# The names that a subject may hold in braces: "{title}, {date}".
PLACEHOLDERS = ("title", "date", "time", "profile")


class Email(Settings):
    """A delivery by e-mail."""

    to: Annotated[tuple[str, ...], Field(min_length=1, max_length=100)]
    cc: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    bcc: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    sender: Annotated[str, Field(alias="from")]
    smtp: str  # env:NAME; the variable holds smtp+starttls://user:password@host:587
    subject: Annotated[str, Field(max_length=200)] | None = None  # "{title}, {date}"; None: the title

    @field_validator("to", "cc", "bcc")
    @classmethod
    def _are_addresses(cls, written: tuple[str, ...]) -> tuple[str, ...]:
        for address in written:
            parse_address(address)
        return written

    @field_validator("sender")
    @classmethod
    def _is_address(cls, written: str) -> str:
        parse_address(written)
        return written

    @field_validator("subject")
    @classmethod
    def _is_subject(cls, written: str | None) -> str | None:
        return _subject(written) if written is not None else None

    @field_validator("smtp")
    @classmethod
    def _is_variable(cls, written: str) -> str:
        return check_variable(written, "smtp: env:BRIEFING_SMTP")


class Webhook(Settings):
    """A delivery by a signed POST request to a web address."""

    url: str  # the address, or env:NAME
    secret: str  # env:NAME; the variable holds the key of the signature
    attach: tuple[Format, ...] = ("json",)  # outputs sent with their content; the others are only listed
    allow_private: bool = False  # True: the host may be in a private network and need no TLS

    @field_validator("url")
    @classmethod
    def _is_url(cls, written: str) -> str:
        if _VARIABLE.fullmatch(written):
            return written
        parts = urlsplit(written)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("it is not a web address; write https://host/path, or env:NAME")
        if parts.username or parts.password:
            raise ValueError("it holds a password; put the address into a variable and write url: env:NAME")
        return written

    @field_validator("secret")
    @classmethod
    def _is_variable(cls, written: str) -> str:
        return check_variable(written, "secret: env:BRIEFING_WEBHOOK_SECRET")


class Delivery(Settings):
    """One delivery: a folder, an email or a webhook."""

    folder: str | None = None
    email: Email | None = None
    webhook: Webhook | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(target is not None for target in (self.folder, self.email, self.webhook)) != 1:
            raise ValueError("a delivery is one of folder, email and webhook; write each as a separate item")
        return self


def parse_address(written: str) -> Address:
    """Parse an address such as ``desk@example.org`` or ``News desk <desk@example.org>``.

    Raises:
        ValueError: The text is not an address, or it is not ASCII, which few servers accept.
    """
    found = _ADDRESS.fullmatch(written.strip())
    address = (found["within"] or found["alone"]).strip() if found else ""
    if found is None or not _ADDRESS_ITSELF.fullmatch(address):
        raise ValueError(
            f"{written!r} is not an e-mail address; write desk@example.org or News desk <desk@example.org>"
        )
    return Address((found["name"] or "").strip(), addr_spec=address)


def _subject(written: str) -> str:
    """Return the subject if all its placeholders are known names without a format."""
    if not written.strip():
        raise ValueError("it is empty; leave the key out to use the title of the digest")
    if not written.isprintable():
        raise ValueError("it holds a line break or another control character; a subject is one line")
    try:
        parts = tuple(Formatter().parse(written))
    except ValueError as error:
        raise ValueError("a brace in it is not part of a placeholder; write {{ or }} for a brace itself") from error
    for _, name, form, conversion in parts:
        if name is not None and name not in PLACEHOLDERS:
            raise ValueError(unknown_name("placeholder", name, PLACEHOLDERS))
        if form or conversion:
            raise ValueError(f"{{{name}}} takes no format; leave out ! or : and what follows")
    return written


def check_variable(written: str, example: str) -> str:
    """Return the name of a variable, as env:NAME; raise a ValueError for anything else, such as a secret."""
    if not _VARIABLE.fullmatch(written):
        raise ValueError(f"a profile must not hold a secret: set an environment variable and name it, {example}")
    return written
