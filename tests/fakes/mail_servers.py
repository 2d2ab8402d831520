"""Mail servers on loopback: one that works, and ones that fail in a way of their own."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "desk", "correct horse/battery@staple"


@dataclass
class Mailbox:
    """Takes mail, but refuses some recipients, each with an answer."""

    refusals: dict[str, str] = field(default_factory=dict)
    content_answer: str = "250 taken"
    messages: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.content_answer.startswith("250"):
            self.raw.append(envelope.content)
            self.messages.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
            self.recipients.append(list(envelope.rcpt_tos))
            self.encrypted.append(session.ssl is not None)
        return self.content_answer


@dataclass
class DeadlyMailbox(Mailbox):
    """Kills the process that sends, at a point of the conversation, once."""

    victim: subprocess.Popen[str] | None = None
    at: str = ""  # "recipients", "taken"
    killed: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self._kill("recipients")
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        self._kill("taken")
        return answer

    def _kill(self, point: str) -> None:
        if point == self.at and self.victim is not None and not self.killed:
            self.killed.append(point)
            self.victim.kill()
            self.victim.wait()


def authority() -> trustme.CA:
    """Return an authority whose certificates only a test trusts."""
    return trustme.CA()


def server_tls(ca: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name).configure_cert(context)
    return context


def client_tls(ca: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    ca.configure_trust(context)
    return context


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(mailbox: Mailbox, *, port: int | None = None, **options: Any) -> Iterator[int]:
    """Run a server; yield its port."""
    port = port or free_port()
    controller = Controller(mailbox, hostname="localhost", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def check_password(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def scripted_server(*answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Answer each line of one conversation with the next of *answers*; then close; to b"" it says nothing.

    Yield the port, and what was heard.
    """
    listener = socket.create_server(("localhost", 0))
    heard: list[bytes] = []

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection, connection.makefile("rwb") as lines:
                for answer in answers:
                    if answer:
                        lines.write(answer + b"\r\n")
                        lines.flush()
                    if answer is not answers[-1]:
                        heard.append(_next_said(lines, heard))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        listener.close()
        thread.join(5)


def _next_said(lines: Any, heard: list[bytes]) -> bytes:
    """Return a command; after DATA, the whole message."""
    if not heard or heard[-1].strip().upper() != b"DATA":
        return bytes(lines.readline())
    content = b""
    while not content.endswith(b"\r\n.\r\n"):
        line = lines.readline()
        if not line:
            break
        content += line
    return content
