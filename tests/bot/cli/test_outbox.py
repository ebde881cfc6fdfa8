"""`alert-relay outbox`, on both databases."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from io import StringIO
from threading import Timer
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from rich.console import Console

from bot.cli.outbox_look import Look
from bot.cli.outbox_view import view
from bot.progress.standing import Standing
from reports.model import BulletinType
from reports.regions import Catalog
from storage import progress, switches
from storage.database import Database
from storage.instance import only_relay
from storage.progress import Broadcast, Counts, Held
from storage.tables import hold
from tests.storage.outcomes import reported, settle
from tests.storage.world import DANGER, World, later

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.bot.cli.conftest import AlertRelay

NOBODYS_BUSINESS = range(770_001, 770_007)
"""Chats that follow Kaluga."""


@pytest.fixture(autouse=True)
def place(alert_relay: AlertRelay, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with six who follow Kaluga, at six o'clock."""
    del alert_relay  # for its empty settings
    monkeypatch.setenv("RELAY_DATABASE", database_url)
    monkeypatch.setattr("bot.cli.outbox.now", lambda: later(10))
    return database_url


@pytest.fixture
def served(place: str) -> Iterator[None]:
    """A relay is at work on it."""
    stack = AsyncExitStack()
    with asyncio.Runner() as relay:
        database = relay.run(Database.open(place))
        relay.run(stack.enter_async_context(only_relay(database, lambda: None)))
        yield
        relay.run(stack.aclose())
        relay.run(database.close())


def _do(place: str, does: Callable[[World], Awaitable[object]]) -> None:
    async def done() -> None:
        database = await Database.open(place)
        try:
            await does(World(database))
        finally:
            await database.close()

    asyncio.run(done())


async def _begins(world: World) -> None:
    for chat_id in NOBODYS_BUSINESS:
        await world.person(chat_id, "RU-KLU")
    told = await reported(world)
    await settle(world, told, "sent", 2, at=later(6))
    await settle(world, told, "gone")


async def _goes_on(world: World) -> None:
    await settle(world, 1, "sent", 3, at=later(9))


async def _ends(world: World) -> None:
    await _goes_on(world)
    async with world.database.write() as tx:
        await progress.finish(tx, 1, later(120))


async def _is_held(world: World) -> None:
    async with world.database.write() as tx:
        rows = [{"chat_id": chat_id, "until": later(60)} for chat_id in (0, 770_001)]
        await tx.execute(sa.insert(hold), rows)
        await switches.turn(tx, "paused", value=True)


