"""`alert-relay sources try`: one look at a source on the wire, and what to write in the list."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from bot.cli.guessing import guessed
from tests.bot.reports import A_GREETING, KALUGA_FORTY
from tests.telegram_pages import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.cli.conftest import AlertRelay

CHANNEL = "/s/sample_governor"
Serves = Callable[[str, bytes], str]


@pytest.fixture
def serves() -> Iterator[Serves]:
    """Put a page on a web server; gives its address."""
    pages: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 404)
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def put(path: str, body: bytes) -> str:
        pages[path] = body
        return f"http://127.0.0.1:{server.server_port}{path}"

    yield put
    server.shutdown()
    thread.join()
    server.server_close()


def _channel(*texts: str) -> bytes:
    channel = Channel()
    return channel.page(*(channel.says(number, text) for number, text in enumerate(texts, 1)))


def _read(told: str) -> str:
    return " ".join(told.split())


def test_it_shows_what_would_be_read_and_what_to_paste(
    alert_relay: AlertRelay, serves: Serves
) -> None:
    address = serves(CHANNEL, _channel(KALUGA_FORTY, A_GREETING))
    told = alert_relay("sources", "try", address, "--kind", "telegram")
    text = _read(told.out)
    assert (told.code, told.err) == (0, "")
    assert f"1 2026-03-05 07:01+00:00 {KALUGA_FORTY} → Kaluga Region: 40 drones shot down" in text
    assert f"{A_GREETING} → not a report" in text
    assert 'kind = "telegram" name = "..."' in text
    assert f'address = "{address}"' in text


def test_a_listed_source_is_tried_by_its_id(alert_relay: AlertRelay, serves: Serves) -> None:
    address = serves(CHANNEL, _channel(KALUGA_FORTY))
    Path("relay.toml").write_text(
        f'[[source]]\nid = "kaluga"\nkind = "telegram"\nname = "K"\naddress = "{address}"\n'
    )
    told = alert_relay("sources", "try", "kaluga")
    assert (told.code, "40 drones" in told.out, "To list it" in told.out) == (0, True, False)


def test_nothing_is_stored(alert_relay: AlertRelay, serves: Serves) -> None:
    alert_relay("sources", "try", serves(CHANNEL, _channel(KALUGA_FORTY)), "--kind", "telegram")
    assert [one for one in Path().rglob("*") if one.is_file()] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["regional-digest"], "sends its reports itself"),
        (["no such thing"], "neither a web address"),
        (["@example", "--kind", "push"], 'Nothing is fetched of the kind "push".'),
        (["http://127.0.0.1:9/x"], "refused the connection"),
    ],
)
def test_what_cannot_be_tried_is_told_in_a_sentence(
    alert_relay: AlertRelay, words: list[str], sentence: str
) -> None:
    told = alert_relay("sources", "try", *words)
    assert (told.code, sentence in told.err, "Traceback" in told.err) == (1, True, False)


def test_where_nothing_is_published_it_fails(alert_relay: AlertRelay, serves: Serves) -> None:
    told = alert_relay("sources", "try", serves(CHANNEL, _channel()), "--kind", "telegram")
    assert (told.code, "Nothing that could be read" in told.err) == (1, True)


@pytest.mark.parametrize(
    ("address", "page", "kind"),
    [
        ("@example", None, "telegram"),
        ("https://t.me/s/example", None, "telegram"),
        ("https://example.org/t.me/", None, None),
        ("https://example.org", b'<alert xmlns="urn:x">', "cap"),
        ("https://example.org", b'<feed><link type="application/cap+xml"/>', "cap"),
        ("https://example.org", b'<div class="tgme_widget_message_wrap">', "telegram"),
        ("https://example.org", b"<rss><item><title>alert</title>", "feed"),
    ],
)
def test_the_kind_is_guessed(address: str, page: bytes | None, kind: str | None) -> None:
    assert guessed(address, page) == kind
