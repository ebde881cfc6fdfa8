"""The command `alert-relay`: one file for each of its commands, and one line here."""

from __future__ import annotations

import sys
from importlib import import_module, metadata
from typing import Annotated

import typer

from bot.cli.trouble import tell_trouble

COMMANDS = {
    "run": "bot.cli.run",
    "read": "bot.cli.read",
    "take-in": "bot.cli.take_in",
    "check": "bot.cli.check",
    "migrate": "bot.cli.migrate",
    "backup": "bot.cli.backup",
    "outbox": "bot.cli.outbox",
    "sources": "bot.cli.sources",
}
"""Each module holds a function of the command's name, or a group of commands."""


def main() -> None:
    """Run one command and exit: 0 done, 1 something failed, 2 it was asked for wrongly."""
    with tell_trouble():
        program(sys.argv[1:2])(prog_name="alert-relay")


def program(asked: list[str]) -> typer.Typer:
    """The command line. Only the asked command's module is loaded, so that it starts fast."""
    app = typer.Typer(
        help="Relays official reports, region by region, to the people who follow those regions.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name in [name for name in asked if name in COMMANDS] or COMMANDS:
        command = getattr(import_module(COMMANDS[name]), name.replace("-", "_"))
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _show_version(asked: bool) -> None:  # noqa: FBT001 - the signature is Typer's
    if asked:
        typer.echo(f"alert-relay {metadata.version('alert-relay')}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    del version  # answered by its callback, before any command
