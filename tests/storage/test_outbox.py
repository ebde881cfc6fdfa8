"""Claiming, sending and what becomes of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from reports.model import BulletinClass, BulletinType
from storage import outbox
from storage.outbox import Lease
from tests.storage.world import ATTACK, DANGER, DIGEST, LEASE, NEWS, World, later, recipients

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.outbox import Claimed
    from storage.transaction import Transaction


async def test_two_claimers_never_get_the_same_delivery(world: World) -> None:
    for chat_id in range(1, 61):
        await world.person(chat_id, "RU-KLU")
    await world.tell(await world.incident())
    batches = await asyncio.gather(*(world.claim(limit=7) for _ in range(12)))
    ids = [one.id for batch in batches for one in batch]
    assert len(ids) == len(set(ids))
    rest = await world.claim(limit=100)
    assert sorted(ids + [one.id for one in rest]) == list(range(1, 61))


async def test_what_is_claimed_is_marked_before_anything_is_sent(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident())
    (mine,) = await world.claim()
    assert (mine.attempts, mine.repeat, mine.priority) == (1, False, 0)
    assert await world.counts() == {"sending": 1}
    assert await world.claim() == []


async def test_danger_goes_before_news(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.person(2, "RU-MOW")
    await world.tell(await world.incident("RU-KLU"), priority=NEWS)
    await world.tell(await world.incident("RU-MOW"), priority=DANGER)
    assert recipients(await world.claim()) == [2, 1]


async def test_danger_overtakes_news_that_waits_for_the_same_chat(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    for priority in (NEWS, NEWS, DANGER):
        await world.tell(number, priority=priority)
    assert [one.priority for one in await world.deliver()] == [0, 3, 3]


async def test_an_alert_overtakes_what_its_chat_was_to_hear_of_the_same_incident(
    world: World,
) -> None:
    await world.person(1, "RU-KLU")
    number, other = await world.incident(), await world.incident()
    for told in (number, other):
        await world.tell(told, priority=ATTACK)
    await world.tell(number, kind=BulletinType.UPDATE, priority=DANGER)
    claimed: list[Claimed] = []
    for next_one in (3, 1):
        claimed += await world.claim(limit=1)
        assert claimed[-1].id == next_one
        async with world.database.read() as tx:
            assert await outbox.overtaking(tx, claimed) == {3}


async def test_within_a_chat_the_order_is_kept(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    told = [await world.tell(number) for _ in range(3)]
    assert len(await world.claim()) == 1
    async with world.database.write() as tx:
        await outbox.later(tx, [1], later(5))
    assert await world.claim(now=later(4)) == []
    (first,) = await world.claim(now=later(5))
    await world.send(first)
    assert [one.bulletin_id for one in await world.deliver()] == told[1:]


async def test_a_delivery_put_off_waits(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident())
    await world.claim()
    async with world.database.write() as tx:
        await outbox.later(tx, [1], later(30), "429")
    assert await world.claim(now=later(29)) == []
    assert [one.attempts for one in await world.claim(now=later(31))] == [2]


async def test_a_look_says_whether_there_is_anything_to_do(world: World) -> None:
    await world.person(1, "RU-KLU")
    assert not await _anything_due(world, 0)
    await world.tell(await world.incident())
    assert await _anything_due(world, 0)
    await world.claim()
    assert not await _anything_due(world, 59)
    assert await _anything_due(world, 61)


@pytest.mark.parametrize("end", [outbox.failed, outbox.gone, outbox.skipped])
async def test_what_will_never_be_sent_lets_the_next_one_pass(
    world: World, end: Callable[[Transaction, list[int], str], Awaitable[None]]
) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.tell(number)
    await world.claim()
    async with world.database.write() as tx:
        await end(tx, [1], "message text is empty")
    assert [one.id for one in await world.claim()] == [2]


async def test_what_was_given_back_was_never_tried(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident())
    await world.claim()
    async with world.database.write() as tx:
        await outbox.release(tx, [1])
        assert await outbox.chats_waiting(tx) == 1
    assert [one.attempts for one in await world.claim()] == [1]


async def test_invariant_6_a_crash_after_claiming_loses_no_delivery(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident())
    await world.claim()
    assert await _take_over(world, 59) == 0
    assert await _take_over(world, 61) == 1
    (again,) = await world.claim(now=later(62))
    assert (again.repeat, again.attempts) == (True, 2)


async def test_a_digest_whose_outcome_is_unknown_is_not_repeated(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident(), priority=DIGEST)
    await world.claim()
    await _take_over(world, 61)
    assert await world.counts() == {"unknown": 1}


@pytest.mark.parametrize("priority", [DANGER, ATTACK, BulletinClass.CORRECTION, NEWS])
async def test_a_lost_answer_means_once_more_marked_as_a_repeat(
    world: World, priority: BulletinClass
) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident(), priority=priority)
    await world.claim()
    async with world.database.write() as tx:
        await outbox.unknown(tx, [1], "timed out", later(10))
    assert await world.claim() == []
    assert [one.repeat for one in await world.claim(now=later(10))] == [True]


@pytest.mark.parametrize(
    ("kind", "priority"),
    [
        (BulletinType.NEW, DANGER),
        (BulletinType.ALL_CLEAR, BulletinClass.CORRECTION),
        (BulletinType.NEW, NEWS),
    ],
)
async def test_the_pause_before_a_repeat_keeps_nothing_else_waiting(
    world: World, kind: BulletinType, priority: BulletinClass
) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident())
    await _lose(world, await world.claim())
    new = await world.tell(await world.incident(), kind=kind, priority=priority)
    assert [one.bulletin_id for one in await world.claim(now=later(60))] == [new]


async def test_a_correction_waits_for_the_repeat_of_what_it_corrects(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await _lose(world, await world.claim())
    await world.correct(number)
    assert await world.claim(now=later(60)) == []
    assert [one.repeat for one in await world.claim(now=later(1800))] == [True]


async def test_the_pause_of_an_edit_whose_answer_was_lost_keeps_no_other_waiting(
    world: World,
) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.deliver()
    await world.correct(number)
    (edit,) = await world.claim()
    await _lose(world, [edit])
    (reply,) = await world.claim(now=later(60))
    assert (reply.edits, reply.replies_to_message_id) == (False, 1001)


async def test_an_edit_can_be_made_twice_and_is_no_repeat(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.deliver()
    await world.correct(number)
    await world.claim()
    await _take_over(world, 61)
    (edit,) = await world.claim(now=later(62))
    assert (edit.edits_message_id, edit.repeat) == (1001, False)


async def test_a_late_receipt_settles_what_was_thought_lost(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.tell(await world.incident())
    (mine,) = await world.claim()
    await _take_over(world, 61)
    await world.send(mine)
    assert await world.claim(now=later(62)) == []
    assert await world.counts() == {"sent": 1}


async def test_admins_hear_of_a_report_in_their_own_order(world: World) -> None:
    await world.person(900, "RU-KLU")
    number = await world.incident()
    note = await world.fix(number, kind=BulletinType.INTAKE, priority=NEWS)
    async with world.database.write() as tx:
        await outbox.address(tx, note, [900])
    told = await world.tell(number)
    assert [one.bulletin_id for one in await world.deliver()] == [told, note]


async def test_of_what_waits_beside_a_part_is_claimed_chat_by_chat_the_oldest_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.claims.MOST_BESIDE", 4)
    for chat_id in (1, 2, 3):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    for _ in range(3):
        await world.tell(number)
    beside = outbox.Beside({1, 2, 3}, {BulletinType.NEW})
    async with world.database.write() as tx:
        claimed = await outbox.claim_beside(tx, Lease(later(0), LEASE), beside)
    told = sorted((one.chat_id, one.bulletin_id) for one in claimed)
    assert told == [(1, 1), (1, 2), (1, 3), (2, 1)]


async def test_many_senders_deliver_everything_once_and_in_order(world: World) -> None:
    for chat_id in range(1, 13):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    for _ in range(3):
        await world.tell(number)
    sent: list[tuple[int, int]] = []

    async def sender() -> None:
        while await _left(world):
            for one in await world.claim(limit=3):
                sent.append((one.chat_id, one.bulletin_id))
                await world.send(one)

    await asyncio.gather(*(sender() for _ in range(4)))
    assert len(sent) == len(set(sent)) == 36
    for chat_id in range(1, 13):
        assert [told for chat, told in sent if chat == chat_id] == [1, 2, 3]


async def _lose(world: World, claimed: list[Claimed]) -> None:
    """Their answers were lost; half an hour later they are sent again."""
    async with world.database.write() as tx:
        await outbox.unknown(tx, [one.id for one in claimed], "lost", again=later(1800))


async def _anything_due(world: World, seconds: float) -> bool:
    async with world.database.read() as tx:
        due = await outbox.most_pressing(tx, later(seconds)) is not None
        return due or await outbox.anything_abandoned(tx, later(seconds))


async def _left(world: World) -> bool:
    counts = await world.counts()
    return bool(counts.get("pending") or counts.get("sending"))


async def _take_over(world: World, seconds: float) -> int:
    async with world.database.write() as tx:
        return await outbox.take_over(tx, later(seconds))
