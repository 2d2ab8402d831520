"""docs/templates.md says what the code gives: `make templates-page` renews it."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "templates-page"))


def test_the_committed_page_is_what_the_code_gives() -> None:
    assert (ROOT / "docs" / "templates.md").read_text(encoding="utf-8") == SCRIPT["page"]()


@pytest.mark.parametrize(
    "said",
    [
        "| `quotes` | tuple[Line, ...] |",  # a field of a record
        "| `running_title` | str | The title for the headers of later pages. |",  # a property
        "| `of(group, name, otherwise)` | str |",  # a function
        "| `md` |",  # a filter
        "| `--accent` | #1b3a57 | #a3161a | #000 | `color of a`",  # a variable of the themes
        "| `sections.quotes` | Quotes |",  # a text
        "| `parts/quotes.html.j2` | `section` | `parts/line.html.j2` |",
    ],
)
def test_the_page_names_what_templates_and_themes_use(said: str) -> None:
    assert said in SCRIPT["page"]()
