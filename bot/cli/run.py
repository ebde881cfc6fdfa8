"""`alert-relay run`: the service."""

from __future__ import annotations

import typer

from bot.cli.start import Start
from bot.relay import run as run_relay


def run() -> None:
    """Serve Telegram; without a token, the playground, in the browser."""
    start = Start.read()
    sources = start.sources()
    raise typer.Exit(run_relay(start.settings, sources))
