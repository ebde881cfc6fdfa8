"""Where the relay plays: on Telegram, or in the playground that it brings along."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.botapi import botapi_routes
from bot.playground.channels import open_channels
from bot.playground.memory import remembered
from bot.playground.routes import playground_routes
from bot.telegram.connection import BotApi
from bot.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

    from bot.listed import Listed
    from bot.settings import Settings
    from reports.regions import Catalog


async def _nothing() -> None:
    """Nothing to do."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What differs between the two. `api` is told the relay's own URL; `begin` is awaited once
    the bot answers, `close` before the port closes.
    """

    catalog: Catalog
    listed: Listed
    admins: frozenset[int]
    api: Callable[[str], BotApi]
    routes: tuple[web.AbstractRouteDef, ...] = ()
    begin: Callable[[], Awaitable[None]] = _nothing
    close: Callable[[], Awaitable[None]] = _nothing


def stage_for(settings: Settings, listed: Listed, catalog: Catalog) -> Stage:
    """Telegram where there is a token, else the playground."""
    if settings.telegram_token is None:
        return _playground(settings, listed, catalog)
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    api = BotApi(settings.telegram_api, settings.telegram_token.get_secret_value(), proxy)
    return Stage(catalog, listed, settings.admins, lambda _own_url: api)


def _playground(settings: Settings, listed: Listed, catalog: Catalog) -> Stage:
    if not settings.http.loopback:
        raise Trouble(
            f"The playground is for this machine alone, and {settings.http} is open to others. "
            "Set RELAY_HTTP to 127.0.0.1:8080, or set RELAY_TELEGRAM_TOKEN."
        )
    memory = remembered(settings.data / "playground.json", listed.sources)
    playground, telegram = memory.playground, memory.playground.telegram
    open_channels(telegram, listed.channels, min(playground.admins))
    token = f"{telegram.world.bot.id}:{secrets.token_urlsafe(32)}"

    async def begin() -> None:
        memory.begin()
        await playground.first_words()

    async def close() -> None:
        playground.close()
        await memory.close()

    return Stage(
        catalog=catalog,
        listed=listed,
        admins=settings.admins | playground.admins,
        api=lambda own_url: BotApi(own_url, token),
        routes=(*botapi_routes(telegram, token), *playground_routes(playground)),
        begin=begin,
        close=close,
    )
