"""Alembic, apart from all that is needed when there is nothing to upgrade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

if TYPE_CHECKING:
    import sqlalchemy as sa


def up_to(connection: sa.Connection, revision: str) -> None:
    """Run the migrations that this database has not seen, in the transaction under way."""
    config = made_known()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def made_known() -> Config:
    """Where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
