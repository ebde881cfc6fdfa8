import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, web

from bot.address import Address
from bot.http.server import app, serve
from storage.instance import only_one
from tests.bot.cli.conftest import AlertRelay

INVENTED = "123456789:AAF-invented_for_tests"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@asynccontextmanager
async def _running(**settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    given = {name: value for name, value in os.environ.items() if not name.startswith("RELAY_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env={**given, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _until_ready(url: str) -> None:
    async with asyncio.timeout(20), ClientSession() as browser:
        while True:
            try:
                async with browser.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except ClientConnectionError:
                pass
            await asyncio.sleep(0.05)


async def test_13_without_a_token_it_serves_the_playground_until_it_is_stopped(
    free_port: int, tmp_path: Path
) -> None:
    place = f"127.0.0.1:{free_port}"
    async with _running(RELAY_DATA=str(tmp_path), RELAY_HTTP=place) as process:
        await _until_ready(f"http://{place}")
        process.terminate()
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    assert f"open http://{place} in a browser" in out.decode()
    assert "Traceback" not in err.decode()


async def test_a_token_that_telegram_does_not_know_ends_the_run_with_a_sentence(
    free_port: int, tmp_path: Path
) -> None:
    async def refuse(_request: web.Request) -> web.Response:
        told = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        return web.json_response(told, status=401)

    routes = [web.route("*", "/bot{rest:.*}", refuse)]
    async with (
        serve(app(routes), Address("127.0.0.1", 0)) as api,
        _running(
            RELAY_TELEGRAM_TOKEN=INVENTED,
            RELAY_TELEGRAM_API=api.url,
            RELAY_DATA=str(tmp_path),
            RELAY_HTTP=f"127.0.0.1:{free_port}",
        ) as process,
    ):
        _, err = await process.communicate()
    assert process.returncode == 1
    assert "Telegram does not know this token. Set RELAY_TELEGRAM_TOKEN" in err.decode()
    assert INVENTED not in err.decode()


def test_a_port_in_use_is_told(
    taken_port: int, alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAY_HTTP", f"127.0.0.1:{taken_port}")
    told = alert_relay("run")
    assert told.code == 1
    assert f"Cannot listen on 127.0.0.1:{taken_port}: another program listens there." in told.err


def test_a_second_run_on_one_database_is_told(
    free_port: int, alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAY_HTTP", f"127.0.0.1:{free_port}")
    alert_relay("migrate")
    with only_one(Path("data/playground.db").absolute()):
        told = alert_relay("run")
    assert told.code == 1
    assert f"is at work on {Path('data/playground.db').absolute()} already" in told.err


def test_a_data_directory_that_is_no_directory_is_told(alert_relay: AlertRelay) -> None:
    Path("data").touch()
    told = alert_relay("run")
    assert (told.code, told.out) == (1, "")
    assert "set RELAY_DATA to another directory" in told.err


def test_the_playground_is_for_this_machine_alone(
    alert_relay: AlertRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELAY_HTTP", "0.0.0.0:8080")
    told = alert_relay("run")
    assert (told.code, "set RELAY_TELEGRAM_TOKEN" in told.err) == (1, True)
