"""`alert-relay migrate`: the database's schema, brought to the newest."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.cli.start import Start
from bot.cli.terminal import progress
from bot.cli.trouble import say
from storage.database import Database
from storage.migrations import SchemaState, schema_state, upgrade


def migrate() -> None:
    """Bring the database's schema to the newest.

    A SQLite file that holds something is copied before, into the directory backups beside it.
    """
    start = Start.read()
    for sentence in asyncio.run(_migrated(start.settings.database_location)):
        say(sentence)


async def _migrated(place: str) -> list[str]:
    database = await Database.open(place)
    try:
        if await schema_state(database) is SchemaState.CURRENT:
            return [f"{database.name} is up to date."]
        with progress("Migrating"):
            copy = await upgrade(database, datetime.now(UTC))
    finally:
        await database.close()
    told = [f"{database.name} was brought to the newest schema."]
    return [f"The database as it was is kept in {copy}.", *told] if copy else told
