"""The options --quiet and --verbose, which every command takes before and after its name."""

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperGroup

from briefing.cli.saying import say_line

_LEVEL = logging.getLogger("briefing")  # its level is the one that the user chose
_QUIET, _USUAL, _VERBOSE = logging.ERROR, logging.WARNING, logging.INFO


class Commands(TyperGroup):
    """All commands: each takes --quiet and --verbose, and its help does not show Python types."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        _finish(self, typer.main.get_command(_options()).params)

    def make_context(self, *arguments: Any, **more: Any) -> Any:
        """Start a run with the normal level, until an option changes it."""
        _LEVEL.setLevel(_USUAL)
        if _LIBRARIES not in logging.root.handlers:
            logging.root.addHandler(_LIBRARIES)
        _drop_types(self.params)  # again: Typer adds some options after it has made the group
        return super().make_context(*arguments, **more)


def is_quiet() -> bool:
    """Return True if the user wants to see failures only."""
    return _LEVEL.level == _QUIET


def detail(line: str) -> None:
    """Print a line to standard error if the user chose --verbose."""
    if _LEVEL.level == _VERBOSE:
        say_line(line, file=sys.stderr)


class _Libraries(logging.Handler):
    """Prints the warnings of libraries to standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a message as one line without control characters."""
        if not is_quiet():
            say_line(" ".join(f"{record.name}: {record.getMessage()}".split()), file=sys.stderr)


_LIBRARIES = _Libraries(logging.WARNING)


def _finish(command: Any, options: Sequence[Any]) -> None:
    """Add the two options to a command and its subcommands, and remove Python types from their help."""
    command.params = [*command.params, *options]
    _drop_types(command.params)
    get_help_option = command.get_help_option

    def help_option(ctx: Any) -> Any:
        option = get_help_option(ctx)
        option.metavar = ""
        return option

    command.get_help_option = help_option
    for below in getattr(command, "commands", {}).values():
        _finish(below, options)


def _drop_types(params: Sequence[Any]) -> None:
    """Remove types from the help: flags take no value, and the names of arguments say enough."""
    for param in params:
        if isinstance(param, TyperArgument):
            param.display_type_rich = _no_type  # type: ignore[method-assign]
        elif param.is_flag:
            param.metavar = ""


def _no_type(ctx: Any) -> None:
    """Return None: the name of an argument says enough."""


def _options() -> typer.Typer:
    app = typer.Typer(add_completion=False)

    @app.command()
    def _(
        quiet: Annotated[
            bool, _flag("--quiet", "-q", _be_quiet, "Print only failures and the requested output.")
        ] = False,
        verbose: Annotated[
            bool, _flag("--verbose", "-v", _be_verbose, "Print what is done, and with which profile.")
        ] = False,
    ) -> None: ...

    return app


def _flag(name: str, short: str, callback: Callable[[bool], None], text: str) -> Any:
    return typer.Option(name, short, callback=callback, expose_value=False, help=text)


def _be_quiet(wanted: bool) -> None:
    _ask_for(_QUIET, wanted)


def _be_verbose(wanted: bool) -> None:
    _ask_for(_VERBOSE, wanted)


def _ask_for(level: int, wanted: bool) -> None:
    if wanted and _LEVEL.level not in (level, _USUAL):
        raise typer.BadParameter("--quiet and --verbose contradict each other")
    if wanted:
        _LEVEL.setLevel(level)
