from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.address import Address
from bot.cli.finding import Finding
from bot.cli.findings import findings
from bot.http.server import app, serve
from bot.playground.botapi import Refusal, Telegram
from bot.playground.botapi import serve as serve_bot_api
from bot.playground.botapi.things import Status
from tests.bot.cli.conftest import AlertRelay

INVENTED = "123456789:AAF-invented_for_tests"


@asynccontextmanager
async def _bot_api(answer: web.Response) -> AsyncIterator[str]:
    async def get_me(_request: web.Request) -> web.Response:
        return answer

    routes = [web.get(f"/bot{INVENTED}/getMe", get_me)]
    async with serve(app(routes), Address("127.0.0.1", 0)) as address:
        yield address.url


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, alert_relay: AlertRelay) -> Callable[[str], None]:
    del alert_relay  # for its empty directory

    def with_token(api: str) -> None:
        monkeypatch.setenv("RELAY_TELEGRAM_TOKEN", INVENTED)
        monkeypatch.setenv("RELAY_TELEGRAM_API", api)

    return with_token


async def _found(what: str) -> Finding:
    return {finding.what: finding for finding in await findings()}[what]


def test_a_fresh_clone_is_fit_for_the_playground(alert_relay: AlertRelay) -> None:
    told = alert_relay("check", "--json")
    assert told.code == 0
    assert [(row["what"], row["works"]) for row in told.json] == [
        ("settings", True),
        ("data directory", True),
        ("database", True),
        ("token", True),
        ("sources and channels", True),
    ]
    assert list(Path().iterdir()) == []


def test_a_person_gets_a_table(alert_relay: AlertRelay) -> None:
    told = alert_relay("check")
    assert "✓" in told.out
    assert "data/playground.db will be made at the first run" in told.out


def test_what_does_not_work_is_told_with_how_to_mend_it(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("file").touch()
    monkeypatch.setenv("RELAY_DATA", "file/data")
    monkeypatch.setenv("RELAY_CONFIG", "relay.toml")
    told = alert_relay("check", "--json")
    found = {row["what"]: row for row in told.json}
    assert told.code == 1
    assert "set RELAY_DATA to another directory" in found["data directory"]["found"]
    assert "RELAY_CONFIG names the list" in found["sources and channels"]["found"]
    assert found["token"]["works"]


def test_settings_that_cannot_be_read_end_the_check(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAY_ADMINS", "anna")
    told = alert_relay("check", "--json")
    assert told.code == 1
    assert [row["what"] for row in told.json] == ["settings"]


async def test_a_token_that_telegram_knows_shows_the_bots_name(
    set_up: Callable[[str], None],
) -> None:
    async with _bot_api(web.json_response({"ok": True, "result": {"username": "relay"}})) as api:
        set_up(api)
        assert await _found("token") == Finding("token", works=True, found="the bot is @relay")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (web.json_response({"ok": False}, status=401), "Telegram does not know this token."),
        (web.json_response({"ok": True}, status=200), "answers, but not as a Bot API server"),
        (web.Response(text="<html>", status=502), "answers, but not as a Bot API server"),
    ],
)
async def test_a_token_that_cannot_be_used_is_told(
    answer: web.Response, told: str, set_up: Callable[[str], None]
) -> None:
    async with _bot_api(answer) as api:
        set_up(api)
        found = await _found("token")
    assert not found.works
    assert told in found.found
    assert INVENTED not in found.found


async def test_a_bot_api_out_of_reach_is_told(set_up: Callable[[str], None]) -> None:
    set_up("http://127.0.0.1:1")
    found = await _found("token")
    assert "http://127.0.0.1:1 cannot be reached (ConnectError)" in found.found
    assert INVENTED not in found.found


async def test_a_relay_on_telegram_needs_sources(set_up: Callable[[str], None]) -> None:
    set_up("http://127.0.0.1:1")
    assert "Copy relay.example.toml to relay.toml" in (await _found("sources and channels")).found


@pytest.fixture
def one_source(alert_relay: AlertRelay) -> None:
    del alert_relay  # for its empty directory
    Path("relay.toml").write_text(
        '[[source]]\nid = "kaluga"\nkind = "push"\nname = "Kaluga"\ntoken = "0123456789abcdef"\n'
    )


@pytest.mark.usefixtures("one_source")
async def test_sources_are_listed_by_id() -> None:
    assert (await _found("sources and channels")).found == "relay.toml: kaluga"


@pytest.mark.usefixtures("one_source")
def test_a_channel_that_is_listed_wrongly_is_told_in_the_row_of_the_list(
    alert_relay: AlertRelay,
) -> None:
    with Path("relay.toml").open("a") as listed:
        listed.write('[[channel]]\nchat = "@kaluga_alerts"\nlanguage = "ru"\n')
    (wrong,) = [row for row in alert_relay("check", "--json").json if not row["works"]]
    assert wrong["what"] == "sources and channels"
    assert '"regions" is missing' in wrong["found"]


@pytest.fixture
def two_channels(alert_relay: AlertRelay) -> None:
    del alert_relay  # for its empty directory
    Path("relay.toml").write_text(
        '[[channel]]\nchat = "@Kaluga_Alerts"\nregions = ["RU-KLU"]\nlanguage = "ru"\n'
        '[[channel]]\nchat = -5\nregions = ["RU-KLU"]\nlanguage = "ru"\nthread = 7\n'
    )


@pytest.fixture
async def channels(two_channels: None, set_up: Callable[[str], None]) -> AsyncIterator[Telegram]:
    del two_channels  # for its list
    telegram = Telegram()
    telegram.add_person(1, "Anna")
    telegram.add_channel(-1001, "Kaluga", 1, "kaluga_alerts")
    async with serve_bot_api(telegram, INVENTED) as url:
        set_up(url)
        yield telegram


async def test_each_channel_has_a_row_that_says_whether_the_bot_may_post(
    channels: Telegram,
) -> None:
    found = await _found("channel @kaluga_alerts")
    assert (found.works, found.found) == (
        False,
        "The bot may not post there. Make it an administrator who may post.",
    )
    channels.add_bot(-1001, 1, Status.ADMINISTRATOR)
    found = await _found("channel @kaluga_alerts")
    assert (found.works, found.found) == (True, "the bot may post in this channel")
    assert "add the bot there" in (await _found("channel -5, topic 7")).found


async def test_channels_of_which_telegram_cannot_be_asked_are_told(channels: Telegram) -> None:
    channels.faults.fail(Refusal(502, "Bad Gateway"), "getChat", times=None)
    found = await _found("channel @kaluga_alerts")
    assert not found.works
    assert found.found.startswith("Telegram could not be asked.")


@pytest.mark.usefixtures("channels")
async def test_the_playground_has_every_listed_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELAY_TELEGRAM_TOKEN")
    assert (await _found("channel @kaluga_alerts")).found == "the playground has one"
