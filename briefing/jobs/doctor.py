"""Check whether this machine has all that briefs need; each missing part comes with its remedy."""

import ctypes.util
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from briefing.errors import BriefingError
from briefing.profile.profile import load_profile
from briefing.rendering.glyphs import lacking_scripts

_PACKAGES = ("spacy", "weasyprint", "pydantic", "jinja2", "trafilatura", "htmldate", "babel", "pikepdf")
_FONTS = ("font_source_sans_pro", "font_source_serif_pro")


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check; *needed* if no brief or no PDF can be made without it."""

    name: str
    fine: bool
    detail: str
    remedy: str = ""
    needed: bool = True


def examine() -> tuple[Finding, ...]:
    """Return the results of all checks, in the order in which a run uses the parts."""
    return tuple(finding for check in _CHECKS for finding in check())


def _packages() -> Iterator[Finding]:
    for name in ("briefing", *_PACKAGES):
        try:
            yield Finding(name, fine=True, detail=version(name))
        except PackageNotFoundError:
            yield Finding(name, fine=False, detail="not installed", remedy=f"pip install {name}")


def _pipeline() -> Iterator[Finding]:
    from briefing.language.pipeline import load_pipeline

    model = load_profile().language.model
    try:
        nlp = load_pipeline(model)
    except BriefingError as error:
        yield Finding(
            "language pipeline", fine=False, detail=str(error), remedy=f"pip install {model.replace('_', '-')}"
        )
    else:
        yield Finding("language pipeline", fine=True, detail=f"{model} {nlp.meta['version']}")


def _learned_model() -> Iterator[Finding]:
    from briefing.extraction.scoring.model import load_model

    name = "points and events"
    try:
        model = load_model()
    except BriefingError as error:
        yield Finding(name, fine=False, detail=str(error), remedy="install briefing anew")
    else:
        yield Finding(name, fine=True, detail=f"learned model {model.version}")


def _fonts() -> Iterator[Finding]:
    from importlib.util import find_spec

    for module in _FONTS:
        package = module.replace("_", "-")
        if find_spec(module) is None:
            lacking = "not installed: no PDF can be made"
            yield Finding(package, fine=False, detail=lacking, remedy=f"pip install {package}")
        else:
            yield Finding(package, fine=True, detail=version(package))


def _scripts() -> Iterator[Finding]:
    lacking = lacking_scripts()
    if lacking is None:
        detail, remedy = "not known: the program fc-list is missing", "Debian: apt-get install fontconfig"
    elif lacking:
        packages = " ".join(dict.fromkeys(script.package for script in lacking))
        detail = f"no font has {', '.join(script.name for script in lacking)}: a PDF shows boxes for their letters"
        remedy = f"Debian: apt-get install {packages}; elsewhere: the Noto fonts"
    else:
        detail, remedy = "fonts for names in other scripts are installed", ""
    yield Finding("fallback fonts", fine=lacking == (), detail=detail, remedy=remedy, needed=False)


def _libraries() -> Iterator[Finding]:
    pango = ctypes.util.find_library("pango-1.0")
    yield Finding(
        "Pango",
        fine=pango is not None,
        detail=_library_version(pango, "pango_version_string")
        if pango
        else "not found: no PDF can be made (HTML, JSON and Markdown can)",
        remedy="" if pango else "Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango",
    )
    shaper = ctypes.util.find_library("harfbuzz")
    yield Finding(
        "HarfBuzz",
        fine=shaper is not None,
        detail=_library_version(shaper, "hb_version_string") if shaper else "not found",
        remedy="" if shaper else "Debian: apt-get install libharfbuzz0b; macOS: brew install harfbuzz",
    )
    subset = ctypes.util.find_library("harfbuzz-subset")
    yield Finding(
        "harfbuzz-subset",
        fine=subset is not None,
        detail=subset or "not found: fontTools subsets the fonts, and a PDF takes about three times as long",
        remedy="" if subset else "Debian: apt-get install libharfbuzz-subset0; macOS: brew install harfbuzz",
        needed=False,
    )


def _library_version(library: str, function: str) -> str:
    """Return the version that a function of a shared library returns, and the library's name."""
    read = getattr(ctypes.CDLL(library), function)
    read.restype = ctypes.c_char_p
    return f"{read().decode('ascii')} ({library})"


def _sqlite() -> Iterator[Finding]:
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE texts USING fts5 (text)")
        except sqlite3.Error as error:
            detail = f"{sqlite3.sqlite_version}: no archive can be used ({error})"
            remedy = "use a Python whose SQLite has FTS5; Debian's has it"
            yield Finding("SQLite", fine=False, detail=detail, remedy=remedy, needed=False)
        else:
            yield Finding("SQLite", fine=True, detail=f"{sqlite3.sqlite_version}, with full text search")


def _write_access() -> Iterator[Finding]:
    for name, folder in (("current folder", Path.cwd()), ("temporary folder", Path(tempfile.gettempdir()))):
        try:
            descriptor, probe = tempfile.mkstemp(prefix=".briefing-", dir=folder)
            os.close(descriptor)
            Path(probe).unlink()
        except OSError as error:
            reason = f"{folder} cannot be written: {error.strerror or error}"
            yield Finding(name, fine=False, detail=reason, remedy="name another folder with --output-dir")
        else:
            yield Finding(name, fine=True, detail=f"{folder} can be written")


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _packages,
    _pipeline,
    _learned_model,
    _fonts,
    _scripts,
    _libraries,
    _sqlite,
    _write_access,
)
