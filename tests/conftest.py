"""Fixtures that many tests share."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from spacy.language import Language

from briefing.language.analyse import analyse as analyse_article
from briefing.language.analysis import Analysis
from briefing.language.pipeline import load_pipeline
from tests.fakes.articles import article_of

settings.register_profile("untimed", deadline=None)  # a busy machine makes no test fail
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def _no_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep a profile of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))
        yield


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_pipeline()


@pytest.fixture(scope="session")
def analyse(nlp: Language) -> Callable[..., Analysis]:
    """Analyse body text: paragraphs apart by a blank line, an optional title, an optional publication day."""

    def run(text: str, *, title: str = "", published: str | None = None) -> Analysis:
        return analyse_article(article_of(text, title=title, published=published), nlp)

    return run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a disk of a few pages in memory: the test calls it with mount's options, and again to mount it anew."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = False

    def mount(options: str) -> Path:
        nonlocal mounted
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]  # what it is called on Linux
        if os.geteuid() != 0:
            pytest.skip("only root may mount a disk")
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - arguments of our own
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
        mounted = True
        return folder

    yield mount
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607 - the folder is ours
