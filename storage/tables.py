"""The tables. What changes here needs a migration beside it; a test compares the two.

A chat has a number of its own (`chat.id`), which everything else refers to: when Telegram
gives a group a new id, one row changes, and when a person asks to be forgotten, one row goes
and the ledger of deliveries no longer leads to anyone.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.columns import BigId, Json, Moment

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}
"""Numbers that people see, or whose order means something, are never given out twice."""


def only_where(condition: str) -> dict[str, Any]:
    """An index over the few rows of which this holds."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


report = Table(
    "report",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("gone_at", Moment),
    UniqueConstraint("source_id", "external_id"),
)

report_revision = Table(
    "report_revision",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("lang", Text),
    Column("url", Text),
    Column("published", Moment, nullable=False),
    Column("published_offset_minutes", Integer, nullable=False),
    Column("source_state", Json, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("outcome", Text),
    Column("reason", Text),
    Column("first_said", Text),
    Column("document", Text),
    Column("catching_up", Boolean, nullable=False, server_default=sa.false()),
    Column("decision", Text),
    Column("decided_by", BigId),
    Column("decided_at", Moment),
    UniqueConstraint("report_id", "revision"),
    Index("ix_report_revision_unread", "id", **only_where("read_at IS NULL")),
    Index(
        "ix_report_revision_undecided",
        "id",
        **only_where("outcome = 'unclear' AND decision IS NULL"),
    ),
)

relation = Table(
    "relation",
    metadata,
    Column("report_id", ForeignKey("report.id"), primary_key=True),
    Column("type", Text, nullable=False),
    Column("expires", Moment),
    Column("understood", Boolean, nullable=False),
)

reference = Table(
    "reference",
    metadata,
    Column("report_id", ForeignKey("relation.report_id"), primary_key=True),
    Column("refers_to", Text, primary_key=True),
    Column("source_id", Text, nullable=False),
    Index(None, "source_id", "refers_to"),
)

source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("listed", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("regions", Json, nullable=False),
    Column("address", Text),
    Column("every_seconds", Integer),
    Column("silent_seconds", Integer),
    Column("state", Json, nullable=False),
    Column("listed_at", Moment, nullable=False),
    Column("asked_at", Moment),
    Column("answered_at", Moment),
    Column("published_at", Moment),
    Column("received_at", Moment),
    Column("next_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("trouble", Text),
    Column("why", Text),
    Column("trouble_at", Moment),
    Column("told", Text),
)

incident = Table(
    "incident",
    metadata,
    Column("number", BigId, primary_key=True),
    Column("region", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Json, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("last_published", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Index(None, "region", "kind", "last_published"),
    Index(None, "region", "last_published"),
    Index(None, "last_published"),
    **NEVER_REUSED,
)

fact = Table(
    "fact",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("incident_number", ForeignKey("incident.number"), nullable=False, index=True),
    Column("report_revision_id", ForeignKey("report_revision.id"), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("number", BigId),
    Column("evidence", Json, nullable=False),
)

bulletin = Table(
    "bulletin",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("type", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", Json, nullable=False),
    Column("report_revision_id", ForeignKey("report_revision.id")),
    Column("created_at", Moment, nullable=False),
    Column("expanded_to", BigId, nullable=False),
    Column("expanded", Boolean, nullable=False),
    Column("finished_at", Moment),
    Index("ix_bulletin_unexpanded", "priority", "id", **only_where("NOT expanded")),
    Index("ix_bulletin_unfinished", "id", **only_where("finished_at IS NULL")),
    **NEVER_REUSED,
)

bulletin_incident = Table(
    "bulletin_incident",
    metadata,
    Column("bulletin_id", ForeignKey("bulletin.id"), primary_key=True),
    Column("incident_number", ForeignKey("incident.number"), primary_key=True, index=True),
    Column("region", Text, nullable=False),
)

chat = Table(
    "chat",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigId, nullable=False),
    Column("thread_id", BigId, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("inactive_reason", Text),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "thread_id"),
    **NEVER_REUSED,
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat", ForeignKey("chat.id"), nullable=False, index=True),
    Column("region", Text, nullable=False),
    Column("since_bulletin", BigId, nullable=False),
    Column("until_bulletin", BigId),
    Index("ix_subscription_audience", "region", "chat", "since_bulletin", "until_bulletin"),
    Index(
        "uq_subscription_open",
        "chat",
        "region",
        unique=True,
        **only_where("until_bulletin IS NULL"),
    ),
)

channel = Table(
    "channel",
    metadata,
    Column("chat", ForeignKey("chat.id"), primary_key=True),
    Column("listed_as", Text, nullable=False),
    Column("public_name", Text),
    Column("lost_at", Moment),
    Column("lost_told", Boolean, nullable=False, server_default=sa.false()),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("bulletin_id", ForeignKey("bulletin.id"), nullable=False),
    Column("chat", BigId, nullable=False),
    Column("edits", BigId, nullable=False),
    Column("replies_to", BigId),
    Column("regions", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("repeat", Boolean, nullable=False),
    Column("not_before", Moment),
    Column("leased_until", Moment),
    Column("message_id", BigId),
    Column("told_with", BigId),
    Column("seen_correction", BigId, nullable=False),
    Column("sent_at", Moment),
    Column("error", Text),
    UniqueConstraint("bulletin_id", "chat", "edits"),
    Index(
        "ix_delivery_ready",
        "priority",
        "bulletin_id",
        "id",
        **only_where("state = 'pending' AND not_before IS NULL"),
    ),
    Index(
        "ix_delivery_put_off",
        "priority",
        "not_before",
        **only_where("state = 'pending' AND not_before IS NOT NULL"),
    ),
    Index(
        "ix_delivery_put_off_of",
        "bulletin_id",
        **only_where("state = 'pending' AND not_before IS NOT NULL"),
    ),
    Index("ix_delivery_told_with", "told_with", **only_where("told_with IS NOT NULL")),
    Index(
        "ix_delivery_unfinished",
        "chat",
        "id",
        "priority",
        **only_where("state IN ('pending', 'sending')"),
    ),
    Index("ix_delivery_leased", "leased_until", **only_where("state = 'sending'")),
    **NEVER_REUSED,
)

correction = Table(
    "correction",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("incident_number", ForeignKey("incident.number"), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("why", Text),
    Column("admin_id", BigId, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("bulletin_id", ForeignKey("bulletin.id"), index=True),
    **NEVER_REUSED,
)

ending = Table(
    "ending",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("incident_number", ForeignKey("incident.number"), nullable=False, index=True),
    Column("told_as", ForeignKey("incident.number"), index=True),
    Column("admin_id", BigId, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("known_until", Moment, nullable=False),
    Column("report_revision_id", ForeignKey("report_revision.id"), index=True),
)

hold = Table(
    "hold",
    metadata,
    Column("chat_id", BigId, primary_key=True, autoincrement=False),
    Column("until", Moment, nullable=False),
)

switch = Table(
    "switch",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Json),
)
