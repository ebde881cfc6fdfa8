"""What is put off stands in indexes of its own: no claim goes through it before its time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A row is in one of the two as it is: nothing is rewritten but the indexes."""
    op.drop_index("ix_delivery_pending", "delivery")
    _index("ix_delivery_ready", ["priority", "bulletin_id", "id"], "not_before IS NULL")
    _index("ix_delivery_put_off", ["priority", "not_before"], "not_before IS NOT NULL")
    _index("ix_delivery_put_off_of", ["bulletin_id"], "not_before IS NOT NULL")


def _index(name: str, columns: list[str], which: str) -> None:
    condition = sa.text(f"state = 'pending' AND {which}")
    op.create_index(name, "delivery", columns, sqlite_where=condition, postgresql_where=condition)
