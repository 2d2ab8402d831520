"""The sentences of the code are plain English: the phrases that readers stumbled over do not come back."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefing"
POINTS = PACKAGE / "extraction" / "points"  # written anew soon
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if POINTS not in path.parents]
# "Say whether a name is known"; write "Return True if a name is known".
PHRASES = re.compile(r"\b(?:Say whether|such that|what one|comes? of it|is said of|are said of)\b")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_sentence_has_a_banned_phrase(module: Path) -> None:
    assert PHRASES.findall(module.read_text(encoding="utf-8")) == []
