"""Datelines, and what only looks like one."""

import pytest

from briefing.reading.datelines import find_dateline


@pytest.mark.parametrize(
    ("dateline", "place", "day", "agency"),
    [
        ("MOSCOW, July 22. /TASS/. ", "Moscow", "XXXX-07-22", "TASS"),
        ("VLADIVOSTOK, September 6 /TASS/. ", "Vladivostok", "XXXX-09-06", "TASS"),
        ("MOSCOW. July 22 (Interfax) - ", "Moscow", "XXXX-07-22", "Interfax"),
        ("Kyiv. July 22. Interfax-Ukraine. ", "Kyiv", "XXXX-07-22", "Interfax-Ukraine"),
        ("MOSCOW, July 22 (RIA Novosti) – ", "Moscow", "XXXX-07-22", "RIA Novosti"),
        ("WASHINGTON (Reuters) - ", "Washington", None, "Reuters"),
        ("LONDON, Feb 6 (Reuters) - ", "London", "XXXX-02-06", "Reuters"),
        ("TOKYO/SEOUL (Reuters) - ", "Tokyo/Seoul", None, "Reuters"),
        ("WASHINGTON/NEW YORK, Jan 3 (Reuters) - ", "Washington/New York", "XXXX-01-03", "Reuters"),
        ("MELBOURNE, July 22 (Reuters Breakingviews) - ", "Melbourne", "XXXX-07-22", "Reuters"),
        ("(Reuters) - ", None, None, "Reuters"),
        ("CAPE MAY, N.J. (AP) — ", "Cape May", None, "AP"),
        ("GENEVA (AP) — ", "Geneva", None, "AP"),
        ("BEIRUT, Lebanon (AP) _ ", "Beirut", None, "AP"),
        ("CAPE CANAVERAL, Fla. (AP) — ", "Cape Canaveral", None, "AP"),
        ("BEIJING, April 18 (Xinhua) -- ", "Beijing", "XXXX-04-18", "Xinhua"),
        ("DAR ES SALAAM, Tanzania, May 5 (Xinhua) -- ", "Dar es Salaam", "XXXX-05-05", "Xinhua"),
        ("Hanoi (VNA) – ", "Hanoi", None, "VNA"),
        ("PARIS, July 22, 2018 (AFP) - ", "Paris", "2018-07-22", "AFP"),
        ("TOKYO, July 22, Kyodo - ", "Tokyo", "XXXX-07-22", "Kyodo"),
        ("SEOUL, July 22 (Yonhap) -- ", "Seoul", "XXXX-07-22", "Yonhap"),
        ("Berlin (dpa) - ", "Berlin", None, "dpa"),
        ("Madrid, Jul 22 (EFE).- ", "Madrid", "XXXX-07-22", "EFE"),
        ("WASHINGTON, July 22 (UPI) -- ", "Washington", "XXXX-07-22", "UPI"),
        ("(ANSA) - Rome, July 22 - ", "Rome", "XXXX-07-22", "ANSA"),
        ("New Delhi, Jul 22 (PTI) ", "New Delhi", "XXXX-07-22", "PTI"),
        ("New Delhi [India], July 22 (ANI): ", "New Delhi", "XXXX-07-22", "ANI"),
        ("KUALA LUMPUR, July 22 (Bernama) -- ", "Kuala Lumpur", "XXXX-07-22", "Bernama"),
        ("Washington (CNN) ", "Washington", None, "CNN"),
        ("(CNN)", None, None, "CNN"),
        ("DUBAI, 22nd July, 2018 (WAM) -- ", "Dubai", "2018-07-22", "WAM"),
        ("Riyadh, 22 July 2018, SPA -- ", "Riyadh", "2018-07-22", "SPA"),
        ("YEREVAN, JULY 22, ARMENPRESS. ", "Yerevan", "XXXX-07-22", "ARMENPRESS"),
        ("NEW YORK, July 22, 2018 /PRNewswire/ -- ", "New York", "2018-07-22", "PRNewswire"),
        ("Colombo, Jul 22 (Lanka Courier) - ", "Colombo", "XXXX-07-22", "Lanka Courier"),
        ("SEATTLE--(BUSINESS WIRE)--", "Seattle", None, "BUSINESS WIRE"),
        ("Geneva, 22 July 2018 – ", "Geneva", "2018-07-22", None),
        ("SOFIA (Bulgaria), July 22 - ", "Sofia", "XXXX-07-22", None),
        ("CAIRO – 22 July 2018: ", "Cairo", "2018-07-22", None),
        ("UNITED NATIONS, July 22 — ", "United Nations", "XXXX-07-22", None),
        ("(Beirut) – ", "Beirut", None, None),
        ("(New York, July 22, 2018) – ", "New York", "2018-07-22", None),
        ("By Anna Novak, Washington: ", "Washington", None, None),
        ("NEW YORK -- ", "New York", None, None),
        ("New York – ", "New York", None, None),
        ("WASHINGTON ― ", "Washington", None, None),
        ("WASHINGTON D.C. – ", "Washington D.C.", None, None),
        ("MANILA, Philippines — ", "Manila", None, None),
        ("PORT-AU-PRINCE, Haiti — ", "Port-au-Prince", None, None),
        ("O'SMACH, Freedonia (AP)_ ", "O'Smach", None, "AP"),
        ("SHAH ALAM: ", "Shah Alam", None, None),
        ("NEW DELHI : ", "New Delhi", None, None),
    ],
)
@pytest.mark.parametrize("sentence", ["The ministers met.", '"We met," she said.'])
def test_a_dateline_has_place_day_and_agency(dateline, place, day, agency, sentence):
    found = find_dateline(dateline + sentence)
    assert found is not None
    assert (dateline + sentence)[found.end :] == sentence
    assert (found.place, str(found.day) if found.day else None, found.agency) == (place, day, agency)


