"""`alert-relay take-in`: reports from files, through the desk."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.intake import Intake
from bot.cli.start import Start
from bot.cli.terminal import for_people, progress
from bot.cli.trouble import FAILED, say
from bot.relay import open_desk


def take_in(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            readable=True,
            help="JSON lines of reports.",
        ),
    ],
    *,
    source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The listed source whose reports these are."),
    ] = None,
) -> None:
    """Put reports through the desk as if they had just arrived.

    This may be done while `run` is at work, which then delivers.

    Each report names a listed source in source.id, unless --source does.

    The same report is taken in once, however often it is given.
    """
    start = Start.read()
    intake = Intake(start.sources(), source)
    asyncio.run(_taken(start, intake, files))
    if for_people():
        Console().print(_table(intake))
    if intake.refused:
        say(f"Not taken in: {intake.refused} of {intake.refused + len(intake.receipts)} reports.")
        raise typer.Exit(FAILED)


async def _taken(start: Start, intake: Intake, files: list[Path]) -> None:
    total = sum(file.stat().st_size for file in files)
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
