"""Notices are printed in the language of the page, with their counts and names."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import briefing
from briefing.errors import FetchError, ReadingError
from briefing.model.brief import Notice
from briefing.model.notices import about_article, counted_lines, english, notice
from briefing.model.wording import catalogue, languages
from briefing.rendering.labels import labels_of
from briefing.rendering.layout import Layout
from briefing.rendering.notices import notice_in_words
from briefing.rendering.page import lay_out
from tests.rendering import briefs

PACKAGE = Path(briefing.__file__).parent
OTHERS = sorted(languages() - {"en"})
VALUES = {
    "model": "eyes",
    "count": 3,
    "kept": 40,
    "day": "2024-05-14",
    "share": "0.45",
    "pages": "2, 5, 7",
    "names": "offer.pdf",
    "titles": "Talks end",
    "section": "quotes",
    "sections": counted_lines({"quotes": 3}),
    "reason": str(FetchError("https://example.org/a", english("reasons.robots"))),
    "fault": str(ReadingError("a.txt", english("reasons.no-file"))),
    "field": "'colour'",
    "fields": "title, date",
    "written": "'soon'",
    "mark": "\N{REPLACEMENT CHARACTER}",
}
ATTACHED = english("more.names", names="a, b.pdf, a message “Talks, day two”", others=2)
NOT_FOUND = "its server answers 404 (Not Found): there is no such page: check the address"
KEYS = sorted({re.sub(r"\.(one|other)$", "", key) for key in catalogue("en") if key.startswith("notices.")})


def _trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")]


def _calls(name: str) -> list[tuple[Path, ast.Call]]:
    """Return the calls of a name anywhere in the package."""
    calls = [(path, node) for path, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(path, call) for path, call in calls if isinstance(call.func, ast.Name) and call.func.id == name]


def test_notices_and_catalogues_have_the_same_keys() -> None:
    made = {f"notices.{ast.literal_eval(call.args[0])}" for _, call in _calls("notice")}
    assert made == set(KEYS)
    assert {path.name for path, _ in _calls("Notice")} == {"notices.py"}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("count", [1, 3])
def test_each_notice_is_printed_in_the_language_of_the_page(key: str, language: str, count: int) -> None:
    labels = labels_of(language)
    made = notice(key.removeprefix("notices."), **{**VALUES, "count": count})
    forms = labels.entries
    form = forms.get(key) or forms[f"{key}.{'one' if count == 1 else 'other'}"]
    said = notice_in_words(made, labels)
    assert said != made.message
    assert re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(form)), said), said
    assert notice_in_words(made, labels_of("en-GB")) == made.message


@pytest.mark.parametrize(
    ("made", "printed"),
    [
        (notice("hidden-text.page", count=1), "1 verborgene Stelle der Seite wurde ausgelassen."),
        (notice("hidden-text.page", count=1200), "1.200 verborgene Stellen der Seite wurden ausgelassen."),
        (
            notice("too-old", count=2, day="2024-05-14"),
            "2 Artikel wurden ausgelassen: erschienen vor dem 14. Mai 2024.",
        ),
        (
            notice(
                "left-out.digest", "quotes, sums-of-money", sections=counted_lines({"quotes": 3, "sums-of-money": 1})
            ),
            "Aus den Themen ausgelassen, das Unwichtigste zuerst: Zitate (3), sums-of-money (1).",
        ),
        (
            notice(
                "attachment-not-read",
                names=ATTACHED,
            ),
            "Angehängt und nicht gelesen: a, b.pdf, eine Nachricht „Talks, day two“ und 2 weitere.",
        ),
        (
            notice("scanned-pages", count=30, pages=english("more.pages", pages="2, 5")),
            "Die Seiten 2, 5 und weitere enthielten Bilder ohne Text; sie wurden nicht gelesen.",
        ),
        (
            notice("excerpt-only", reason=str(FetchError("https://example.org/a", english("reasons.later")))),
            "Nur der Auszug im Feed wurde gelesen: https://example.org/a konnte nicht abgerufen werden: "
            "später noch einmal versuchen.",
        ),
        (
            notice("source-failed", fault=str(FetchError("https://example.org/a", NOT_FOUND))),
            "https://example.org/a konnte nicht abgerufen werden: "
            "der Server antwortet 404 (Not Found): die Seite gibt es nicht; die Adresse ist zu prüfen",
        ),
        (
            about_article(notice("hidden-text.page", count=2), "Talks: day two", 0),
            "Talks: day two: 2 verborgene Stellen der Seite wurden ausgelassen.",
        ),
        (
            about_article(notice("footnotes", count=1), "Talks", 1),
            "Talks: 1 Fußnote wurde ausgelassen. (und ein weiterer Artikel)",
        ),
        (
            about_article(notice("only-headline"), "Talks", 3),
            "Talks: Die Quelle enthält eine Überschrift, aber keinen Artikel darunter. (und 3 weitere Artikel)",
        ),
        (Notice(code="hidden-text", message="Worded by hand."), "Worded by hand."),
        (Notice(code="of-an-extension", message="2 sums were odd."), "2 sums were odd."),
    ],
)
def test_names_and_counts_in_a_notice_are_translated(made: Notice, printed: str) -> None:
    assert notice_in_words(made, labels_of("de-DE")) == printed


def test_notices_are_translated_on_pages_and_english_in_json() -> None:
    found = notice("low-confidence", "agreements", count=2)
    brief = briefs.typical().model_copy(update={"notices": (found,)})
    notes = [row.text for row in lay_out(brief, Layout(locale="fr-FR")).notes.rows]
    assert notes[0] == "Points d’accord : Supprimés : 2, jugés trop incertains."
    assert "2 left out: too doubtful." in brief.model_dump_json()


@pytest.mark.parametrize("key", sorted(key for key in catalogue("en") if key.startswith("reasons.")))
def test_each_reason_of_the_catalogues_is_used(key: str) -> None:
    pieces = re.split(r"\{\w+\}|: |[()]", catalogue("en")[key])
    assert [piece for piece in pieces if piece.strip() not in _texts()] == []


@cache
def _texts() -> str:
    """Return the strings of the package, one after the other."""
    constants = [node for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return "\n".join(node.value for node in constants if isinstance(node.value, str))
