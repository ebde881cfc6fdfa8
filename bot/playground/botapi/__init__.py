"""A strict Bot API server in one process: the playground's Telegram and the tests' wire."""

from bot.playground.botapi.acts import Spoken
from bot.playground.botapi.entities import Entity
from bot.playground.botapi.errors import Impossible, Refusal, Refused
from bot.playground.botapi.faults import Fault
from bot.playground.botapi.flood import Limits, Window, busiest
from bot.playground.botapi.server import botapi_routes, serve
from bot.playground.botapi.telegram import Request, Telegram
from bot.playground.botapi.things import (
    Button,
    Chat,
    ChatKind,
    Message,
    Person,
    Place,
    Query,
    Status,
)
from bot.playground.botapi.watching import Watch
from bot.playground.botapi.world import Event

__all__ = [
    "Button",
    "Chat",
    "ChatKind",
    "Entity",
    "Event",
    "Fault",
    "Impossible",
    "Limits",
    "Message",
    "Person",
    "Place",
    "Query",
    "Refusal",
    "Refused",
    "Request",
    "Spoken",
    "Status",
    "Telegram",
    "Watch",
    "Window",
    "botapi_routes",
    "busiest",
    "serve",
]
