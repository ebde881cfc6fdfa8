"""What became of a report, as it is told to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.desk import Receipt


def receipt_json(receipt: Receipt) -> dict[str, object]:
    """`{"id", "outcome", "reason"?, "incidents": [numbers]}`."""
    told: dict[str, object] = {"id": receipt.id, "outcome": receipt.outcome.value}
    if receipt.reason:
        told["reason"] = receipt.reason
    told["incidents"] = list(receipt.incidents)
    return told
