"""The whole state of the local Telegram. No I/O; the clock is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.botapi import errors
from bot.playground.botapi.things import Chat, ChatKind, Message, Person, Profile, Query, Status
from bot.playground.botapi.updates import Updates


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person in the chat would see happen.

    `what` is message, edited, deleted, answered, typing, chat or profile.
    """

    what: str
    chat_id: int | None = None
    message: Message | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """Everything there is; `clock` gives Unix seconds.

    `can_read_all` takes privacy mode off; without `can_pay` paid broadcasts are refused.
    """

    bot: Person
    clock: Callable[[], float]
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: Updates = field(default_factory=Updates)
    queries: dict[str, Query] = field(default_factory=dict)
    queries_made: int = 0
    profile: Profile = field(default_factory=Profile)
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    webhook: str = ""
    can_read_all: bool = False
    can_pay: bool = True

    def now(self) -> int:
        """Unix seconds, whole as Telegram's dates are."""
        return int(self.clock())

    def tell(self, event: Event) -> None:
        """Tells everybody who looks on."""
        for listener in list(self.listeners):
            listener(event)

    def account(self, user_id: int) -> Person:
        """A person or the bot itself; KeyError."""
        return self.bot if user_id == self.bot.id else self.people[user_id]

    def chat(self, chat_id: int) -> Chat:
        """A chat as people see it.

        Raises:
            Impossible: there is no such chat.
        """
        if chat_id not in self.chats:
            raise errors.Impossible(f"there is no chat {chat_id}")
        return self.chats[chat_id]

    def message(self, chat_id: int, message_id: int) -> Message:
        """A message as people see it.

        Raises:
            Impossible: there is no such message.
        """
        message = self.chat(chat_id).messages.get(message_id)
        if message is None:
            raise errors.Impossible(f"there is no message {message_id} in chat {chat_id}")
        return message

    def private_chat(self, person: Person) -> Chat:
        """The chat of a person with the bot; made on their first word."""
        if person.id not in self.chats:
            members = {person.id: Status.MEMBER, self.bot.id: Status.MEMBER}
            self.chats[person.id] = Chat(person.id, ChatKind.PRIVATE, members=members)
        return self.chats[person.id]

    def ask(self, user_id: int, message: Message) -> Query:
        """A press that waits for the bot's answer."""
        self.queries_made += 1
        number = str(4_000_000_000 + self.queries_made)
        query = Query(number, user_id, message.chat_id, message.message_id, self.clock())
        self.queries[query.id] = query
        return query

    def add(self, chat: Chat, message: Message) -> Message:
        """Puts a message at the end of a chat; people see it at once."""
        chat.messages[message.message_id] = message
        self.tell(Event("message", chat.id, message))
        return message
