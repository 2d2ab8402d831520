"""The articles of a digest keep the context of the source that led to them."""

from pathlib import Path

import pytest

from briefing.jobs.gathering import Gathering
from briefing.profile.digest import DigestSource
from briefing.profile.profile import load_profile
from briefing.sources.links import NO_WEB
from tests.fakes.schedules import moment

TEXT = "The harbour ministers of Norway and Iceland will meet in {town} on 12 June, Norway's ministry said on Sunday."


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_article_has_its_sources_outlet_and_weight(tmp_path: Path, jobs: int) -> None:
    """Skipped items and duplicates between the articles do not shift them to another source."""
    for town in ("Bergen", "Lindau", "Torshavn"):
        (tmp_path / f"{town}.txt").write_text(f"Talks in {town}\n\n{TEXT.format(town=town)}\n")
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.4 and no more")
    named = ("Bergen.txt", "missing.txt", "Lindau.txt", "Bergen.txt", "torn.pdf", "Torshavn.txt")
    sources = [
        DigestSource(file=str(tmp_path / name), outlet=f"Outlet {number}", weight=number + 1)
        for number, name in enumerate(named)
    ]
    gathering = Gathering(load_profile(), NO_WEB, moment("2031-06-09T18:00"))
    outcomes = list(gathering.gather(sources, lambda _limit: b"", jobs=jobs))
    assert [(Path(article.source).stem, article.outlet, article.weight) for article in gathering.articles] == [
        ("Bergen", "Outlet 0", 1),
        ("Lindau", "Outlet 2", 3),
        ("Torshavn", "Outlet 5", 6),
    ]
    assert [bool(outcome.troubles) for outcome in outcomes] == [False, True, False, True, False]
