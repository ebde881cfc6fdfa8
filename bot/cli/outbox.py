"""`alert-relay outbox`: what goes out just now, how fast, and what was sent lately."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live

from bot.cli.outbox_look import Look, Lookout
from bot.cli.outbox_view import json_of, summary_of, view
from bot.cli.start import Start
from bot.cli.terminal import for_people, write_json
from bot.trouble import Trouble
from reports.regions import Catalog
from storage.database import Database
from storage.migrations import require_current

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings

EVERY = 1.0
"""Seconds between two pictures."""


def now() -> datetime:
    """The date."""
    return datetime.now(UTC)


def outbox(
    *,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="JSON: one line on the outbox, then one for each broadcast under way."
        ),
    ] = False,
) -> None:
    """Show what goes out just now.

    On a terminal this goes on until nothing is left, or Ctrl+C.

    This may be done while `run` is at work, and changes nothing.
    """
    settings = Start.read().settings
    with suppress(KeyboardInterrupt):
        asyncio.run(_show(settings, as_json=as_json))


async def _show(settings: Settings, *, as_json: bool) -> None:
    async with _opened(settings) as database:
        lookout = Lookout(database)
        look = await lookout.look(now())
        if as_json:
            write_json(summary_of(look))
            for one in look.under_way:
                write_json(json_of(one))
        elif for_people() and not look.calm:
            await _follow(lookout, look)
        else:
            Console().print(view(look, Catalog.load()))


async def _follow(lookout: Lookout, look: Look) -> None:
    catalog = Catalog.load()
    with Live(view(look, catalog), auto_refresh=False, vertical_overflow="visible") as live:
        while not look.calm:
            await asyncio.sleep(EVERY)
            look = await lookout.look(now())
            live.update(view(look, catalog), refresh=True)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    file = settings.sqlite_file
    if file is not None and not file.exists():
        raise Trouble(f"There is no database at {file} yet. RELAY_DATA says where it is.")
    database = await Database.open(settings.database_location)
    try:
        await require_current(database)
        yield database
    finally:
        await database.close()
