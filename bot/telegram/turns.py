"""Chats are answered side by side; within a chat one word after the other."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Coroutine, Iterator

AT_ONCE = 1000
MOST_WAITING = 20
"""Updates of one chat that may wait for their turn; what comes on top is passed over, so that
nobody who writes without end takes every place.
"""


class ChatByChat(BaseUpdateProcessor):
    """So that nobody waits while another chat's answer is slow, or held by Telegram."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[int] = Counter()
        self._at_work: set[asyncio.Task[Any]] = set()
        self._over = False

    def end(self) -> None:
        """Whoever has no answer yet gets none."""
        self._over = True
        for task in self._at_work:
            task.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when those of its chat before it are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        chat_id = chat.id if chat else 0
        handling = cast("Coroutine[Any, Any, Any]", coroutine)
        if self._over or self._waiting[chat_id] >= MOST_WAITING:
            handling.close()
            return
        self._waiting[chat_id] += 1
        turn = self._turns.setdefault(chat_id, asyncio.Lock())
        try:
            with self._noted():
                async with self._arriving(update), turn:
                    await handling
        finally:
            handling.close()  # where it was ended before its turn came
            self._waiting[chat_id] -= 1
            if not self._waiting[chat_id]:
                del self._waiting[chat_id]

    @asynccontextmanager
    async def _arriving(self, update: object) -> AsyncIterator[None]:
        """Where a group gets another id: what is said under the new one waits for that, too."""
        message = update.effective_message if isinstance(update, Update) else None
        new_id = message.migrate_to_chat_id if message else None
        if new_id is None:
            yield
            return
        async with self._turns.setdefault(new_id, asyncio.Lock()):
            yield

    @contextmanager
    def _noted(self) -> Iterator[None]:
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        self._at_work.add(task)
        try:
            yield
        finally:
            self._at_work.discard(task)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""
