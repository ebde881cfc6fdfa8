"""One relay per database, and what becomes of it when its server loses sight of it."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storage import session_lock
from storage.database import Database
from storage.errors import AlreadyRunning, StorageError
from storage.instance import only_relay, relay_at_work
from storage.session_lock import RELAY
from tests.rival import break_off, connection, rival

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.postgresql import Connection


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_lock, "PREDECESSOR", 0.2)
    monkeypatch.setattr(session_lock, "AGAIN", 0.01)


@pytest.fixture
async def served(postgresql_url: str) -> AsyncIterator[Database]:
    """A PostgreSQL database."""
    opened = await Database.open(postgresql_url)
    yield opened
    await opened.close()


def _unlucky() -> None:
    raise AssertionError("nobody else was there")


def _as_if_broken(session: Connection) -> None:
    """Only our side notices."""
    session._call_termination_listeners()  # type: ignore[attr-defined] # a part of asyncpg


async def _came(event: asyncio.Event) -> None:
    async with asyncio.timeout(10):
        await event.wait()


async def _lost(database: Database) -> None:
    async with asyncio.timeout(10):
        while database.alone.is_set():  # noqa: ASYNC110 - that an event is cleared is no event
            await asyncio.sleep(0)


async def test_while_it_is_the_only_one_the_database_says_so(database: Database) -> None:
    for _ in range(2):
        assert not database.alone.is_set()
        async with only_relay(database, _unlucky):
            assert database.alone.is_set()
    assert not database.alone.is_set()


async def test_others_can_see_that_a_relay_is_at_work(
    database: Database, database_url: str
) -> None:
    other = await Database.open(database_url)
    assert not await relay_at_work(other)
    async with only_relay(database, _unlucky):
        assert [await relay_at_work(other) for _ in range(2)] == [True, True]
    assert not await relay_at_work(other)
    await other.close()


async def test_a_second_relay_on_any_database_is_told_who_is_first(
    database: Database, database_url: str
) -> None:
    second = await Database.open(database_url)
    async with only_relay(database, _unlucky):
        with pytest.raises(AlreadyRunning, match=f"process {os.getpid()}") as refused:
            async with only_relay(second, _unlucky):
                pass
    assert str(refused.value).startswith(f"A relay is at work on {second.name} already")
    await second.close()


@pytest.mark.postgres
async def test_a_predecessor_that_is_just_ending_is_waited_for(served: Database) -> None:
    async with connection(served) as first:
        await first.execute(f"SELECT pg_advisory_lock({RELAY})")
        asyncio.get_running_loop().call_later(0.02, first.terminate)
        async with only_relay(served, _unlucky):
            assert served.alone.is_set()


@pytest.mark.postgres
@pytest.mark.allowed_logs
async def test_a_relay_whose_connection_breaks_takes_its_place_again(served: Database) -> None:
    async with only_relay(served, _unlucky):
        for _ in range(2):
            await break_off(served)
            await _lost(served)
            await _came(served.alone)


@pytest.mark.postgres
@pytest.mark.allowed_logs
async def test_a_server_that_does_not_answer_is_noticed(
    served: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_lock, "HEARTBEAT", 0.01)
    async with only_relay(served, _unlucky):
        await asyncio.sleep(0.03)
        assert served.alone.is_set()
        with monkeypatch.context() as patched:
            patched.setattr(session_lock, "ANSWER", 0.0)
            await _lost(served)
        await _came(served.alone)


@pytest.mark.postgres
@pytest.mark.allowed_logs
async def test_a_server_that_is_out_of_reach_is_tried_until_it_is_back(served: Database) -> None:
    failures: list[StorageError] = []

    async def connect() -> Connection:
        if failures:
            raise failures.pop()
        assert served.connect
        return await served.connect()

    flaky = replace(served, connect=connect)
    async with only_relay(flaky, _unlucky):
        failures += [StorageError("out of reach")] * 3
        await break_off(served)
        await _lost(flaky)
        await _came(flaky.alone)
    assert not failures


@pytest.mark.postgres
@pytest.mark.allowed_logs
async def test_a_relay_whose_place_was_taken_meanwhile_stops(served: Database) -> None:
    lost = asyncio.Event()

    async def serve() -> None:
        async with only_relay(served, lost.set), rival(served):
            await break_off(served)
            await _came(lost)
            assert not served.alone.is_set()

    with pytest.raises(AlreadyRunning, match=r"took over .* so that nothing is sent twice"):
        await serve()


@pytest.mark.postgres
@pytest.mark.allowed_logs
async def test_a_session_of_ours_that_the_server_believes_alive_is_ended(served: Database) -> None:
    made: list[Connection] = []

    async def connect() -> Connection:
        assert served.connect
        made.append(await served.connect())
        return made[-1]

    seen = replace(served, connect=connect)
    async with only_relay(seen, _unlucky):
        _as_if_broken(made[0])
        await _lost(seen)
        await _came(seen.alone)
    assert len(made) == 2
