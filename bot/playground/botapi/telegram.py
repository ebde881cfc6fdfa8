"""The local Telegram as tests and the playground hold it in hand."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.botapi import acts, errors
from bot.playground.botapi.acts import Spoken
from bot.playground.botapi.errors import Impossible, Refusal, Refused
from bot.playground.botapi.faults import Fault, Faults
from bot.playground.botapi.methods import Call, Method
from bot.playground.botapi.params import Params
from bot.playground.botapi.things import Message, Person, Query, Status
from bot.playground.botapi.world import Event, World

BOT_ID = 7_000_000_001
REQUESTS_KEPT = 100_000


@dataclass(slots=True)
class Request:
    """A call that arrived. `at` is monotonic seconds; `refusal` what it was refused with."""

    method: str
    params: Mapping[str, Any]
    at: float
    chat_id: int | None
    ignored: frozenset[str]
    refusal: Refusal | None = None


class Telegram:
    """A Telegram of one bot: people act here, the bot calls methods, both see the same chats.

    `clock` gives Unix seconds for dates, `ticks` monotonic seconds for arrival times and limits.
    """

    def __init__(
        self,
        *,
        name: str = "Alert relay",
        username: str = "alert_relay_bot",
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.world = World(Person(BOT_ID, name, username=username, is_bot=True), clock)
        self.faults = Faults()
        self.requests: deque[Request] = deque(maxlen=REQUESTS_KEPT)
        self._ticks = ticks

    def add_person(self, user_id: int, first_name: str, language_code: str | None = None) -> Person:
        """Somebody with a Telegram account, who has not met the bot yet."""
        person = Person(user_id, first_name, language_code)
        self.world.people[user_id] = person
        return person

    def say(
        self, user_id: int, text: str, chat_id: int | None = None, thread_id: int | None = None
    ) -> int:
        """A person writes; in the private chat with the bot unless another is named."""
        spoken = Spoken(text, thread_id)
        return acts.say(self.world, user_id, chat_id or user_id, spoken).message_id

    def press(self, user_id: int, chat_id: int, message_id: int, data: str) -> Query:
        """A person presses a button; the query has the bot's answer once there is one."""
        message = self.world.message(chat_id, message_id)
        return acts.press(self.world, user_id, message, data)

    def block(self, user_id: int) -> None:
        """A person blocks the bot."""
        self._change_private(user_id, Status.KICKED)

    def unblock(self, user_id: int) -> None:
        """A person unblocks the bot."""
        self._change_private(user_id, Status.MEMBER)

    def history(self, chat_id: int) -> list[Message]:
        """What stands in a chat, oldest first; empty where nobody has written."""
        chat = self.world.chats.get(chat_id)
        return list(chat.messages.values()) if chat else []

    async def events(self) -> AsyncIterator[Event]:
        """What happens from now on, for somebody who looks on."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self.world.listeners.append(queue.put_nowait)
        try:
            while True:
                yield await queue.get()
        finally:
            self.world.listeners.remove(queue.put_nowait)

    def arrived(self, method: Method, values: Mapping[str, Any]) -> Request:
        """Notes a call in the log of requests."""
        chat_id = Params(values).integer("chat_id") or None
        ignored = frozenset(values) - method.params
        request = Request(method.name, values, self._ticks(), chat_id, ignored)
        self.requests.append(request)
        return request

    def trouble(self, method: Method, values: Mapping[str, Any]) -> Fault | None:
        """The fault that is on order for a call, if any."""
        return self.faults.meeting(method.name, Params(values).integer("chat_id") or None)

    def perform(self, method: Method, values: Mapping[str, Any]) -> object:
        """Does what a method says, at once.

        Raises:
            Refused: Telegram would not do it.
        """
        return method.run(Call(self.world, Params(values)))

    def fail(
        self,
        refusal: Refusal,
        method: str | None = None,
        *,
        chat_id: int | None = None,
        times: int | None = 1,
    ) -> Fault:
        """The next calls of that method and chat are refused, and do nothing."""
        return self.faults.add(Fault(method, chat_id, times, refusal))

    def _change_private(self, user_id: int, status: Status) -> None:
        chat = self.world.chat(user_id)
        acts.change_bot(self.world, chat, user_id, status)


__all__ = ["Fault", "Impossible", "Refusal", "Refused", "Request", "Telegram", "errors"]
