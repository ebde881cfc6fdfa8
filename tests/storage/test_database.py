"""Opening a database, and transactions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from storage.database import Database


async def test_what_is_written_is_read(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(sa.text("INSERT INTO switch (name) VALUES ('x')"))
    async with database.read() as tx:
        assert await tx.scalar(sa.text("SELECT count(*) FROM switch")) == 1
