"""A correction finds those who were told otherwise, all of them and nobody else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reports.model import BulletinType
from storage import bulletins, chats, outbox
from storage.corrections import Audience
from tests.storage.world import NEWS, World, later, recipients

if TYPE_CHECKING:
    from storage.outbox import Claimed


async def test_the_old_message_is_edited_and_gets_a_reply(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    told = await world.tell(number)
    await world.deliver()
    await world.correct(number)
    edit, reply = await world.deliver()
    assert (edit.edits, edit.edits_message_id, edit.original_bulletin_id) == (True, 1001, told)
    assert (reply.edits, reply.replies_to_message_id) == (False, 1001)
    assert (reply.original_state, reply.original_seen_correction) == ("sent", 0)


async def test_invariant_7_a_correction_reaches_exactly_those_who_got_what_it_corrects(
    world: World,
) -> None:
    got = await world.person(1, "RU-KLU")
    await world.person(2, "RU-MOW")
    await world.person(3, "RU-KLU")
    number = await world.incident("RU-KLU")
    await world.tell(number)
    await world.deliver()
    await world.leave(got)
    await _forget(world, 3)
    await world.person(4, "RU-KLU")
    assert await world.audience(number) == Audience(chats=1)
    await world.correct(number)
    assert recipients(await world.deliver()) == [1, 1]


async def test_of_several_messages_each_is_edited_and_the_newest_gets_the_reply(
    world: World,
) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.tell(number, kind=BulletinType.UPDATE)
    await world.deliver()
    assert await world.audience(number) == Audience(chats=1)
    await world.correct(number)
    first, second, reply = await world.deliver()
    assert (first.edits_message_id, second.edits_message_id) == (1001, 1002)
    assert reply.replies_to_message_id == 1002


async def test_only_those_who_were_told_of_that_region_are_corrected(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.person(2, "RU-MOW")
    await world.person(3, "RU-KLU", "RU-MOW")
    kaluga, moscow = await world.incident("RU-KLU"), await world.incident("RU-MOW")
    await world.tell(kaluga, moscow)
    await world.deliver()
    await world.correct(moscow)
    assert sorted(recipients(await world.deliver())) == [2, 2, 3, 3]


async def test_a_region_that_another_begins_with_is_another_region(world: World) -> None:
    await world.person(1, "RU-MOS")
    number = await world.incident("RU-MO")
    await world.tell(number, await world.incident("RU-MOS"))
    await world.deliver()
    assert (await world.audience(number)).chats == 0


async def test_who_is_still_to_be_told_is_counted_apart(world: World) -> None:
    for chat_id in range(1, 6):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.send(*await world.claim(limit=2))
    assert await world.audience(number) == Audience(chats=2, waiting=3)
    await world.tell(number, kind=BulletinType.UPDATE)
    assert await world.audience(number) == Audience(chats=2, waiting=3)


async def test_what_never_arrived_is_not_corrected(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.claim()
    async with world.database.write() as tx:
        await outbox.failed(tx, [1], "chat not found")
    assert (await world.audience(number)).chats == 0


async def test_the_admins_note_of_a_report_is_not_corrected(world: World) -> None:
    await world.person(900)
    number = await world.incident()
    note = await world.fix(number, kind=BulletinType.INTAKE)
    async with world.database.write() as tx:
        await outbox.address(tx, note, [900])
    await world.deliver()
    assert (await world.audience(number)).chats == 0


async def test_a_chat_that_cannot_be_written_to_is_not_addressed(world: World) -> None:
    for chat_id in (1, 2):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.deliver()
    async with world.database.write() as tx:
        await chats.deactivate(tx, 1, "blocked")
    assert (await world.audience(number)).chats == 1
    await world.correct(number)
    assert recipients(await world.deliver()) == [2, 2]
    assert await world.counts() == {"sent": 4}


async def test_a_correction_never_overtakes_what_it_corrects(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number, priority=NEWS)
    (original,) = await world.claim()
    await world.correct(number)
    assert await world.claim() == []
    await world.send(original)
    assert [one.original_state for one in await world.deliver()] == ["sent", "sent"]


async def test_a_waiting_message_is_sent_corrected_and_needs_no_correction(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    made = await world.correct(number)
    (original,) = await world.claim()
    assert original.seen_correction == made
    await world.send(original)
    assert await world.deliver() == []


async def test_a_bulletin_is_shown_with_what_was_corrected_when_it_was_claimed(
    world: World,
) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    told = await world.tell(number)
    (original,) = await world.claim()
    made = await world.correct(number)
    assert await _corrections(world, told, original.seen_correction) == []
    assert await _corrections(world, told) == [made]


async def test_what_is_told_after_a_correction_is_not_shown_as_corrected(world: World) -> None:
    number = await world.incident()
    await world.correct(number)
    assert await _corrections(world, await world.tell(number)) == []


async def test_a_correction_carries_itself_and_not_the_next_one(world: World) -> None:
    number = await world.incident()
    first = await world.correct(number)
    await world.correct(number, "14", "16")
    async with world.database.read() as tx:
        (item,) = (await bulletins.load(tx, 1)).items
    assert [(one.id, one.new) for one in item.corrections] == [(first, "14")]


async def test_a_second_correction_edits_what_was_told_and_not_the_first_correction(
    world: World,
) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.deliver()
    await world.correct(number)
    await world.deliver()
    await world.correct(number, "14", "16")
    edit, reply = await world.deliver()
    assert (edit.edits_message_id, reply.replies_to_message_id) == (1001, 1001)


async def test_a_message_sent_after_the_first_correction_knows_only_that_one(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    first = await world.correct(number)
    (original,) = await world.claim()
    second = await world.correct(number, "14", "16")
    await world.send(original)
    seen = [one.original_seen_correction for one in await world.deliver()]
    assert seen == [first] * 2
    assert second > first


async def test_a_large_correction_is_written_in_chunks_and_reaches_the_same_people(
    world: World,
) -> None:
    for chat_id in range(1, 8):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.tell(number, kind=BulletinType.UPDATE)
    await world.deliver()
    await world.correct(number, chunk=2)
    assert recipients(await world.deliver()) == [1, 2, 1, 2, 1, 2]
    await world.tell(number, kind=BulletinType.UPDATE)
    while not await world.expand(3, chunk=2):
        pass
    rest = [one.chat_id for one in await world.deliver() if one.bulletin_id == 3]
    assert sorted(rest) == sorted([3, 4, 5, 6, 7] * 3)


async def test_who_is_claimed_between_two_chunks_knows_the_correction_already(
    world: World,
) -> None:
    for chat_id in (1, 2):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    first, second = await world.claim()
    await world.correct(number, chunk=1)
    async with world.database.write() as tx:
        await outbox.later(tx, [second.id], later(0))
    await world.send(first, *await world.claim(limit=1))
    assert await world.expand(2, chunk=1)
    assert recipients(await world.deliver()) == [1, 1]


async def test_who_may_have_only_the_first_copy_is_corrected_though_its_repeat_knew_better(
    world: World,
) -> None:
    repeats = await _repeats_that_know_better(world)
    async with world.database.write() as tx:
        await outbox.never_known(tx, [one.id for one in repeats], "it is over")
    assert await world.expand(2)
    told = [(one.original_state, one.original_seen_correction) for one in await world.deliver()]
    assert told == [("unknown", 0)] * 4


async def test_who_got_the_repeat_was_told_what_is_right(world: World) -> None:
    repeats = await _repeats_that_know_better(world)
    await world.send(*repeats)
    assert await world.expand(2)
    assert {one.original_seen_correction for one in await world.deliver()} <= {1}


async def test_invariant_10_the_log_says_who_corrected_what_when_and_why(world: World) -> None:
    await world.correct(await world.incident())
    async with world.database.read() as tx:
        query = "SELECT admin_id, field, old, new, why FROM correction"
        (logged,) = (await tx.exec_driver_sql(query)).all()
    assert tuple(logged) == (900, "destroyed", "40", "14", "miscounted")


async def test_a_correction_waits_for_deliveries_that_are_being_written(world: World) -> None:
    await world.person(1, "RU-KLU")
    number = await world.incident()
    bulletin_id = await world.fix(number)
    async with world.database.write() as tx:
        await outbox.expand(tx, bulletin_id)
        correcting = asyncio.create_task(world.correct(number))
        await asyncio.sleep(0.03)
        assert not correcting.done()
    await correcting
    assert await world.counts() == {"pending": 1}  # which will be told corrected


async def test_a_claim_while_a_correction_is_made_leaves_nobody_with_the_old_figure(
    world: World,
) -> None:
    """Whatever the interleaving, each chat saw the correction at once or gets an edit."""
    for chat_id in range(1, 41):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    bulletin_id = await world.fix(number)
    told: list[Claimed] = []

    async def expand_and_claim() -> None:
        for _ in range(5):
            await world.expand(bulletin_id, chunk=3)
            told.extend(await world.claim(limit=2))

    made, *_ = await asyncio.gather(_soon(world, number), *(expand_and_claim() for _ in range(4)))
    await world.send(*told)
    while not await world.expand(bulletin_id):
        pass
    told += await world.deliver()
    knew = {one.chat_id for one in told if one.bulletin_id == bulletin_id and one.seen_correction}
    edited = {one.chat_id for one in told if one.edits and one.original_seen_correction != made}
    assert knew | edited == set(range(1, 41))
    assert not knew & edited


async def _repeats_that_know_better(world: World) -> list[Claimed]:
    """Two answers were lost, then came a correction; one chunk of it is written."""
    for chat_id in (1, 2):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    lost = [one.id for one in await world.claim()]
    async with world.database.write() as tx:
        await outbox.unknown(tx, lost, "lost", again=later(5))
    made = await world.correct(number, chunk=1)
    repeats = await world.claim(now=later(5))
    assert [(one.repeat, one.seen_correction) for one in repeats] == [(True, made)] * 2
    return repeats


async def _soon(world: World, number: int) -> int:
    await asyncio.sleep(0.01)  # so that some are claimed before
    return await world.correct(number)


async def _forget(world: World, chat_id: int) -> None:
    async with world.database.write() as tx:
        await chats.forget(tx, chat_id)


async def _corrections(world: World, bulletin_id: int, seen: int | None = None) -> list[int]:
    async with world.database.read() as tx:
        (item,) = (await bulletins.load(tx, bulletin_id, seen)).items
    return [one.id for one in item.corrections]
