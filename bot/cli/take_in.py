"""`alert-relay take-in`: reports from files, through the desk."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.incoming import STANDARD_INPUT, are_there
from bot.cli.intake import Intake
from bot.cli.start import Start
from bot.cli.terminal import for_people, progress
from bot.cli.trouble import FAILED, say
from bot.relay import open_desk
from bot.trouble import Trouble


def take_in(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            dir_okay=False,
            readable=True,
            callback=are_there,
            help="JSON lines of reports, or a CAP message (.xml, .cap); - is standard input, "
            "and so is no file where another program writes.",
        ),
    ] = None,
    *,
    source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The listed source whose reports these are."),
    ] = None,
) -> None:
    """Put reports through the desk as if they had just arrived.

    This may be done while `run` is at work, which then delivers.

    Each report names a listed source in source.id, unless --source does; a CAP message needs it.

    The same report is taken in once, however often it is given.
    """
    start = Start.read()
    given = files or [_standard_input()]
    intake = Intake(start.sources(), source)
    asyncio.run(_taken(start, intake, given))
    if for_people():
        Console().print(_table(intake))
    if intake.refused:
        say(f"Not taken in: {intake.refused} of {intake.refused + len(intake.receipts)} reports.")
        raise typer.Exit(FAILED)


def _standard_input() -> Path:
    if sys.stdin.isatty():
        raise Trouble("No reports are given. Name a file, or - to write them here.")
    return STANDARD_INPUT


async def _taken(start: Start, intake: Intake, files: list[Path]) -> None:
    total = sum(file.stat().st_size for file in files if file != STANDARD_INPUT)
    with progress("Taking in", total or None) as advance:
        async with open_desk(start.settings, intake.sources) as desk:
            for file in files:
                await intake.take(desk, file, advance)


def _table(intake: Intake) -> Table:
    table = Table("report", "outcome", "incidents", "why", box=None)
    for receipt in intake.receipts:
        numbers = " ".join(f"#{number}" for number in receipt.incidents)
        outcome = receipt.outcome.value.replace("_", " ")
        table.add_row(*map(Text, (receipt.id, outcome, numbers, receipt.reason or "")))
    return table
