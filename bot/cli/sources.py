"""`alert-relay sources`: how the listed sources are; `sources try`: what one would give."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.cli.sources_view import json_of, view
from bot.cli.start import Start
from bot.cli.terminal import write_json
from bot.cli.trouble import FAILED, say
from bot.intake.listening.heeded import listing
from storage import sources as stored
from storage.database import Database
from storage.migrations import SchemaState, require_current, schema_state
from storage.sources import Health

if TYPE_CHECKING:
    from bot.settings import Settings

sources = typer.Typer(
    help="How the listed sources are; what another one would give.", rich_markup_mode=None
)


def now() -> datetime:
    """The date."""
    return datetime.now(UTC)


@sources.callback(invoke_without_command=True)
def known(
    asked: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON: a line for each source.")] = False,
) -> None:
    """Show how the listed sources are: when each was asked and heard, and what ails it.

    This may be done while `run` is at work. It asks the database alone, and no source.
    """
    if asked.invoked_subcommand is not None:
        return
    start = Start.read()
    listed = [listing(one) for one in start.sources()]
    at = now()
    told = asyncio.run(_health(start.settings)) or [_unknown(one, at) for one in listed]
    if as_json:
        for one in told:
            write_json(json_of(one))
    elif told:
        Console().print(view(told, at))
    else:
        say("No source is listed. Copy relay.example.toml to relay.toml and list your sources.")


@sources.command("try")
def attempt(
    address: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS_OR_ID",
            help="A channel like @example, a web address, or the id of a listed source.",
        ),
    ],
    *,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="What is there; guessed where it is not named."),
    ] = None,
) -> None:
    """Fetch a source once, show what would be read in it, and how to list it.

    Nothing is stored and nobody is told.
    """
    from bot.cli.sources_try import Attempt  # noqa: PLC0415 - it loads all that can read

    start = Start.read()
    if not asyncio.run(Attempt(start, Console(), now).made(address, kind)):
        raise typer.Exit(FAILED)


async def _health(settings: Settings) -> list[Health]:
    """What the database knows; nothing where there is none yet."""
    file = settings.sqlite_file
    if file is not None and not await asyncio.to_thread(file.exists):
        return []
    database = await Database.open(settings.database_location)
    try:
        if await schema_state(database) is SchemaState.EMPTY:
            return []
        await require_current(database)
        async with database.read() as tx:
            return await stored.health(tx)
    finally:
        await database.close()


def _unknown(one: stored.Listing, at: datetime) -> Health:
    """A source that no relay has listened to yet."""
    never: dict[str, None] = dict.fromkeys(
        ("asked_at", "answered_at", "published_at", "received_at", "next_at")
    )
    return Health(one, at, **never, failures=0, trouble=None, why=None, trouble_at=None, told=None)
