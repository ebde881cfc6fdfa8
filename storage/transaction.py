"""A transaction in progress, and who goes first on a database with many writers.

SQLite has one writer at a time, so all this holds there by itself. On PostgreSQL the desk and
corrections go one after another, and following or leaving a region waits for them: so the
numbers of bulletins are in the order in which they became visible, and an audience is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy import Table

Transaction: TypeAlias = AsyncConnection
"""What `Database.read()` and `Database.write()` give, and every query takes."""

_BULLETINS = 7_351_001
"""The advisory lock's number on PostgreSQL."""


async def in_turn(tx: Transaction) -> None:
    """From here to the end of the transaction nobody else makes or changes what is told."""
    if tx.dialect.name == "postgresql":
        await tx.execute(sa.select(sa.func.pg_advisory_xact_lock(_BULLETINS)))


async def after_those_in_turn(tx: Transaction) -> None:
    """From here on no bulletin is under way; several transactions may be here together."""
    if tx.dialect.name == "postgresql":
        await tx.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(_BULLETINS)))


def insert(tx: Transaction, table: Table) -> postgresql.Insert:
    """INSERT with this database's ON CONFLICT, which both spell alike."""
    if tx.dialect.name == "postgresql":
        return postgresql.insert(table)
    return cast("postgresql.Insert", sqlite.insert(table))
