"""Encode e-mail headers, so that no library decodes or folds them again.

Python before 3.11.10 and 3.12.5 decodes encoded words (RFC 2047) in a header that it writes. A title could then
inject another header (CVE-2024-6923).
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
# Matches a line end without white space after it, where another header begins: "a\r\nBcc: b"; not "a\r\n b".
_NEW_LINE = re.compile(r"[\r\n](?!\n?[ \t])")
# A name that needs no quotation marks: RFC 5322, section 3.2.3.
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


class HeaderPolicy(EmailPolicy):
    """Write headers unchanged, in ASCII, with their line breaks."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep a header unchanged.

        Raises:
            ValueError: It holds a line break that begins another header.
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
    """Return a text as the value of a header: plain ASCII as it is, anything else encoded."""
    line = one_line(text)
    return line if _is_plain(line) and len(line) < _CUT_FROM else _encoded(line)


def header_addresses(addresses: Iterable[Address]) -> str:
    """Return addresses as the value of a header, one on each line if one line is too long."""
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
    """Return True if every mail program shows the line unchanged."""
    return line.isascii() and "=?" not in line


def _encoded(line: str) -> str:
    """Return a text as encoded words, one on each line."""
    return Header(line, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\r\n")
