"""Sources that are asked: what is known of each; and what admins decide on unclear reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Json, Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNDECIDED = sa.text("outcome = 'unclear' AND decision IS NULL")


def upgrade() -> None:
    """A table of sources; columns beside reports and their revisions."""
    op.add_column("report", sa.Column("gone_at", Moment))
    for column in _of_revisions():
        op.add_column("report_revision", column)
    # What was unclear before is not asked of admins now.
    op.execute("UPDATE report_revision SET decision = 'passed_over' WHERE outcome = 'unclear'")
    op.create_index(
        "ix_report_revision_undecided",
        "report_revision",
        ["id"],
        sqlite_where=UNDECIDED,
        postgresql_where=UNDECIDED,
    )
    op.create_table("source", *_of_sources(), sa.PrimaryKeyConstraint("id", name="pk_source"))


def _of_revisions() -> list[sa.Column[object]]:
    return [
        sa.Column("first_said", sa.Text),
        sa.Column("document", sa.Text),
        sa.Column("catching_up", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("decision", sa.Text),
        sa.Column("decided_by", BigId),
        sa.Column("decided_at", Moment),
    ]


def _of_sources() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("regions", Json, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("every_seconds", sa.Integer),
        sa.Column("silent_seconds", sa.Integer),
        sa.Column("state", Json, nullable=False),
        sa.Column("listed_at", Moment, nullable=False),
        sa.Column("asked_at", Moment),
        sa.Column("answered_at", Moment),
        sa.Column("published_at", Moment),
        sa.Column("received_at", Moment),
        sa.Column("next_at", Moment),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("trouble_at", Moment),
        sa.Column("told", sa.Text),
    ]
