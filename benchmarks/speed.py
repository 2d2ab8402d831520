"""Measure our own time as ratios to the time of the bare libraries, in one run.

    python benchmarks/speed.py [FOLDER] [--rounds 5] [--articles 40] [--only score,json,pdf,cold,jobs,length,memory]

FOLDER holds articles (``examples/articles`` unless given), repeated until there are so many. Ours and bare take turns
in each round, and the median of the rounds' ratios is printed with its spread: single times vary by a third on a shared
machine, ratios of neighbours less. All runs on one thread, ours and bare in a process prepared as for ``briefing
make``; seconds are the processor's, but for ``jobs``. New processes may keep compiled modules, ours as well as those of
the libraries, as an installation has them.

score   one core, warm: the model of points and events on analysed articles, against their texts given to
        ``nlp.pipe`` of the pipeline as it is installed, with its own batch size; at most 0.6
json    one core, warm: files to JSON as ``briefing make`` does it, against ``nlp.pipe`` and the model; at most 1.25
pdf     one core, warm: files to PDF, against ``nlp.pipe`` and WeasyPrint on the same final HTML and fonts; at most 1.15
cold    ``briefing make FILE`` to PDF in a new process, against a script that imports spaCy and WeasyPrint, loads the
        pipeline, parses the text and prints the same page; at most 1.3
jobs    how much faster ``--jobs 2`` is than ``--jobs 1``, against how much faster two bare processes are than one; at
        least 0.95, on two cores that are free
length  an article of ten articles' texts to JSON, against those ten; at most 1.25
memory  the most memory that a process had held when a thousand articles were briefed, each with words of its own,
        against when a hundred were; at most 1.1
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path

import spacy
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from briefing.extraction.scoring.model import score_article
from briefing.jobs.briefs import brief, brief_reading, make_each, render
from briefing.jobs.results import Request
from briefing.language.analyse import analyse
from briefing.language.analysis import Analysis
from briefing.language.pipeline import DEFAULT_MODEL, load_pipeline
from briefing.model.formats import Format
from briefing.profile.profile import load_profile
from briefing.reading.folders import find_sources
from briefing.reading.source import read_bytes, read_file
from briefing.runtime.parallel import prepare_process
from briefing.sources.records import Source

_KINDS = {"score": 0.6, "json": 1.25, "pdf": 1.15, "cold": 1.3, "jobs": 0.95, "length": 1.25, "memory": 1.1}
_TOGETHER = 8  # articles of a batch of ``briefing make``
_FONTS = {
    "Briefing Serif": ("font_source_serif_pro", "SourceSerifPro"),
    "Briefing Sans": ("font_source_sans_pro", "SourceSansPro"),
}
_WEIGHTS = {400: "Regular", 600: "Semibold"}
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")

_BARE_BRIEF = """
import sys
from pathlib import Path
import spacy
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
model, text, page, fonts, pdf = sys.argv[1:]
spacy.load(model)(Path(text).read_text(encoding="utf-8"))
configuration = FontConfiguration()
sheet = CSS(string=Path(fonts).read_text(encoding="utf-8"), font_config=configuration)
HTML(filename=page).write_pdf(pdf, stylesheets=[sheet], font_config=configuration, pdf_variant="pdf/ua-1")
"""
_BARE_PIPE = """
import sys
from pathlib import Path
import spacy
model, *files = sys.argv[1:]
for _ in spacy.load(model).pipe(Path(file).read_text(encoding="utf-8") for file in files):
    pass
