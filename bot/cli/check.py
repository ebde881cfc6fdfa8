"""`alert-relay check`: what works, and how to mend what does not."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.findings import findings
from bot.cli.terminal import progress, write_json
from bot.cli.trouble import FAILED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.cli.finding import Finding


def check(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="One line of JSON for each check.")
    ] = False,
) -> None:
    """Tell what works and how to mend what does not.

    Looks at the settings, data directory, database, token, sources and channels; changes nothing.

    Fails if anything does not work.
    """
    with progress("Checking"):
        found = asyncio.run(findings())
    if as_json:
        for finding in found:
            write_json(asdict(finding))
    else:
        Console().print(_table(found))
    if not all(finding.works for finding in found):
        raise typer.Exit(FAILED)


def _table(found: Iterable[Finding]) -> Table:
    table = Table("", "what", "found", box=None, padding=(0, 2, 0, 0))
    for finding in found:
        mark = Text("✓", "green") if finding.works else Text("✗", "red")
        table.add_row(mark, finding.what, Text(finding.found))
    return table
