"""Alerts that admins have ended, and listed channels in which nothing can be posted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who ended which alert, on what; and since when a channel is out of reach."""
    op.create_table(
        "ending",
        sa.Column("id", BigId, nullable=False),
        sa.Column("incident_number", BigId, nullable=False),
        sa.Column("told_as", BigId),
        sa.Column("admin_id", BigId, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("known_until", Moment, nullable=False),
        sa.Column("report_revision_id", BigId),
        sa.ForeignKeyConstraint(
            ["incident_number"], ["incident.number"], name="fk_ending_incident_number"
        ),
        sa.ForeignKeyConstraint(["told_as"], ["incident.number"], name="fk_ending_told_as"),
        sa.ForeignKeyConstraint(
            ["report_revision_id"], ["report_revision.id"], name="fk_ending_report_revision_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ending"),
    )
    op.create_index("ix_ending_incident_number", "ending", ["incident_number"])
    op.create_index("ix_ending_told_as", "ending", ["told_as"])
    op.create_index("ix_ending_report_revision_id", "ending", ["report_revision_id"])
    op.add_column("channel", sa.Column("lost_at", Moment))
    op.add_column(
        "channel", sa.Column("lost_told", sa.Boolean, nullable=False, server_default=sa.false())
    )
