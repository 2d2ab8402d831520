"""The fixed words of a page, such as headings, in the language of a locale."""

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
    """The labels of a language, and the formats of a locale for lists, percentages and dates."""

    locale: Locale
    entries: Mapping[str, str]  # by dotted key: "sections.summary"
    day_pattern: str = "long"  # a CLDR pattern ("d MMMM yyyy") or its name

    @property
    def language(self) -> str:
        """The BCP 47 tag of the language of the labels."""
        return self.entries["language"]

    def __call__(self, key: str, **values: object) -> str:
        """Return the label of a key, with its placeholders filled in."""
        return self.entries[key].format(**values)

    def of(self, group: str, name: str, otherwise: str) -> str:
        """Return the label of a name in a group, or *otherwise* if the catalogue has none."""
        return self.entries.get(f"{group}.{name}", otherwise)

    def listed(self, names: Sequence[str]) -> str:
        """Return names as a list in words: "A, B and C"."""
        return str(format_list(names, locale=self.locale)) if names else ""

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as a percentage without decimals."""
        return str(format_percent(round(share, 2), locale=self.locale))


@cache
def labels_of(locale: str, day_pattern: str = "long") -> Labels:
    """Return the labels for a locale (BCP 47: "fr-FR"); English if its language has no catalogue.

    Raises:
        ValueError: It is not a locale tag.
        babel.UnknownLocaleError: The locale does not exist.
    """
    parsed = _with_own_data(Locale.parse(locale, sep="-"))
    return Labels(parsed, catalogue(parsed.language if parsed.language in languages() else _FALLBACK), day_pattern)


def _with_own_data(locale: Locale) -> Locale:
    """Return a locale with its own copy of the data.

    Babel's locales share inherited data and resolve its references on first use. Without a copy, es-MX abbreviates
    September as "sep", but as "sept" if es was used before.
    """
    data: dict[Any, Any] = deepcopy(load(str(locale)))
    vars(locale)["_Locale__data"] = LocaleDataDict(data)
    return locale
