"""Whether the relay could run here: each finding says what works, or how to mend it."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import httpx

from bot.cli.finding import Finding
from bot.cli.posting import channel_findings
from bot.cli.start import listed_by
from bot.cli.trouble import AT_A_TERMINAL
from bot.logs import start_logging
from bot.settings import Settings
from bot.trouble import Trouble
from storage.database import Database
from storage.errors import StorageError
from storage.migrations import SchemaState, require_current, schema_state

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

PATIENCE = 10
"""Seconds for Telegram to answer."""


_SCHEMA = {
    SchemaState.EMPTY: "empty; the first `run` makes the tables",
    SchemaState.OLD: "of an older relay; the next `run` brings it up to date, after a copy",
    SchemaState.CURRENT: "up to date",
}


async def findings() -> list[Finding]:
    """All checks in order. Where the settings cannot be read, nothing else is looked at."""
    try:
        settings = Settings.read()
    except Trouble as trouble:
        return [Finding("settings", works=False, found=str(trouble))]
    start_logging(settings.secrets, AT_A_TERMINAL)
    read = Finding("settings", works=True, found=_summary(settings))
    found = [await _finding(what, check, settings) for what, check in CHECKS.items()]
    return [read, *found, *await channel_findings(settings)]


async def _finding(
    what: str, check: Callable[[Settings], Awaitable[str]], settings: Settings
) -> Finding:
    try:
        return Finding(what, works=True, found=await check(settings))
    except (Trouble, StorageError) as trouble:
        return Finding(what, works=False, found=str(trouble))


def _summary(settings: Settings) -> str:
    admins = len(settings.admins)
    listening = f"listens on {settings.http}"
    rate = f"{settings.messages_per_second} messages a second"
    return f"{listening}; {rate}; {admins} admin{'' if admins == 1 else 's'}"


async def _data(settings: Settings) -> str:
    path = settings.data
    if path.is_dir():
        if not os.access(path, os.W_OK | os.X_OK):
            raise Trouble(_unwritable(path))
        return f"{path} can be written to"
    above = next(above for above in path.absolute().parents if above.exists())
    if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
        raise Trouble(_unwritable(path))
    return f"{path} will be made at the first run"


def _unwritable(path: Path) -> str:
    return (
        f"{path} cannot be written to. Make it writable for this user,"
        " or set RELAY_DATA to another directory."
    )


async def _database(settings: Settings) -> str:
    file = settings.sqlite_file
    if file is not None and not await asyncio.to_thread(file.exists):
        return f"{file} will be made at the first run"
    database = await Database.open(settings.database_location)
    try:
        state = await schema_state(database)
        if state is SchemaState.NEW:
            await require_current(database)
    finally:
        await database.close()
    return f"{database.name}: {_SCHEMA[state]}"


async def _token(settings: Settings) -> str:
    if settings.telegram_token is None:
        return "none is set: `run` serves the playground"
    answer = await _get_me(settings, settings.telegram_token.get_secret_value())
    if answer.status_code in {401, 404}:
        raise Trouble(
            "Telegram does not know this token."
            " Copy it again from @BotFather into RELAY_TELEGRAM_TOKEN."
        )
    try:
        name = answer.raise_for_status().json()["result"]["username"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        raise Trouble(
            f"{settings.telegram_api} answers, but not as a Bot API server"
            f" (status {answer.status_code}). Check RELAY_TELEGRAM_API and RELAY_PROXY."
        ) from None
    return f"the bot is @{name}"


async def _get_me(settings: Settings, token: str) -> httpx.Response:
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    try:
        async with httpx.AsyncClient(proxy=proxy, timeout=PATIENCE) as client:
            return await client.get(f"{settings.telegram_api}/bot{token}/getMe")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Trouble(
            f"{settings.telegram_api} cannot be reached ({type(error).__name__})."
            " Check the network, RELAY_PROXY and RELAY_TELEGRAM_API."
        ) from None


async def _sources(settings: Settings) -> str:
    sources = listed_by(settings).sources
    if settings.sources_file is None and settings.playground:
        return "no relay.toml: the playground brings a list of its own"
    if not len(sources):
        raise Trouble(
            "No source is listed, so no report can come in."
            " Copy relay.example.toml to relay.toml and list your sources."
        )
    return f"{settings.sources_file}: {', '.join(listed.source.id for listed in sources)}"


CHECKS: dict[str, Callable[[Settings], Awaitable[str]]] = {
    "data directory": _data,
    "database": _database,
    "token": _token,
    "sources and channels": _sources,
}
