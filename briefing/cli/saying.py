"""All output of the commands: control characters are escaped, so that no text can control the terminal.

Only Typer and the progress bar print by themselves: Typer escapes arguments, and the bar shows no foreign text.
"""

import sys
from pathlib import Path
from typing import TextIO

from briefing.runtime.terminal import visible, visible_line


def say(*texts: object, sep: str = " ", end: str = "\n", file: TextIO | None = None, flush: bool = False) -> None:
    """Print texts as ``print`` does, with control characters escaped, to a terminal or elsewhere."""
    print(*(visible(str(text)) for text in texts), sep=sep, end=end, file=file, flush=flush)


def say_line(text: object, file: TextIO | None = None, *, flush: bool = False) -> None:
    """Print a text on one line; line breaks in it, such as those of a file name, are escaped, too."""
    print(visible_line(str(text)), file=file, flush=flush)


def say_path(path: Path) -> None:
    """Print the path of a file that was written: escaped on a terminal, unchanged elsewhere.

    A script that reads standard output needs the exact name.
    """
    is_seen = sys.stdout is not None and sys.stdout.isatty()
    print(visible_line(str(path)) if is_seen else path, flush=True)
