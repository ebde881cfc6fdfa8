"""Whether each listed channel could be posted in: a row of its own in `alert-relay check`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.cli.finding import Finding
from bot.cli.start import listed_by
from bot.telegram.connection import BotApi
from bot.telegram.posting import Unfit, asking, place_of
from bot.trouble import Trouble

if TYPE_CHECKING:
    from telegram import Bot

    from bot.settings import Settings
    from storage.channels import Channel

PATIENCE = 10
"""Seconds for Telegram to answer about one channel."""


async def channel_findings(settings: Settings) -> list[Finding]:
    """None where none is listed, or where the list cannot be read, which is told elsewhere."""
    try:
        listed = listed_by(settings).channels
    except Trouble:
        return []
    if settings.telegram_token is None:
        return [Finding(_named(one), works=True, found="the playground has one") for one in listed]
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    api = BotApi(settings.telegram_api, settings.telegram_token.get_secret_value(), proxy)
    bot = asking(api)
    try:
        return [await _finding(bot, one) for one in listed]
    finally:
        await bot.shutdown()


async def _finding(bot: Bot, one: Channel) -> Finding:
    try:
        async with asyncio.timeout(PATIENCE):
            await bot.initialize()
            place = await place_of(bot, one)
    except Unfit as trouble:
        return Finding(_named(one), works=False, found=str(trouble))
    except (TelegramError, TimeoutError):
        why = "Telegram could not be asked. Check the token and the network, then check again."
        return Finding(_named(one), works=False, found=why)
    return Finding(_named(one), works=True, found=f"the bot may post in this {place.kind}")


def _named(one: Channel) -> str:
    topic = f", topic {one.thread_id}" if one.thread_id else ""
    return f"channel {one.name}{topic}"
