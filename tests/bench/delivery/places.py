"""Where a row's relay keeps its database: a file, or a server that the benchmark started."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.databases import Server, postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = "RELAY_BENCH_SERVER"
"""The directory that a PostgreSQL listens in; without it, SQLite is measured."""


@contextmanager
def on_postgresql() -> Iterator[None]:
    """All rows until then run on a PostgreSQL that keeps what it confirms, as a real one does."""
    with postgresql(durable=True) as server:
        os.environ[SERVER] = str(server.directory)
        try:
            yield
        finally:
            del os.environ[SERVER]


def database_in(home: Path) -> str:
    """A path or a URL for a relay that lives in this directory. Tables are still to be made."""
    directory = os.environ.get(SERVER)
    if directory is None:
        return str(home / "relay.db")
    server, name = Server(Path(directory)), f"bench_{uuid4().hex}"
    server.run(f"CREATE DATABASE {name}")
    return server.url(name)
