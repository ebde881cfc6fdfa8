"""What is written of deliveries whose chat has changed meanwhile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from storage import chats, outbox, progress
from storage.outbox import Sent
from tests.storage.world import DIGEST, NOW, World, later

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.transaction import Transaction

    Settles = Callable[[Transaction], Awaitable[object]]

NOT_SENT: dict[str, Settles] = {
    "put off": partial(outbox.put_off, ids=[1], not_before=later(5)),
    "later": partial(outbox.later, ids=[1], not_before=later(5)),
    "given back": partial(outbox.release, ids=[1]),
}
LOST: dict[str, Settles] = {
    "lost": partial(outbox.unknown, ids=[1], error="cut off"),
    "left behind": partial(outbox.take_over, now=later(61)),
}


async def _claimed(world: World) -> int:
    await world.person(1, "RU-KLU")
    told = await world.tell(await world.incident())
    assert len(await world.claim()) == 1
    return told


async def _do(world: World, *settles: Settles) -> None:
    for settle in settles:
        async with world.database.write() as tx:
            await settle(tx)


@pytest.mark.parametrize("settle", NOT_SENT.values(), ids=NOT_SENT)
@pytest.mark.parametrize(
    "leaves",
    [partial(chats.deactivate, chat_id=1, reason="blocked"), partial(chats.forget, chat_id=1)],
    ids=["blocked", "forgotten"],
)
async def test_nothing_waits_for_a_chat_that_left_while_it_was_to_be_told(
    world: World, settle: Settles, leaves: Settles
) -> None:
    told = await _claimed(world)
    await _do(world, leaves, settle)
    assert await world.counts() == {"skipped": 1}
    async with world.database.read() as tx:
        assert not await progress.still_open(tx, told)


@pytest.mark.parametrize("settle", LOST.values(), ids=LOST)
async def test_what_a_chat_perhaps_received_before_it_left_stays_unknown(
    world: World, settle: Settles
) -> None:
    await _claimed(world)
    await _do(world, partial(chats.deactivate, chat_id=1, reason="blocked"), settle)
    assert await world.counts() == {"unknown": 1}


@pytest.mark.parametrize("settle", (NOT_SENT | LOST).values(), ids=NOT_SENT | LOST)
async def test_a_chat_that_is_there_is_told_later(world: World, settle: Settles) -> None:
    await _claimed(world)
    await _do(world, settle)
    assert len(await world.claim(now=later(62))) == 1


async def test_what_was_put_off_was_no_attempt(world: World) -> None:
    await _claimed(world)
    await _do(world, NOT_SENT["put off"])
    assert [one.attempts for one in await world.claim(now=later(6))] == [1]


async def test_those_that_are_still_in_hand_are_not_taken_over(world: World) -> None:
    await _claimed(world)
    await _do(world, partial(outbox.take_over, now=later(61), spare=[1]))
    assert await world.counts() == {"sending": 1}


async def test_a_new_start_waits_for_no_lease(world: World) -> None:
    await _claimed(world)
    await _do(world, partial(outbox.take_over, now=NOW, abandoned=True))
    assert [one.repeat for one in await world.claim()] == [True]


async def test_many_receipts_at_once_leave_each_its_own_message(world: World) -> None:
    for chat_id in range(1, 6):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    await world.tell(number, priority=DIGEST)
    sent = [Sent(one.id, 100 + one.chat_id, NOW) for one in await world.claim()]
    await _do(world, partial(outbox.sent, receipts=sent))
    await world.correct(number)
    edits = [one for one in await world.claim() if one.edits]
    assert sorted(one.edits_message_id or 0 for one in edits) == [101, 102, 103, 104, 105]
