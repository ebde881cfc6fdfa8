"""Reports of attacks are a class of their own, next after danger: the others move down by one."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Attacks that were told as danger stay so: they are told, or soon will be."""
    op.execute("UPDATE bulletin SET priority = priority + 1 WHERE priority >= 1")
    op.execute("UPDATE delivery SET priority = priority + 1 WHERE priority >= 1")
