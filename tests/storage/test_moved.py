"""An incident that belongs to another region is told there, to those who were not told yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.storage.outcomes import tell_elsewhere

if TYPE_CHECKING:
    from tests.storage.world import World


async def test_what_moves_to_another_region_is_new_to_those_alone_who_were_not_told(
    world: World,
) -> None:
    for chat_id in range(1, 8):
        await world.person(chat_id, "RU-MOW", *(["RU-KLU"] if chat_id % 2 else []))
    number = await world.incident("RU-KLU")
    await world.tell(number)
    assert await tell_elsewhere(world, number, "RU-MOW") == 3
    while not await world.expand(3, chunk=2):
        pass
    told = await world.deliver()
    assert [one.chat_id for one in told if one.bulletin_id == 1] == [1, 3, 5, 7]
    assert [one.chat_id for one in told if one.bulletin_id == 3] == [2, 4, 6]


async def test_what_is_new_waits_until_it_is_settled_who_was_told_before(world: World) -> None:
    for chat_id in (1, 2):
        await world.person(chat_id, "RU-KLU", "RU-MOW")
    number = await world.incident("RU-KLU")
    old = await world.fix(number)
    assert await tell_elsewhere(world, number, "RU-MOW") == 3
    await world.expand(old, chunk=1)
    assert not await world.expand(3)
    await world.expand(old)
    assert await world.expand(3)
    assert 3 not in {one.bulletin_id for one in await world.deliver()}
