"""`alert-relay backup`: a copy of the database that is whole."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.start import Start
from bot.cli.terminal import progress
from bot.cli.trouble import say
from bot.trouble import Trouble
from storage.backups import backup as copy
from storage.database import Database


def backup(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Where the copy goes.")],
) -> None:
    """Copy the database to PATH, whole, also while `run` is at work."""
    start = Start.read()
    file = start.settings.sqlite_file
    if file is not None and not file.exists():
        raise Trouble(f"There is no database at {file} yet. RELAY_DATA says where it is.")
    asyncio.run(_copied(start.settings.database_location, path))
    say(f"The database was copied to {path}.")


async def _copied(place: str, path: Path) -> None:
    database = await Database.open(place)
    try:
        with progress("Copying"):
            await copy(database, path)
    finally:
        await database.close()
