"""Delivery: broadcasts that come to an end, bundles, and Telegram's holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What delivery remembers beyond one attempt."""
    _finished()
    _told_with()
    _in_order_of_bulletins()
    op.create_table(
        "hold",
        sa.Column("chat_id", BigId, autoincrement=False, nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_hold"),
    )


def _finished() -> None:
    op.add_column("bulletin", sa.Column("finished_at", Moment()))
    op.execute(
        "UPDATE bulletin SET finished_at = created_at WHERE expanded AND NOT EXISTS ("
        "SELECT 1 FROM delivery WHERE delivery.bulletin_id = bulletin.id "
        "AND delivery.state IN ('pending', 'sending'))"
    )
    _partial_index("ix_bulletin_unfinished", "bulletin", ["id"], "finished_at IS NULL")


def _told_with() -> None:
    op.add_column("delivery", sa.Column("told_with", BigId))
    _partial_index("ix_delivery_told_with", "delivery", ["told_with"], "told_with IS NOT NULL")


def _in_order_of_bulletins() -> None:
    op.drop_index("ix_delivery_pending", "delivery")
    columns = ["priority", "bulletin_id", "id"]
    _partial_index("ix_delivery_pending", "delivery", columns, "state = 'pending'")


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
