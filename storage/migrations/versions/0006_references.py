"""Which CAP messages replace or cancel which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is known of each message, and the messages that it refers to."""
    op.create_table(
        "relation",
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("expires", Moment),
        sa.Column("understood", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_relation_report_id"),
        sa.PrimaryKeyConstraint("report_id", name="pk_relation"),
    )
    op.create_table(
        "reference",
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("refers_to", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["relation.report_id"], name="fk_reference_report_id"
        ),
        sa.PrimaryKeyConstraint("report_id", "refers_to", name="pk_reference"),
    )
    op.create_index("ix_reference_source_id_refers_to", "reference", ["source_id", "refers_to"])