@pytest.mark.parametrize(
    "dateline", ["WASHINGTON, August 13 (Xinhua) --", "Portville, July 22, 2018", "MIAMI _", "UNITED NATIONS (AP) _"]
)
def test_a_dateline_may_be_a_paragraph(dateline):
    assert find_dateline(dateline).end == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW - the city that hosts the talks - is quiet.",
        "NATO - which has thirty members - met.",
        "NATO — The alliance said it would stay.",
        "IBM - International Business Machines - rose.",
        "EU: Ministers agree on a cap.",
        "SUMMARY: The court sent the case back.",
        "WARNING: The road is closed.",
        "Russia - The country is large.",
        "Friday - The day of the talks.",
        "Paris: a city of lights.",
        "London, Paris and Berlin agreed to talk.",
        "Geneva, where talks began on July 22, is calm.",
        "Washington said July 22 would be fine.",
        "MOSCOW and Kyiv agreed.",
        "On July 22 (Reuters) - nothing happened.",
        "May 5 is a holiday.",
        "The Associated Press (AP) reported that talks failed.",
        "The British Broadcasting Corporation (BBC) said it would stay.",
        "U.S. officials said on Friday that talks failed.",
        "",
        "—",
        "(",
    ],
)
def test_an_ordinary_opening_is_no_dateline(text):
    assert find_dateline(text) is None


def test_a_bare_place_counts_in_the_first_paragraph_only():
    assert find_dateline("ROME -- The ministers met.", first=False) is None
    assert find_dateline("ROME (AP) -- The ministers met.", first=False) is not None


def test_an_agency_may_replace_the_place():
    found = find_dateline("TASS - The ministers met.")
    assert (found.place, found.agency) == (None, "TASS")


def test_the_outlet_may_replace_the_place():
    found = find_dateline("HARBOUR ECHO - The ministers met.", outlet="Harbour Echo")
    assert (found.place, found.agency) == (None, "HARBOUR ECHO")
