"""Tasks that are stopped inside the database, and a surge of them."""

from __future__ import annotations

import asyncio
from itertools import count
from types import coroutine
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from storage import engines, switches
from storage.database import Database
from storage.errors import DatabaseBusy
from storage.tables import switch

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator


@coroutine
def _stopped_at(
    step: int, work: Coroutine[Any, Any, None], *, late: bool
) -> Generator[Any, Any, bool]:
    """Await `work`, and cancel this task at one await: where it begins, or as its result comes.

    Whether there were so many awaits.
    """
    task, sent = asyncio.current_task(), None
    assert task
    while True:
        try:
            waited = work.throw(sent) if sent else work.send(None)
        except StopIteration:
            return step <= 0
        step -= 1
        if step == 0 and late and waited is not None:
            waited.add_done_callback(lambda _: task.cancel())
        elif step == 0:
            task.cancel()
        try:
            sent = yield waited
        except BaseException as error:  # noqa: BLE001 - it belongs to the work
            sent = error


async def _write(database: Database) -> None:
    async with database.read() as tx:
        await switches.get(tx, "first")
    async with database.write() as tx:
        await switches.put(tx, "first", value=True)
        await switches.put(tx, "second", value=True)


async def _was_stopped(step: int, work: Coroutine[Any, Any, None], *, late: bool) -> bool:
    async def stopped() -> bool:
        return await _stopped_at(step, work, late=late)

    task = asyncio.create_task(stopped())
    await asyncio.wait([task], timeout=10)
    assert task.done()
    assert task.cancelled() or not task.result(), f"the cancelling at await {step} was lost"
    return task.cancelled()


async def _taken_away(database: Database) -> list[str]:
    """The switches that are on; they are off then."""
    async with database.write() as tx:
        on = [name for name in ("first", "second") if await switches.is_on(tx, name)]
        for name in on:
            await switches.put(tx, name, None)
    return on


def _in_use(database: Database) -> int:
    assert isinstance(database.engine.pool, QueuePool)
    return database.engine.pool.checkedout()


@pytest.mark.parametrize("moment", ["as it begins", "as its result comes"])
async def test_a_transaction_stopped_at_any_await_is_cancelled_and_whole(
    database: Database, moment: str
) -> None:
    late = moment == "as its result comes"
    for step in count(1):
        if not await _was_stopped(step, _write(database), late=late):
            break
        assert _in_use(database) == 0
        assert await _taken_away(database) in ([], ["first", "second"])
    assert step > 10
    assert await _taken_away(database) == ["first", "second"]


async def _write_many(database: Database) -> None:
    async with database.write() as tx:
        rows = [{"name": f"{number}:{'x' * 500}", "value": True} for number in range(1000)]
        await tx.execute(sa.insert(switch), rows)


async def test_many_rows_that_are_stopped_half_way_are_written_all_or_not_at_all(
    database: Database,
) -> None:
    for step in count(1):
        stopped = await _was_stopped(step, _write_many(database), late=False)
        async with database.write() as tx:
            assert (await tx.execute(sa.delete(switch))).rowcount in (0, 1000)
        if not stopped:
            break
    assert step > 5


async def test_a_surge_opens_no_more_connections_and_everybody_gets_a_turn(
    database: Database,
) -> None:
    most = 0

    async def read() -> None:
        nonlocal most
        async with database.read() as tx:
            most = max(most, _in_use(database))
            await switches.get(tx, "first")

    readers = [asyncio.create_task(read()) for _ in range(100)]
    await _write(database)
    assert sum(one.done() for one in readers) > 0
    await asyncio.gather(*readers)
    assert most <= engines.CONNECTIONS


async def test_a_queue_that_does_not_move_is_told_and_does_not_hang(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "CONNECTIONS", 2)
    monkeypatch.setattr(engines, "IN_LINE", 0.02)
    database = await Database.open(database_url)
    async with database.read(), database.read():
        with pytest.raises(DatabaseBusy, match="are in use: wait a moment"):
            await _taken_away(database)
    assert await _taken_away(database) == []
    await database.close()
