"""Delivery by e-mail: one message to all recipients, with the same Message-ID when it is sent again."""

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from briefing.delivery.smtp_server import SmtpServer, answer_line, smtp_connection
from briefing.errors import DeliveryError
from briefing.model.runs import Parcel, Receipt, Refusal
from briefing.runtime.mail_headers import HEADER_POLICY, header_addresses, header_text


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """Send the e-mail that a run made, through a mail server."""

    server: SmtpServer
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()  # not in the header
    subject: Callable[[Parcel], str] | None = field(default=None, compare=False)  # None: the subject of the draft
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False, compare=False)

    @property
    def target(self) -> str:
        """Return a name that lists all recipients."""
        return f"email {', '.join(self.recipients)}"

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return the addresses of all recipients, each once."""
        return tuple(dict.fromkeys(address.addr_spec for address in (*self.to, *self.cc, *self.bcc)))

    @property
    def news_only(self) -> bool:
        """Return True: a mail without news only disturbs."""
        return True

    def describe(self, parcel: Parcel | None = None) -> tuple[str, ...]:
        """Return one line: the mail, its recipients and the server."""
        what = f"send {self._subject(parcel)!r}" if parcel is not None else "send the mail"
        names = (("to", self.to), ("cc", self.cc), ("bcc", self.bcc))
        listed = "; ".join(f"{name} {', '.join(map(str, addresses))}" for name, addresses in names if addresses)
        return (f"{what} from {self.sender} {listed}, through {self.server}",)

    def send(self, parcel: Parcel, recipients: Sequence[str]) -> Receipt:
        """Send the message to *recipients*; its header still lists all of them.

        Raises:
            DeliveryError: No recipient got it, or the server did not confirm it.
        """
        if parcel.result.email is None:
            raise DeliveryError(self.target, "the run made no e-mail; name eml among the outputs of the profile")
        message = self.compose(parcel)
        with smtp_connection(self.server, self.target, self.tls) as connection:
            try:
                refused = connection.sendmail(self.sender.addr_spec, recipients, message)
            except smtplib.SMTPRecipientsRefused as error:
                return Receipt(tuple(_refusals(error.recipients, recipients, self.server)))
            except (smtplib.SMTPException, OSError) as error:
                raise self._failure(error) from error
        return Receipt(tuple(_refusals(refused, refused, self.server)))

    def compose(self, parcel: Parcel) -> bytes:
        """Return the run's draft with sender, recipients, the run's time and a Message-ID unique to the run."""
        message = message_from_bytes(parcel.result.email or b"", _class=EmailMessage, policy=HEADER_POLICY)
        for name in ("From", "To", "Cc", "Bcc", "Date", "Message-ID", "X-Unsent"):
            del message[name]
        if self.subject is not None:
            del message["Subject"]
            message["Subject"] = header_text(self._subject(parcel))
        message["From"] = header_addresses((self.sender,))
        message["To"] = header_addresses(self.to)
        if self.cc:
            message["Cc"] = header_addresses(self.cc)
        message["Date"] = format_datetime(parcel.due)
        message["Message-ID"] = f"<{parcel.key(self.target)}@{self.sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: asks for no out-of-office replies
        return message.as_bytes()

    def _subject(self, parcel: Parcel) -> str:
        return self.subject(parcel) if self.subject is not None else parcel.result.title

    def _failure(self, error: Exception) -> DeliveryError:
        where = f"the mail server {self.server.host}:{self.server.port}"
        if isinstance(error, smtplib.SMTPResponseException):
            answer = answer_line(error.smtp_code, error.smtp_error)
            what = (
                f"the sender {self.sender.addr_spec}" if isinstance(error, smtplib.SMTPSenderRefused) else "the message"
            )
            return DeliveryError(self.target, f"{where} refuses {what}: {answer}", temporary=error.smtp_code < 500)
        reason = (
            f"{where} did not say whether it accepted the message ({error}); it is sent again under the same Message-ID"
        )
        return DeliveryError(self.target, reason, temporary=True)


def _refusals(
    refused: dict[str, tuple[int, bytes]], recipients: Sequence[str] | dict[str, tuple[int, bytes]], server: SmtpServer
) -> list[Refusal]:
    """Return the server's answer for each recipient; a recipient without an answer is retried."""
    no_answer = (421, f"{server.host} closed the connection before it accepted the message".encode())
    answers = {recipient: refused.get(recipient, no_answer) for recipient in recipients}
    return [Refusal(recipient, answer_line(code, words), code < 500) for recipient, (code, words) in answers.items()]
