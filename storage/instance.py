"""One relay per database."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from storage.errors import AlreadyRunning, DatabaseReadOnly

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from storage.database import Database
    from storage.engines import Connecting
    from storage.session_lock import SessionLock

LOOK_OVER = 0.05
"""Seconds after which somebody who only looked is surely gone."""


async def relay_at_work(database: Database) -> bool:
    """Whether a relay is at work on this database, in whatever process. Bars nobody's way."""
    if database.path:
        return _is_locked(database.path)
    from storage.session_lock import is_taken  # noqa: PLC0415 - loads the server's driver

    async with database.read() as tx:
        return await is_taken(tx)


@asynccontextmanager
async def only_relay(database: Database, lost: Callable[[], None]) -> AsyncIterator[None]:
    """Be the only relay at work on a database while the block runs; `database.alone` says so.

    Raises AlreadyRunning if there is another; on PostgreSQL one that is just ending is waited for.
    A file stays ours until the process ends. A server may lose us, if the connection breaks:
    `alone` is clear then, until we are back. Where another relay was quicker, `lost` is called
    so that the block is ended, and its end raises AlreadyRunning.
    """
    async with AsyncExitStack() as stack:
        if database.path:
            stack.enter_context(only_one(database.path))
        if database.connect:
            await stack.enter_async_context(_locked(database, database.connect, lost))
        stack.enter_context(_alone(database))
        yield


@asynccontextmanager
async def _locked(
    database: Database, connect: Connecting, lost: Callable[[], None]
) -> AsyncIterator[None]:
    from storage.session_lock import SessionLock  # noqa: PLC0415 - loads the server's driver

    lock = SessionLock(database.name, connect, database.alone)
    try:
        await lock.take()
        async with _kept(lock, lost):
            yield
    finally:
        await lock.release()


@asynccontextmanager
async def _kept(lock: SessionLock, lost: Callable[[], None]) -> AsyncIterator[None]:
    keeping = asyncio.create_task(lock.keep())
    keeping.add_done_callback(lambda task: None if task.cancelled() else lost())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
        if not keeping.cancelled():
            keeping.result()


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    database.alone.set()
    try:
        yield
    finally:
        database.alone.clear()


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold `<database>.lock` while the block runs; raise AlreadyRunning if somebody does.

    The kernel lets go of it whatever way the process ends.
    """
    descriptor = _open(_lock_file(database))
    try:
        _lock(descriptor, database)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock_file(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def _is_locked(database: Path) -> bool:
    try:
        descriptor = os.open(_lock_file(database), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        # The kernel answers only who asks for the lock: shared, and for this moment alone.
        return not _had(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _had(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseReadOnly(
            f"{path.parent} cannot be written to ({error.strerror}): make it writable for this "
            "user, or set RELAY_DATA or RELAY_DATABASE to another place."
        ) from error


def _lock(descriptor: int, database: Path) -> None:
    if _had(descriptor, fcntl.LOCK_EX):
        return
    time.sleep(LOOK_OVER)  # nothing else is done before the lock is had
    if _had(descriptor, fcntl.LOCK_EX):
        return
    holder = os.pread(descriptor, 20, 0).decode().strip()
    pid = int(holder) if holder.isdecimal() else None
    who = f"process {pid}" if pid else "another process"
    raise AlreadyRunning(
        f"A relay is at work on {database} already ({who}): stop that one first, or give "
        "this one a directory of its own with RELAY_DATA.",
        pid,
    )
