"""Find the time of a predicate, and check that an upcoming event can have that time."""

from collections.abc import Iterator
from datetime import timedelta

from spacy.tokens import Token

from briefing.extraction.events.candidate import Context
from briefing.extraction.events.times import TiedTime, best_time
from briefing.extraction.events.words import noun_kind
from briefing.language.predicate_words import lemma_of, reporting_verbs
from briefing.language.syntax import arguments, governors, has_child, is_infinitive
from briefing.language.times.values import bounds

# A target more years ahead than this is not a plan.
_FARTHEST_YEARS = 5
# A report is still current for so many days.
_DAYS_OF_NEWS = 31
_YEAR = timedelta(days=365)


def time_of_verb(context: Context, verb: Token) -> TiedTime | None:
    """Return the time of a predicate: its own, or that of its governor, its arguments or its report."""
    own = context.tied.get(verb.i)
    return best_time(own) if own else next(_times_around(context, verb), None)


def _times_around(context: Context, verb: Token) -> Iterator[TiedTime]:
    tied = context.tied
    above = list(governors(verb)) if verb.dep_ != "advcl" else []  # "meets on Friday to set rates"
    for governor in above if verb.dep_ not in ("ccomp", "pcomp") or is_infinitive(verb) else ():
        past = governor.tag_ in ("VBD", "VBN")  # not "agreed today to meet"
        yield from (t for t in tied.get(governor.i, ()) if not _is_reporting(governor) and (t.dates or not past))
    for child in verb.rights:
        if child.dep_ == "xcomp" and child.tag_ == "VBG":  # "will stop selling cars in June"
            yield from (time for time in tied.get(child.i, ()) if time.future is not False)
    for argument in arguments(verb, deep=True):
        if not noun_kind(argument) and argument.pos_ != "VERB":
            yield from (time for time in tied.get(argument.i, ()) if time.future is not False)
    for governor in above:
        yield from (time for time in tied.get(governor.i, ()) if time.dates and time.head > verb.i)


def _is_reporting(governor: Token) -> bool:
    return lemma_of(governor) in reporting_verbs() and not has_child(governor, "xcomp")


def is_long_range(context: Context, tied: TiedTime | None) -> bool:
    """Return True if a time is the year of a target or forecast: "by 2050"."""
    published = context.analysis.article.published
    if tied is None or published is None or tied.when.precision not in ("year", "range"):
        return False
    value = tied.when.value or ""
    return int(value[:4].ljust(4, "0")) - int(published[:4]) > _FARTHEST_YEARS if value[:2].isdigit() else False


def is_of_old(context: Context, governor: Token, tied: TiedTime | None) -> bool:
    """Return True if the governor is of the past: "in 2003 they agreed to meet", "last May ordered, by June"."""
    published = bounds(context.analysis.article.published or "")
    if published is None:
        return False
    for time in context.tied.get(governor.i, ()):
        days = bounds(time.time.value) if time.time.value else None
        if days is None:
            continue
        if days[1].year < published[0].year - 1:
            return True
        # A month without a year in an old report was the next such month then.
        ahead = bounds(tied.time.value or "") if tied is not None and not _has_year(tied) else None
        if ahead and (published[0] - days[1]).days > _DAYS_OF_NEWS and ahead[1] - _YEAR > days[1]:
            return True
    return False


def _has_year(tied: TiedTime) -> bool:
    return any(len(word) == 4 and word.isdigit() for word in tied.time.text.replace(",", " ").split())
