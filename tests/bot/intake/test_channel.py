"""The operator lists a channel as a source."""

from pathlib import Path

import pytest

from bot.entries import ListError
from bot.intake import KINDS
from bot.intake.channel import sources_by_chat
from bot.listed import read_listed
from bot.sources import Rules, Sources

ENTRY = """
[[source]]
id = "kaluga-governor"
kind = "channel"
name = "Governor of Kaluga Region"
chat = {chat}
"""


def _read(path: Path, *chats: str) -> Sources:
    entries = [ENTRY.format(chat=chat) for chat in chats]
    entries[1:] = [one.replace("kaluga-governor", "another") for one in entries[1:]]
    (path / "relay.toml").write_text("".join(entries))
    return read_listed(path / "relay.toml", Rules(KINDS, frozenset())).sources


def test_a_channel_is_found_by_its_name_in_any_capitals_or_its_number(tmp_path: Path) -> None:
    by_chat = sources_by_chat(_read(tmp_path, '"@KalugaGov"', "-1001234567890"))
    assert {chat: source.id for chat, source in by_chat.items()} == {
        "@kalugagov": "kaluga-governor",
        -1001234567890: "another",
    }


def test_a_channel_that_is_asked_is_known_by_its_name_too(tmp_path: Path) -> None:
    asked = ENTRY.replace('kind = "channel"', 'kind = "telegram"').replace("chat =", "address =")
    (tmp_path / "relay.toml").write_text(asked.format(chat='"https://t.me/s/KalugaGov"'))
    sources = read_listed(tmp_path / "relay.toml", Rules(KINDS, frozenset())).sources
    assert list(sources_by_chat(sources)) == ["@kalugagov"]


def test_it_has_no_token(tmp_path: Path) -> None:
    sources = _read(tmp_path, '"@KalugaGov"')
    assert sources.secrets == set()
    with pytest.raises(ListError, match='"token" is unknown here'):
        _read(tmp_path, '"@KalugaGov"\ntoken = "kaluga-secret-of-32-characters-1"')


@pytest.mark.parametrize(
    "chat", ['"kaluga"', '"@ab"', '"-1001234567890"', "1001234567890", "-100", "-1.5", "true"]
)
def test_what_names_no_channel_is_told_with_what_to_give(chat: str, tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r'"chat" cannot be used\. Give the @name of the channel'):
        _read(tmp_path, chat)


def test_10_a_channel_belongs_to_one_source(tmp_path: Path) -> None:
    with pytest.raises(ListError, match='its channel is that of "kaluga-governor"'):
        _read(tmp_path, '"@KalugaGov"', '"@kalugagov"')
