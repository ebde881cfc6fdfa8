"""A claim and a correction at the same moment, on a server that lets both go on at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from reports.model import BulletinClass, BulletinType, Correction, Item
from storage import corrections, outbox
from storage.outbox import Lease
from tests.storage.world import LEASE, NOW, World, attack, bulletin

if TYPE_CHECKING:
    from storage.outbox import Claimed


@pytest.fixture
async def number(world: World) -> int:
    """An incident of which one person is being told."""
    await world.person(1, "RU-KLU")
    told = await world.incident()
    await world.tell(told)
    return told


async def _ends_right(world: World, first: Claimed) -> bool:
    """Whether its reader is told the right figure, at once or by an edit."""
    await world.send(first)
    return bool(first.seen_correction) or any(one.edits for one in await world.deliver())


async def test_what_is_claimed_just_before_a_correction_is_corrected(
    world: World, number: int
) -> None:
    async with world.database.write() as tx:
        (first,) = await outbox.claim(tx, Lease(NOW, LEASE), 1)
        correcting = asyncio.create_task(world.correct(number))
        await asyncio.sleep(0.03)
    await correcting
    assert await _ends_right(world, first)


async def test_what_is_claimed_just_before_a_correction_is_committed_is_corrected(
    world: World, number: int
) -> None:
    priority = BulletinClass.CORRECTION
    told = bulletin(Item(number, attack()), kind=BulletinType.CORRECTION, priority=priority)
    made = Correction("destroyed", "40", "14", NOW)
    async with world.database.write() as tx:
        new = corrections.NewCorrection(number, made, 900, told, "miscounted")
        await corrections.make(tx, new)
        claiming = asyncio.create_task(world.claim(limit=1))
        await asyncio.sleep(0.03)
    (first,) = await claiming
    assert await _ends_right(world, first)
