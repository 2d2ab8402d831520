"""A schedule that makes real digests, when feeds, mail servers and clocks fail."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.archive.archive import Archive
from tests.fakes.mail_servers import Mailbox, mail_server
from tests.fakes.newsroom import Newsstand
from tests.fakes.replaying import OUTLETS, House, newsstand
from tests.fakes.schedules import moment

pytestmark = pytest.mark.long

MORNING = "2031-06-09T05:59:30"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    stand, mailbox = Newsstand(lambda: moment(MORNING)), Mailbox()
    with newsstand(stand) as web, mail_server(mailbox) as port:
        yield House(tmp_path, stand, web, mailbox, port)


def new_days(house: House) -> list[list[str]]:
    """Return the days of the articles of each digest that are not of earlier ones."""
    known: set[str] = set()
    days = []
    for digest in house.digests():
        new = [item.article for item in digest.articles if item.article.id not in known and not item.article.withheld]
        known |= {article.id for article in new}
        days.append(sorted((article.published or "")[-2:] for article in new))
    return days


def test_a_digest_of_dead_feeds_is_delivered_with_notices(house: House) -> None:
    house.stand.dead = dict.fromkeys(OUTLETS, ("2031-06-09", "2031-06-10"))
    house.follow(house.profile(), since=MORNING, until="2031-06-09T06:02")
    (digest,) = house.digests()
    assert (digest.stories, [notice.code for notice in digest.notices]) == ((), ["source-failed"] * 4)
    (mail,) = house.mailbox.messages
    text = mail.get_body(("plain",))
    assert text is not None
    assert all(f"/{outlet}/feed" in text.get_content().replace("\n", "") for outlet in OUTLETS)


def test_an_empty_digest_is_stored_and_sent_to_nobody(house: House) -> None:
    house.follow(house.profile(outlets=("coast-gazette",)), since=MORNING, until="2031-06-09T06:02")
    (digest,) = house.digests()
    assert (digest.stories, digest.notices) == ((), ())
    assert house.mailbox.messages == []
    assert any(line.endswith("it is empty; not delivered to email a@example.org, b@example.org") for line in house.said)
    with Archive.open(house.path / "briefs.sqlite") as archive:
        ((run, ways),) = archive.schedule.recent((), 9)
    assert (run.state, run.empty, [way.target.split()[0] for way in ways]) == ("done", True, ["folder"])


def test_an_empty_digest_is_sent_if_the_profile_asks(house: House) -> None:
    profile = house.profile(outlets=("coast-gazette",))
    wanted = profile.model_copy(update={"digest": profile.digest.model_copy(update={"skip_empty": False})})
    house.follow(wanted, since=MORNING, until="2031-06-09T06:02")
    assert len(house.mailbox.messages) == 1


def test_a_recovered_feed_brings_its_missed_articles(house: House) -> None:
    house.stand.dead = dict.fromkeys(OUTLETS, ("2031-06-10", "2031-06-13"))
    house.follow(house.profile(), since=MORNING, until="2031-06-13T06:02")
    assert new_days(house) == [["08", "08"], [], [], [], ["09", "09", "10", "10", "11", "11"]]


def test_missed_digests_are_caught_up_in_one(house: House) -> None:
    """A schedule that was off makes one digest of all that was published meanwhile."""
    house.follow(house.profile(), since=MORNING, until="2031-06-09T06:02")
    house.follow(house.profile(), since="2031-06-12T08:00", until="2031-06-12T08:02")
    assert [digest.at[:16] for digest in house.digests()] == ["2031-06-09T06:00", "2031-06-12T06:00"]
    assert new_days(house) == [["08", "08"], ["09", "09", "10", "10", "11", "11"]]


def test_caught_up_digests_hold_the_articles_of_their_days(house: House) -> None:
    house.follow(house.profile(), since=MORNING, until="2031-06-09T06:02")
    profile = house.profile()
    assert profile.schedule is not None
    patient = profile.model_copy(update={"schedule": profile.schedule.model_copy(update={"catch_up": 3})})
    house.follow(patient, since="2031-06-12T08:00", until="2031-06-12T08:02")
    assert [digest.at[:10] for digest in house.digests()] == [f"2031-06-{day:02}" for day in (9, 10, 11, 12)]
    assert new_days(house) == [["08", "08"], ["09", "09", "10", "10"], ["11", "11"], []]
    assert len(house.mails()) == 3  # the last one has no news


def test_a_mail_server_down_for_an_hour_gets_one_digest(house: House) -> None:
    down = House(house.path, house.stand, house.web, house.mailbox, port=9)
    down.follow(house.profile(), since=MORNING, until="2031-06-09T06:30")
    assert house.mailbox.messages == []
    assert len(house.files()) == 2  # the folder has them
    house.follow(house.profile(), since="2031-06-09T07:00", until="2031-06-09T07:05")
    assert len(house.mailbox.messages) == 1
    assert [digest.at[:16] for digest in house.digests()] == ["2031-06-09T06:00"]


@pytest.mark.parametrize(("month", "change", "night"), [(3, 30, "2031-03-30"), (10, 26, "2031-10-26")])
def test_a_night_when_the_clocks_change_has_one_digest(house: House, month: int, change: int, night: str) -> None:
    profile = house.profile()
    assert profile.schedule is not None
    local = profile.schedule.model_copy(update={"cron": "30 2 * * *", "timezone": "Europe/Prague"})
    talkative = profile.digest.model_copy(update={"skip_empty": False})  # there is no news in that night
    profile = profile.model_copy(update={"schedule": local, "digest": talkative})
    house.follow(profile, since=f"2031-{month:02}-{change - 1}T12:00", until=f"{night}T12:00")
    (digest,) = house.digests()
    assert digest.at[:10] == night
    assert len(house.mails()) == 1


def test_a_clock_that_is_set_back_makes_no_digest_twice(house: House) -> None:
    house.follow(house.profile(), since=MORNING, until="2031-06-09T06:02")
    house.follow(house.profile(), since="2031-06-09T05:00", until="2031-06-09T06:30")
    assert len(house.digests()) == len(house.mailbox.messages) == 1


def test_a_schedule_keeps_digests_as_long_as_the_profile_says(house: House) -> None:
    house.follow(house.profile("retention: 2d"), since=MORNING, until="2031-06-13T06:02")
    with Archive.open(house.path / "briefs.sqlite") as archive:
        first = moment("2031-06-09T06:00")
        records = archive.digests("morning")
        kept = [records.digest(first + timedelta(days=day)) is not None for day in range(5)]
    assert kept == [False, False, True, True, True]
