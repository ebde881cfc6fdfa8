"""`make bench`: a table of what was measured just now."""

from __future__ import annotations

import asyncio
import os
import sys

from rich.console import Console
from rich.table import Table

from bot.logs import Log, start_logging
from tests.bench import delivering, locating, reading, starting


def main() -> None:
    """Measure one thing after another and print the table."""
    start_logging([], Log(sys.stderr, "WARNING"))
    console = Console(width=110)
    table = Table("what", "measured", title=f"alert relay on {os.cpu_count()} cores")
    with console.status("Measuring ..."):
        for what, measured in (
            *starting.figures(),
            *reading.figures(),
            *locating.figures(),
            *asyncio.run(delivering.figures()),
        ):
            table.add_row(what, measured)
    console.print(table)


if __name__ == "__main__":
    main()
