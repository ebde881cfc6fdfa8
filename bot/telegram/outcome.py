"""What a failed request to the Bot API means for what is done next.

Telegram's descriptions as its server words them (tdlib/telegram-bot-api, Client.cpp).
Whether a request can have arrived is said by the errors of our own client; python-telegram-bot's
folds most network trouble into NetworkError, and it is only seen from the cause beneath.
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

from bot.certificates import no_connection
from bot.telegram.answers import NotSent

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
    UNPAID = "unpaid"
    """Telegram does not let the bot pay for its rate: send without."""
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
    """A failure, classed; `why` is Telegram's own short description, or says what the trouble was
    in words that are the same for everyone whom it met.
    """

    next: Next
    why: str
    seconds: float = 0
    chat_id: int = 0


NOT_SENT = (  # beneath the errors of httpx's client; those of our own are NotSent
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

UNAUTHORIZED_FOR = 30.0
"""Seconds until a token that was refused is tried again."""

BAD_REQUESTS = (
    ("message is not modified", Next.DONE),
    ("message_not_modified", Next.DONE),
    ("message to edit not found", Next.LOST),
    ("message can't be edited", Next.LOST),
    ("no text in the message to edit", Next.LOST),
    ("message_id_invalid", Next.LOST),
    ("message_author_required", Next.LOST),
    ("message_edit_time_expired", Next.LOST),
    ("can't parse entities", Next.PLAIN),
    ("unsupported parse_mode", Next.PLAIN),
    ("entities_too_long", Next.PLAIN),
    ("entity_", Next.PLAIN),  # ENTITY_BOUNDS_INVALID and its like
    ("wrong http url", Next.PLAIN),
    ("floodskip_not_allowed", Next.UNPAID),
    ("balance_too_low", Next.UNPAID),
    ("message thread not found", Next.THREAD_GONE),
    ("topic_closed", Next.THREAD_GONE),
    ("topic_deleted", Next.THREAD_GONE),
    ("topic_id_invalid", Next.THREAD_GONE),
    ("chat not found", Next.GONE),
    ("user not found", Next.GONE),
    ("group chat was upgraded", Next.GONE),  # without the new id, which would make it MOVED
    ("not enough rights", Next.GONE),
    ("have no rights to send", Next.GONE),
    ("need administrator rights", Next.GONE),
    ("no write access", Next.GONE),
    # What the server hands on from within stands there in capitals; 403 becomes 400 then.
    ("peer_id_invalid", Next.GONE),
    ("chat_id_invalid", Next.GONE),
    ("channel_invalid", Next.GONE),
    ("channel_private", Next.GONE),
    ("chat_forbidden", Next.GONE),
    ("chat_restricted", Next.GONE),
    ("chat_write_forbidden", Next.GONE),
    ("chat_admin_required", Next.GONE),
    ("chat_send_plain_forbidden", Next.GONE),
    ("chat_guest_send_forbidden", Next.GONE),
    ("user_banned_in_channel", Next.GONE),
    ("user_deactivated", Next.GONE),
    ("user_is_blocked", Next.GONE),
    ("you_blocked_user", Next.GONE),
    ("user_is_bot", Next.GONE),
    ("privacy_premium_required", Next.GONE),
    ("allow_payment_required", Next.GONE),  # whoever writes there has to pay
    ("logged out", Next.UNAUTHORIZED),  # the bot was moved to another Bot API server
)
"""What a bad request's description contains, and what follows; the first that fits."""


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
    return Failure(Next.UNAUTHORIZED, "the token was refused", seconds=UNAUTHORIZED_FOR)


def _bad_request(error: BadRequest) -> Failure:
    said = error.message.lower()
    for words, then in BAD_REQUESTS:
        if words in said:
            seconds = UNAUTHORIZED_FOR if then is Next.UNAUTHORIZED else 0
            return Failure(then, _short(error.message), seconds)
    return Failure(Next.REFUSED, _short(error.message))


def _not_sent(error: NotSent) -> Failure:
    return Failure(Next.RETRY, _short(error.message), seconds=5)


def _network(error: NetworkError) -> Failure:
    if isinstance(error.__cause__, NOT_SENT):
        return Failure(Next.RETRY, no_connection(error.__cause__), seconds=5)
    return Failure(Next.UNKNOWN, _short(f"perhaps received: {error.message}"))


def _short(message: str) -> str:
    return message[:200]


CLASSED: tuple[tuple[type[TelegramError], Callable[[Any], Failure]], ...] = (
    (RetryAfter, _hold),
    (ChatMigrated, _moved),
    (Forbidden, _gone),
    (InvalidToken, _token_refused),
    (BadRequest, _bad_request),  # a subclass of NetworkError, so before it
    (NotSent, _not_sent),
    (NetworkError, _network),
)
