"""How central an entity is."""

import pytest

from briefing.extraction.salience import entity_salience


def salience(analysis):
    return dict(zip([entity.name for entity in analysis.entities], entity_salience(analysis), strict=True))


@pytest.mark.parametrize(
    ("text", "title", "more", "less"),
    [
        ("Kenya signed. Peru signed. Norway signed.", "", "Kenya", "Norway"),
        ("Kenya signed. Peru signed.", "Peru signs at last", "Peru", "Kenya"),
        ("Kenya accused Peru. Kenya left. Kenya came back.", "", "Kenya", "Peru"),
        ("Ships of Peru were seized by Kenya.", "", "Kenya", "Peru"),
    ],
)
def test_title_place_number_and_role_make_an_entity_salient(analyse, text, title, more, less):
    found = salience(analyse(text, title=title))
    assert found[more] > found[less]


def test_salience_is_a_share(analyse):
    found = salience(analyse("Kenya signed. Kenya left. Peru stayed.", title="Kenya signs"))
    assert all(0.0 <= share <= 1.0 for share in found.values())


def test_no_entities_have_no_salience(analyse):
    assert entity_salience(analyse("It rained.")) == ()
