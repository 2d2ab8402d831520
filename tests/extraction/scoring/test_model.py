"""Which of the chosen entities are named."""

import pytest

from briefing.extraction.scoring.model import without_joint_names


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("ministers of Peru and Chile", "Peru", "Chile"), (1, 2)),
        (("Peru", "Chile"), (0, 1)),
        (("ministers of Peru", "Peru"), (0, 1)),
        (("Bank of Peru", "Peru", "Chile"), (0, 1, 2)),
        (("Perugia and Chileans", "Peru", "Chile"), (0, 1, 2)),
        ((), ()),
    ],
)
def test_a_name_that_joins_two_others_is_left_out(names: tuple[str, ...], kept: tuple[int, ...]) -> None:
    assert tuple(without_joint_names(dict(enumerate(names)))) == kept
