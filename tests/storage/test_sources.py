"""What is kept of each source, so that everybody can be told when the relay is deaf."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from storage import sources
from storage.sources import Ailment, Kept, Listing, Turn
from tests.storage.world import NOW, World

if TYPE_CHECKING:
    from storage.sources import Health

KALUGA = Listing("kaluga", "telegram", "Governor of Kaluga Region", "https://t.me/s/kaluga", 60)
MOSCOW = Listing("moscow", "push", "Mayor of Moscow")
SLOW = Ailment("too_slow", "It took too long.")
LATER = NOW + timedelta(minutes=5)


async def _health(world: World, *listed: Listing) -> list[Health]:
    async with world.database.write() as tx:
        await sources.enlist(tx, listed, NOW)
        return await sources.health(tx)


async def test_sources_stand_in_the_order_of_the_list(world: World) -> None:
    await _health(world, KALUGA, MOSCOW)
    assert [one.listing for one in await _health(world, MOSCOW, KALUGA)] == [MOSCOW, KALUGA]


async def test_what_is_no_longer_listed_is_known_when_it_comes_back(world: World) -> None:
    await _health(world, KALUGA)
    async with world.database.write() as tx:
        await sources.answered(tx, "kaluga", Kept(NOW, {"last": 7}))
    assert await _health(world, MOSCOW) != []
    [back] = await _health(world, KALUGA)
    assert back.answered_at == NOW
    async with world.database.read() as tx:
        assert await sources.state(tx, "kaluga") == {"last": 7}


async def test_at_another_address_a_source_was_never_heard(world: World) -> None:
    await _health(world, KALUGA)
    async with world.database.write() as tx:
        await sources.answered(tx, "kaluga", Kept(NOW, {"last": 7}))
    [same] = await _health(world, replace(KALUGA, name="Governor", every_seconds=30))
    [moved] = await _health(world, replace(KALUGA, address="https://t.me/s/another"))
    assert (same.answered_at, moved.answered_at) == (NOW, None)


async def test_one_trouble_after_another_began_with_the_first(world: World) -> None:
    await _health(world, KALUGA)
    async with world.database.write() as tx:
        await sources.failed(tx, "kaluga", NOW, SLOW)
        await sources.failed(tx, "kaluga", LATER, Ailment("server", "It answers 500."))
    [known] = await _health(world, KALUGA)
    assert (known.trouble, known.trouble_at, known.failures) == ("server", NOW, 2)


async def test_an_answer_ends_trouble_but_no_silence(world: World) -> None:
    await _health(world, KALUGA, MOSCOW)
    async with world.database.write() as tx:
        await sources.failed(tx, "kaluga", NOW, SLOW)
        await sources.fell_silent(tx, "moscow", NOW)
        await sources.answered(tx, "kaluga", Kept(LATER, {}))
        await sources.answered(tx, "moscow", Kept(LATER, {}))
    known = await _health(world, KALUGA, MOSCOW)
    assert [one.trouble for one in known] == [None, sources.SILENT]


async def test_a_new_report_ends_silence(world: World) -> None:
    await _health(world, MOSCOW)
    async with world.database.write() as tx:
        await sources.fell_silent(tx, "moscow", NOW)
        await sources.heard(tx, "moscow", LATER, LATER)
    [known] = await _health(world, MOSCOW)
    assert (known.trouble, known.published_at) == (None, LATER)


async def test_advice_is_kept_beside_good_health(world: World) -> None:
    await _health(world, KALUGA)
    async with world.database.write() as tx:
        await sources.answered(tx, "kaluga", Kept(NOW, {}, "It moved."))
    [known] = await _health(world, KALUGA)
    assert (known.trouble, known.why) == (None, "It moved.")


async def test_the_turns_of_many_are_written_together(world: World) -> None:
    await _health(world, KALUGA, MOSCOW)
    async with world.database.write() as tx:
        await sources.answered(tx, "kaluga", Kept(NOW, {"last": 7}))
        await sources.asked(tx, [Turn("kaluga", LATER, LATER), Turn("moscow", LATER, LATER)])
        assert await sources.state(tx, "kaluga") == {"last": 7}
    known = await _health(world, KALUGA, MOSCOW)
    assert [(one.asked_at, one.answered_at, one.next_at) for one in known] == [(LATER,) * 3] * 2
