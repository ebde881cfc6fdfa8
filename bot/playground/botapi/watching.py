"""Looking on: a stream of what happens in the chats."""

import asyncio
from types import TracebackType
from typing import Self

from bot.playground.botapi.world import Event, World


class Watch:
    """Events from its making on, until it is closed; nothing in between is lost."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._listener = self._events.put_nowait
        world.listeners.append(self._listener)

    def close(self) -> None:
        """No more events."""
        if self._listener in self._world.listeners:
            self._world.listeners.remove(self._listener)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        return await self._events.get()
