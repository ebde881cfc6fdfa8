"""Telegram's holds: until when nothing may be sent to a chat, or to anyone.

They outlive a restart: who does not wait them out is limited for longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.tables import hold as holds
from storage.transaction import insert

if TYPE_CHECKING:
    from datetime import datetime

    from storage.transaction import Transaction

EVERYONE = 0
"""No chat has this id."""


async def put(tx: Transaction, chat_id: int, until: datetime) -> None:
    """Nothing to this chat (or `EVERYONE`) before then; a longer hold stays."""
    added = insert(tx, holds).values(chat_id=chat_id, until=until)
    longer = holds.c.until < added.excluded.until
    same = ["chat_id"]
    await tx.execute(
        added.on_conflict_do_update(index_elements=same, set_={"until": until}, where=longer)
    )


async def standing(tx: Transaction, now: datetime) -> dict[int, datetime]:
    """Chats and the end of their holds. Those that are over are dropped."""
    await tx.execute(sa.delete(holds).where(holds.c.until <= now))
    rows = await tx.execute(sa.select(holds.c.chat_id, holds.c.until))
    return {row.chat_id: row.until for row in rows}
