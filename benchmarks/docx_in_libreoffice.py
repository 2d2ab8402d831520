"""Open Word documents in LibreOffice, turn them into PDF, and compare the headings.

    python benchmarks/docx_in_libreoffice.py [BRIEF.json...] [--keep FOLDER]

Briefs are those of the examples unless some are named. Each is printed in every theme, on A4 and on Letter, with and
without a marking. Needs LibreOffice Writer and Poppler; on Debian:

    apt-get install -y --no-install-recommends libreoffice-writer poppler-utils
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from briefing.jobs.briefs import brief as make_brief
from briefing.model.brief import Briefing
from briefing.model.files import read_brief
from briefing.rendering.docx.document import render_docx
from briefing.rendering.layout import Layout
from briefing.rendering.page import lay_out
from briefing.rendering.templating.theme_files import theme_names
from briefing.rendering.view import Page

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
PROGRAMS = ("soffice", "pdftotext", "pdfinfo")
DEADLINE = 300  # seconds for all documents


def main() -> int:
    """Print one line for each document, and return 1 where one of them has a flaw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("briefs", nargs="*", type=Path, help="briefs as JSON")
    parser.add_argument("--keep", type=Path, help="folder for the documents and their PDFs")
    arguments = parser.parse_args()
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        print(f"{', '.join(missing)} missing; on Debian: apt-get install -y --no-install-recommends", end=" ")
        print("libreoffice-writer poppler-utils")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        pages = dict(write_documents(folder, list(named_briefs(arguments.briefs))))
        convert(sorted(pages), folder)
        flawed = [path for path in sorted(pages) if not report(path, pages[path])]
    print(f"{len(pages) - len(flawed)} of {len(pages)} documents are sound")
    return 1 if flawed or not pages else 0


def named_briefs(files: list[Path]) -> Iterator[tuple[str, Briefing]]:
    """Yield the briefs of some files, or of the example articles."""
    for file in files:
        yield file.stem, read_brief(file.read_bytes(), str(file))
    if not files:
        for article in sorted(EXAMPLES.iterdir()):
            yield article.stem, make_brief(article)


def write_documents(folder: Path, briefs: list[tuple[str, Briefing]]) -> Iterator[tuple[Path, Page]]:
    """Write each brief in every look, and yield the files with what they should say."""
    for name, brief in briefs:
        for theme in theme_names(None):
            for paper, marking in (("A4", ""), ("Letter", "TLP:AMBER")):
                layout = Layout(theme=theme, paper=paper, marking=marking)
                path = folder / f"{name}-{theme}-{paper}.docx"
                path.write_bytes(render_docx(brief, layout))
                yield path, lay_out(brief, layout)


def convert(documents: list[Path], folder: Path) -> None:
    """Turn documents into PDF in one run of LibreOffice, with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        options = [f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        command = ["soffice", *options, "--outdir", str(folder), *map(str, documents)]
        subprocess.run(command, check=True, capture_output=True, timeout=DEADLINE)


def report(document: Path, page: Page) -> bool:
    """Print the result for a document, and return True if it has no fault."""
    printed = document.with_suffix(".pdf")
    if not printed.exists():
        print(f"{document.name}: LibreOffice cannot open it")
        return False
    text = output_of("pdftotext", "-layout", str(printed), "-")
    lines = [bare(line) for line in text.splitlines()]
    joined = bare(text)
    title, *headings = (block.text for block in page.blocks() if block.kind == "heading")
    lost = [] if bare(title) in joined else [title]
    rest = iter(lines)
    lost += [heading for heading in headings if bare(heading) not in rest]  # each on a line of its own, in order
    facts = dict(line.split(":", 1) for line in output_of("pdfinfo", str(printed)).splitlines() if ":" in line)
    count = int(facts["Pages"])
    if bare(page.labels("page.number", page=count, pages=count)) not in joined:
        lost.append("the number of the last page")
    if page.marking and text.count(page.marking) < 2 * count:
        lost.append("the marking at the head and the foot of each page")
    print(f"{document.name}: {count} pages, {len(headings) + 1} headings" + (f", LOST: {lost}" if lost else ""))
    return count > 0 and not lost


def output_of(*command: str) -> str:
    """Return what a program prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def bare(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


if __name__ == "__main__":
    sys.exit(main())
