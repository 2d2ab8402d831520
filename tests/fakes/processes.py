"""Python processes beside that of the tests, to see what a clock, a locale or a hash seed changes."""

import os
import subprocess
import sys
from pathlib import Path


def output_of(program: str, *arguments: str, **environment: str) -> str:
    """Return what a program prints in a process of its own, which must print no warning."""
    result = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program, *arguments],
        env=os.environ | environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stderr == ""
    return result.stdout
