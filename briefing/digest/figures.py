"""Find the numbers of a story: what each one counts or measures, and its range ("at least 12", "dozens")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from briefing.digest.members import Member
from briefing.digest.wording import calendar_words, content, stem
from briefing.model.brief import Evidence
from briefing.runtime.lexicon import read_lexicon, word_pattern, word_set

_ABOUT = 0.2  # how far "about 100" may be off
_CACHED = 20_000  # sentences whose figures are cached
_WIDEST = 6  # words between a number and the word for the victims, at most

# Votes for and against: "by 52 votes to 48", "52-48"; not "1996-97 season" (the sentence must speak of a vote).
_VOTES = re.compile(rf"\b(\d{{1,4}})(?: votes?)?(?: to |[-–])(\d{{1,4}})\b(?! {word_pattern(__name__, 'not_votes')})")
_VOTING = re.compile(rf"\b{word_pattern(__name__, 'voting')}\b", re.IGNORECASE)
# The words before a toll: "The death toll of the blast rose to", "a toll of"; not "the toll road to".
_TOLL = re.compile(rf"\btoll\b(?! road)[^.;]*\b{word_pattern(__name__, 'before_toll')}\s*$")
# A year, which counts nothing.
_YEAR = re.compile(r"(?<![\d.,$€£¥])(?:1[89]|20)\d\d(?![\d,.]\d|\d)")


class Range(NamedTuple):
    """The smallest and the largest value that a number may mean."""

    least: float
    most: float

    def meets(self, other: "Range") -> bool:
        """Return True if both may mean the same value."""
        return self.least <= other.most and other.least <= self.most


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence of an article."""

    slot: str  # what it counts or measures, as a key: "killed/people", "euro"
    subject: str  # the same in words of the article: "people killed"
    text: str  # as written: "at least 12"
    range: Range
    grows: bool  # True for a count of victims, which rises from report to report
    matter: frozenset[str]  # stems of the other words of the sentence
    evidence: Evidence
    member: Member


def figures_of(member: Member) -> tuple[Figure, ...]:
    """Return the numbers of an article that can be compared: tolls, votes, shares, sums, counts.

    Numbers of another time ("last year") and of the background are skipped.
    """
    past = {(piece.start, piece.end) for fact in member.brief.background for piece in fact.evidence}
    year = member.published[:4]
    found: list[Figure] = []
    for sentence, text in member.sentences():
        if (sentence.start, sentence.end) in past or _earlier().search(text) or _is_of_another_year(text, year):
            continue
        evidence = member.cite_sentence(sentence)
        for slot, subject, written, value, grows in figures_in(text):
            matter = frozenset(word for word in content(text) if not word[0].isdigit() and word not in _numerals())
            found.append(Figure(slot, subject, written, value, grows, matter, evidence, member))
    return tuple(found)


class SentenceFigure(NamedTuple):
    """A number in a sentence; the fields are those of ``Figure``."""

    slot: str
    subject: str
    text: str
    range: Range
    grows: bool


@lru_cache(_CACHED)
def figures_in(text: str) -> tuple[SentenceFigure, ...]:
    """Return the numbers of a sentence for which it is clear what they count or measure."""
    votes = list(_votes(text))
    if votes:
        return tuple(votes)
    found: list[SentenceFigure] = []
    for match in _number().finditer(text):
        value = _range(match)
        if value is not None:
            one = _toll(text, match, value) or _measure(text, match, value)
            if one is not None:
                found.append(one)
    return tuple(found)


def _votes(text: str) -> Iterator[SentenceFigure]:
    if _VOTING.search(text):
        for match in _VOTES.finditer(text):
            many, few = sorted((int(match[1]), int(match[2])), reverse=True)
            key = many * 10_000 + few
            yield SentenceFigure("vote", _VOTING.findall(text)[0], match[0], Range(key, key), grows=False)


