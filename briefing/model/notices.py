"""Notices made of the English catalogue, so that every one of them can be printed in another language."""

from collections.abc import Mapping

from briefing.model.brief import Notice
from briefing.model.wording import catalogue

NOTICES = "notices"  # the group of the catalogues


def notice(key: str, where: str | None = None, **values: object) -> Notice:
    """Return a notice in English.

    Args:
        key: Its key in the catalogues, whose first part is its code: "hidden-text.page". Where there is one form for
            one thing and one for several ("hidden-text.page.one"), the value *count* decides.
        where: What it is about.
        values: What the form names; numbers get separators.
    """
    return Notice(code=key.partition(".")[0], message=english(f"{NOTICES}.{key}", **values), where=where)


def about_article(flaw: Notice, title: str, others: int) -> Notice:
    """Return the notice on an article as a digest has it: with its title, and how many *others* it is true of."""
    form = {0: "one", 1: "two"}.get(others, "more")
    message = english(f"notice_of.{form}", title=title, notice=flaw.message, others=others)
    return Notice(code=flaw.code, message=message)


def counted_lines(left_out: Mapping[str, int]) -> str:
    """Return how many lines of which section were left out: "3 of quotes, 1 of background"."""
    return ", ".join(english("dropped.lines", number=number, name=name) for name, number in left_out.items())


def english(key: str, **values: object) -> str:
    """Return the English form of a key with its values; see `notice`."""
    forms = catalogue("en")
    if key not in forms:
        key += ".one" if values["count"] == 1 else ".other"
    return forms[key].format(**{k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()})
