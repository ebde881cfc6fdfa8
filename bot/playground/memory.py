"""What happened in the playground outlives a restart: a file beside its database."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from bot.playground.botapi import Telegram
from bot.playground.playground import Playground

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.botapi import Event
    from bot.sources import Sources

log = structlog.get_logger(__name__)

SAVE_AFTER_SECONDS = 1.0


@dataclass(slots=True)
class Memory:
    """Writes the playground's state soon after each change, and at the end."""

    playground: Playground
    path: Path
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Watch for changes."""
        self.playground.telegram.world.listeners.append(self._notice)
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Write the last state."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._save()

    def _notice(self, _event: Event) -> None:
        self._changed.set()

    async def _keep(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(SAVE_AFTER_SECONDS)
            self._changed.clear()
            self._save()

    def _save(self) -> None:
        beside = self.path.with_suffix(".new")
        try:
            descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._state(), file, ensure_ascii=False)
            beside.replace(self.path)
        except OSError as error:
            log.warning("the playground's chats cannot be saved", why=error.strerror)

    def _state(self) -> dict[str, object]:
        return {
            "telegram": self.playground.telegram.dump(),
            "publications": list(self.playground.publications),
        }


def remembered(path: Path, sources: Sources) -> Memory:
    """The playground as it was, or a new one."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        playground = Playground(Telegram.restored(state["telegram"]), sources)
        playground.publications.extend(state["publications"])
    except FileNotFoundError:
        playground = Playground(Telegram(), sources)
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("the playground's chats cannot be read and begin anew", file=str(path))
        playground = Playground(Telegram(), sources)
    return Memory(playground, path)
