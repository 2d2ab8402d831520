"""What a page says beside the article's own words, in the language of a locale."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale
from babel.lists import format_list
from babel.localedata import LocaleDataDict, load
from babel.numbers import format_percent

from briefing.model.wording import catalogue, languages

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a language, and how a locale writes lists, shares and days."""

    locale: Locale
    entries: Mapping[str, str]  # by dotted key: "sections.summary"
    day_pattern: str = "long"  # a pattern of CLDR ("d MMMM yyyy"), or the name of one

    @property
    def language(self) -> str:
        """The BCP 47 tag of the language that the labels are in."""
        return self.entries["language"]

    def __call__(self, key: str, **values: object) -> str:
        """Return the label of a key, with the values that it names filled in."""
        return self.entries[key].format(**values)

    def of(self, group: str, name: str, otherwise: str) -> str:
        """Return the label of a name within a group, or *otherwise* where the catalogue has none."""
        return self.entries.get(f"{group}.{name}", otherwise)

    def listed(self, names: Sequence[str]) -> str:
        """Return names as a list in words: "A, B and C"."""
        return str(format_list(names, locale=self.locale)) if names else ""

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as a percentage without decimals."""
        return str(format_percent(round(share, 2), locale=self.locale))


@cache
def labels_of(locale: str, day_pattern: str = "long") -> Labels:
    """Return the labels for a locale (BCP 47: "fr-FR"); English where there is no catalogue of its language.

    Raises:
        ValueError: It is no tag of a locale.
        babel.UnknownLocaleError: There is no such locale.
    """
    parsed = _apart(Locale.parse(locale, sep="-"))
    return Labels(parsed, catalogue(parsed.language if parsed.language in languages() else _FALLBACK), day_pattern)


def _apart(locale: Locale) -> Locale:
    """Return a locale with data of its own.

    Babel lets locales share what they inherit, and resolves references within it when they are first followed: es-MX
    would abbreviate September as "sept" after es was used, and as "sep" before.
    """
    data: dict[Any, Any] = deepcopy(load(str(locale)))
    vars(locale)["_Locale__data"] = LocaleDataDict(data)
    return locale
