from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.address import Address
from bot.cli.findings import Finding, findings
from bot.http.server import app, serve
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
        ("sources", True),
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
    assert "RELAY_CONFIG names the list" in found["sources"]["found"]
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
    assert "Copy relay.example.toml to relay.toml" in (await _found("sources")).found


@pytest.fixture
def one_source(alert_relay: AlertRelay) -> None:
    del alert_relay  # for its empty directory
    Path("relay.toml").write_text(
        '[[source]]\nid = "kaluga"\nkind = "push"\nname = "Kaluga"\ntoken = "0123456789abcdef"\n'
    )


@pytest.mark.usefixtures("one_source")
async def test_sources_are_listed_by_id() -> None:
    assert (await _found("sources")).found == "relay.toml: kaluga"
