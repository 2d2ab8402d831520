"""Make notices from the English catalogue, so that each of them can be printed in another language."""

from collections.abc import Mapping

from briefing.model.brief import Notice
from briefing.model.wording import catalogue

NOTICES = "notices"  # the group of the catalogues


def notice(key: str, where: str | None = None, **values: object) -> Notice:
    """Return a notice in English.

    Args:
        key: Its key in the catalogues; the first part is the notice's code: "hidden-text.page". If there are a singular
            and a plural form ("hidden-text.page.one"), the value *count* selects one.
        where: What it is about.
        values: Values for the placeholders of the form; numbers get thousands separators.
    """
    return Notice(code=key.partition(".")[0], message=english(f"{NOTICES}.{key}", **values), where=where)


def about_article(flaw: Notice, title: str, others: int) -> Notice:
    """Return a digest's notice about an article: it gives the title and how many *others* have the same flaw."""
    form = {0: "one", 1: "two"}.get(others, "more")
    message = english(f"notice_of.{form}", title=title, notice=flaw.message, others=others)
    return Notice(code=flaw.code, message=message)


def counted_lines(left_out: Mapping[str, int]) -> str:
    """Return how many lines of each section were left out: "3 of quotes, 1 of background"."""
    return ", ".join(english("dropped.lines", number=number, name=name) for name, number in left_out.items())


def english(key: str, **values: object) -> str:
    """Return the English form of a key, with its placeholders filled; see `notice`."""
    forms = catalogue("en")
    if key not in forms:
        key += ".one" if values["count"] == 1 else ".other"
    return forms[key].format(**{k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()})
