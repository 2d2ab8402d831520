"""Mail goes out encrypted, once for all recipients, and comes again only under the same name."""

import ssl
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
import trustme

from briefing.delivery.email import EmailChannel
from briefing.delivery.smtp_server import SmtpServer, parse_server
from briefing.errors import DeliveryError
from briefing.model.brief import Briefing
from briefing.model.runs import Receipt, Refusal
from briefing.rendering.email import render_email
from briefing.rendering.layout import Layout
from briefing.rendering.quotation_marks import curled
from briefing.runtime.mail_headers import one_line
from tests.fakes.hostile_lines import PAYLOADS
from tests.fakes.mail_servers import (
    PASSWORD,
    USER,
    Mailbox,
    authority,
    check_password,
    client_tls,
    mail_server,
    scripted_server,
    server_tls,
)
from tests.fakes.parcels import parcel
from tests.rendering import briefs

_SENDER = Address("News desk", addr_spec="news@example.org")
_TO = (Address(addr_spec="ann@example.org"), Address("Bořek", addr_spec="ben@example.net"))


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return authority()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    return Mailbox()


def channel(port: int, security: str = "none", tls: ssl.SSLContext | None = None, **settings: object) -> EmailChannel:
    user = {key: settings.pop(key) for key in ("user", "password") if key in settings}
    server = SmtpServer("localhost", port, security, **user)  # type: ignore[arg-type]
    return EmailChannel(server, _SENDER, _TO, tls=tls or ssl.create_default_context(), **settings)  # type: ignore[arg-type]


def fails(channel: EmailChannel, said: str) -> DeliveryError:
    with pytest.raises(DeliveryError, match=said) as caught:
        channel.send(parcel(), channel.recipients)
    assert PASSWORD not in str(caught.value)
    return caught.value


def test_a_message_has_sender_recipients_date_and_attachments(mailbox: Mailbox) -> None:
    with mail_server(mailbox) as port:
        assert (
            channel(port, cc=(Address(addr_spec="cy@example.org"),)).send(parcel(), ("ann@example.org",)) == Receipt()
        )
    (message,) = mailbox.messages
    assert message["From"] == "News desk <news@example.org>"
    assert message["To"] == "ann@example.org, Bořek <ben@example.net>"
    assert message["Cc"] == "cy@example.org"
    assert message["Date"] == "Mon, 01 Jun 2026 06:00:00 +0200"
    assert message["Subject"] == "Morning brief – 1 June"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Unsent"] is None
    body = message.get_body(("plain",))
    assert body is not None
    assert "\n.\n" in body.get_content().replace("\r\n", "\n")
    assert "Zdeňka Nováková" in body.get_content()
    (attached,) = message.iter_attachments()
    assert attached.get_content() == bytes(range(256))
    assert mailbox.raw[0].isascii()


@pytest.mark.parametrize("brief", [briefs.typical, briefs.scripts])
def test_a_rendered_message_arrives_unchanged(mailbox: Mailbox, brief: Callable[[], Briefing]) -> None:
    draft = render_email(brief(), Layout(marking="TLP:AMBER"))
    with mail_server(mailbox) as port:
        channel(port).send(parcel(email=draft), ("ann@example.org",))
    made = message_from_bytes(draft, _class=EmailMessage, policy=default)
    (arrived,) = mailbox.messages
    assert arrived["Subject"] == made["Subject"]
    assert [part.get_content_type() for part in arrived.walk()] == [part.get_content_type() for part in made.walk()]
    for one, other in zip(arrived.walk(), made.walk(), strict=True):
        assert one.get_payload(decode=True) == other.get_payload(decode=True)
        assert one.get_filename() == other.get_filename()
    assert max(map(len, mailbox.raw[0].splitlines())) <= 998


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_title_or_name_adds_a_header_or_recipient(mailbox: Mailbox, text: str) -> None:
    brief = briefs.empty()
    article = brief.article.model_copy(update={"title": text})
    draft = render_email(brief.model_copy(update={"article": article}), Layout(attach="none"))
    name = " ".join(text.split())
    with mail_server(mailbox) as port:
        server = SmtpServer("localhost", port, "none")
        people = (Address(name, addr_spec="ann@example.org"), *_TO[1:])
        sent = EmailChannel(server, Address(name, addr_spec="news@example.org"), people, cc=people[:1])
        sent.send(parcel(email=draft), sent.recipients)
    (message,) = mailbox.messages
    assert set(message.keys()) - {"X-Peer", "X-MailFrom", "X-RcptTo"} == {
        *("Subject", "MIME-Version", "Content-Type", "From", "To", "Cc", "Date", "Message-ID", "Auto-Submitted")
    }
    assert message["Subject"] == curled(one_line(text))
    assert [one.addr_spec for one in message["To"].addresses] == ["ann@example.org", "ben@example.net"]
    assert [one.addr_spec for one in message["From"].addresses] == ["news@example.org"]
    assert mailbox.recipients == [["ann@example.org", "ben@example.net"]]


