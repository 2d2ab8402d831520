"""Canonical URLs: two URLs of the same page become equal."""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from briefing.runtime.lexicon import ordered_words, word_set

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


def canonical_url(url: str) -> str:
    """Return a URL without the parts that do not identify the page.

    The fragment, tracking parameters, a default port and the dot after a host are removed. Scheme and host become
    lower case; an empty path becomes "/". Other parameters stay, in order, because they may identify the page. Text
    that is not the URL of a page is returned unchanged.

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
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    return _ESCAPE.sub(lambda escape: escape[0].upper(), urlunsplit((scheme, netloc, parts.path or "/", query, "")))


def is_web_address(url: str | None) -> bool:
    """Return True if a text is an http(s) URL; other links are dangerous to print."""
    if url is None or not url.isprintable():
        return False
    return re.match(r"https?://[^\s<>\"'\\]+\Z", url, re.IGNORECASE) is not None


def _is_tracking(parameter: str) -> bool:
    name = unquote(parameter.partition("=")[0]).lower()
    return name in word_set(__name__, "names") or name.startswith(ordered_words(__name__, "prefixes"))


def _ascii(host: str) -> str:
    """Return a host in its ASCII form (IDNA); unchanged if it has none."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
