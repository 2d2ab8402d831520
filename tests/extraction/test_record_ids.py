"""An id is a slug of a name, and no two are the same."""

import pytest

from briefing.extraction.record_ids import slug_of, take_id


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Halvik Harbour Board", "halvik-harbour-board"),
        ("Zoë Brückner", "zoe-bruckner"),
        ("  G-20 (summit)!", "g-20-summit"),
        ("外務省", "actor"),
        ("", "actor"),
    ],
)
def test_a_slug_holds_ascii_letters_digits_and_single_hyphens(name, slug):
    assert slug_of(name, "actor") == slug


def test_a_slug_that_is_cut_ends_in_no_hyphen():
    assert slug_of("talks in Halvik", "event", longest=9) == "talks-in"


def test_a_taken_id_gets_a_number():
    taken = set()
    assert [take_id("talks", taken) for _ in range(3)] == ["talks", "talks-2", "talks-3"]
    assert take_id("talks-2", taken) == "talks-2-2"