"""


def main() -> None:
    """Print one line for each ratio."""
    if any(os.environ.get(name) != "1" for name in _ONE_THREAD):  # numeric libraries read it when they are imported
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | _ONE_THREAD)  # noqa: S606
    prepare_process()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parents[1] / "examples" / "articles")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--only", default=",".join(_KINDS), help=",".join(_KINDS))
    arguments = parser.parse_args()
    files = find_sources(arguments.folder).files
    if not files:
        parser.error(f"there are no articles in {arguments.folder}")
    files = tuple(islice(cycle(files), arguments.articles))
    with tempfile.TemporaryDirectory() as folder:
        measures: dict[str, Callable[[], Iterator[float]]] = {
            "score": lambda: _score(files, arguments.rounds),
            "json": lambda: _json(files, arguments.rounds),
            "pdf": lambda: _pdf(files, arguments.rounds),
            "cold": lambda: _cold(files[0], arguments.rounds, Path(folder)),
            "jobs": lambda: _jobs(files, arguments.rounds, Path(folder)),
            "length": lambda: _length(files, arguments.rounds),
            "memory": lambda: iter([_memory(files)]),
        }
        for kind in arguments.only.split(","):
            _report(kind, list(measures[kind]()))


def _report(kind: str, ratios: list[float]) -> None:
    bound = "at least" if kind == "jobs" else "at most"
    spread = f"{min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds"
    print(f"{kind:5} {statistics.median(ratios):.3f}  ({spread}; {bound} {_KINDS[kind]})", flush=True)


def _score(files: tuple[Path, ...], rounds: int) -> Iterator[float]:
    nlp = spacy.load(DEFAULT_MODEL)
    analyses = _analyses(files)
    texts = [analysis.article.text for analysis in analyses]
    yield from _ratios(lambda: _score_each(analyses), lambda: _parse(nlp, texts), rounds)


def _json(files: tuple[Path, ...], rounds: int) -> Iterator[float]:
    nlp = spacy.load(DEFAULT_MODEL)
    analyses = _analyses(files)
    texts = [analysis.article.text for analysis in analyses]

    def bare() -> None:
        _parse(nlp, texts)
        _score_each(analyses)

    yield from _ratios(lambda: _make(files, "json"), bare, rounds)


def _analyses(files: tuple[Path, ...]) -> list[Analysis]:
    nlp = load_pipeline()
    return [analyse(read_file(file).article, nlp) for file in files]


def _score_each(analyses: list[Analysis]) -> None:
    for analysis in analyses:  # in turn, so that no result is kept: caches hold those of one article
        score_article(analysis)


def _pdf(files: tuple[Path, ...], rounds: int) -> Iterator[float]:
    nlp = spacy.load(DEFAULT_MODEL)
    briefs = [brief(file) for file in files]
    pages = [render(made, "html").decode() for made in briefs]
    configuration = FontConfiguration()
    sheet = CSS(string=_font_rules(), font_config=configuration)

    def bare() -> None:
        _parse(nlp, [made.article.text for made in briefs])
        for page in pages:
            HTML(string=page).write_pdf(stylesheets=[sheet], font_config=configuration, pdf_variant="pdf/ua-1")

    yield from _ratios(lambda: _make(files, "pdf"), bare, rounds)


def _cold(file: Path, rounds: int, folder: Path) -> Iterator[float]:
    made = brief(file)
    page, fonts, text = folder / "page.html", folder / "fonts.css", folder / "text.txt"
    page.write_bytes(render(made, "html"))
    fonts.write_text(_font_rules(), encoding="utf-8")
    text.write_text(made.article.text, encoding="utf-8")
    ours = [*_command(), "make", str(file), "--format", "pdf", "-o", str(folder / "ours.pdf")]
    paths = [str(path) for path in (text, page, fonts, folder / "bare.pdf")]
    bare = [sys.executable, "-c", _BARE_BRIEF, DEFAULT_MODEL, *paths]
    yield from _ratios(lambda: _run([ours]), lambda: _run([bare]), rounds, children=True)


def _jobs(files: tuple[Path, ...], rounds: int, folder: Path) -> Iterator[float]:
    texts: list[str] = []
    for number, file in enumerate(files):
        texts.append(str(folder / f"{number}.txt"))
        Path(texts[-1]).write_text(brief(file).article.text, encoding="utf-8")
    bare = [sys.executable, "-c", _BARE_PIPE, DEFAULT_MODEL]
    ours = [*_command(), "make", *map(str, files), "--format", "json", "--output-dir", str(folder / "json"), "--jobs"]
    for _ in range(rounds):
        ours_one, bare_one = _seconds(lambda: _run([[*ours, "1"]])), _seconds(lambda: _run([[*bare, *texts]]))
        ours_two = _seconds(lambda: _run([[*ours, "2"]]))
        bare_two = _seconds(lambda: _run([[*bare, *texts[::2]], [*bare, *texts[1::2]]]))
        yield (ours_one / ours_two) / (bare_one / bare_two)


def _length(files: tuple[Path, ...], rounds: int) -> Iterator[float]:
    profile = load_profile()
    readings = [read_file(file) for file in files[:10]]
    whole = read_bytes("\n\n".join(reading.article.text for reading in readings).encode(), "ten articles")

    def one() -> None:
        render(brief_reading(whole, profile), "json")

    def ten() -> None:
        for reading in readings:
            render(brief_reading(reading, profile), "json")

    yield from _ratios(one, ten, rounds)


def _memory(files: tuple[Path, ...]) -> float:
    texts = [read_file(file).article.text for file in files]
    peaks = []
    for number in range(1000):
        words = (f"{chr(97 + number % 26)}{number * 20 + word:x}o{chr(97 + word)}" for word in range(20))
        sources = [Source("an article", content=f"{texts[number % len(texts)]}\n\n{' '.join(words)}.".encode())]
        make_each(_request("json"), sources)
        if number in (99, 999):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peaks[1] / peaks[0]


def _make(files: tuple[Path, ...], output: Format) -> None:
    sources = [Source(str(file), file) for file in files]
    for first in range(0, len(sources), _TOGETHER):
        for made in make_each(_request(output), sources[first : first + _TOGETHER]):
            if made.troubles:
                raise RuntimeError(made.troubles[0])


@cache
def _request(output: Format) -> Request:
    return Request(load_profile(), (output,), None)


def _ratios(
    ours: Callable[[], None], bare: Callable[[], None], rounds: int, *, children: bool = False
) -> Iterator[float]:
    """Yield ours over bare for each round, after one that warms both; who goes first changes.

    Seconds are those that the processor worked for this process, or for its children.
    """
    clock = _children_seconds if children else time.process_time
    ours()
    bare()
    for number in range(rounds):
        if number % 2:
            bare_seconds = _seconds(bare, clock)
            yield _seconds(ours, clock) / bare_seconds
        else:
            yield _seconds(ours, clock) / _seconds(bare, clock)


def _seconds(work: Callable[[], None], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _parse(nlp: spacy.language.Language, texts: list[str]) -> None:
    for _ in nlp.pipe(texts):
        pass


def _run(commands: list[list[str]]) -> None:
    """Run commands at the same time, each on one thread; compiled modules are kept.

    Raises:
        CalledProcessError: One of them failed.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= _ONE_THREAD
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) for command in commands]
    for process in running:
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, process.args)


def _command() -> list[str]:
    return [sys.executable, "-c", "from briefing.cli import app; app()"]


def _font_rules() -> str:
    rules = []
    for family, (package, name) in _FONTS.items():
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError(package)
        folder = Path(next(iter(spec.submodule_search_locations))) / "files"
        for weight, style in _WEIGHTS.items():
            url = (folder / f"{name}-{style}.ttf").as_uri()
            rules.append(f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{url}") }}')
    return "\n".join(rules)


if __name__ == "__main__":
    main()
