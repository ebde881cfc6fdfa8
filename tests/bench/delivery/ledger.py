"""What the relay's database says of the deliveries, read from outside."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.delivery.relay import RelayProcess

LEFT = "SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending')"
PLANNED = "SELECT count(*) FROM bulletin WHERE NOT expanded"


def states(database: Path) -> dict[str, int]:
    """How many deliveries are in each state."""
    return dict(_rows(database, "SELECT state, count(*) FROM delivery GROUP BY state"))


def without_receipt(database: Path) -> int:
    """Deliveries that are not sent, or sent without the message's id."""
    query = "SELECT count(*) FROM delivery WHERE state <> 'sent' OR message_id IS NULL"
    return _number(database, query)


def active_chats(database: Path) -> set[int]:
    """The ids of chats that are still delivered to."""
    return {row[0] for row in _rows(database, "SELECT chat_id FROM chat WHERE active")}


def is_planned(database: Path) -> bool:
    """Whether all deliveries of all bulletins are written out."""
    return _number(database, PLANNED) == 0


def until_empty(relay: RelayProcess, seconds: float) -> float | None:
    """Wait until nothing is left to send. Returns when; None where that takes longer."""
    by = time.monotonic() + seconds
    while time.monotonic() < by:
        if is_planned(relay.database) and not _number(relay.database, LEFT):
            return time.monotonic()
        time.sleep(0.05)
    return None


def _number(database: Path, query: str) -> int:
    return int(_rows(database, query)[0][0])


def _rows(database: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
        return connection.execute(query).fetchall()
