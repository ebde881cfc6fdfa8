"""How much of the ledger a query goes through, counted by the database itself."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.transaction import Transaction

STEPS_OF_A_ROW = 100
"""Generously, what SQLite's machine does for a row that is read, joined or written."""
READ = """
SELECT coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)
FROM pg_stat_xact_user_tables WHERE relname = 'delivery'
"""


@dataclass(slots=True)
class Effort:
    """Deliveries that were read; on SQLite, about."""

    rows: int = 0


@asynccontextmanager
async def effort(tx: Transaction) -> AsyncIterator[Effort]:
    """What is done within; known when it is over."""
    count = _on_sqlite if tx.dialect.name == "sqlite" else _on_postgresql
    async with count(tx) as counted:
        yield counted


@asynccontextmanager
async def _on_postgresql(tx: Transaction) -> AsyncIterator[Effort]:
    counted, before = Effort(), await tx.scalar(sa.text(READ))
    yield counted
    counted.rows = int(await tx.scalar(sa.text(READ)) - before)


@asynccontextmanager
async def _on_sqlite(tx: Transaction) -> AsyncIterator[Effort]:
    counted = Effort()

    def another_row() -> None:
        counted.rows += 1

    driver = (await tx.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.set_progress_handler(another_row, STEPS_OF_A_ROW)
    try:
        yield counted
    finally:
        await driver.set_progress_handler(None, 0)
