"""The local Telegram as tests and the playground hold it in hand."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

from bot.playground.botapi import acts, errors, saving
from bot.playground.botapi.acts import Spoken
from bot.playground.botapi.errors import Impossible, Refusal, Refused
from bot.playground.botapi.faults import Fault, Faults
from bot.playground.botapi.flood import Flood, Limits
from bot.playground.botapi.menus import menu
from bot.playground.botapi.methods import Call, Method
from bot.playground.botapi.params import Json, Params
from bot.playground.botapi.stage import Stage
from bot.playground.botapi.things import Message, Place, Query, Status
from bot.playground.botapi.watching import Watch

REQUESTS_KEPT = 100_000

Found = TypeVar("Found")


@dataclass(slots=True)
class Request:
    """A call that arrived. `at` is monotonic seconds; `refusal` what it was refused with.

    `ignored` names the parameters that mean nothing to the server: misspelt, or not built.
    """

    method: str
    params: Mapping[str, Json]
    at: float
    chat_id: int | None
    writes: bool
    ignored: frozenset[str]
    refusal: Refusal | None = None


class Telegram(Stage):
    """A Telegram of one bot: people act here, the bot calls methods, both see the same chats.

    `clock` gives Unix seconds for dates, `ticks` monotonic seconds for arrival times and limits.
    `faults` takes trouble on order; `requests` is the log of calls.
    """

    def __init__(
        self,
        *,
        name: str = "Alert relay",
        username: str = "alert_relay_bot",
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(name, username, clock)
        self.faults = Faults()
        self.requests: deque[Request] = deque(maxlen=REQUESTS_KEPT)
        self._ticks = ticks
        self._flood: Flood | None = None

    @classmethod
    def restored(cls, dumped: Mapping[str, Json]) -> Self:
        """A Telegram as it was at the `dump`.

        Raises:
            ValueError: not a dump, or one of another version.
        """
        telegram = cls()
        saving.restore(telegram.world, dumped)
        return telegram

    def dump(self) -> dict[str, Json]:
        """People, chats, the newest messages and what the bot has not fetched yet, as JSON."""
        return saving.dump(self.world)

    def enforce(self, limits: Limits | None) -> None:
        """From now on, who writes too fast is answered 429; None lifts that."""
        self._flood = Flood(limits) if limits else None

    def say(
        self, user_id: int, text: str, chat_id: int | None = None, thread_id: int | None = None
    ) -> int:
        """A person writes, in the private chat with the bot unless another is named.

        Returns the message id.

        Raises:
            Impossible: not there, not allowed there, or the bot is blocked.
        """
        return self.speak(user_id, Spoken(text, thread_id), chat_id)

    def speak(self, user_id: int, spoken: Spoken, chat_id: int | None = None) -> int:
        """The same with all that a message can be: a reply, or by an anonymous administrator."""
        return acts.say(self.world, user_id, chat_id or user_id, spoken).message_id

    def show(self, user_id: int, place: Place, chat_id: int | None = None) -> int:
        """A person sends a location. The same errors as `say`, and for no place on the globe."""
        return self.speak(user_id, Spoken(place=place), chat_id)

    def move(self, chat_id: int, message_id: int, place: Place) -> None:
        """Whoever sent a live location is elsewhere now."""
        acts.move(self.world, self.world.message(chat_id, message_id), place)

    def edit(self, chat_id: int, message_id: int, text: str) -> None:
        """Whoever wrote a message changes it."""
        acts.edit(self.world, self.world.message(chat_id, message_id), text)

    def forward(self, user_id: int, message: Message, chat_id: int | None = None) -> int:
        """A person forwards a message, to the bot unless another chat is named."""
        return acts.forward(self.world, user_id, chat_id or user_id, message).message_id

    def press(self, user_id: int, chat_id: int, message_id: int, data: str) -> Query:
        """A person presses a button; the query has the bot's answer once there is one.

        Raises:
            Impossible: no such button, or the person is not in that chat.
        """
        message = self.world.message(chat_id, message_id)
        return acts.press(self.world, user_id, message, data)

    def block(self, user_id: int) -> None:
        """A person blocks the bot."""
        acts.change_bot(self.world, self.world.chat(user_id), user_id, Status.KICKED)

    def unblock(self, user_id: int) -> None:
        """A person unblocks the bot."""
        acts.change_bot(self.world, self.world.chat(user_id), user_id, Status.MEMBER)

    def history(self, chat_id: int, thread_id: int | None = None) -> list[Message]:
        """What stands in a chat, or in one topic, oldest first; empty where nobody has written."""
        chat = self.world.chats.get(chat_id)
        messages = list(chat.messages.values()) if chat else []
        return [one for one in messages if thread_id is None or one.thread_id == thread_id]

    def menu(self, user_id: int, chat_id: int | None = None) -> list[dict[str, str]]:
        """The commands that a person is offered in a chat, as the bot has set them."""
        return menu(self.world, user_id, chat_id or user_id)

    def events(self) -> Watch:
        """What happens from this moment on: `with telegram.events() as events: async for ...`."""
        return Watch(self.world)

    async def until(self, found: Callable[[], Found], seconds: float = 5) -> Found:
        """What `found` gives, as soon as it gives anything; it is asked after each event.

        Raises:
            TimeoutError: nothing came of it.
        """
        with self.events() as events:
            async with asyncio.timeout(seconds):
                while not (result := found()):
                    await anext(events)
        return result

    def arrived(self, method: Method, values: Mapping[str, Json]) -> Request:
        """Notes a call in the log of requests."""
        request = Request(
            method.name,
            values,
            self._ticks(),
            Params(values).integer("chat_id") or None,
            method.writes,
            frozenset(values) - method.params,
        )
        self.requests.append(request)
        return request

    def perform(self, method: Method, request: Request) -> object:
        """Does what a method says, at once.

        Raises:
            Refused: Telegram would not do it.
        """
        if self._flood and method.writes:
            self._flood.check(request.chat_id, Params(request.params), self._ticks())
        return method.run(Call(self.world, Params(request.params)))


__all__ = ["Fault", "Impossible", "Limits", "Refusal", "Refused", "Request", "Telegram", "errors"]
