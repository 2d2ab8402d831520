"""A parcel of a digest that a test sends."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

from briefing.model.runs import Output, Parcel, RunResult

DUE = datetime(2026, 6, 1, 6, 0, tzinfo=ZoneInfo("Europe/Prague"))


def draft() -> bytes:
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = "Morning brief – 1 June"
    message["Date"] = "Thu, 01 Jan 1970 00:00:00 +0000"
    message["Message-ID"] = "<draft@briefing.invalid>"
    message["X-Unsent"] = "1"
    message.set_content(
        "Harbour talks resume.\n.\nA line with a dot alone stands above; Zdeňka Nováková speaks.\n",
        cte="quoted-printable",
    )
    message.add_attachment(bytes(range(256)), maintype="application", subtype="pdf", filename="brief.pdf")
    message.set_boundary("=_boundary")
    return message.as_bytes()


def parcel(**changes: object) -> Parcel:
    outputs = (
        Output("morning-2026-06-01.pdf", "application/pdf", b"%PDF-1.7 not really"),
        Output("morning-2026-06-01.json", "application/json", '{"title": "Přístav"}'.encode()),
    )
    settings = {"title": "Morning brief", "outputs": outputs, "email": draft()} | changes
    return Parcel("morning", DUE, RunResult(**settings))  # type: ignore[arg-type]
