"""A week of news, replayed: each morning's digest, its mail and its calendar are the expected ones, however it is cut."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from icalendar import Calendar

from tests.delivery.mail_servers import Mailbox, mail_server
from tests.newsroom import Newsstand
from tests.replaying import Fuse, House, newsstand
from tests.schedule.fakes import moment

pytestmark = pytest.mark.long

EXPECTED = """X"""
SINCE, UNTIL = "2031-06-09T05:59:30", "2031-06-15T06:05:00"
# The Herald cannot be reached from the eve of the fourth digest to that of the sixth.
DEAD = {"bergen-herald": ("2031-06-12T00:00", "2031-06-14T00:00")}


@pytest.fixture(scope="module")
def stand() -> Newsstand:
    return Newsstand(lambda: moment(SINCE), dead=DEAD)


@pytest.fixture(scope="module")
def web(stand: Newsstand) -> Iterator[str]:
    with newsstand(stand) as address:
        yield address


@pytest.fixture(scope="module")
def week(stand: Newsstand, web: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The week as nobody cuts it."""
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        house = House(tmp_path_factory.mktemp("week"), stand, web, mailbox, port)
        house.follow(house.profile(), since=SINCE, until=UNTIL)
        yield house


def test_each_digest_says_what_changed(week: House) -> None:
    print(week.said[:6]); print(week.tables())
    assert week.tables() == EXPECTED
