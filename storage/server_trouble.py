"""Errors of PostgreSQL and of its driver, turned into one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg

from storage.errors import DatabaseBusy, DatabaseFull, DatabaseReadOnly
from storage.trouble import unreachable

if TYPE_CHECKING:
    from storage.errors import StorageError

WAITED = (
    "The database {name} was held by someone else for too long: see what is waiting in "
    "pg_stat_activity, and try again."
)


def of_server(error: BaseException, name: str) -> StorageError | None:
    """What to tell about an error; None where it is not the server's state but a bug."""
    if isinstance(error, asyncpg.PostgresError):
        return _of_postgresql(error, name)
    if isinstance(error, asyncpg.InterfaceError):
        return unreachable(error, name)
    return None


def _of_postgresql(error: asyncpg.PostgresError, name: str) -> StorageError | None:
    group = (error.sqlstate or "")[:2]
    if error.sqlstate in ("55P03", "40P01", "57014"):  # lock timeout, deadlock, cancelled
        return DatabaseBusy(WAITED.format(name=name))
    if error.sqlstate in ("25006", "42501"):  # read-only server, missing privilege
        return DatabaseReadOnly(
            f"{name} cannot be written to ({error}): connect to the primary server, with a user "
            "who owns the database."
        )
    if error.sqlstate == "53100":
        return DatabaseFull(f"The disk of the server of {name} is full: free some space there.")
    if group in ("08", "28", "3D", "53", "57"):
        return unreachable(error, name)
    return None
