"""What each of Telegram's refusals means for what is done next."""

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.telegram.answers import LONGEST_WAIT, Answer
from bot.telegram.outcome import Failure, Next, failure_of

REFUSALS = {
    "Bad Request: message is not modified: specified new message content is the same": Next.DONE,
    "Bad Request: message to edit not found": Next.LOST,
    "Bad Request: message can't be edited": Next.LOST,
    "Bad Request: there is no text in the message to edit": Next.LOST,
    "Bad Request: MESSAGE_ID_INVALID": Next.LOST,
    "Bad Request: can't parse entities: unsupported start tag": Next.PLAIN,
    "Bad Request: ENTITY_BOUNDS_INVALID": Next.PLAIN,
    "Bad Request: Wrong HTTP URL specified": Next.PLAIN,
    "Bad Request: FLOODSKIP_NOT_ALLOWED": Next.UNPAID,
    "Bad Request: message thread not found": Next.THREAD_GONE,
    "Bad Request: TOPIC_CLOSED": Next.THREAD_GONE,
    "Bad Request: TOPIC_DELETED": Next.THREAD_GONE,
    "Bad Request: chat not found": Next.GONE,
    "Bad Request: private chat not found": Next.GONE,
    "Bad Request: PEER_ID_INVALID": Next.GONE,
    "Bad Request: need administrator rights in the channel chat": Next.GONE,
    "Bad Request: not enough rights to send text messages to the chat": Next.GONE,
    "Bad Request: have no write access to the chat": Next.GONE,
    "Bad Request: CHAT_WRITE_FORBIDDEN": Next.GONE,
    "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN": Next.GONE,
    "Bad Request: group chat was upgraded to a supergroup chat": Next.GONE,
    "Bad Request: Logged out": Next.UNAUTHORIZED,
    "Bad Request: message is too long": Next.REFUSED,
    "Bad Request: MESSAGE_TOO_LONG": Next.REFUSED,
    "Bad Request: chat_id is empty": Next.REFUSED,
    "Bad Request: a reason that nobody has heard of": Next.REFUSED,
    "Forbidden: bot was blocked by the user": Next.GONE,
    "Forbidden: user is deactivated": Next.GONE,
    "Forbidden: bot was kicked from the supergroup chat": Next.GONE,
    "Forbidden: bot is not a member of the channel chat": Next.GONE,
    "Forbidden: the group chat was deleted": Next.GONE,
    "Forbidden: bot can't initiate conversation with a user": Next.GONE,
    "Unauthorized": Next.UNAUTHORIZED,
    "Not Found": Next.UNAUTHORIZED,
    "Request Entity Too Large": Next.REFUSED,
    "Too Many Requests: retry after 5": Next.HOLD,
    "Internal Server Error: Too Many Requests: retry later": Next.HOLD,
    "Internal Server Error: restart": Next.UNKNOWN,
    "Bad Gateway": Next.UNKNOWN,
}
CODES = {"Bad Request": 400, "Forbidden": 403, "Unauthorized": 401, "Not Found": 404}
CODES |= {"Request Entity Too Large": 413, "Too Many Requests": 429}
CODES |= {"Internal Server Error": 500, "Bad Gateway": 502}
WORDS = st.sampled_from(["ok", "result", "error_code", "description", "parameters", "retry_after"])
VALUES: st.SearchStrategy[object] = st.sampled_from(
    [None, True, False, -1, 0, 7, 400, 403, 429, 1e99, "", "Odd", [], {}]
)
ODD = st.dictionaries(WORDS, VALUES | st.dictionaries(WORDS, VALUES, max_size=2), max_size=5)


def _refused(code: int, description: str, **parameters: object) -> Failure:
    answer = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    with pytest.raises(TelegramError) as caught:
        Answer(code, json.dumps(answer).encode()).result()
    return failure_of(caught.value)


@pytest.mark.parametrize("description", REFUSALS)
def test_a_refusal_is_classed_by_its_code_and_words(description: str) -> None:
    failure = _refused(CODES[description.partition(":")[0]], description)
    assert failure.next is REFUSALS[description]
    assert (failure.seconds > 0) == (failure.next in (Next.HOLD, Next.UNAUTHORIZED))


@given(st.integers(100, 599), ODD)
def test_no_refusal_breaks_the_reading_of_it(status: int, answer: dict[str, object]) -> None:
    with pytest.raises(TelegramError) as caught:
        Answer(status, json.dumps(answer | {"ok": False}).encode()).result()
    assert 0 <= failure_of(caught.value).seconds <= LONGEST_WAIT


@given(st.integers(100, 599), st.binary())
def test_what_is_no_answer_switches_nobody_off(status: int, body: bytes) -> None:
    with pytest.raises(TelegramError) as caught:
        Answer(status, b"<" + body).result()
    assert failure_of(caught.value).next is (Next.HOLD if status == 429 else Next.UNKNOWN)


def test_what_is_no_answer_is_told_in_words_that_are_the_same_for_alike_pages() -> None:
    pages = [Answer(502, b"<p>request %d" % one, "text/html; charset=utf-8") for one in (9, 10)]
    (why,) = {failure_of(page.strange()).why for page in pages}
    assert why.endswith("the Bot API's: status 502, text/html, less than 1 KB")


def test_a_kind_of_answer_that_could_tell_something_is_not_told() -> None:
    why = failure_of(Answer(200, b"", "+7 900 000-00-00").strange()).why
    assert why.endswith("status 200, of no known type, empty")


def test_a_group_that_became_a_supergroup_says_where_it_is() -> None:
    failure = _refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100123)
    assert (failure.next, failure.chat_id) == (Next.MOVED, -100123)


def test_too_many_requests_say_how_long_to_wait() -> None:
    failure = _refused(429, "Too Many Requests: retry after 17", retry_after=17)
    assert (failure.next, failure.seconds) == (Next.HOLD, 17)


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


def test_anything_else_is_given_up() -> None:
    assert failure_of(TelegramError("something new")).next is Next.REFUSED
