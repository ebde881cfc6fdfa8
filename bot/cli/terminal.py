"""What both programs and people get to see: JSON lines, tables, progress."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PATIENCE = 1.0
"""Seconds after which a person wants to see that something goes on."""


def write_json(told: Mapping[str, object]) -> None:
    """One line of JSON in UTF-8, whatever the terminal's language, out at once."""
    line = json.dumps(told, ensure_ascii=False)
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def for_people() -> bool:
    """Whether a person reads standard output, and no program."""
    return sys.stdout.isatty()


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Shows how far the work is, on a terminal's standard error, once it takes over a second.

    Gives a function to call with each step done; without a `total` only life is shown.
    """
    bar = Progress(
        SpinnerColumn(),
        TextColumn(what),
        BarColumn(),
        TaskProgressColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(what, total=total)
    timer = threading.Timer(PATIENCE, bar.start)
    if bar.console.is_terminal:
        timer.start()
    try:
        yield lambda step: bar.advance(task, step)
    finally:
        timer.cancel()
        if bar.live.is_started:
            bar.stop()
