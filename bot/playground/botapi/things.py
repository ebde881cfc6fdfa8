"""What the local Telegram is made of: people, chats, messages, what the bot says of itself."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.playground.botapi.entities import Entity
from bot.playground.botapi.rendering import as_html

GENERAL_TOPIC = 1


class ChatKind(StrEnum):
    """The four kinds of chat, as the Bot API names them."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """What somebody is in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def is_inside(self) -> bool:
        """Reads what is written there."""
        return self in {Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER}

    @property
    def is_admin(self) -> bool:
        """May do what administrators do."""
        return self in {Status.CREATOR, Status.ADMINISTRATOR}


@dataclass(slots=True)
class Person:
    """An account; the bot is one too."""

    id: int
    first_name: str
    language_code: str | None = None
    username: str | None = None
    is_bot: bool = False
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button as a person sees it."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A location in degrees. `live_seconds`: its sender's clients go on telling where they are.
    With a `title` and an `address` it is a venue.
    """

    latitude: float
    longitude: float
    live_seconds: int | None = None
    title: str = ""
    address: str = ""


@dataclass(slots=True)
class Message:
    """A message in a chat. `author` is a user id, or None where the chat itself speaks: a channel,
    or an administrator who is anonymous.

    `date` and `edit_date` are Unix seconds; `keyboard` is the inline keyboard as the bot gave it;
    `service` holds the fields of a service message, `content` those of one that is no text;
    `origin` says whence it was forwarded.
    """

    message_id: int
    chat_id: int
    date: int
    author: int | None
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    reply_to: int | None = None
    thread_id: int | None = None
    edit_date: int | None = None
    silent: bool = False
    service: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    origin: dict[str, Any] | None = None

    @property
    def html(self) -> str:
        """The text with its markup."""
        return as_html(self.text, self.entities)

    @property
    def edited(self) -> bool:
        """Shown as edited."""
        return self.edit_date is not None

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        return [
            [Button(one["text"], one.get("callback_data"), one.get("url")) for one in row]
            for row in self.keyboard
        ]

    def button(self, label: str) -> Button | None:
        """The button with that label."""
        return next((one for row in self.buttons for one in row if one.text == label), None)


@dataclass(slots=True)
class Chat:
    """A chat and all that was written in it. `topics` is None where there are none."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str | None = None
    members: dict[int, Status] = field(default_factory=dict)
    topics: dict[int, str] | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    migrated_to: int | None = None
    deleted: bool = False

    def status(self, user_id: int) -> Status:
        """What somebody is here; who never came has left."""
        return self.members.get(user_id, Status.LEFT)

    def next_message_id(self) -> int:
        """A number that no message here has had."""
        self.last_message_id += 1
        return self.last_message_id


@dataclass(slots=True)
class Query:
    """A press on a button, and the bot's answer to it once there is one."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    asked_at: float
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class Profile:
    """What the bot has told of itself: texts by field and language, commands by scope."""

    texts: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
