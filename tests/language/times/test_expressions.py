"""Time expressions: what is found, and what it is worth against the day of publication."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.language.analysis import Analysis
from briefing.language.sentences import mark_sentence_starts, split_sentences
from briefing.language.times.expressions import find_times
from briefing.model.brief import Article, Dateline, TimeExpression
from tests.fakes.articles import article_of

Analyse = Callable[..., Analysis]

TUESDAY = "2024-05-14"

# A TIMEX3 value: "2024-05-14T15:00", "XXXX-W20-5", "P3D", "FUTURE_REF", "2024-05-14/2024-05-16".
_POINT = (
    r"(?:(?:\d{4}|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-W(?:\d\d|XX)(?:-(?:[1-7]|WE))?|-Q[1-4]|-H[12]|-(?:SP|SU|FA|WI))?"
    r"|\d{2,3})(?:T(?:\d\d:\d\d(?::\d\d)?|MO|AF|EV|NI))?"
)
_VALUE = re.compile(
    rf"{_POINT}(?:/{_POINT})?|P(?:\d+|X)[YMWDQC](?:\d+[MD])?|PT(?:\d+|X)[HMS](?:\d+[MS])?|PT?\d+[A-Z]"
    r"|(?:PAST|PRESENT|FUTURE)_REF"
)


def values(analyse: Analyse, text: str, published: str | None = TUESDAY) -> list[tuple[str, str | None]]:
    return [(time.text, time.value) for time in analyse(text, published=published).times]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The ferry will sail on Friday.", "2024-05-17"),
        ("The trial was pushed back to Thursday.", "2024-05-16"),
        ("The fair, which was to have opened on Friday, has been cancelled.", "2024-05-17"),
        ("The fair, which was to have opened on Friday, drew few guests.", "2024-05-10"),
        ("The ferry sailed on Friday.", "2024-05-10"),
        ("The minister said on Monday that he had signed.", "2024-05-13"),
        ("The minister told reporters that he would sign on Monday.", "2024-05-20"),
        ("The bridge opens on Thursday.", "2024-05-16"),
        ("The vote is scheduled for Thursday.", "2024-05-16"),
        ("Delegates to vote on Saturday", "2024-05-18"),
        ("Envoys plan to meet Sunday in the capital.", "2024-05-19"),
        ("The court has yet to comment on Friday's ruling.", "2024-05-10"),
        ("Nobody could be reached on Sunday.", "2024-05-12"),
        ("The strike began on Tuesday.", "2024-05-14"),
        ("The strike will begin on Tuesday.", "2024-05-14"),
        ("The strike began last Tuesday.", "2024-05-07"),
        ("The strike begins next Tuesday.", "2024-05-21"),
        ("They met on Wednesday of last week.", "2024-05-08"),
        ("They meet on Monday next week.", "2024-05-20"),
        ("The hearing was adjourned until Thursday.", "2024-05-16"),
        ("The union called a strike for Thursday.", "2024-05-16"),
        ("The probe was originally scheduled to dock on Sunday.", "2024-05-12"),
        ("The originally planned launch on Sunday was scrubbed.", "2024-05-12"),
        ("The union planned a rally on Saturday.", "2024-05-18"),
        ("Unions called for protests on Friday.", "2024-05-17"),
        ("The court scheduled a hearing for the mayor on Monday.", "2024-05-20"),
        ("The judge gave the firm until Friday to reply.", "2024-05-17"),
        ("The king would look for ways around Friday's ruling.", "2024-05-10"),
    ],
)
def test_a_weekday_takes_its_direction_from_tense_and_cue(analyse: Analyse, text: str, when: str) -> None:
    assert [value for _, value in values(analyse, text)] == [when]


@pytest.mark.parametrize(
    ("text", "published", "when"),
    [
        ("The two will hold drills at the beginning of the year.", "2023-12-29", "2024"),
        ("The two held drills at the beginning of the year.", "2023-12-29", "2023"),
        ("The two will hold drills at the beginning of the year.", "2024-01-09", "2024"),
        ("The two will hold drills at the start of the month.", "2024-05-28", "2024-06"),
        ("The next meeting is in two weeks.", TUESDAY, "2024-W22"),
        ("The pact was signed on 8 August, 2019—by the old king.", TUESDAY, "2019-08-08"),
        ("The January launch would have reached the moon.", "2024-06-14", "2024-01"),
    ],
)
def test_a_stretch_of_time_takes_its_direction_from_the_tense(
    analyse: Analyse, text: str, published: str, when: str
) -> None:
    assert [value for _, value in values(analyse, text, published)] == [when]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The ferry sank in March.", "2024-03"),
        ("The ferry sank in September.", "2023-09"),
        ("The ferry will sail in September.", "2024-09"),
        ("The ferry will sail in March.", "2025-03"),
        ("The forum set for September was the first.", "2024-09"),
        ("The loan was extended until February 7.", "2025-02-07"),
        ("The lease runs until November 30.", "2024-11-30"),
        ("The ferry sank on May 2.", "2024-05-02"),
        ("The ferry sank on Dec. 30.", "2023-12-30"),
        ("The ferry will sail on the 3rd of June.", "2024-06-03"),
        ("He was born last September.", "2023-09"),
        ("He will leave next January.", "2025-01"),
        ("He will leave this November.", "2024-11"),
        ("The ferry sank on Saturday, May 4.", "2024-05-04"),
        ("The ferry sank on Friday, Oct. 13.", "2023-10-13"),
        ("It was the worst attack since September 11.", "XXXX-09-11"),
        ("The new bridge will open on September 11.", "2024-09-11"),
    ],
)
def test_a_date_without_its_year_takes_the_year_from_tense(analyse: Analyse, text: str, when: str) -> None:
    assert [value for _, value in values(analyse, text)] == [when]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The treaty was signed on 18 July 2018.", "2018-07-18"),
        ("The treaty was signed on July 18th, 2018.", "2018-07-18"),
        ("The treaty was signed on 2018-07-18.", "2018-07-18"),
        ("The treaty was signed on 18.07.2018.", "2018-07-18"),
        ("The treaty was signed on 18/07/2018.", "2018-07-18"),
        ("The treaty was signed on 07/06/2018.", "2018-XX-XX"),
        ("The treaty was signed in Sept. 2018.", "2018-09"),
        ("The treaty was signed in early 2018.", "2018"),
        ("The treaty was signed in June of last year.", "2023-06"),
        ("The treaty was signed in the second quarter of 2018.", "2018-Q2"),
        ("The treaty was signed in Q3 2018.", "2018-Q3"),
        ("The treaty was signed in the first half of 2018.", "2018-H1"),
        ("The treaty was signed in the fall of 1989.", "1989-FA"),
        ("The treaty was signed in the late 1980s.", "198"),
        ("The treaty was signed in the '90s.", "199"),
        ("The treaty was signed in the 19th century.", "18"),
        ("The treaty was signed in nineteen ninety-six.", "1996"),
        ("The treaty was signed on Christmas Eve 2018.", "2018-12-24"),
        ("The treaty was signed last Thanksgiving.", "2023-11-23"),
    ],
)
def test_calendar_dates_are_read_in_their_usual_forms(analyse: Analyse, text: str, when: str) -> None:
    assert [value for _, value in values(analyse, text)] == [when]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The envoy arrives tomorrow.", "2024-05-15"),
        ("The envoy arrived yesterday.", "2024-05-13"),
        ("The envoy arrives the day after tomorrow.", "2024-05-16"),
        ("The envoy arrives next week.", "2024-W21"),
        ("The envoy arrived earlier this month.", "2024-05"),
        ("The envoy will leave by the end of the year.", "2024"),
        ("The envoy left last year.", "2023"),
        ("The envoy left two days ago.", "2024-05-12"),
        ("The envoy left three weeks ago.", "2024-W17"),
        ("The envoy left several years ago.", "PAST_REF"),
        ("The envoy will return in two weeks.", "2024-W22"),
        ("The envoy will return in about one year.", "2025"),
        ("The envoy came back in two weeks.", "P2W"),
        ("It was the first visit in three years.", "P3Y"),
        ("The envoy arrives this weekend.", "2024-W20-WE"),
        ("The envoy came over the weekend.", "2024-W19-WE"),
        ("The envoy will come this summer.", "2024-SU"),
        ("The envoy came last winter.", "2023-WI"),
        ("The envoy arrived last night.", "2024-05-13TNI"),
        ("The crowd was told that he was leaving in September.", "2024-09"),
        ("The envoy will speak on Friday morning.", "2024-05-17TMO"),
        ("The envoy will speak at 3 p.m. on Friday.", "2024-05-17T15:00"),
        ("The envoy will speak Friday at 10:30 GMT.", "2024-05-17T10:30"),
        ("The envoy will speak at noon tomorrow.", "2024-05-15T12:00"),
        ("The envoy will speak at 6 p.m. local time (1500 GMT) on Friday.", "2024-05-17T18:00"),
        ("The envoy will speak in the week of June 3.", "2024-W23"),
        ("The envoy spoke on the evening of May 3.", "2024-05-03TEV"),
        ("The envoy spoke at 7:30 p.m. last night.", "2024-05-13T19:30"),
        ("The envoy spoke Thursday morning, May 2.", "2024-05-02TMO"),
    ],
)
def test_relative_times_are_resolved_against_publication(analyse: Analyse, text: str, when: str) -> None:
    assert [value for _, value in values(analyse, text)] == [when]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The fair runs from July 31 to August 2.", ("July 31 to August 2", "2024-07-31/2024-08-02")),
        ("The fair will be held on June 14-16.", ("June 14-16", "2024-06-14/2024-06-16")),
        ("The fair will be held from 3 to 5 June.", ("3 to 5 June", "2024-06-03/2024-06-05")),
        ("The fair was held between 3 and 5 June 2020.", ("3 and 5 June 2020", "2020-06-03/2020-06-05")),
        ("The fair ran from May 3 to June 5, 2019.", ("May 3 to June 5, 2019", "2019-05-03/2019-06-05")),
        ("The fair ran from Dec. 30 to Jan. 2, 2020.", ("Dec. 30 to Jan. 2, 2020", "2019-12-30/2020-01-02")),
        ("The fair will run from June to August.", ("June to August", "2024-06/2024-08")),
        ("Prices rose in Jan-Mar 2018.", ("Jan-Mar 2018", "2018-01/2018-03")),
        ("The fair ran from May 3, 2020 to yesterday.", ("May 3, 2020 to yesterday", "2020-05-03/2024-05-13")),
        ("The fair will run from Friday to Tuesday.", ("Friday to Tuesday", "2024-05-17/2024-05-21")),
        ("The 1950-53 war divided the country.", ("1950-53", "1950/1953")),
    ],
)
def test_the_two_ends_of_a_range_are_one_expression(analyse: Analyse, text: str, found: tuple[str, str]) -> None:
    assert values(analyse, text) == [found]


@pytest.mark.xfail(strict=True, reason="a date within a noun phrase takes the tense of its clause")
def test_a_noun_in_a_future_clause_may_be_past(analyse: Analyse) -> None:
    assert values(analyse, "The panel will publish a report on the crash in March.")[0][1] == "2024-03"


def test_two_hours_share_the_day_that_is_named_once(analyse: Analyse) -> None:
    found = values(analyse, "The polls will be open from 8 a.m. to 6 p.m. on Sunday.")
    assert [value for _, value in found] == ["2024-05-19T08:00", "2024-05-19T18:00"]


def test_a_moved_event_has_two_dates(analyse: Analyse) -> None:
    found = values(analyse, "The hearing was moved from May 20 to May 23.")
    assert [value for _, value in found] == ["2024-05-20", "2024-05-23"]


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("The three-day visit ended.", "DURATION", "P3D"),
        ("He spoke for an hour and left.", "DURATION", "PT1H"),
        ("The siege took two and a half years.", "DURATION", "P2Y6M"),
        ("The siege took a couple of weeks.", "DURATION", "P2W"),
        ("The siege lasted for months.", "DURATION", "PXM"),
        ("The siege took more than two decades.", "DURATION", "P20Y"),
        ("The temple is 2,300 years old, they said after 3,000 days of work.", "DURATION", "P3000D"),
        ("They meet every two years.", "SET", "P2Y"),
        ("They meet every Friday.", "SET", "XXXX-WXX-5"),
        ("They meet twice a year.", "SET", "P1Y"),
        ("They know what the price is now.", "DATE", "PRESENT_REF"),
        ("They hope to meet in the near future.", "DATE", "FUTURE_REF"),
    ],
)
def test_durations_sets_and_references_have_their_types(analyse: Analyse, text: str, type_: str, value: str) -> None:
    assert [(time.type, time.value) for time in analyse(text, published=TUESDAY).times] == [(type_, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The two sides may agree.",
        "Protesters march to the palace.",
        "Theresa May said nothing.",
        "The second man fled.",
        "Prices fall and rivers spring from rock.",
        "The fall of the government surprised nobody.",
        "Some 2,000 homes lost power.",
        "The line carries four flights a day.",
        "Nobody knows the future of the company.",
        "The film was shown on Channel Tonight.",
        "About 1984 people came.",
        "They sold 1950 cars.",
        "The 54-year-old driver was unhurt.",
        "Three quarters of the voters stayed at home.",
        "It cost $2000.",
        "She scored in the second half.",
        "He read the Daily Courier.",
    ],
)
def test_a_phrase_like_a_time_is_not_read(analyse: Analyse, text: str) -> None:
    assert values(analyse, text) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("The summit opens on July 31.", "XXXX-07-31"),
        ("The summit opens in September.", "XXXX-09"),
        ("The summit opens on Friday.", "XXXX-WXX-5"),
        ("The summit opens next week.", None),
        ("The summit opens tomorrow.", None),
        ("The summit opened last year.", None),
        ("The summit opens this summer.", "XXXX-SU"),
        ("The summit opened in 2003.", "2003"),
        ("The summit will run from July 31 to August 2.", "XXXX-07-31/XXXX-08-02"),
        ("The summit opens at 10 a.m. on Friday.", "XXXX-WXX-5T10:00"),
    ],
)
def test_without_a_publication_day_only_certain_values_are_kept(analyse: Analyse, text: str, when: str | None) -> None:
    assert [value for _, value in values(analyse, text, None)] == [when]


def test_a_year_from_elsewhere_in_the_text_is_no_basis(analyse: Analyse) -> None:
    found = values(analyse, "The pact of 2003 expired. A new one will be signed on July 31.", None)
    assert found == [("2003", "2003"), ("July 31", "XXXX-07-31")]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Guests arrive tomorrow.", "XXXX-07-31"),
        ("Guests arrive next month.", "XXXX-08"),
        ("Guests arrive Friday.", "XXXX-WXX-5"),
    ],
)
def test_a_dateline_without_a_year_gives_day_and_month(nlp: Language, text: str, when: str) -> None:
    article = article_of(text).model_copy(update={"dateline": Dateline(place="Dhaka", date="XXXX-07-30", agency=None)})
    assert [time.value for time in _times(article, nlp)] == [when]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("He was elected in 2003 and resigned three years later.", "2006"),
        ("The vote was held on May 2. The following day he resigned.", "2024-05-03"),
        ("The vote was held on May 2. He resigned the same day.", "2024-05-02"),
        ("In the third quarter of 2023 sales rose from a year earlier.", "2022-Q3"),
    ],
)
def test_a_time_may_be_relative_to_the_last_one(analyse: Analyse, text: str, when: str) -> None:
    assert values(analyse, text)[-1][1] == when


def test_boilerplate_is_not_read(nlp: Language) -> None:
    article = article_of("MOSCOW, July 22.\nTalks will be held on July 31.", published="2018-07-22")
    first = article.paragraphs[0].model_copy(update={"role": "boilerplate"})
    article = article.model_copy(update={"paragraphs": (first, *article.paragraphs[1:])})
    assert [time.text for time in _times(article, nlp)] == ["July 31"]


_PIECES = [
    "the",
    "last",
    "next",
    "this",
    "past",
    "second",
    "quarter",
    "half",
    "year",
    "years",
    "of",
    "in",
    "two",
    "2",
    "31",
    "1984",
    "2018-07-22",
    "18/07/2018",
    "3",
    "p.m.",
    "10:30",
    "Friday",
    "May",
    "March",
    "Sept.",
    ",",
    ".",
    "-",
    "–",
    "/",
    "'",
    "'90s",
    "Q3",
    "H1",
    "ago",
    "later",
    "every",
    "day",
    "a",
    "an",
    "and",
    "to",
    "from",
    "between",
    "early",
    "end",
    "fall",
    "spring",
    "noon",
    "tonight",
    "Thanksgiving",
    "New",
    "Year's",
    "Day",
    "nineteen",
    "ninety-six",
    "couple",
    "99:99",
    "0000",
    "GMT",
    "2359",
    "weekend",
    "several",
    "\x00",
    "\u202e",
    "😀",
    "“",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join), st.text(max_size=80)),
    published=st.sampled_from([None, "2018-07-22", "2020-02-29", "0001-01-01", "9999-12-31"]),
)
def test_any_text_gives_ordered_verbatim_spans_and_sound_values(
    nlp: Language, text: str, published: str | None
) -> None:
    article = article_of(text, published=published)
    end = 0
    for time in _times(article, nlp):
        assert end <= time.start < time.end
        assert article.text[time.start : time.end] == time.text
        assert time.value is None or _VALUE.fullmatch(time.value), time
        if published is None and time.type in ("DATE", "TIME") and time.value:
            years = re.findall(r"(?<!\d)\d{4}(?=$|[-/T])", time.value)
            spoken = any(word in time.text.lower() for word in ("eighteen", "nineteen", "twenty", "thousand"))
            assert spoken or all(year[2:] in time.text for year in years)
        end = time.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They meet on October 23-25to finalize the pact.", []),
        ("They meet on6 June.", []),
        ("They meet on June 3and in 2025.", [("2025", "2025")]),
        ("They meet at 5pm on June 3.", [("5pm on June 3", "2024-06-03T17:00")]),
        ("It was sent at 2024-05-13T15:00:20Z.", [("2024-05-13T15:00:20Z", "2024-05-13T15:00")]),
    ],
)
def test_a_time_joined_to_a_word_is_not_read(analyse: Analyse, text: str, found: list[tuple[str, str]]) -> None:
    assert values(analyse, text) == found


def test_one_very_long_line_is_read(nlp: Language) -> None:
    article = article_of("They met on Friday and " * 2000, published=TUESDAY)
    assert len(_times(article, nlp)) == 2000


def _times(article: Article, nlp: Language) -> tuple[TimeExpression, ...]:
    doc = nlp.make_doc(article.text)
    mark_sentence_starts(doc, article)
    doc = nlp(doc)
    return find_times(doc, split_sentences(doc, article), article)
