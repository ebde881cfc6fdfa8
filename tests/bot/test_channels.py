"""The operator's list of channels, beside the sources in relay.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.entries import ListError
from bot.intake import KINDS
from bot.listed import read_listed
from bot.sources import Rules
from reports.model import Language
from storage.channels import Channel

if TYPE_CHECKING:
    from pathlib import Path

RULES = Rules(KINDS, regions=frozenset({"RU-KLU", "RU-MOW"}))
KALUGA = """
[[channel]]
chat = "@Kaluga_Alerts"
regions = ["RU-KLU"]
language = "ru"
"""
PRIVATE = """
[[channel]]
chat = -1001234567890
regions = ["RU-KLU", "RU-MOW", "RU-KLU"]
language = "en"
thread = 42
"""
A_SOURCE = """
[[source]]
id = "kaluga"
kind = "push"
name = "Kaluga"
token = "0123456789abcdef"
"""


def _read(folder: Path, text: str) -> tuple[Channel, ...]:
    path = folder / "relay.toml"
    path.write_text(text, encoding="utf-8")
    return read_listed(path, RULES).channels


def test_a_channel_is_listed_by_its_name_or_number_beside_the_sources(tmp_path: Path) -> None:
    assert _read(tmp_path, KALUGA + A_SOURCE + PRIVATE) == (
        Channel("@kaluga_alerts", ("RU-KLU",), Language.RU),
        Channel("-1001234567890", ("RU-KLU", "RU-MOW"), Language.EN, thread_id=42),
    )


def test_a_list_without_channels_has_none(tmp_path: Path) -> None:
    assert _read(tmp_path, A_SOURCE) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("@Kaluga_Alerts", "kaluga", 'channel "kaluga": "chat" cannot be used. Give the @name of'),
        ("@Kaluga_Alerts", "@four", '"chat" cannot be used.'),
        ("@Kaluga_Alerts", "@калуга", '"chat" cannot be used.'),
        ('"@Kaluga_Alerts"', "1234567", 'channel "1234567": "chat" cannot be used.'),
        ('"@Kaluga_Alerts"', "true", "number without quotation marks, like -1001234567890"),
        ('chat = "@Kaluga_Alerts"', "", 'channel number 1: "chat" is missing.'),
        ('["RU-KLU"]', "[]", '"regions" cannot be used. Give a list of ISO 3166-2 codes'),
        ("regions =", "region =", '"region" is unknown here. Known are: chat, regions,'),
        ("RU-KLU", "RU-XXX", 'no region has the code "RU-XXX". Give a list of'),
        ('"ru"', '"fr"', '"language" cannot be used. Give one of ru, en'),
        ('language = "ru"', "", '"language" is missing.'),
        ('language = "ru"', 'language = "ru"\nthread = 1', '"thread" cannot be used.'),
        (
            "language =",
            "region = 1\nlanguage =",
            '"region" is unknown here. Known are: chat, regions,',
        ),
    ],
)
def test_an_entry_that_cannot_be_used_is_named_with_what_to_do(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(ListError) as error:
        _read(tmp_path, KALUGA.replace(old, new))
    assert told in str(error.value)
    assert str(error.value).startswith(f"{tmp_path / 'relay.toml'}, line 2, channel ")


def test_a_chat_may_be_listed_once_however_its_name_is_written(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r'line 7, channel "@KALUGA_alerts": it is listed twice'):
        _read(tmp_path, KALUGA + KALUGA.replace("@Kaluga_Alerts", "@KALUGA_alerts"))


def test_each_topic_of_a_group_may_be_listed(tmp_path: Path) -> None:
    assert len(_read(tmp_path, PRIVATE + PRIVATE.replace("thread = 42", "thread = 43"))) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("channel = 5\n", '"channel" is no list. Write [[channel]] entries.'),
        ("channel = [5]\n", "channel number 1: it has no keys."),
        ("[[channels]]\n", '"channels" is unknown here. Write [[source]] and [[channel]] entries'),
    ],
)
def test_what_is_no_list_of_channels_is_told(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ListError) as error:
        _read(tmp_path, text)
    assert told in str(error.value)
