"""However long the ledger, what is asked all the time goes through a few rows of it.

PostgreSQL knows nothing yet of what was written just now: these are the plans that it makes
then. A broadcast that waited for a quadratic one would not be noticed in a small test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from reports.model import BulletinType
from storage import outbox, progress
from storage.outbox import Lease
from storage.tables import chat, delivery, subscription
from tests.storage.effort import effort
from tests.storage.world import ATTACK, DIGEST, LEASE, NEWS, NOW, World, later

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.transaction import Transaction

CROWD = 3_000
NOW_ON = Lease(NOW, LEASE)


@pytest.fixture
async def crowded(world: World) -> World:
    """So many people follow one region."""
    profile = {"kind": "private", "language": "ru", "active": True, "created_at": NOW}
    ids = range(1, CROWD + 1)
    people = [{"id": one, "chat_id": one, "thread_id": 0, **profile} for one in ids]
    follow = [{"chat": one, "region": "RU-KLU", "since_bulletin": 0} for one in ids]
    async with world.database.write() as tx:
        await tx.execute(sa.insert(chat), people)
        await tx.execute(sa.insert(subscription), follow)
    return world


async def rows(world: World, does: Callable[[Transaction], Awaitable[object]]) -> int:
    """That this reads."""
    async with world.database.write() as tx, effort(tx) as counted:
        await does(tx)
    return counted.rows


async def put_off(world: World, bulletin_id: int) -> None:
    """Its deliveries may have arrived; none is to be repeated for now."""
    async with world.database.write() as tx:
        of_it = sa.update(delivery).where(delivery.c.bulletin_id == bulletin_id)
        await tx.execute(of_it.values(not_before=later(60), repeat=True))


async def test_the_last_chunk_of_a_plan_costs_no_more_than_the_first(crowded: World) -> None:
    bulletin_id = await crowded.fix(await crowded.incident())
    efforts = [
        await rows(crowded, lambda tx: outbox.expand(tx, bulletin_id, 300))
        for _ in range(CROWD // 300)
    ]
    assert max(efforts) <= efforts[0] + 600
    assert (await crowded.counts()) == {"pending": CROWD}


async def test_the_last_chunk_of_a_correction_costs_no_more_than_the_first(crowded: World) -> None:
    number = await crowded.incident()
    await crowded.tell(number)
    await crowded.claim(CROWD)
    await crowded.correct(number, chunk=300)
    bulletin_id = 2
    efforts = [
        await rows(crowded, lambda tx: outbox.expand(tx, bulletin_id, 300))
        for _ in range(CROWD // 300 - 1)
    ]
    assert max(efforts) <= efforts[0] + 600
    assert (await crowded.counts())["pending"] == 2 * CROWD


async def test_a_claim_reads_little_of_what_waits(crowded: World) -> None:
    await crowded.tell(await crowded.incident())
    assert await rows(crowded, lambda tx: outbox.claim(tx, NOW_ON, 10)) < 200
    assert await rows(crowded, lambda tx: outbox.most_pressing(tx, NOW)) < 20


async def test_a_claim_does_not_look_at_what_is_put_off(crowded: World) -> None:
    news = await crowded.tell(await crowded.incident(), priority=NEWS)
    await put_off(crowded, news)
    await crowded.tell(await crowded.incident(), priority=DIGEST)
    assert await rows(crowded, lambda tx: outbox.claim(tx, NOW_ON, 10)) < 200
    assert await rows(crowded, lambda tx: outbox.most_pressing(tx, NOW)) < 20
    assert await rows(crowded, lambda tx: progress.still_open(tx, news)) < 50


async def test_where_thousands_become_due_at_once_each_claim_reads_some_of_them(
    crowded: World,
) -> None:
    await put_off(crowded, await crowded.tell(await crowded.incident(), priority=NEWS))
    then = Lease(later(60), LEASE)
    most = 6 * outbox.RIPE_AT_ONCE
    assert await rows(crowded, lambda tx: outbox.claim(tx, then, 10)) < most
    assert await rows(crowded, lambda tx: outbox.claim(tx, then, 10)) < most
    assert await rows(crowded, lambda tx: outbox.most_pressing(tx, then.now)) < 20


async def test_what_waits_beside_for_a_few_chats_is_found_by_the_chats(crowded: World) -> None:
    await crowded.tell(await crowded.incident())
    few = outbox.Beside(range(1, CROWD, 200), [BulletinType.NEW])
    assert await rows(crowded, lambda tx: outbox.claim_beside(tx, NOW_ON, few)) < 300


async def test_what_an_alert_overtakes_is_found_by_the_chats(crowded: World) -> None:
    number = await crowded.incident()
    await crowded.tell(number, priority=ATTACK)
    await crowded.tell(number, kind=BulletinType.UPDATE)
    claimed = await crowded.claim(10)
    assert await rows(crowded, lambda tx: outbox.overtaking(tx, claimed)) < 300


async def test_receipts_and_leases_are_written_without_a_search(crowded: World) -> None:
    await crowded.tell(await crowded.incident())
    claimed = await crowded.claim(10)
    receipts = [outbox.Sent(one.id, 1, NOW) for one in claimed]
    assert await rows(crowded, lambda tx: outbox.sent(tx, receipts)) < 50
    assert await rows(crowded, lambda tx: outbox.anything_abandoned(tx, later(600))) < 50
    assert await rows(crowded, lambda tx: outbox.take_over(tx, later(600))) < 50


async def test_whether_a_broadcast_is_over_is_seen_at_once(crowded: World) -> None:
    bulletin_id = await crowded.tell(await crowded.incident())
    await crowded.claim(10)
    assert await rows(crowded, lambda tx: progress.still_open(tx, bulletin_id)) < 50
    assert await rows(crowded, progress.unfinished) < 50
