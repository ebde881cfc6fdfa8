"""What a command is, to the registry and to /help."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.visit import Visit

Does = Callable[[Visit], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """`about` is a msgid: what Telegram's menu and /help say of the command."""

    name: str
    about: str
    does: Does
    admins: bool = False
