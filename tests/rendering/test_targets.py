"""On a screen, a link from a line to its evidence, or back, is large enough for any finger (WCAG 2.2, 2.5.8)."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from briefing.rendering.html import render_html, style_sheet
from briefing.rendering.layout import Layout
from briefing.rendering.page import lay_out
from briefing.rendering.templating.theme_files import theme_names
from tests.digest.digests import sealed_digest
from tests.rendering import briefs

LEAST = 24.0  # CSS pixels each way
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
WIDTHS = (400, 700, 1300)
# For each link the width and height of its box, and of what of it is hit: the pixels from its middle until another
# link is met.
MEASURE = """<script>
const boxes = [...document.querySelectorAll('.cites a, .evidence p[id] > a')].map(link => {
  link.scrollIntoView({block: 'center'});
  const box = link.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const hit = (dx, dy) => { for (let n = 0; n < 12; n++) {
    if (document.elementFromPoint(x + n * dx, y + n * dy)?.closest('a') !== link) return n; } return 12; };
  return [link.textContent, box.width, box.height, hit(1, 0), hit(-1, 0), hit(0, 1), hit(0, -1)];
});
document.body.textContent = '@@' + JSON.stringify(boxes) + '@@';
</script>"""


def measured(page: Path, html: str, width: int) -> list[list[float]]:
    assert BROWSER is not None
    open_to_scripts = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    page.write_text(open_to_scripts.replace("</body>", f"{MEASURE}</body>"), encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--window-size={width},1200",
        f"--user-data-dir={page}.d",
    ]
    shown = subprocess.run(  # noqa: S603 - the browser of this machine, and a page of ours
        [BROWSER, *options, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    boxes: list[list[float]] = json.loads(shown.stdout.split("@@")[1])
    return boxes


@pytest.mark.long
@pytest.mark.skipif(BROWSER is None, reason="no browser is installed")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", theme_names(None))
@pytest.mark.parametrize("make", [briefs.typical, briefs.crowded, sealed_digest])
def test_targets_in_a_browser_are_large_and_apart(tmp_path, make, theme, width):
    boxes = measured(tmp_path / "a.html", render_html(make(), Layout(theme=theme)), width)
    assert boxes
    assert [link for link in boxes if min(link[1:3]) < LEAST or min(link[3:]) < LEAST / 2] == []


@pytest.mark.parametrize("theme", theme_names(None))
def test_type_and_padding_make_24_pixels(theme):
    sheet = style_sheet(lay_out(briefs.typical(), Layout(theme=theme)))
    zoom = min(float(zoom) for zoom in re.findall(r"zoom: ([\d.]+)", sheet))
    pixels = 4 / 3 * zoom  # that a point has
    above, beside = map(float, re.search(r"\.cites a { padding: ([\d.]+)pt ([\d.]+)pt", sheet).groups())
    back = float(re.search(r"\.evidence p\[id\] > a { padding: ([\d.]+)pt", sheet)[1])
    lead = float(re.findall(r"--lead: ([\d.]+)pt", sheet.partition("html:root")[2])[0])
    cite, fine = (float(re.search(rf"--{name}: ([\d.]+)pt", sheet)[1]) for name in ("cite", "fine"))
    # The letters of Source Sans are 1.257 em high, and "[1]" is 1.1 em wide.
    for size in (1.257 * cite + 2 * above, 1.1 * cite + 2 * beside, 1.257 * 0.92 * fine + 2 * back, lead):
        assert size * pixels >= LEAST
