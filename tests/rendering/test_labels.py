import re

import pytest

from briefing.model.brief import LINE_FIELDS
from briefing.model.wording import languages
from briefing.rendering.labels import labels_of
from tests.fakes.processes import output_of

_PLACE = re.compile(r"\{(\w+)\}")


def test_there_are_labels_in_four_languages_at_least():
    assert languages() >= {"en", "fr", "de", "es"}


@pytest.mark.parametrize("language", sorted(languages()))
def test_each_catalogue_says_all_that_the_english_one_says(language):
    english, other = labels_of("en").entries, labels_of(language).entries
    assert set(other) == set(english)
    for key in set(english) - {"language"}:
        assert other[key].strip(), key
        assert sorted(_PLACE.findall(other[key])) == sorted(_PLACE.findall(english[key])), key


@pytest.mark.parametrize("field", [*LINE_FIELDS, "source"])
def test_each_section_has_a_label(field):
    assert labels_of("en-GB")(f"sections.{field}")


@pytest.mark.parametrize(
    ("locale", "listed", "share"),
    [
        ("en-GB", "Arland, Belmora and Kell", "85%"),
        ("en-US", "Arland, Belmora, and Kell", "85%"),
        ("fr-FR", "Arland, Belmora et Kell", "85\u00a0%"),
        ("de-DE", "Arland, Belmora und Kell", "85\u00a0%"),
        ("es-ES", "Arland, Belmora y Kell", "85\u00a0%"),
    ],
)
def test_a_locale_has_its_own_lists_and_shares(locale, listed, share):
    labels = labels_of(locale)
    assert labels.listed(["Arland", "Belmora", "Kell"]) == listed
    assert labels.percent(0.85).replace("\u202f", "\u00a0") == share  # the space depends on the version of CLDR


def test_a_locale_without_a_catalogue_has_english_labels():
    """Its dates are still its own."""
    labels = labels_of("fi-FI")
    assert labels.language == "en"
    assert labels("sections.quotes") == "Quotes"
    assert labels.locale.language == "fi"


def test_a_locale_writes_the_same_whichever_were_used_before():
    program = (
        "import sys\n"
        "from datetime import date\n"
        "from babel.dates import format_skeleton\n"
        "from briefing.rendering.labels import labels_of\n"
        "day = date(2031, 9, 2)\n"
        "print([format_skeleton('MMM', day, locale=labels_of(name).locale) for name in sys.argv[1:]][-1])\n"
    )
    assert output_of(program, "es", "es-ES", "es-MX") == output_of(program, "es-MX")
