"""A database with verbs for what the tests do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.storage.world import World

if TYPE_CHECKING:
    from storage.database import Database


@pytest.fixture
def world(database: Database) -> World:
    """People, incidents, bulletins and a sender, on either kind of database."""
    return World(database)
