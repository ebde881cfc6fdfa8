"""The lock of the only relay on a PostgreSQL database: it lasts as long as its connection does."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import structlog

from storage.errors import AlreadyRunning, StorageError
from storage.trouble import in_words, reaching

if TYPE_CHECKING:
    from storage.engines import Connecting
    from storage.postgresql import Connection
    from storage.transaction import Transaction

log = structlog.get_logger(__name__)

RELAY = 7_351_002
"""The advisory lock's number."""
PREDECESSOR = 5.0
"""Seconds for a relay that is just ending to let go."""
AGAIN = 0.25
"""Seconds between attempts to take the lock, or to reach the server."""
HEARTBEAT, ANSWER = 30.0, 10.0
"""Seconds between signs of life, and for the server to answer one. Together less than the server
takes to let go of a host that vanished (60 s): who lost it knows before anybody else can have it.
"""

HOLDER = """
SELECT a.pid, a.application_name AS name, host(a.client_addr) AS address
FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = $1 AND l.objsubid = 1
AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


async def is_taken(tx: Transaction) -> bool:
    """Whether a relay has the lock. Does not touch it."""
    return (await tx.exec_driver_sql(HOLDER, (RELAY,))).first() is not None


@dataclass(slots=True)
class SessionLock:
    """Taken, kept while the relay is at work, and released."""

    name: str
    """Of the database, in sentences."""
    connect: Connecting
    alone: asyncio.Event
    """Is clear while the lock is not ours; set by whoever takes it first."""
    _connection: Connection | None = None
    _broken: asyncio.Event = field(default_factory=asyncio.Event)
    _pid: int | None = None
    """Of the server's process that held the lock for us last."""

    async def take(self) -> None:
        """Raises AlreadyRunning where another relay has it and does not end, else StorageError."""
        if other := await self._try():
            raise AlreadyRunning(
                f"A relay is at work on {self.name} already ({other}): stop that one "
                "first, or give this one a database of its own with RELAY_DATABASE.",
                None,
            )

    async def keep(self) -> None:
        """Take it again whenever its connection breaks; AlreadyRunning if another has it then."""
        while True:
            await self._until_broken()
            self.alone.clear()
            log.warning("the connection that says who relays here broke; nothing is sent meanwhile")
            if other := await self._try_again():
                raise AlreadyRunning(
                    f"Another relay ({other}) took over {self.name} while its server was "
                    "out of reach: this one has stopped, so that nothing is sent twice.",
                    None,
                )
            self.alone.set()
            log.info("this relay is again the only one here")

    async def release(self) -> None:
        """Let the next relay begin."""
        if self._connection:
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._connection.close(timeout=ANSWER)

    async def _try(self) -> str:
        """Take it; or who has it, and does not let go of it soon."""
        async with reaching(self.name), in_words(self.name):
            connection = await self.connect()
            try:
                self._broken = broken = asyncio.Event()
                connection.add_termination_listener(lambda _: broken.set())
                if other := await self._wait_for(connection):
                    await connection.close(timeout=ANSWER)
                    return other
            except BaseException:
                connection.terminate()
                raise
        self._connection, self._pid = connection, connection.get_server_pid()
        return ""

    async def _wait_for(self, connection: Connection) -> str:
        ask = partial(connection.fetchval, timeout=ANSWER)
        await ask("SELECT set_config('application_name', $1, false)", _ourselves())
        waited = 0.0
        while not await ask("SELECT pg_try_advisory_lock($1)", RELAY):
            holder = await connection.fetchrow(HOLDER, RELAY, timeout=ANSWER)
            if holder and (holder["pid"], holder["name"]) == (self._pid, _ourselves()):
                # Our own session, of which the server has not yet noticed that it is gone.
                await ask("SELECT pg_terminate_backend($1)", self._pid)
            if waited >= PREDECESSOR:
                return _described(holder)
            await asyncio.sleep(AGAIN)
            waited += AGAIN
        return ""

    async def _try_again(self) -> str:
        while True:
            try:
                return await self._try()
            except StorageError:
                await asyncio.sleep(AGAIN)

    async def _until_broken(self) -> None:
        while not self._broken.is_set():
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await self._broken.wait()
            except TimeoutError:
                await self._give_a_sign()

    async def _give_a_sign(self) -> None:
        if self._connection is None:
            return
        try:
            await self._connection.fetchval("SELECT 1", timeout=ANSWER)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._connection.terminate()
            self._broken.set()


def _ourselves() -> str:
    """How other sessions see this one; a server keeps 63 bytes of it."""
    return f"alert-relay on {socket.gethostname()[:30]}, process {os.getpid()}"


def _described(holder: asyncpg.Record | None) -> str:
    if holder is None:
        return "the server does not say which"
    known = [holder["name"], holder["address"], f"session {holder['pid']} of the server"]
    return ", ".join(one for one in known if one)
