"""What is fetched, how much of it, and what is said where it is not."""

import io
import logging
import traceback
import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import structlog

from bot.intake.polled import Unheard, Why
from bot.intake.web import lines
from bot.intake.web.fetcher import Equipment, PoliteWeb
from bot.logs import Log, start_logging
from tests.bot.intake import faults
from tests.bot.intake.asking import fetcher, unheard
from tests.bot.intake.site import Site, site

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
