"""What is said where nothing is heard, and when a host is asked again."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.intake.polled import Why
from bot.intake.web.fetcher import Equipment, PoliteWeb
from tests.bot.intake import faults
from tests.bot.intake.asking import fetcher, unheard
from tests.bot.intake.site import Site, site, trusting
from tests.bot.wire import closed_port

NOW = datetime(2026, 3, 5, 6, 48, tzinfo=UTC)


@pytest.fixture
async def here() -> AsyncIterator[Site]:
    async with site() as one:
        yield one


@pytest.fixture
async def web(here: Site) -> AsyncIterator[PoliteWeb]:
    async with fetcher(here, Equipment(now=lambda: NOW, patience=0.5)) as one:
        yield one


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


async def test_a_host_that_is_asked_too_often_has_a_rest_also_where_it_names_no_time(
    here: Site, web: PoliteWeb
) -> None:
    here.pages["/"] = faults.busy()
    await unheard(web, here.url("/"))
    assert (await unheard(web, here.url("/other"))).why is Why.TOO_MANY
    assert here.count("/other") == 0


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
        assert "certificate that is not believed: nobody whom this machine trusts" in str(why)
        both = [one.host, f"127.0.0.1:{one.port}"]
        async with fetcher(both, Equipment(trusted=trusting())) as believing:
            assert (await believing.get(one.url("/"))).body == b"news"
            why = await unheard(believing, f"https://127.0.0.1:{one.port}/")
            assert "made out to another name" in str(why)


async def test_plain_http_where_tls_was_expected(here: Site) -> None:
    async with fetcher(here) as web:
        why = await unheard(web, here.url("/").replace("http:", "https:"))
    assert why.why == Why.UNREACHABLE
    assert str(why).endswith("/ does not agree on TLS with us.")