def test_blind_copies_are_named_to_nobody(mailbox: Mailbox) -> None:
    with mail_server(mailbox) as port:
        sent = channel(port, bcc=(Address(addr_spec="dee@example.org"),))
        sent.send(parcel(), sent.recipients)
    assert mailbox.recipients == [["ann@example.org", "ben@example.net", "dee@example.org"]]
    assert b"dee@" not in mailbox.raw[0]


def test_a_message_sent_again_is_the_same(mailbox: Mailbox) -> None:
    with mail_server(mailbox) as port:
        for _ in range(2):
            channel(port).send(parcel(), ("ann@example.org",))
    assert mailbox.raw[0] == mailbox.raw[1]
    assert mailbox.messages[0]["Message-ID"].endswith("@example.org>")


def test_another_run_has_another_id() -> None:
    first, second = (channel(1).compose(one) for one in (parcel(), parcel()))
    assert first == second
    ids = {one.key("email x") for one in (parcel(),)} | {parcel().key("email y")}
    assert len(ids) == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_encrypted_with_user_and_password(mailbox: Mailbox, ca: trustme.CA, security: str) -> None:
    context = server_tls(ca)
    encrypted = {"ssl_context": context}
    if security == "starttls":
        encrypted = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with mail_server(
        mailbox, authenticator=check_password, auth_require_tls=security == "starttls", **encrypted
    ) as port:
        sent = channel(port, security, client_tls(ca), user=USER, password=PASSWORD)
        assert sent.send(parcel(), ("ann@example.org",)) == Receipt()
    assert len(mailbox.messages) == 1


def test_a_wrong_password_is_reported_and_not_printed(mailbox: Mailbox, ca: trustme.CA) -> None:
    with mail_server(mailbox, authenticator=check_password, tls_context=server_tls(ca), require_starttls=True) as port:
        error = fails(
            channel(port, "starttls", client_tls(ca), user=USER, password=PASSWORD[::-1]),
            rf"localhost:{port} refuses the user 'desk' \(535.*correct user and password in the variable",
        )
    assert not error.temporary
    assert PASSWORD[::-1] not in str(error)


def test_nothing_is_sent_where_starttls_is_not_offered(mailbox: Mailbox) -> None:
    with mail_server(mailbox) as port:
        error = fails(
            channel(port, "starttls", user=USER, password=PASSWORD), "offers no STARTTLS, so nothing was sent"
        )
    assert not error.temporary
    assert mailbox.messages == []


def test_a_self_signed_certificate_is_not_trusted(mailbox: Mailbox, ca: trustme.CA) -> None:
    with mail_server(mailbox, tls_context=server_tls(ca), require_starttls=True) as port:
        assert not fails(channel(port, "starttls"), "the certificate of the mail server .* is not trusted").temporary


def test_a_certificate_of_another_host_is_not_trusted(mailbox: Mailbox, ca: trustme.CA) -> None:
    with mail_server(mailbox, tls_context=server_tls(ca, "mail.example.org"), require_starttls=True) as port:
        fails(channel(port, "starttls", client_tls(ca)), "is not trusted: Hostname mismatch")


def test_tls_with_a_server_without_tls_is_reported(mailbox: Mailbox) -> None:
    with mail_server(mailbox) as port:
        assert not fails(channel(port, "tls"), r"does not speak TLS this way .*try smtp\+starttls://").temporary


def test_a_server_that_is_down_is_tried_again(unused_port: int) -> None:
    assert fails(channel(unused_port), f"localhost:{unused_port} cannot be reached: Connection refused").temporary


@pytest.fixture
def unused_port() -> int:
    from tests.fakes.mail_servers import free_port

    return free_port()


def test_an_unknown_host_is_reported() -> None:
    server = SmtpServer("mail.invalid", 25, "none")
    assert fails(EmailChannel(server, _SENDER, _TO), "mail.invalid:25 cannot be reached").temporary


def test_each_refused_recipient_is_reported(mailbox: Mailbox) -> None:
    mailbox.refusals = {"ben@example.net": "550 5.1.1 no such user", "cy@example.org": "451 4.7.1 greylisted"}
    with mail_server(mailbox) as port:
        sent = channel(port, cc=(Address(addr_spec="cy@example.org"),))
        receipt = sent.send(parcel(), sent.recipients)
    assert receipt.refused == (
        Refusal("ben@example.net", "550 5.1.1 no such user", temporary=False),
        Refusal("cy@example.org", "451 4.7.1 greylisted", temporary=True),
    )
    assert mailbox.recipients == [["ann@example.org"]]


def test_nothing_is_sent_where_all_are_refused(mailbox: Mailbox) -> None:
    mailbox.refusals = dict.fromkeys(("ann@example.org", "ben@example.net"), "550 no such user")
    with mail_server(mailbox) as port:
        receipt = channel(port).send(parcel(), channel(port).recipients)
    assert [(refusal.recipient, refusal.temporary) for refusal in receipt.refused] == [
        ("ann@example.org", False),
        ("ben@example.net", False),
    ]
    assert mailbox.messages == []


