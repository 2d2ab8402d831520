"""The header of an e-mail, encoded here: no library decodes or folds again what it was given.

Python before 3.11.10 and 3.12.5 decodes encoded words (RFC 2047) in a header that it writes, so that a title could
begin a header of its own (CVE-2024-6923).
"""

import re
import unicodedata
from collections.abc import Iterable
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from email.utils import quote
from typing import Any

_CUT_FROM = 900  # characters of a value; a line may have 998: RFC 5322, section 2.1.1
_NOT_TEXT = frozenset({"Cc", "Cf", "Cs"})  # general categories: controls, formats, surrogates
# A line that does not begin with white space begins another header: "a\r\nBcc: b"; not "a\r\n b".
_NEW_LINE = re.compile(r"[\r\n](?!\n?[ \t])")
# What may stand in a name without quotation marks: RFC 5322, section 3.2.3.
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


class HeaderPolicy(EmailPolicy):
    """Headers are written as they were given, in ASCII, each with its lines."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep a header as it is.

        Raises:
            ValueError: A part of it would begin another header.
        """
        if _NEW_LINE.search(value):
            raise ValueError(f"the header {name} would begin another one")
        return name, str(value)

    def fold(self, name: str, value: str) -> str:
        """Return a header as it is written."""
        return f"{name}: {value}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it is written."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


HEADER_POLICY = HeaderPolicy(linesep="\r\n", cte_type="7bit")


def one_line(text: str) -> str:
    """Return a text as one line: no control or formatting characters, and single spaces for all white space."""
    kept = (one for one in text if one.isspace() or unicodedata.category(one) not in _NOT_TEXT)
    return " ".join("".join(kept).split())


def header_text(text: str) -> str:
    """Return a text as the value of a header; it is encoded unless it is plain ASCII that nobody would decode."""
    line = one_line(text)
    return line if _is_plain(line) and len(line) < _CUT_FROM else _encoded(line)


def header_addresses(addresses: Iterable[Address]) -> str:
    """Return addresses as the value of a header, on several lines where one would be too long."""
    written = [_mailbox(address) for address in addresses]
    joined = ", ".join(written)
    return joined if len(joined) < _CUT_FROM else ",\r\n ".join(written)


def _mailbox(address: Address) -> str:
    name = one_line(address.display_name)
    if not name:
        return address.addr_spec
    if not _is_plain(name) or len(name) > _CUT_FROM // 2:
        return f"{_encoded(name)} <{address.addr_spec}>"
    return f"{name} <{address.addr_spec}>" if _ATOMS.fullmatch(name) else f'"{quote(name)}" <{address.addr_spec}>'


def _is_plain(line: str) -> bool:
    """Return True if every reader shows a line as it is written."""
    return line.isascii() and "=?" not in line


def _encoded(line: str) -> str:
    """Return a line in encoded words, one on each line."""
    return Header(line, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\r\n")
