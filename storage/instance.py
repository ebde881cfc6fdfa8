"""One relay per SQLite file."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage.errors import AlreadyRunning, DatabaseReadOnly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold `<database>.lock` while the block runs; raise AlreadyRunning if somebody does.

    The kernel lets go of it whatever way the process ends.
    """
    path = database.with_name(f"{database.name}.lock")
    descriptor = _open(path)
    try:
        _lock(descriptor, database)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


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
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(descriptor, 20, 0).decode().strip()
        pid = int(holder) if holder.isdecimal() else None
        who = f"process {pid}" if pid else "another process"
        raise AlreadyRunning(
            f"A relay is at work on {database} already ({who}): stop that one first, or give "
            "this one a directory of its own with RELAY_DATA.",
            pid,
        ) from None
