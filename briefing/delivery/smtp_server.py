"""Mail servers: parse their URLs, and open an encrypted, logged-in connection."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from briefing.errors import DeliveryError

Security = Literal["starttls", "tls", "none"]

_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp": ("none", 25),
}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FORM = "write smtp+starttls://user:password@host:587, smtps://user:password@host:465, or smtp://host:25 (in the clear)"
_TIMEOUT = 60.0  # seconds for each answer


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The address, encryption and login of a mail server."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        label = {"starttls": "STARTTLS", "tls": "TLS", "none": "in the clear"}[self.security]
        return f"{self.host}:{self.port} ({label})"


def parse_server(url: str) -> SmtpServer:
    """Return the server that a URL names; no error shows the password.

    Raises:
        ValueError: The URL is invalid, or would send a password in the clear to another machine.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ValueError(f"it is not a valid URL; {_FORM}") from error
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError(f"it names no mail server; {_FORM}")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(
            f"something follows its host and port; {_FORM}, with / ? # and @ in a password as %2F %3F %23 %40"
        )
    security, default = _SCHEMES[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if password and not user:
        raise ValueError(f"it has a password without a user; {_FORM}")
    if user and security == "none" and parts.hostname not in _LOOPBACK:
        raise ValueError(
            f"it would send the password in the clear to {parts.hostname}; write smtp+starttls:// or smtps://"
        )
    return SmtpServer(parts.hostname, port or default, security, user, password)


@contextmanager
def smtp_connection(server: SmtpServer, target: str, tls: ssl.SSLContext) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt and log in; always close at the end.

    Raises:
        DeliveryError: One of these steps failed.
    """
    connection = _open(server, target, tls)
    try:
        try:
            if server.security == "starttls":
                connection.starttls(context=tls)
            if server.user:
                connection.login(server.user, server.password)
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(target, _connection_error(error, server), temporary=_is_temporary(error)) from error
        yield connection
    finally:
        # An accepted message stays accepted if QUIT fails.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _open(server: SmtpServer, target: str, tls: ssl.SSLContext) -> smtplib.SMTP:
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=tls)
        return smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(target, _connection_error(error, server), temporary=_is_temporary(error)) from error


def answer_line(code: int, message: bytes | str) -> str:
    """Return the answer of a server as one printable line: code and text."""
    text = message.decode("utf-8", "replace") if isinstance(message, bytes) else message
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"{code} {' '.join(line.split())}"[:300].strip()


def _is_temporary(error: Exception) -> bool:
    """Return True if a retry may succeed: after network errors and 4xx answers."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code < 500
    return isinstance(error, smtplib.SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, (ssl.SSLError, smtplib.SMTPException))
    )


def _connection_error(error: Exception, server: SmtpServer) -> str:
    """Return why the connection failed, and what helps."""
    where = f"the mail server {server.host}:{server.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        answer = answer_line(error.smtp_code, error.smtp_error)
        return f"{where} refuses the user {server.user!r} ({answer}); correct user and password in the variable"
    if isinstance(error, smtplib.SMTPNotSupportedError) and server.security == "starttls" and "STARTTLS" in str(error):
        return f"{where} offers no STARTTLS, so nothing was sent; write smtps:// or smtp:// if you want that"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{where} does not accept a login here ({error}); leave user and password out of the URL, or encrypt"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of {where} is not trusted: {error.verify_message}; use the name in the certificate"
    if isinstance(error, ssl.SSLError):
        return f"{where} does not speak TLS this way ({error.reason or error}); try smtp+starttls:// or smtps://"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{where} answers {answer_line(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"{where} closed the connection"
    if isinstance(error, TimeoutError):
        return f"{where} does not answer"
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return f"{where} cannot be reached: {error.strerror or error}"
    return f"{where}: {error}"
