"""The operator's channels: which chat each entry of the list turned out to be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One small table beside the chats."""
    op.create_table(
        "channel",
        sa.Column("chat", BigId, nullable=False),
        sa.Column("listed_as", sa.Text, nullable=False),
        sa.Column("public_name", sa.Text),
        sa.ForeignKeyConstraint(["chat"], ["chat.id"], name="fk_channel_chat"),
        sa.PrimaryKeyConstraint("chat", name="pk_channel"),
    )
