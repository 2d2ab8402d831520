"""Brief every gold article once, and print the figures as a table."""

from collections.abc import Generator

import pytest

from briefing.jobs.briefs import brief
from tests.quality.gold import SETS, read_set
from tests.quality.scoring import score

FIGURE = "figure"  # the user property that carries a measurement from a worker to the terminal


@pytest.fixture(scope="session")
def figures() -> dict[str, dict[str, float]]:
    """Return the figures of each set, measured once."""
    return {name: score((brief(gold.source), gold) for gold in read_set(name)).figures() for name in SETS}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """Print each figure of each set beside its floor, below all else."""
    yield
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    rows = [value for report in reports for key, value in report.user_properties if key == FIGURE]
    if not rows:
        return
    cells = {(name, figure): f"{measured:9.3f} {floor:6.2f}" for name, figure, measured, floor in rows}
    terminalreporter.section("quality on our own gold articles: measured, floor")
    terminalreporter.write_line(f"{'figure':24}" + "".join(f"{name:>18}" for name in SETS))
    for figure in sorted({figure for _, figure in cells}):
        terminalreporter.write_line(f"{figure:24}" + "".join(f"{cells.get((name, figure), ''):>18}" for name in SETS))
