"""Mails of our own, as programs write them."""

from email.message import EmailMessage
from email.policy import SMTP

LEAD = "Dockers in Portville walked out on Monday after talks on night work failed for the third time."
SECOND = "The port authority said it would publish an offer of its own before the weekend."
THIRD = "Anna Novak, who leads the union, called the offer an insult to everyone who works at night."
PLAIN = f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n"

NEWSLETTER = f"""<!DOCTYPE html><html><head><title>Harbour Post Daily</title></head><body>
<div style="display:none;max-height:0">A preview that nobody sees in the mail itself at all.</div>
<img src="https://track.example.net/open.gif?u=1" width="1" height="1">
<table role="presentation" width="100%"><tr><td align="center">
<table width="600"><tr><td><a href="https://track.example.net/v?u=1">View in browser</a></td></tr>
<tr><td><h1>Dockers walk out in Portville</h1></td></tr>
<tr><td style="padding:8px"><p>{LEAD}</p><p>{SECOND} <a href="https://track.example.net/c?u=1">Read the offer</a></p>
<p>{THIRD}</p></td></tr>
<tr><td>You are receiving this email because you signed up at harbourpost.example.<br>
<a href="https://track.example.net/u">Unsubscribe</a> | Harbour Post, 1 Quay Street, Portville</td></tr></table>
</td></tr></table></body></html>"""
FROM = b"From anna@post.example Tue May 14 08:00:00 2024\n"  # before each message of a mailbox


def mail(
    plain: str | None = PLAIN, html: str | None = None, *, attach: tuple[tuple[str, str], ...] = (), **headers: str
) -> bytes:
    """Return a message as bytes; *attach* holds type and name of empty files."""
    message = EmailMessage(policy=SMTP)
    said = {"Subject": "Dockers walk out", "From": "Anna Novak <anna@post.example>", "Message_ID": "<1@post.example>"}
    for name, value in {**said, "Date": "Tue, 14 May 2024 23:30:00 -0700", **headers}.items():
        if value:
            message[name.replace("_", "-")] = value
    if plain is not None:
        message.set_content(plain)
    if html is not None and plain is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    for kind, name in attach:
        main, sub = kind.split("/")
        message.add_attachment(b"%PDF-1.7", maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def box(*messages: bytes) -> bytes:
    """Return a mailbox of some messages."""
    return b"".join(FROM + message.replace(b"\r\n", b"\n") + b"\n" for message in messages)


def numbered(number: int, text: str = PLAIN) -> bytes:
    """Return a message with a subject and an ID of its own."""
    return mail(text, Message_ID=f"<{number}@post.example>", Subject=f"Dockers, day {number}")
