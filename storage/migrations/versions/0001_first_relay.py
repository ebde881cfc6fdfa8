"""The first relay: reports, incidents, bulletins, chats, deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import BigId, Json, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All tables, in the order in which they refer to each other."""
    _reports()
    _incidents()
    _bulletins()
    _chats()
    _deliveries()
    _corrections()


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", BigId, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("source_id", "external_id", name="uq_report_source_id_external_id"),
    )
    op.create_table(
        "report_revision",
        sa.Column("id", BigId, nullable=False),
        sa.Column("report_id", BigId, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("lang", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", Moment(), nullable=False),
        sa.Column("published_offset_minutes", sa.Integer, nullable=False),
        sa.Column("source_state", Json, nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("read_at", Moment()),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", sa.Text),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_report_revision_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_revision"),
        sa.UniqueConstraint("report_id", "revision", name="uq_report_revision_report_id_revision"),
    )
    op.create_index(
        "ix_report_revision_unread",
        "report_revision",
        ["id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("number", BigId, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", Json, nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("last_published", Moment(), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_incident"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incident_last_published", "incident", ["last_published"])
    op.create_index(
        "ix_incident_region_kind_last_published", "incident", ["region", "kind", "last_published"]
    )
    op.create_index("ix_incident_region_last_published", "incident", ["region", "last_published"])
    op.create_table(
        "fact",
        sa.Column("id", BigId, nullable=False),
        sa.Column("incident_number", BigId, nullable=False),
        sa.Column("report_revision_id", BigId, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("number", BigId),
        sa.Column("evidence", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_number"], ["incident.number"], name="fk_fact_incident_number"
        ),
        sa.ForeignKeyConstraint(
            ["report_revision_id"], ["report_revision.id"], name="fk_fact_report_revision_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
    )
    op.create_index("ix_fact_incident_number", "fact", ["incident_number"])
    op.create_index("ix_fact_report_revision_id", "fact", ["report_revision_id"])


def _bulletins() -> None:
    op.create_table(
        "bulletin",
        sa.Column("id", BigId, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("state", Json, nullable=False),
        sa.Column("report_revision_id", BigId),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expanded_to", BigId, nullable=False),
        sa.Column("expanded", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_revision_id"], ["report_revision.id"], name="fk_bulletin_report_revision_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_bulletin_unexpanded",
        "bulletin",
        ["priority", "id"],
        sqlite_where=sa.text("NOT expanded"),
        postgresql_where=sa.text("NOT expanded"),
    )
    op.create_table(
        "bulletin_incident",
        sa.Column("bulletin_id", BigId, nullable=False),
        sa.Column("incident_number", BigId, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name="fk_bulletin_incident_bulletin_id"
        ),
        sa.ForeignKeyConstraint(
            ["incident_number"], ["incident.number"], name="fk_bulletin_incident_incident_number"
        ),
        sa.PrimaryKeyConstraint("bulletin_id", "incident_number", name="pk_bulletin_incident"),
    )
    op.create_index(
        "ix_bulletin_incident_incident_number", "bulletin_incident", ["incident_number"]
    )


def _chats() -> None:
    op.create_table(
        "chat",
        sa.Column("id", BigId, nullable=False),
        sa.Column("chat_id", BigId, nullable=False),
        sa.Column("thread_id", BigId, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("inactive_reason", sa.Text),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chat"),
        sa.UniqueConstraint("chat_id", "thread_id", name="uq_chat_chat_id_thread_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subscription",
        sa.Column("id", BigId, nullable=False),
        sa.Column("chat", BigId, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("since_bulletin", BigId, nullable=False),
        sa.Column("until_bulletin", BigId),
        sa.ForeignKeyConstraint(["chat"], ["chat.id"], name="fk_subscription_chat"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
    )
    op.create_index(
        "ix_subscription_audience",
        "subscription",
        ["region", "chat", "since_bulletin", "until_bulletin"],
    )
    op.create_index("ix_subscription_chat", "subscription", ["chat"])
    op.create_index(
        "uq_subscription_open",
        "subscription",
        ["chat", "region"],
        unique=True,
        sqlite_where=sa.text("until_bulletin IS NULL"),
        postgresql_where=sa.text("until_bulletin IS NULL"),
    )
    op.create_table(
        "switch",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", Json),
        sa.PrimaryKeyConstraint("name", name="pk_switch"),
    )


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", BigId, nullable=False),
        sa.Column("bulletin_id", BigId, nullable=False),
        sa.Column("chat", BigId, nullable=False),
        sa.Column("edits", BigId, nullable=False),
        sa.Column("replies_to", BigId),
        sa.Column("regions", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("repeat", sa.Boolean, nullable=False),
        sa.Column("not_before", Moment()),
        sa.Column("leased_until", Moment()),
        sa.Column("message_id", BigId),
        sa.Column("seen_correction", BigId, nullable=False),
        sa.Column("sent_at", Moment()),
        sa.Column("error", sa.Text),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name="fk_delivery_bulletin_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint(
            "bulletin_id", "chat", "edits", name="uq_delivery_bulletin_id_chat_edits"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_delivery_leased",
        "delivery",
        ["leased_until"],
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_delivery_pending",
        "delivery",
        ["priority", "id"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_delivery_unfinished",
        "delivery",
        ["chat", "id", "priority"],
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )


def _corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", BigId, nullable=False),
        sa.Column("incident_number", BigId, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("admin_id", BigId, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("bulletin_id", BigId),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name="fk_correction_bulletin_id"),
        sa.ForeignKeyConstraint(
            ["incident_number"], ["incident.number"], name="fk_correction_incident_number"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_correction_bulletin_id", "correction", ["bulletin_id"])
    op.create_index("ix_correction_incident_number", "correction", ["incident_number"])
