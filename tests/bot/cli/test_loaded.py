"""What a start does not load, for it stays in memory as long as the relay runs."""

from __future__ import annotations

import subprocess
import sys

SEEN = "import sys, bot.cli.run; print(*sorted({'alembic', 'asyncpg'} & set(sys.modules)))"


def test_a_relay_that_keeps_a_file_loads_no_servers_driver_and_nothing_for_upgrades() -> None:
    told = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert told.stdout.split() == []
