"""The one place where commands print: what they say cannot steer the terminal.

Typer, which alone prints beside it, escapes the arguments that it repeats; the progress bar shows no text of others.
"""

import sys
from pathlib import Path
from typing import TextIO

from briefing.runtime.terminal import visible, visible_line


def say(*texts: object, sep: str = " ", end: str = "\n", file: TextIO | None = None, flush: bool = False) -> None:
    """Print texts as ``print`` does, characters that a terminal obeys written out, wherever the output goes."""
    print(*(visible(str(text)) for text in texts), sep=sep, end=end, file=file, flush=flush)


def say_line(text: object, file: TextIO | None = None, *, flush: bool = False) -> None:
    """Print a text on one line: line ends in it, such as those of a file name, are written out, too."""
    print(visible_line(str(text)), file=file, flush=flush)


def say_path(path: Path) -> None:
    """Print the path of a file that was written: on a terminal so that it can be seen, elsewhere as it is.

    A script that reads standard output needs the very name.
    """
    is_seen = sys.stdout is not None and sys.stdout.isatty()
    print(visible_line(str(path)) if is_seen else path, flush=True)
