"""A folder of templates is looked through before any page is made."""

import re
from pathlib import Path

import pytest

from briefing.rendering.templating.own_folder import loads, template_flaws


@pytest.mark.parametrize(
    ("css", "addresses"),
    [
        ("a { color: red }", []),
        ("a { background: url(https://a.example/x.png) }", ["https://a.example/x.png"]),
        ('a { background: url("//a.example/x.png") }', ["//a.example/x.png"]),
        ("@import 'other.css';", ["other.css"]),
        ("@import url(other.css) print;", ["other.css"]),
        ("@media print { @font-face { src: url(f.ttf) format('x') } }", ["f.ttf"]),
        ("a { background: u\\72l(http://a.example) }", ["http://a.example"]),
        ("a { background: url(data:image/png;base64,AA==) }", []),
        ("a { mask: url(#shape) }", []),
        ("/* url(https://a.example) */ a { content: 'url(b)' }", []),
        ("a { background: image-set('b.png' 1x) }", ["b.png"]),
    ],
)
def test_loads_of_a_style_sheet_are_found(css: str, addresses: list[str]) -> None:
    assert [address for _, address in loads(css)] == addresses


def test_a_loading_style_sheet_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "brief.css").write_text("a { color: red }\n\nb { background: url(https://a.example/x.png) }\n")
    (flaw,) = template_flaws(str(tmp_path))
    assert re.search(r"brief.css:3 loads 'https://a.example/x.png'.*data:", flaw)


def test_a_missing_or_unsuitable_folder_is_refused(tmp_path: Path) -> None:
    (flaw,) = template_flaws(str(tmp_path / "none"))
    assert re.search(r"is not a folder.*template eject", flaw)
    (tmp_path / "film.css").write_bytes(b" " * 1_000_001)
    (flaw,) = template_flaws(str(tmp_path))
    assert "larger than" in flaw
