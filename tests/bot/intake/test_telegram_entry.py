"""What an operator writes of a channel."""

from __future__ import annotations

import pytest

from bot.entries import understood
from bot.intake.telegram import TelegramEntry
from bot.trouble import Trouble


def _entry(address: str, **more: object) -> TelegramEntry:
    given = {"id": "kaluga", "kind": "telegram", "name": "Sample", "address": address}
    return understood(given | more, TelegramEntry)


@pytest.mark.parametrize(
    "written",
    [
        "@sample_governor",
        "sample_governor",
        "t.me/sample_governor",
        "https://t.me/s/sample_governor",
        "http://www.t.me/sample_governor/",
        " https://telegram.me/sample_governor ",
    ],
)
def test_a_channel_may_be_named_in_any_usual_way(written: str) -> None:
    entry = _entry(written)
    assert entry.address == "https://t.me/s/sample_governor"
    assert (entry.host, entry.gap, entry.every) == ("t.me:443", (2.0, 4.0), 60)


def test_the_same_pages_may_stand_on_another_host() -> None:
    entry = _entry("http://127.0.0.1:8080/s/sample_governor", every=1)
    assert entry.address == "http://127.0.0.1:8080/s/sample_governor"
    assert entry.host == "127.0.0.1:8080"
    assert entry.gap[0] < 2


@pytest.mark.parametrize(
    "written",
    [
        *("", "@", "@a", "me@example.org", "https://t.me/+AbCdEf", "https://t.me/joinchat/AbCd"),
        *("https://t.me/sample_governor/12", "ftp://example.org/s/sample", "https://", "http://["),
        *("https://user:word@example.org/s/sample", "https://example.org/s/sample?before=3"),
        *("https://example.org:99999/s/sample", "имя"),
    ],
)
def test_what_is_no_channel_is_told_with_what_to_give(written: str) -> None:
    with pytest.raises(Trouble, match=r"\"address\" cannot be used\. Give the public channel's"):
        _entry(written)


def test_telegram_is_not_asked_more_than_twice_a_minute() -> None:
    assert _entry("@sample_governor", every=30).every == 30
    with pytest.raises(Trouble, match=r"\"every\" cannot be used\. .* at least 30 at t\.me"):
        _entry("@sample_governor", every=29)
