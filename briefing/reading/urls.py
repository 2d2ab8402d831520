"""Addresses such that two of the same page are equal."""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from briefing.reading.lists import word_lists

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


def canonical_url(url: str) -> str:
    """Return an address without what does not tell which page it is.

    The fragment and tracking parameters go; scheme and host are in small letters, a default port and the dot after a
    host are left out, an empty path is "/". Other parameters stay, in their order, for they may tell pages apart. What
    is no address of a page comes back as it is.

    >>> canonical_url("HTTPS://News.Example:443/a?b=2&utm_source=mail&a=1#top")
    'https://news.example/a?b=2&a=1'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in _DEFAULT_PORTS or not host:
        return url
    netloc = f"[{host}]" if ":" in host else _ascii(host)
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _tracks(part))
    return _ESCAPE.sub(lambda escape: escape[0].upper(), urlunsplit((scheme, netloc, parts.path or "/", query, "")))


def is_web_address(url: str | None) -> bool:
    """Tell whether a text is an http(s) address: what else a link can hold is dangerous to print."""
    if url is None or not url.isprintable():
        return False
    return re.match(r"https?://[^\s<>\"'\\]+\Z", url, re.IGNORECASE) is not None


def _tracks(parameter: str) -> bool:
    name = unquote(parameter.partition("=")[0]).lower()
    lists = word_lists("trackers")
    return name in lists["names"] or name.startswith(lists["prefixes"])


def _ascii(host: str) -> str:
    """Return a host as the name service writes it; one that has no such form as it is."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
