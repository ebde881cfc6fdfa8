import io
import logging
from collections.abc import Iterator

import httpx
import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logs import Log, redaction, start_logging

INVENTED = "123456789:AAF-invented_for_tests_0123456789"
PUSH = "kaluga-secret-of-32-characters-1"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    start_logging([INVENTED, PUSH], Log(written))
    yield written
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.allowed_logs
def test_11_no_token_appears_in_a_log(log: io.StringIO) -> None:
    structlog.get_logger("relay").info("started", token=INVENTED, push={"token": PUSH})
    logging.getLogger("any.library").error("POST https://host/bot%s/getMe", INVENTED)
    assert INVENTED not in log.getvalue()
    assert PUSH not in log.getvalue()
    assert "/bot[hidden]/getMe" in log.getvalue()


@pytest.mark.allowed_logs
def test_11_no_token_appears_in_a_traceback(log: io.StringIO) -> None:
    error = httpx.ConnectError(f"https://host/bot{INVENTED}/getMe refused")
    logging.getLogger("any.library").error("no connection", exc_info=error)
    assert "ConnectError" in log.getvalue()
    assert INVENTED not in log.getvalue()


def test_11_no_subscriber_appears_in_a_log(log: io.StringIO) -> None:
    structlog.get_logger("relay").info("sent", chat_id=4242424242, username="anna", state="sent")
    assert "4242424242" not in log.getvalue()
    assert "anna" not in log.getvalue()
    assert "state=sent" in log.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        "https://api.telegram.org/bot987654321:AAE_another_bots_token_0123456789/getMe",
        "https://api.telegram.org/bot987654321%3AAAE_another_bots_token_0123456789/getMe",
        "{'Authorization': 'Bearer AAE_another_bots_token_0123456789'}",
        "postgresql://relay:AAE_another_bots_token_0123456789@db/relay",
    ],
)
def test_what_looks_like_a_secret_is_hidden_though_nobody_named_it(secret: str) -> None:
    told = redaction([])(f"tried {secret} twice")
    assert "AAE_another" not in told
    assert told.startswith("tried ")
    assert told.endswith(" twice")


@pytest.mark.parametrize(
    "plain",
    ["at 2026-03-05T06:48:00+03:00", "http://127.0.0.1:8080/reports", "incident 118: updated"],
)
def test_what_is_no_secret_stays(plain: str) -> None:
    assert redaction([INVENTED])(plain) == plain


@settings(max_examples=50)
@given(st.text(max_size=30), st.text(max_size=30))
def test_11_a_known_secret_is_hidden_wherever_it_stands(before: str, after: str) -> None:
    assert PUSH not in redaction([PUSH])(f"{before}{PUSH}{after}")


def test_chatter_of_libraries_is_left_out(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://host/")
    assert log.getvalue() == ""
