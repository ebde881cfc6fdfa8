"""What is fetched, how much of it, and what is said where it is not."""

import asyncio
import io
import logging
import socket
import traceback
import tracemalloc
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.intake import lines
from bot.intake.polled import Unheard, Why
from bot.intake.web import Equipment, PoliteWeb
from bot.logs import Log, start_logging
from tests.bot.intake import faults
from tests.bot.intake.asking import fetcher, unheard
from tests.bot.intake.site import Site, site, trusting
from tests.bot.wire import closed_port

NOW = datetime(2026, 3, 5, 6, 48, tzinfo=UTC)
SMALL = 100_000
SECRET = "kaluga-secret-of-32-characters-1"  # noqa: S105 - nobody's


@pytest.fixture
async def here() -> AsyncIterator[Site]:
    async with site() as one:
        yield one


@pytest.fixture
async def web(here: Site) -> AsyncIterator[PoliteWeb]:
    async with fetcher(here, Equipment(now=lambda: NOW, patience=0.5)) as one:
        yield one


async def test_a_page_comes_as_it_is(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.page("Сбито".encode("koi8-r"), "text/html; charset=utf-8")
    page = await web.get(here.url("/"), {"Accept": "text/html"})
    assert (page.status, page.url, page.moved_to) == (200, here.url("/"), None)
    assert page.body == "Сбито".encode("koi8-r")
    assert page.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_publisher_sees_who_asks(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.page("")
    await web.get(here.url("/?a=1#part"), {"Accept": "text/html"})
    [asked] = here.asked
    assert asked.target == "/?a=1"
    assert asked.headers["user-agent"].startswith("alert-relay/")
    assert asked.headers["accept"] == "text/html"
    assert asked.headers["accept-encoding"] == "gzip, deflate"


async def test_what_has_not_changed_is_not_sent_again(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.versioned("news", modified=NOW)
    first = await web.get(here.url("/"))
    again = await web.get(here.url("/"), {"If-None-Match": first.headers["etag"]})
    since = await web.get(here.url("/"), {"If-Modified-Since": first.headers["last-modified"]})
    assert [one.status for one in (first, again, since)] == [200, 304, 304]
    assert again.body == b""


async def test_unchanged_is_not_believed_where_nobody_asked(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.status(304)
    assert (await unheard(web, here.url("/"))).why == Why.MALFORMED


async def test_one_connection_serves_one_poll_after_the_other(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.page("news")
    ends = {id(await _line(web, here)) for _ in range(3)}
    assert len(ends) == 1


async def _line(web: PoliteWeb, here: Site) -> object:
    await web.get(here.url("/"))
    [pool] = web._lines._pools.values()
    [connection] = pool.connections
    return connection


async def test_connections_to_many_hosts_are_not_kept_for_ever(
    here: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "KEPT", 1)
    async with site() as other, fetcher([here.host, other.host]) as web:
        for one in (here, other, here):
            one.pages["/"] = faults.page("news")
            assert (await web.get(one.url("/"))).body == b"news"
        assert len(web._lines._pools) == 1


async def test_a_connection_that_was_just_closed_is_no_trouble(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.in_turn(faults.page("1"), faults.hangs_up(), faults.page("2"))
    assert (await web.get(here.url("/"))).body == b"1"
    assert (await web.get(here.url("/"))).body == b"2"


async def test_no_cookies_are_kept(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.page("", Set_Cookie="follow=me; Path=/")
    await web.get(here.url("/"))
    await web.get(here.url("/"))
    assert "cookie" not in here.asked[1].headers


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw", "identity"])
async def test_what_is_packed_is_unpacked(here: Site, web: PoliteWeb, coding: str) -> None:
    here.pages["/"] = faults.packed("news" * 1000, coding)
    assert (await web.get(here.url("/"))).body == b"news" * 1000


async def test_a_gzip_bomb_takes_no_more_room_than_a_page_may(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.bomb(64 * 1024**2)
    tracemalloc.start()
    try:
        why = await unheard(web, here.url("/"), largest=SMALL)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
    assert why.why == Why.TOO_LARGE


LARGE = {
    "100 MB, announced": faults.flood(announced=True),
    "100 MB, streamed": faults.flood(),
    "one byte too many": faults.page("x" * (SMALL + 1)),
    "packed, one byte too many": faults.packed("x" * (SMALL + 1)),
    "packed, announced as too much": faults.page(b"x" * 2 * SMALL, Content_Encoding="gzip"),
}


@pytest.mark.parametrize("case", LARGE)
async def test_nothing_is_read_beyond_the_limit(here: Site, web: PoliteWeb, case: str) -> None:
    here.pages["/"] = LARGE[case]
    why = await unheard(web, here.url("/"), largest=SMALL)
    assert why.why == Why.TOO_LARGE
    assert str(why) == f"{here.url('/')} gives more than 100,000 bytes."


async def test_exactly_the_limit_is_taken(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.packed("x" * SMALL)
    assert len((await web.get(here.url("/"), largest=SMALL)).body) == SMALL


FAULTS = {
    "gone": (faults.status(410), Why.GONE, "answered 410 (Gone)"),
    "unknown": (faults.status(404), Why.REFUSED, "answered 404 (Not Found)"),
    "private": (faults.status(401), Why.REFUSED, "answered 401 (Unauthorized)"),
    "odd": (faults.status(499), Why.REFUSED, "answered 499"),
    "busy": (faults.busy(), Why.TOO_MANY, "answered 429 (Too Many Requests)"),
    "down": (faults.status(502), Why.SERVER, "answered 502 (Bad Gateway)"),
    "no status": (faults.status(999), Why.MALFORMED, "answered 999"),
    "choices": (faults.status(300), Why.MALFORMED, "answered 300 (Multiple Choices)"),
    "a challenge": (
        faults.status(403, headers={"cf-mitigated": "challenge"}),
        Why.BLOCKED,
        "asks whether we are a person",
    ),
    "cut": (faults.cut("news" * 9, 7), Why.UNREACHABLE, "broke off in the middle"),
    "packed and cut": (
        faults.cut(b"\x1f\x8b\x08\x00", 4, {"Content-Encoding": "gzip"}),
        Why.UNREACHABLE,
        "broke off in the middle",
    ),
    "hangs up": (faults.hangs_up(), Why.UNREACHABLE, "broke off in the middle"),
    "badly packed": (
        faults.packed("no gzip", "br"),
        Why.MALFORMED,
        "is packed in a way that cannot be read",
    ),
    "not packed": (
        faults.page("no gzip", Content_Encoding="gzip"),
        Why.MALFORMED,
        "is packed in a way that cannot be read",
    ),
    "headers without end": (
        faults.headers_without_end(),
        Why.MALFORMED,
        "does not answer as HTTP has it",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
async def test_each_failure_has_its_sentence(here: Site, web: PoliteWeb, case: str) -> None:
    here.pages["/"], expected, words = FAULTS[case]
    why = await unheard(web, here.url("/"))
    assert (why.why, str(why)) == (expected, f"{here.url('/')} {words}.")


SLOW = {"silent": faults.silent(), "dripping": faults.dripping("news" * 999, 0.02)}


@pytest.mark.parametrize("case", SLOW)
async def test_nobody_is_waited_for_without_end(here: Site, case: str) -> None:
    here.pages["/"] = SLOW[case]
    async with fetcher(here, Equipment(patience=0.1)) as web:
        why = await unheard(web, here.url("/"))
    assert (why.why, str(why)) == (Why.TOO_SLOW, f"{here.url('/')} took too long.")


async def test_a_stop_is_not_taken_for_trouble(here: Site, web: PoliteWeb) -> None:
    here.pages["/"] = faults.silent()
    asking = asyncio.create_task(web.get(here.url("/")))
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_a_host_is_heard_again_whenever_a_request_to_it_was_cut_short(here: Site) -> None:
    here.pages |= {"/": faults.dripping("news", 0.001), "/well": faults.page("news")}
    async with fetcher(here) as web:
        for turns in range(60):  # of the event loop: each another moment of the exchange
            asking = asyncio.create_task(web.get(here.url("/" if turns % 2 else "/well")))
            for _ in range(turns // 2):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            lines = [one for pool in web._lines._pools.values() for one in pool.connections]
            assert all(one.is_idle() for one in lines)
        assert (await web.get(here.url("/well"))).body == b"news"


RETRY: dict[str, tuple[str | int | datetime | None, float | None]] = {
    "seconds": (7, 7),
    "an hour at most": (86_400, 3600),
    "a date": (NOW + timedelta(minutes=2), 120),
    "long past": (NOW - timedelta(minutes=2), None),
    "nonsense": ("soon", None),
    "less than nothing": (-5, None),
    "nothing": (None, None),
    "a number without end": ("9" * 5000, None),
}


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize("case", RETRY)
async def test_when_to_come_again_is_understood(
    here: Site, web: PoliteWeb, case: str, code: int
) -> None:
    said, seconds = RETRY[case]
    here.pages["/"] = faults.dated(faults.busy(said, code), NOW)
    assert (await unheard(web, here.url("/"))).retry_after == seconds


async def test_a_date_is_counted_from_the_servers_own_clock(here: Site, web: PoliteWeb) -> None:
    theirs = NOW + timedelta(days=400)
    here.pages["/"] = faults.dated(faults.busy(theirs + timedelta(seconds=30)), theirs)
    assert (await unheard(web, here.url("/"))).retry_after == 30


async def test_a_host_that_asks_for_it_is_left_alone(here: Site, web: PoliteWeb) -> None:
    here.pages |= {"/": faults.busy(60), "/other": faults.page("news")}
    await unheard(web, here.url("/"))
    why = await unheard(web, here.url("/other"))
    assert why.why == Why.TOO_MANY
    assert why.retry_after == pytest.approx(60, abs=5)
    assert len(here.asked) == 1


async def test_a_closed_port_and_an_unknown_name_are_told_apart() -> None:
    async def nobody(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    port = closed_port()
    async with fetcher([f"127.0.0.1:{port}"]) as web:
        refused = await unheard(web, f"http://127.0.0.1:{port}/")
        odd = await unheard(web, f"http://{'a' * 64}.example/feed")
    async with fetcher([], Equipment(resolve=nobody)) as web:
        unknown = await unheard(web, "http://nobody.example/feed")
    assert refused.why == unknown.why == odd.why == Why.UNREACHABLE
    assert str(refused).endswith("/ refused the connection.")
    for one in (unknown, odd):
        assert str(one).endswith("/feed has a host whose name is not known.")


NO_ADDRESS = [
    "",
    "feed.xml",
    "ftp://a.example/",
    "file:///etc/passwd",
    "http:///x",
    "http://[::1",
    "http://a.example:99999/",
]


@pytest.mark.parametrize("url", NO_ADDRESS)
async def test_what_is_no_web_address_is_not_asked_for(web: PoliteWeb, url: str) -> None:
    assert (await unheard(web, url)).why == Why.MALFORMED


async def test_tls_is_believed_for_the_right_name_alone() -> None:
    async with site(tls=True) as one, fetcher(one) as doubting:
        one.pages["/"] = faults.page("news")
        why = await unheard(doubting, one.url("/"))
        assert why.why == Why.UNREACHABLE
        assert "certificate that is not believed: self-signed certificate" in str(why)
        both = [one.host, f"127.0.0.1:{one.port}"]
        async with fetcher(both, Equipment(trusted=trusting())) as believing:
            assert (await believing.get(one.url("/"))).body == b"news"
            why = await unheard(believing, f"https://127.0.0.1:{one.port}/")
            assert "IP address mismatch" in str(why)


async def test_plain_http_where_tls_was_expected(here: Site) -> None:
    async with fetcher(here) as web:
        why = await unheard(web, here.url("/").replace("http:", "https:"))
    assert why.why == Why.UNREACHABLE
    assert str(why).endswith("/ does not agree on TLS with us.")


async def test_user_and_password_of_an_address_are_used_and_not_shown(
    here: Site, web: PoliteWeb
) -> None:
    here.pages["/"] = faults.in_turn(faults.page("news"), faults.status(403))
    url = here.url(f"/?key={SECRET}").replace("http://", f"http://relay:{SECRET}@")
    page = await web.get(url)
    assert here.asked[0].headers["authorization"].startswith("Basic ")
    assert f":{SECRET}" not in page.url
    why = await unheard(web, url)
    assert SECRET not in "".join(traceback.format_exception(why))


async def test_11_no_address_with_a_secret_appears_in_the_log(here: Site, web: PoliteWeb) -> None:
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    here.pages["/"] = faults.in_turn(faults.page("news"), faults.status(500))
    start_logging([], Log(written, "DEBUG"))
    try:
        await web.get(here.url(f"/?key={SECRET}"))
        await web.get(here.url(f"/?key={SECRET}"))
    except Unheard as error:
        structlog.get_logger("relay").warning("unheard", exc_info=error)
    finally:
        root.handlers[:], root.level = handlers, level
        logging.captureWarnings(capture=False)
    assert SECRET not in written.getvalue()
