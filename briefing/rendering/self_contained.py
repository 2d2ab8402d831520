"""Whether a page is one file that needs no other and runs nothing: what a user's templates must keep to."""

from html.parser import HTMLParser

from briefing.errors import TemplateFillError
from briefing.rendering.own_templates import loads

# Elements that run or bring in something, whatever their attributes say.
_FOREIGN = frozenset({"applet", "base", "embed", "frame", "iframe", "object", "script"})
_LOADING = frozenset({"background", "data", "href", "poster", "src", "srcset", "xlink:href"})
_WITHIN = ("data:", "#")  # what an address within the page starts with


def self_contained(html: str, template: str) -> str:
    """Return a page that a user's template gave.

    Raises:
        TemplateFillError: It would load or run something.
    """
    foreign = foreign_part(html)
    if foreign is not None:
        reason = f"the page would load or run {foreign}; write pictures out as data: addresses"
        raise TemplateFillError(template, None, reason)
    return html


def foreign_part(html: str) -> str | None:
    """Return the first thing in a page that would be loaded from elsewhere or run; None where there is none.

    A link to somewhere is none: nothing is loaded until it is followed.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: str | None = None
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if tag in _FOREIGN:
            self._find(f"<{tag}>")
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or (name == "http-equiv" and address == "refresh"):
                self._find(f"{name} of <{tag}>")
            elif name == "style" and any(loads(value or "")):
                self._find(f"the style of <{tag}>")
            elif name in _LOADING and not address.startswith(_WITHIN) and (tag, name) != ("a", "href"):
                self._find(f"{name}={value!r} of <{tag}>")
            elif (tag, name) == ("a", "href") and address.startswith(("javascript:", "data:", "vbscript:")):
                self._find(f"href={value!r} of <a>")

    def handle_endtag(self, _tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style and any(loads(data)):
            self._find("an address in <style>")

    def _find(self, what: str) -> None:
        self.found = self.found or what
