"""`alert-relay run`: the service."""

from __future__ import annotations

import typer

from bot.cli.start import Start
from bot.logs import Log
from bot.relay import run as run_relay


def run() -> None:
    """Serve Telegram; without a token, the playground.

    SIGTERM or Ctrl-C stops it: what is in flight is finished, and the next start goes on.
    """
    start = Start.read(Log())
    raise typer.Exit(run_relay(start.settings, start.listed()))
