"""What is observed of delivery."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from prometheus_client import generate_latest

from bot.http.metrics import Metrics
from bot.progress.sparing import Sparing
from bot.progress.watch import Watch
from reports.model import BulletinType
from storage import progress
from storage.errors import StorageError
from storage.tables import hold
from tests.bot.delivery.hands import Hands
from tests.storage.outcomes import reported, settle
from tests.storage.world import NEWS, World, later

if TYPE_CHECKING:
    from storage.database import Database


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def world(database: Database) -> World:
    """Three people who follow Kaluga."""
    there = World(database)
    for chat_id in (1, 2, 3):
        await there.person(chat_id, "RU-KLU")
    return there


@pytest.fixture
def watch(world: World, hands: Hands) -> Watch:
    return Watch(world.database, Metrics(), hands.clocks)


def _shown(watch: Watch) -> list[str]:
    text = generate_latest(watch.metrics.registry).decode()
    return [line for line in text.splitlines() if not line.startswith("#")]


def _sum(watch: Watch, name: str, labels: str) -> float:
    (line,) = [one for one in _shown(watch) if one.startswith(f"{name}_sum{{{labels}}}")]
    return float(line.rpartition(" ")[2])


async def _sent(world: World, watch: Watch, bulletin_id: int, count: int = 1) -> None:
    """As the delivery does it."""
    now = watch.clocks.now()
    await settle(world, bulletin_id, "sent", count, at=now)
    for _ in range(count):
        watch.settled(bulletin_id, "sent", now)


async def _finished(world: World) -> list[int]:
    async with world.database.read() as tx:
        return [one.id for one in await progress.last_finished(tx, 9)]


async def test_a_broadcast_is_over_when_nothing_is_left(world: World, watch: Watch) -> None:
    told = await reported(world)
    await _sent(world, watch, told, 2)
    assert await watch.look()
    assert await _finished(world) == []
    await settle(world, told, "gone")
    assert not await watch.look()
    assert await _finished(world) == [told]


async def test_what_admins_were_told_of_a_report_is_over_too(world: World, watch: Watch) -> None:
    await world.fix(await world.incident(), kind=BulletinType.INTAKE)
    assert not await watch.look()
    async with world.database.read() as tx:
        assert await progress.unfinished(tx) == []
    assert not [one for one in _shown(watch) if "broadcast" in one]


async def test_outcomes_are_counted_by_class(world: World, watch: Watch) -> None:
    told = await reported(world)
    news = await world.tell(await world.incident(), priority=NEWS)
    await _sent(world, watch, told, 2)
    watch.settled(news, "gone", later(0))
    await watch.look()
    shown = _shown(watch)
    assert 'relay_deliveries_total{class="danger",state="sent"} 2.0' in shown
    assert 'relay_deliveries_total{class="news",state="gone"} 1.0' in shown


async def test_what_goes_back_to_wait_is_counted_apart(world: World, watch: Watch) -> None:
    told = await reported(world)
    for outcome in ("later", "lost", "moved", "released", "failed"):
        watch.settled(told, outcome, later(0))
    await watch.look()
    shown = [one for one in _shown(watch) if "_total" in one]
    assert [one for one in shown if "relay_deliveries_total" in one] == [
        'relay_deliveries_total{class="danger",state="failed"} 1.0'
    ]
    assert 'relay_deliveries_put_back_total{class="danger",why="lost"} 1.0' in shown


async def test_delays_are_observed_once(world: World, watch: Watch, hands: Hands) -> None:
    told = await reported(world)
    for hands.seconds in (0.2, 3, 12):
        await _sent(world, watch, told)
        await watch.look()
    await watch.look()
    first, last = (
        "relay_broadcast_first_sent_delay_seconds",
        "relay_broadcast_last_sent_delay_seconds",
    )
    assert _sum(watch, first, 'class="danger"') == 0.2
    assert _sum(watch, last, 'class="danger"') == 12
    assert f'{first}_count{{class="danger"}} 1.0' in _shown(watch)
    assert f'{last}_count{{class="danger"}} 1.0' in _shown(watch)


async def test_the_first_delay_is_seen_long_before_the_last(
    world: World, watch: Watch, hands: Hands
) -> None:
    told = await reported(world)
    hands.seconds = 0.4
    await _sent(world, watch, told)
    await watch.look()
    assert _sum(watch, "relay_broadcast_first_sent_delay_seconds", 'class="danger"') == 0.4
    assert not [one for one in _shown(watch) if one.startswith("relay_broadcast_last")]


async def test_how_late_a_source_is_taken_in_is_observed(world: World, watch: Watch) -> None:
    await reported(world)
    await watch.look()
    await watch.look()
    hours = 2 * 3600 + 12 * 60  # published at 03:48 UTC, received at 06:00
    assert _sum(watch, "relay_report_intake_delay_seconds", 'source="kaluga-governor"') == hours


async def test_after_a_restart_only_what_is_new_is_observed(world: World, hands: Hands) -> None:
    told = await reported(world)
    await settle(world, told, "sent", at=later(1))
    hands.seconds = 60
    watch = Watch(world.database, Metrics(), hands.clocks)
    await _sent(world, watch, told, 2)
    await watch.look()
    counted = [one for one in _shown(watch) if "_seconds_count" in one and "request" not in one]
    assert counted == ['relay_broadcast_last_sent_delay_seconds_count{class="danger"} 1.0']


async def test_a_first_message_after_a_restart_is_the_first(world: World, hands: Hands) -> None:
    told = await reported(world)
    hands.seconds = 60
    watch = Watch(world.database, Metrics(), hands.clocks)
    await _sent(world, watch, told, 3)
    await watch.look()
    assert _sum(watch, "relay_broadcast_first_sent_delay_seconds", 'class="danger"') == 60


async def test_what_waits_and_what_is_held_is_shown(world: World, watch: Watch) -> None:
    told = await reported(world)
    await settle(world, told, "sending")
    async with world.database.write() as tx:
        rows = [{"chat_id": chat_id, "until": later(30)} for chat_id in (0, 7)]
        await tx.execute(sa.insert(hold), rows)
    await watch.gauges()
    shown = _shown(watch)
    assert 'relay_deliveries_waiting{class="danger"} 2.0' in shown
    assert 'relay_deliveries_waiting{class="news"} 0.0' in shown
    assert {"relay_deliveries_in_flight 1.0", "relay_chats_held 1.0"} <= set(shown)
    until = float(later(30).timestamp())
    assert watch.metrics.everyone_held._value.get() == until


async def test_where_the_database_is_gone_metrics_say_that_they_do_not_know(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watch.gauges()
    monkeypatch.setattr("storage.progress.in_flight", _gone)
    await watch.gauges()
    assert "relay_deliveries_in_flight NaN" in _shown(watch)
    assert not [one for one in _shown(watch) if one.startswith("relay_deliveries_waiting")]


async def _gone(_tx: object) -> int:
    raise StorageError("the database is gone")


def test_no_label_names_anyone_and_every_metric_is_explained(watch: Watch) -> None:
    for family in watch.metrics.registry.collect():
        assert family.name.startswith("relay_")
        assert family.documentation.endswith(".")
        labels = {name for sample in family.samples for name in sample.labels}
        assert labels <= {"class", "state", "source", "outcome", "why", "le"}


@pytest.mark.allowed_logs
async def test_trouble_with_the_database_ends_nothing_and_is_said_once(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.progress.watch.IDLE", 0)
    monkeypatch.setattr("bot.progress.watch.EVERY", 0)
    asked = asyncio.Semaphore(0)

    async def unfinished(_tx: object) -> list[object]:
        asked.release()
        raise StorageError("the database is gone")

    monkeypatch.setattr("storage.progress.unfinished", unfinished)
    async with watch.at_work():
        for _ in range(3):
            await asked.acquire()
    assert [one.getMessage() for one in caplog.records if one.levelname == "WARNING"] == [
        "progress cannot be seen; trying again: the database is gone"
    ]


async def test_a_receipt_wakes_it(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.progress.watch.EVERY", 0)
    async with watch.at_work():
        told = await reported(world)
        await _sent(world, watch, told, 3)
        async with asyncio.timeout(5):
            while not await _finished(world):  # noqa: ASYNC110 - rows make no event
                await asyncio.sleep(0.01)


async def test_a_stop_during_a_look_does_not_wait_for_the_next(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking, stopped = asyncio.Event(), asyncio.Event()

    async def unfinished(_tx: object) -> list[object]:
        looking.set()
        await stopped.wait()
        return []

    monkeypatch.setattr("storage.progress.unfinished", unfinished)
    async with watch.at_work():
        await looking.wait()
        asyncio.get_running_loop().call_soon(stopped.set)
        watching = next(one for one in asyncio.all_tasks() if "_watching" in repr(one))
    assert not watching.cancelled()  # as it would be after LAST_WORDS


def test_what_took_long_is_not_done_again_soon(hands: Hands) -> None:
    counting = Sparing(hands.ticks)
    with counting.at_work():
        hands.seconds += 2
    assert (counting.due, counting.pause) == (False, 100)
    hands.seconds += 100
    assert counting.due
