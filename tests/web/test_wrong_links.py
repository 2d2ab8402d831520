"""Wrong links are counted for a minute, by address."""

from briefing.web.wrong_links import WrongLinks


def test_an_address_waits_until_its_wrong_links_are_old() -> None:
    now = 0.0
    tries = WrongLinks(lambda: now)
    for second in range(10):
        assert not tries.are_too_many("a")
        now = float(second)
        tries.note("a")
    assert tries.are_too_many("a")
    assert not tries.are_too_many("b")
    now = 60.0
    assert not tries.are_too_many("a")


def test_old_addresses_are_forgotten() -> None:
    now = 0.0
    tries = WrongLinks(lambda: now)
    for number in range(1000):
        tries.note(str(number))
    now = 61.0
    tries.are_too_many("a")
    assert tries._tries == {}