@pytest.mark.parametrize(("answer", "temporary"), [("554 too much news", False), ("452 out of room", True)])
def test_a_refused_message_is_reported(mailbox: Mailbox, answer: str, temporary: bool) -> None:
    mailbox.content_answer = answer
    with mail_server(mailbox) as port:
        assert fails(channel(port), f"refuses the message: {answer}").temporary is temporary


_HELLO = (b"220 hello", b"250 mail.example.org")


def test_a_dropped_connection_before_acceptance_is_retried() -> None:
    with scripted_server(*_HELLO, b"250 sender", b"250 ann", b"250 ben", b"354 go on", b"") as (port, heard):
        error = fails(
            channel(port), "did not say whether it accepted the message .*sent again under the same Message-ID"
        )
    assert error.temporary
    assert heard[-1].startswith(b"From: News desk") or b"Subject: " in heard[-1]


def test_recipients_without_an_answer_are_retried() -> None:
    with scripted_server(*_HELLO, b"250 sender", b"550 no ann", b"421 too many errors") as (port, _):
        receipt = channel(port).send(parcel(), channel(port).recipients)
    assert [(refusal.recipient, refusal.temporary) for refusal in receipt.refused] == [
        ("ann@example.org", False),
        ("ben@example.net", True),
    ]


def test_all_recipients_are_retried_after_a_dropped_connection() -> None:
    with scripted_server(*_HELLO, b"250 sender", b"250 ann", b"421 going down") as (port, _):
        receipt = channel(port).send(parcel(), channel(port).recipients)
    assert all(refusal.temporary for refusal in receipt.refused)
    assert len(receipt.refused) == 2


@pytest.mark.parametrize(
    ("script", "said", "temporary"),
    [
        ((b"554 not you",), "answers 554 not you", False),
        ((b"421 busy",), "answers 421 busy", True),
        ((*_HELLO, b"550 not from here"), "refuses the sender news@example.org: 550 not from here", False),
        ((*_HELLO, b"451 later"), "refuses the sender news@example.org: 451 later", True),
        ((b"220 hello",), "closed the connection|did not say", True),
        ((b"HTTP/1.1 400 Bad Request",), "localhost", True),
    ],
)
def test_a_closed_connection_is_reported(script: tuple[bytes, ...], said: str, temporary: bool) -> None:
    with scripted_server(*script) as (port, _):
        assert fails(channel(port), said).temporary is temporary


def test_a_servers_answer_is_reported_in_one_line() -> None:
    with scripted_server(*_HELLO, b"550-first\r\n550 \x1b[31msecond") as (port, _):
        assert "550 first [31msecond" in str(fails(channel(port), "first"))


def test_a_run_without_a_mail_is_reported(mailbox: Mailbox) -> None:
    with mail_server(mailbox) as port, pytest.raises(DeliveryError, match="name eml among the outputs"):
        channel(port).send(parcel(email=None), ("ann@example.org",))


def test_a_dry_run_prints_no_secrets() -> None:
    text = " ".join(channel(587, "starttls", user=USER, password=PASSWORD).describe(parcel()))
    assert "'Morning brief' from News desk <news@example.org> to" in text
    assert text.endswith("through localhost:587 (STARTTLS)")
    assert "ann@example.org, Bořek <ben@example.net>" in text
    assert PASSWORD not in text + repr(channel(587, user=USER, password=PASSWORD))


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp+starttls://me:word@mail.example.org", SmtpServer("mail.example.org", 587, "starttls", "me", "word")),
        (
            "smtps://me%40example.org:a%2Fb%40c@mail.example.org:4650",
            SmtpServer("mail.example.org", 4650, "tls", "me@example.org", "a/b@c"),
        ),
        ("smtp://mail.example.org", SmtpServer("mail.example.org", 25, "none")),
        ("smtp://me:word@localhost:2525/", SmtpServer("localhost", 2525, "none", "me", "word")),
        (" smtps://[::1] ", SmtpServer("::1", 465, "tls")),
    ],
)
def test_a_url_names_a_server(url: str, server: SmtpServer) -> None:
    assert parse_server(url) == server


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example.org:587", "names no mail server; write smtp"),
        ("http://mail.example.org", "names no mail server"),
        ("smtps://", "names no mail server"),
        ("smtps://host:port", "not a valid URL"),
        ("smtps://me:s3cr3t@host:99999", "not a valid URL"),
        ("smtps://me:s3cr3t/x@host", "not a valid URL|names no mail server|something follows"),
        ("smtps://me:s3cr3t@host/#x", "something follows"),
        ("smtps://:s3cr3t@host", "password without a user"),
        ("smtp://me:s3cr3t@mail.example.org", "send the password in the clear to mail.example.org"),
        ("smtps://[::1", "not a valid URL"),
    ],
)
def test_a_url_without_a_server_is_refused_without_its_secret(url: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        parse_server(url)
    assert "s3cr3t" not in str(caught.value)