def _toll(text: str, match: re.Match[str], value: Range) -> SentenceFigure | None:
    """Return a count of victims: "12 people were killed", "killing 12", "a death toll of 12"."""
    if text[match.end() : match.end() + 1] == "-":  # "a 24-year-old man was killed"
        return None
    after = re.findall(r"[A-Za-z'’-]+|[.;:,]", text[match.end() :])[: _WIDEST + 2]
    before = re.findall(r"[A-Za-z'’-]+(?= ?$)", text[: match.start()])
    if after and after[0].lower() in calendar_words():  # "on 9 June"
        return None
    kinds = _toll_kinds()
    who = _counted(after)
    counted = after[0] if after and (who or after[0].lower() in word_set(__name__, "persons")) else ""
    last = before[-1] if before else ""
    if (_TOLL.search(text[: match.start()]) and after[:1] != ["percent"]) or last.lower() in kinds:
        word, kind = (last, kinds[last.lower()]) if last.lower() in kinds else ("toll", "killed")
        return SentenceFigure(f"{kind}/{who or 'people'}", f"{counted} {word}".strip(), match[0], value, grows=True)
    for word in after[:_WIDEST]:
        if word in ".;:,":
            return None
        if kind := kinds.get(word.lower(), ""):
            return SentenceFigure(f"{kind}/{who or 'people'}", f"{counted} {word}".strip(), match[0], value, grows=True)
    return None


def _counted(after: list[str]) -> str:
    """Return the group that is counted, by the first noun after the number; empty for people in general."""
    word = after[0].lower() if after else ""
    table = read_lexicon(__name__)
    is_unspecific = word in _toll_kinds() or word in table["between"] or word in table["people"]
    return "" if not word.isalpha() or is_unspecific else word


def _measure(text: str, match: re.Match[str], value: Range) -> SentenceFigure | None:
    """Return an amount; its slot is its unit."""
    units, signs = read_lexicon(__name__)["units"], read_lexicon(__name__)["signs"]
    if match["sign"]:
        return SentenceFigure(signs[match["sign"]], match["sign"], match[0], value, grows=False)
    after = re.match(r"(%|[ -]?([A-Za-z]+(?: [a-z]+)?))", text[match.end() :])
    if after is None:
        return None
    written = after[1].strip(" -").lower()
    for name in (written, written.split()[0]):
        if name in units:
            return SentenceFigure(units[name], name, match[0], value, grows=False)
    return None


def _range(match: re.Match[str]) -> Range | None:
    """Return the range of a written number; None for a year."""
    words = read_lexicon(__name__)
    digits, numeral, vague = match["digits"], match["numeral"], match["vague"]
    if vague:
        least, most = map(float, words["vague"][vague.lower()])
        return Range(least, most)
    if digits and not match["sign"] and not match["scale"] and _YEAR.fullmatch(digits):
        return None
    value = float(digits.replace(",", "")) if digits else float(words["numerals"][numeral.lower()])
    value *= float(words["scales"][match["scale"].lower()]) if match["scale"] else 1
    hedge = " ".join((match["hedge"] or "").lower().split())
    if hedge in words["at_least"]:
        return Range(value, inf)
    if hedge in words["at_most"]:
        return Range(0, value)
    return Range(value * (1 - _ABOUT), value * (1 + _ABOUT)) if hedge in words["about"] else Range(value, value)


@cache
def _number() -> re.Pattern[str]:
    hedges = word_pattern(__name__, "at_least", "at_most", "about")
    return re.compile(
        rf"(?:\b(?P<hedge>{hedges}) )?(?P<sign>[$€£¥])?(?:(?P<digits>(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-]*\d))"
        rf"|\b(?P<numeral>{word_pattern(__name__, 'numerals')})\b"
        rf"|\b(?P<vague>{word_pattern(__name__, 'vague')})\b(?: of\b)?)"
        rf"(?:[ -](?P<scale>{word_pattern(__name__, 'scales')})\b)?",
        re.IGNORECASE,
    )


@cache
def _earlier() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{word_pattern(__name__, 'earlier')})\b", re.IGNORECASE)


def _is_of_another_year(text: str, year: str) -> bool:
    return any(found != year for found in _YEAR.findall(text))


@cache
def _toll_kinds() -> dict[str, str]:
    return {word: kind for kind, written in read_lexicon(__name__)["tolls"].items() for word in written}


@cache
def _numerals() -> frozenset[str]:
    words = read_lexicon(__name__)
    return frozenset(map(stem, (*words["numerals"], *words["vague"], *words["scales"])))
