"""What each of Telegram's refusals means for what is done next."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.outcome import Next, failure_of


@pytest.mark.parametrize(
    ("description", "then"),
    [
        ("Message is not modified: specified new message content is the same", Next.DONE),
        ("Message to edit not found", Next.LOST),
        ("Can't parse entities: unsupported start tag", Next.PLAIN),
        ("Message thread not found", Next.THREAD_GONE),
        ("Chat not found", Next.GONE),
        ("Need administrator rights in the channel chat", Next.GONE),
        ("CHAT_WRITE_FORBIDDEN", Next.GONE),
        ("Message is too long", Next.REFUSED),
    ],
)
def test_a_bad_request_is_classed_by_its_words(description: str, then: Next) -> None:
    assert failure_of(BadRequest(description)).next is then


def test_too_many_requests_say_how_long_to_wait() -> None:
    failure = failure_of(RetryAfter(timedelta(seconds=17)))
    assert (failure.next, failure.seconds) == (Next.HOLD, 17)


def test_too_many_requests_without_a_time_wait_too() -> None:
    assert failure_of(NetworkError("Too Many Requests")).next is Next.HOLD


def test_a_group_that_became_a_supergroup_says_where_it_is() -> None:
    failure = failure_of(ChatMigrated(-100123))
    assert (failure.next, failure.chat_id) == (Next.MOVED, -100123)


def test_who_blocked_the_bot_is_gone() -> None:
    assert failure_of(Forbidden("Forbidden: bot was blocked by the user")).next is Next.GONE


@pytest.mark.parametrize(
    "cause",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("busy"),
        httpx.ProxyError("no way out"),
    ],
)
def test_what_never_left_may_be_sent_again(cause: Exception) -> None:
    error = NetworkError("httpx")
    error.__cause__ = cause
    assert failure_of(error).next is Next.RETRY


@pytest.mark.parametrize("cause", [httpx.ReadTimeout("late"), httpx.ReadError("cut"), None])
def test_an_answer_that_was_lost_leaves_the_outcome_unknown(cause: Exception | None) -> None:
    error = TimedOut()
    error.__cause__ = cause
    assert failure_of(error).next is Next.UNKNOWN


def test_a_refused_token_means_that_nothing_can_be_sent_for_a_while() -> None:
    failure = failure_of(InvalidToken())
    assert failure.next is Next.UNAUTHORIZED
    assert failure.seconds > 0


def test_anything_else_is_given_up() -> None:
    assert failure_of(TelegramError("something new")).next is Next.REFUSED
