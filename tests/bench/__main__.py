"""`make bench`: a table of what was measured just now, beside the bars."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bot.logs import Log, start_logging
from tests.bench import locating, reading, starting
from tests.bench.delivery.places import on_postgresql
from tests.bench.delivery.rows import ROWS as DELIVERY
from tests.bench.figures import Figure, told
from tests.bench.intake.rows import ROWS as INTAKE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MARKS = {True: "[green]pass[/]", False: "[red]miss[/]", None: ""}
ROWS = {**DELIVERY, **INTAKE}
GROUPS = {"delivery": list(DELIVERY), "intake": list(INTAKE)}
OTHERS: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "starting": starting.figures,
    "reading": reading.figures,
    "locating": locating.figures,
}


def main() -> int:
    """Measure one thing after another and print the table.

    1 if a message was lost or came twice, or a time is absurd: a missed bar alone is marked.
    """
    asked = _asked()
    start_logging([], Log(sys.stderr, "WARNING"))
    console = Console(width=120)
    table = _table()
    sound = True
    engine = on_postgresql() if asked.postgresql else nullcontext()
    with engine, console.status("Measuring ...") as status:
        for name in _names(asked.only, small=asked.small):
            status.update(f"Measuring: {name} ...")
            begun = time.monotonic()
            figures = list(_measured(name, small=asked.small))
            _add(table, figures, f"[dim]{name}: {time.monotonic() - begun:.0f} s[/]")
            sound = sound and all(figure.sound for figure in figures)
    console.print(table)
    return 0 if sound else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    names = [*GROUPS, *ROWS, *OTHERS]
    parser.add_argument("--only", nargs="*", choices=names, help="these rows, not all")
    parser.add_argument("--small", action="store_true", help="in a minute: what fits in CI")
    parser.add_argument("--postgresql", action="store_true", help="the delivery, on a PostgreSQL")
    return parser.parse_args()


def _names(only: Sequence[str] | None, *, small: bool) -> list[str]:
    if not only:
        return list(ROWS) if small else [*OTHERS, *ROWS]
    return [name for one in only for name in GROUPS.get(one, [one])]


def _measured(name: str, *, small: bool) -> Iterator[Figure]:
    try:
        yield from _figures(name, small=small)
    except Exception as error:  # noqa: BLE001 - the other rows are worth their time
        yield Figure(name, f"{type(error).__name__}: {error}", passes=False, sound=False)


def _figures(name: str, *, small: bool) -> Iterator[Figure]:
    if name in ROWS:
        return ROWS[name](small=small)
    return (told(what, measured) for what, measured in OTHERS[name]())


def _table() -> Table:
    # What else the machine does at the beginning: absolute numbers suffer from it.
    load = os.getloadavg()[0]
    table = Table(title=f"alert relay on {os.cpu_count()} cores; load before: {load:.1f}")
    for heading in ("what", "bar", "measured", "ratio", ""):
        table.add_column(heading)
    return table


def _add(table: Table, figures: Sequence[Figure], took: str) -> None:
    for one in figures:
        table.add_row(one.what, one.bar, one.measured, one.ratio, MARKS[one.passes])
    if figures:  # in the small run some rows have none
        table.add_row(took, end_section=True)


if __name__ == "__main__":
    sys.exit(main())
