"""Detect whether a text is English, and its language if it is not.

The script decides for most languages. Among those in Latin letters, the share of each language's most common words
decides (Grefenstette 1995, "Comparing two language identification schemes").
"""

import re
from functools import cache

from briefing.runtime.lexicon import read_lexicon

MAX_WORDS = 1000  # only the beginning of a long text is read

_WORD = re.compile(r"[^\W\d_]+")
# The first pattern that matches gives the language; kana separates Japanese from Chinese.
_SCRIPTS = (
    ("Japanese", re.compile(r"[\u3040-\u30ff]")),
    ("Korean", re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("Chinese", re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]")),
    ("Persian or Urdu", re.compile(r"[\u067e\u0686\u0698\u06af\u06a9\u06cc]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff]")),
    ("Ukrainian", re.compile(r"[іїєґІЇЄҐ]")),
    ("Serbian or Macedonian", re.compile(r"[јљњђћќѓџЈЉЊЂЋЌЃЏ]")),
    ("Bulgarian", re.compile(r"\b(?:че|се|са|ще|това|който)\b")),
    ("Russian", re.compile(r"[\u0400-\u04ff]")),
    ("Greek", re.compile(r"[\u0370-\u03ff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Hindi", re.compile(r"[\u0900-\u097f]")),
    ("Bengali", re.compile(r"[\u0980-\u09ff]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("Georgian", re.compile(r"[\u10a0-\u10ff]")),
    ("Armenian", re.compile(r"[\u0530-\u058f]")),
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")


def foreign_language(text: str) -> str | None:
    """Return the language of a text; None if it is English, or too short to decide.

    "another language" means an unknown one.
    """
    sample = text[: MAX_WORDS * 7]
    words = _WORD.findall(sample)
    letters, latin = sum(map(len, words)), sum(map(len, _LATIN.findall(sample)))
    if letters > 2 * latin:
        return _script(sample, letters - latin)
    words = words[:MAX_WORDS]
    hits: dict[str, list[str]] = {language: [] for language in read_lexicon(__name__)["common_words"]}
    for word in words:
        for language in _languages_of().get(word.lower(), ()):
            if language == "English" or word.islower():  # English names: "La Paz", "El Salvador"
                hits[language].append(word)
    english = len(hits.pop("English"))
    language, found = max(hits.items(), key=lambda item: len(item[1]))
    if len(set(found)) >= 3 and len(found) > 2 * english and len(found) * 8 > len(words):
        return language
    if len(words) >= 60 and english * 20 < len(words):
        return "another language"
    return None


def _script(sample: str, others: int) -> str:
    shares = ((name, len(pattern.findall(sample))) for name, pattern in _SCRIPTS)
    return next((name for name, count in shares if count * 50 > others), "another language")


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Return the languages of each common word; a word that English shares with another counts for none."""
    lists = read_lexicon(__name__)["common_words"]
    english = frozenset(lists["English"])
    table: dict[str, tuple[str, ...]] = {}
    for language, words in lists.items():
        for word in words:
            table[word] = () if language != "English" and word in english else (*table.get(word, ()), language)
    return table