def _drawn(count: int) -> list[str]:
    """The table of a broadcast of which so many were sent, at eighty columns."""
    few = dict.fromkeys(("failed", "gone", "unknown", "skipped"), count // 10)
    counts = Counts({"sent": count, "pending": count, **few}, later(0), later(9), lately=260)
    one = Broadcast(1, BulletinType.NEW, DANGER, later(0), expanded=True, open=True, numbers=(1,))
    look = Look((Standing(one, counts, later(60)),), (), count, Held(), paused=False, at_work=True)
    console = Console(width=80, file=StringIO())
    with console.capture() as drawn:
        console.print(view(look, Catalog.load()))
    return drawn.get().splitlines()


def test_where_nothing_is_under_way_one_sentence_says_so(alert_relay: AlertRelay) -> None:
    assert alert_relay("outbox").out == "Nothing waits to go out.\n"
    assert len(alert_relay("outbox", "--json").json) == 1


@pytest.mark.usefixtures("served")
def test_a_broadcast_under_way_is_a_row(alert_relay: AlertRelay, place: str) -> None:
    _do(place, _begins)
    told = alert_relay("outbox")
    rows = [" ".join(line.split()) for line in told.out.splitlines()]
    assert rows[0] == "under way in all sent failed unreachable unknown skipped left"
    assert rows[1].endswith("6 2 0 1 0 0 3")
    assert "0.5/s, less than a minute more" in " ".join(rows)
    assert (told.code, "3 messages wait in all." in told.out) == (0, True)
    assert "No relay is at work" not in told.out


def test_where_no_relay_is_at_work_that_is_said_and_no_time_foretold(
    alert_relay: AlertRelay, place: str
) -> None:
    _do(place, _begins)
    told = " ".join(alert_relay("outbox").out.split())
    assert "No relay is at work on this database: nothing goes out until `alert-relay" in told
    assert "minute" not in told
    outbox, one = alert_relay("outbox", "--json").json
    assert (outbox["relay_at_work"], one["per_second"], one["seconds_left"]) == (False, 0, None)


def test_a_row_fits_into_a_terminal_and_its_columns_stay(place: str) -> None:
    del place
    few, many = (_drawn(count) for count in (1, 123_456))
    assert [len(line.rstrip()) for line in (few[0], many[0])] == [80, 80]
    assert few[0] == many[0]
    assert "26/s," in " ".join(few)


@pytest.mark.usefixtures("served")
def test_a_program_gets_a_line_of_json_for_each(alert_relay: AlertRelay, place: str) -> None:
    _do(place, _begins)
    outbox, line = alert_relay("outbox", "--json").json
    assert outbox == {
        "relay_at_work": True,
        "paused": False,
        "waiting": 3,
        "chats_held": 0,
        "everyone_held_until": None,
    }
    assert (line["class"], line["incidents"], line["regions"]) == ("danger", [1], ["RU-KLU"])
    counts = [line[name] for name in ("in_all", "sent", "unreachable", "left")]
    assert (counts, line["per_second"], line["seconds_left"]) == ([6, 2, 1, 3], 0.5, 6)


def test_what_is_over_is_shown_with_its_times(alert_relay: AlertRelay, place: str) -> None:
    _do(place, _begins)
    _do(place, _ends)
    shown = alert_relay("outbox").out
    assert shown.startswith("Nothing waits to go out.\n")
    assert "Alert: Kaluga Region #1" in shown
    assert "2 minutes" in shown


def test_holds_and_a_pause_are_told_and_nobody_is_named(
    alert_relay: AlertRelay, place: str
) -> None:
    _do(place, _begins)
    _do(place, _is_held)
    shown = " ".join(alert_relay("outbox").out.split())
    assert "1 chat is held by Telegram. Telegram lets nothing out until" in shown
    assert "Relaying is paused: /resume lets it go on." in shown
    told = alert_relay("outbox", "--json")
    outbox = told.json[0]
    assert (outbox["paused"], outbox["chats_held"]) == (True, 1)
    assert outbox["everyone_held_until"] == later(60).isoformat(timespec="seconds")
    assert "7700" not in shown + told.out + told.err


def test_it_changes_nothing(alert_relay: AlertRelay, place: str) -> None:
    _do(place, _begins)
    first = alert_relay("outbox", "--json").out
    assert alert_relay("outbox", "--json").out == first


def test_a_person_sees_it_go_on_until_nothing_is_left(
    alert_relay: AlertRelay, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.outbox.for_people", lambda: True)
    monkeypatch.setattr("bot.cli.outbox.EVERY", 0.01)
    monkeypatch.setattr("bot.progress.sparing.TIMES", 0)
    _do(place, _begins)
    timer = Timer(0.2, lambda: _do(place, _ends))
    timer.start()
    told = alert_relay("outbox")
    timer.join()
    assert (told.code, "Nothing waits to go out." in told.out) == (0, True)


def test_ctrl_c_ends_it_quietly(
    alert_relay: AlertRelay, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.outbox.for_people", lambda: True)
    _do(place, _begins)
    monkeypatch.setattr("bot.cli.outbox.asyncio.sleep", interrupted)
    told = alert_relay("outbox")
    assert (told.code, told.err, "3 messages wait" in told.out) == (0, "", True)


def test_before_the_first_run_there_is_nothing_to_look_at(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RELAY_DATABASE")
    told = alert_relay("outbox")
    assert (told.code, "There is no database at data/playground.db yet" in told.err) == (1, True)
