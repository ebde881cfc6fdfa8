"""What a failed request to the Bot API means for what is done next.

Telegram's descriptions as its server words them (tdlib/telegram-bot-api, Client.cpp).
python-telegram-bot folds most network trouble into NetworkError; whether the request can have
arrived is only seen from the cause beneath.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

if TYPE_CHECKING:
    from collections.abc import Callable


class Next(StrEnum):
    """What to do after a request that did not succeed."""

    HOLD = "hold"
    """Too many requests: not before `seconds` have passed."""
    RETRY = "retry"
    """It surely did not arrive."""
    UNKNOWN = "unknown"
    """It may have arrived; the answer was lost."""
    MOVED = "moved"
    """The group became a supergroup: `chat_id` is the new id."""
    GONE = "gone"
    """The chat cannot be reached any more."""
    THREAD_GONE = "thread_gone"
    """The forum topic is closed or deleted."""
    PLAIN = "plain"
    """Telegram refused the formatting: send without it."""
    DONE = "done"
    """An edit that changes nothing is as good as done."""
    LOST = "lost"
    """The message to edit is not there any more."""
    UNAUTHORIZED = "unauthorized"
    """Telegram does not know the bot's token: nothing can be sent to anyone."""
    REFUSED = "refused"
    """Telegram will never take this request."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure, classed; `why` is Telegram's own short description."""

    next: Next
    why: str
    seconds: float = 0
    chat_id: int = 0


NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

BAD_REQUESTS = (
    ("message is not modified", Next.DONE),
    ("message to edit not found", Next.LOST),
    ("message can't be edited", Next.LOST),
    ("can't parse entities", Next.PLAIN),
    ("message thread not found", Next.THREAD_GONE),
    ("topic_closed", Next.THREAD_GONE),
    ("topic_deleted", Next.THREAD_GONE),
    ("chat not found", Next.GONE),
    ("user not found", Next.GONE),
    ("peer_id_invalid", Next.GONE),
    ("not enough rights", Next.GONE),
    ("have no rights to send", Next.GONE),
    ("need administrator rights", Next.GONE),
    ("no write access", Next.GONE),
    ("chat_write_forbidden", Next.GONE),
    ("chat_restricted", Next.GONE),
)


def failure_of(error: TelegramError) -> Failure:
    """Class an error, by the first class that fits it."""
    for kind, classed in CLASSED:
        if isinstance(error, kind):
            return classed(error)
    return Failure(Next.REFUSED, _short(error.message))


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram tells to wait."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _hold(error: RetryAfter) -> Failure:
    return Failure(Next.HOLD, "too many requests", seconds=seconds_of(error))


def _moved(error: ChatMigrated) -> Failure:
    return Failure(Next.MOVED, "group became a supergroup", chat_id=error.new_chat_id)


def _gone(error: Forbidden) -> Failure:
    return Failure(Next.GONE, _short(error.message))


def _token_refused(_error: InvalidToken) -> Failure:
    return Failure(Next.UNAUTHORIZED, "the token was refused", seconds=30)


def _bad_request(error: BadRequest) -> Failure:
    said = error.message.lower()
    for words, then in BAD_REQUESTS:
        if words in said:
            return Failure(then, _short(error.message))
    return Failure(Next.REFUSED, _short(error.message))


def _network(error: NetworkError) -> Failure:
    if isinstance(error.__cause__, NOT_SENT):
        return Failure(Next.RETRY, "no connection", seconds=5)
    if "Too Many Requests" in error.message:  # a 429 without parameters
        return Failure(Next.HOLD, "too many requests", seconds=30)
    return Failure(Next.UNKNOWN, _short(f"the answer was lost: {error.message}"))


def _short(message: str) -> str:
    return message[:200]


CLASSED: tuple[tuple[type[TelegramError], Callable[[Any], Failure]], ...] = (
    (RetryAfter, _hold),
    (ChatMigrated, _moved),
    (Forbidden, _gone),
    (InvalidToken, _token_refused),
    (BadRequest, _bad_request),  # a subclass of NetworkError, so before it
    (NetworkError, _network),
)
