"""What a profile says of whereto its digests go; secrets are named there, never written."""

import re
from email.headerregistry import Address
from string import Formatter
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from briefing.errors import unknown_name
from briefing.model.formats import Format

# "env:BRIEFING_SMTP", not "env:", "smtp://host", "$BRIEFING_SMTP".
_VARIABLE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
# "desk@example.org" and "News desk <desk@example.org>"; not "desk", "a@b, c@d".
_ADDRESS = re.compile(
    r"(?:(?P<quote>\x22?)(?P<name>[^<>\x22\\\x00-\x1f]*?)(?P=quote)\s*<(?P<within>[^<>]+)>|(?P<alone>\S+))"
)
_ADDRESS_ITSELF = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")

# What a subject may name, in braces: "{title}, {date}".
PLACEHOLDERS = ("title", "date", "time", "profile")


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Email(_Settings):
    """A mail to people."""

    to: Annotated[tuple[str, ...], Field(min_length=1, max_length=100)]
    cc: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    bcc: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    sender: Annotated[str, Field(alias="from")]
    smtp: str  # env:NAME of the variable that holds smtp+starttls://user:password@host:587
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
        return _variable(written, "smtp: env:BRIEFING_SMTP")


class Webhook(_Settings):
    """A signed POST to a program."""

    url: str  # or env:NAME of the variable that holds it
    secret: str  # env:NAME of the variable that holds the key of its signature
    attach: tuple[Format, ...] = ("json",)  # outputs whose content travels; the others are named
    allow_private: bool = False  # whether the host may be one of a private network, and reached without TLS

    @field_validator("url")
    @classmethod
    def _is_url(cls, written: str) -> str:
        if _VARIABLE.fullmatch(written):
            return written
        parts = urlsplit(written)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("it is not a web address; write https://host/path, or env:NAME")
        if parts.username or parts.password:
            raise ValueError("it holds a password; set a variable to the address and write url: env:NAME")
        return written

    @field_validator("secret")
    @classmethod
    def _is_variable(cls, written: str) -> str:
        return _variable(written, "secret: env:BRIEFING_WEBHOOK_SECRET")


class Delivery(_Settings):
    """One way of what a run made: just one of these."""

    folder: str | None = None
    email: Email | None = None
    webhook: Webhook | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(way is not None for way in (self.folder, self.email, self.webhook)) != 1:
            raise ValueError("a delivery is one of folder, email and webhook; write each as an item of its own")
        return self


def parse_address(written: str) -> Address:
    """Return an address written as ``desk@example.org`` or as ``News desk <desk@example.org>``.

    Raises:
        ValueError: It is none, or one that is not in ASCII, which few servers take.
    """
    found = _ADDRESS.fullmatch(written.strip())
    address = (found["within"] or found["alone"]).strip() if found else ""
    if found is None or not _ADDRESS_ITSELF.fullmatch(address):
        raise ValueError(f"{written!r} is no e-mail address; write desk@example.org or News desk <desk@example.org>")
    return Address((found["name"] or "").strip(), addr_spec=address)


def _subject(written: str) -> str:
    """Return a subject whose placeholders are all known, and nothing but names."""
    if not written.strip():
        raise ValueError("it is empty; leave the key out, and the subject is that of the digest")
    if not written.isprintable():
        raise ValueError("it holds a line break or another control character; a subject is one line")
    try:
        parts = tuple(Formatter().parse(written))
    except ValueError as error:
        raise ValueError("a brace in it belongs to no placeholder; write {{ or }} for a brace itself") from error
    for _, name, form, conversion in parts:
        if name is not None and name not in PLACEHOLDERS:
            raise ValueError(unknown_name("placeholder", name, PLACEHOLDERS))
        if form or conversion:
            raise ValueError(f"{{{name}}} is written without ! and : and what follows them")
    return written


def _variable(written: str, example: str) -> str:
    if not _VARIABLE.fullmatch(written):
        raise ValueError(f"a secret is never written in a profile: set an environment variable and name it, {example}")
    return written
