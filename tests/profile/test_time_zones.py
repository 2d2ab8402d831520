"""A time zone goes by its name in the tz database; an unknown one is refused with the nearest."""

import pytest

from briefing.profile.time_zones import zone_named


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_named("Europe/Prague").key == "Europe/Prague"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Europe/Pargue", "did you mean 'Europe/Prague'"),
        ("europe/prague", "did you mean 'Europe/Prague'"),
        ("Prague", "did you mean 'Europe/Prague'"),
        ("America/New York", "did you mean 'America/New_York'"),
        ("../../etc/passwd", "write it as Europe/Prague"),
        ("Europe", "write it as Europe/Prague"),
        ("", "write it as Europe/Prague"),
        ("\0", "write it as Europe/Prague"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        zone_named(name)
