"""A town whose operator lists channels: what they are, and when the relay has found them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.playground.botapi.things import Status
from reports.model import Language
from storage import channels
from storage.channels import Channel
from tests.town import KALUGA

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection

    from storage.channels import Known
    from storage.database import Database
    from tests.town import Town

CHANNEL, OTHER, GROUP, FORUM = -1_000_000_006_001, -1_000_000_006_002, -6_003, -1_000_000_006_004
NAMED = Channel("@kaluga_alerts", ("RU-KLU", "RU-MOW"), Language.EN)
IN_GROUP = Channel(str(GROUP), ("RU-KLU",), Language.RU)


def open_channel(town: Town) -> None:
    """A public channel, where the bot may post, and which the operator lists."""
    town.telegram.add_channel(CHANNEL, "Kaluga", KALUGA, "Kaluga_Alerts")
    town.telegram.add_bot(CHANNEL, KALUGA, Status.ADMINISTRATOR)
    town.channels = (NAMED,)


def bring_into_group(town: Town) -> None:
    """The bot is in a group, where it said hello long ago, and which the operator lists."""
    town.telegram.add_group(GROUP, "Соседи", KALUGA)
    town.telegram.world.chat(GROUP).members[town.telegram.world.bot.id] = Status.MEMBER
    town.channels = (IN_GROUP,)


@asynccontextmanager
async def settled(town: Town, works: int = 1) -> AsyncIterator[None]:
    """The relay at work, with so many of its channels found."""
    async with town.at_work():
        await until_work(town, works)
        yield


async def until_work(town: Town, count: int = 1) -> None:
    """So many are found and can be written to."""
    await until_known(town, lambda known: sum(one.active for one in known) == count)


async def until_known(town: Town, holds: Callable[[Collection[Known]], bool]) -> None:
    """What the relay knows of them."""
    assert town.relay is not None
    async with asyncio.timeout(10):
        while not holds(await _known(town.relay.database)):  # noqa: ASYNC110 - rows make no event
            await asyncio.sleep(0.01)


def posts(town: Town) -> list[str]:
    """What stands in the channel; nobody but the bot writes there."""
    return [one.text for one in town.telegram.history(CHANNEL)]


async def _known(database: Database) -> Collection[Known]:
    async with database.read() as tx:
        return (await channels.known(tx)).values()
