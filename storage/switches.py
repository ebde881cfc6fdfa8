"""Small things that outlive a restart: whether relaying is paused, what an admin has begun.

A switch that belongs to a person is named `what:CHAT_ID`, so that `forget` finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.tables import switch as switches
from storage.transaction import insert

if TYPE_CHECKING:
    from storage.transaction import Transaction


async def get(tx: Transaction, name: str) -> Any:  # noqa: ANN401 - any JSON value
    """What was put there; None if nothing was."""
    return await tx.scalar(sa.select(switches.c.value).where(switches.c.name == name))


async def put(tx: Transaction, name: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Any JSON value; None takes it away."""
    if value is None:
        await tx.execute(sa.delete(switches).where(switches.c.name == name))
        return
    added = insert(tx, switches).values(name=name, value=value)
    await tx.execute(added.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


async def turn(tx: Transaction, name: str, *, value: bool) -> bool:
    """On or off. Returns whether that changed anything."""
    before = await is_on(tx, name)
    await put(tx, name, value or None)
    return before != value


async def is_on(tx: Transaction, name: str) -> bool:
    """Off unless it was turned on."""
    return bool(await get(tx, name))
