"""Where answers lead, and where they may not."""

from collections.abc import AsyncIterator, Sequence

import pytest

from bot.intake.polled import Why
from bot.intake.web.fetcher import Equipment, PoliteWeb
from bot.intake.web.guard import is_open
from bot.intake.web.urls import host_of, shown
from tests.bot.intake import faults
from tests.bot.intake.asking import fetcher, unheard
from tests.bot.intake.site import Site, site, trusting
from tests.bot.wire import Act, http, server


@pytest.fixture
async def here() -> AsyncIterator[Site]:
    async with site() as one:
        one.pages["/end"] = faults.page("news")
        yield one


@pytest.fixture
async def there() -> AsyncIterator[Site]:
    async with site() as one:
        one.pages["/end"] = faults.page("news")
        yield one


@pytest.fixture
async def web(here: Site) -> AsyncIterator[PoliteWeb]:
    async with fetcher(here) as one:
        yield one


async def test_five_redirects_are_followed_and_no_more(here: Site, web: PoliteWeb) -> None:
    here.pages |= dict(faults.chain(6, faults.page("news")))
    assert (await web.get(here.url("/1"))).url == here.url("/6")
    why = await unheard(web, here.url("/0"))
    assert why.why == Why.REDIRECTED
    assert str(why) == f"{here.url('/5')} is the end of more than 5 redirects."


@pytest.mark.parametrize(
    ("codes", "to"),
    [((301, 308), "/end"), ((301, 302), None), ((307, 301), None), ((303, 303), None)],
)
async def test_what_moved_for_good_says_so(
    here: Site, web: PoliteWeb, codes: tuple[int, int], to: str | None
) -> None:
    here.pages |= {"/": faults.leads("/1", codes[0]), "/1": faults.leads("/end#a", codes[1])}
    page = await web.get(here.url("/"))
    assert page.body == b"news"
    assert page.moved_to == (to and here.url(to))


async def test_a_redirect_is_returned_where_it_is_not_to_be_followed(
    here: Site, web: PoliteWeb
) -> None:
    here.pages["/"] = faults.leads("/end")
    page = await web.get(here.url("/"), redirects=False)
    assert (page.status, page.headers["location"], page.body) == (302, "/end", b"")
    assert here.count("/end") == 0


CIRCLES = {"itself": ["/"], "a path": ["/?a=1", "/"], "three": ["/1", "/2", "/"]}


@pytest.mark.parametrize("case", CIRCLES)
async def test_circles_are_told_apart_from_long_ways(here: Site, web: PoliteWeb, case: str) -> None:
    for path, to in zip(["/", *CIRCLES[case]], CIRCLES[case], strict=False):
        here.pages[path] = faults.leads(to, 301)
    why = await unheard(web, here.url("/"))
    assert (why.why, "in a circle" in str(why)) == (Why.REDIRECTED, True)


ODD_ENDS = {
    "a file": "file:///etc/passwd",
    "another protocol": "ftp://a.example/",
    "a script": "javascript:alert(1)",
    "nowhere": "",
    "no host": "http://?a",
    "octal": "http://0177.0.0.1/",
    "a broken address": "http://[::1",
    "a user": "http://relay@a.example/",
    "no port": "http://a.example:0/",
    "a port beyond": "http://a.example:99999/",
}


@pytest.mark.parametrize("case", ODD_ENDS)
async def test_redirects_lead_to_plain_web_addresses_alone(
    here: Site, web: PoliteWeb, case: str
) -> None:
    here.pages["/"] = faults.leads(ODD_ENDS[case])
    assert (await unheard(web, here.url("/"))).why == Why.REDIRECTED


INSIDE = [
    "127.0.0.1",
    "localhost",
    "0.0.0.0",  # noqa: S104 - not bound
    "0",
    "2130706433",
    "0x7f000001",
    "127.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fd00::1]",
    "[ff02::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
]


@pytest.mark.parametrize("host", INSIDE)
async def test_nobody_leads_us_inside(here: Site, there: Site, web: PoliteWeb, host: str) -> None:
    here.pages["/"] = faults.leads(f"http://{host}:{there.port}/end?key=secret")
    why = await unheard(web, here.url("/"))
    assert why.why == Why.REDIRECTED
    assert str(why).endswith("/end is neither listed nor on the open internet.")
    assert not there.asked


async def test_a_link_in_a_document_leads_no_further(there: Site, web: PoliteWeb) -> None:
    assert (await unheard(web, there.url("/end"))).why == Why.REDIRECTED


@pytest.mark.parametrize("told", ["evil.example@127.0.0.1", "127.0.0.1\\@evil.example"])
async def test_a_user_name_that_looks_like_a_host_is_none(
    here: Site, there: Site, web: PoliteWeb, told: str
) -> None:
    here.pages["/"] = faults.leads(f"http://{told}:{there.port}/end")
    await unheard(web, here.url("/"))
    assert not there.asked


async def test_what_is_listed_may_be_led_to(here: Site, there: Site) -> None:
    here.pages["/"] = faults.leads(there.url("/end"), 301)
    async with fetcher([here.host, there.host]) as web:
        assert (await web.get(here.url("/"))).moved_to == there.url("/end")


@pytest.mark.parametrize("listed", ["Губернатор.рф", "xn--80abfj4bhldqe.xn--p1ai"])
async def test_a_host_is_listed_however_its_name_is_spelled(there: Site, listed: str) -> None:
    async def intranet(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    async with fetcher([f"{listed}:{there.port}"], Equipment(resolve=intranet)) as web:
        assert (await web.get(f"http://губернатор.рф:{there.port}/end")).body == b"news"


async def test_the_address_that_was_checked_is_the_one_that_is_asked(there: Site) -> None:
    looked_up = []

    async def rebinding(host: str, _port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["10.0.0.1", "127.0.0.1"] if len(looked_up) == 1 else ["127.0.0.1"]

    async with fetcher([], Equipment(resolve=rebinding)) as web:
        why = await unheard(web, f"http://evil.example:{there.port}/end")
    assert (why.why, looked_up, there.asked) == (Why.REDIRECTED, ["evil.example"], [])


async def test_the_next_address_of_a_name_is_tried(there: Site) -> None:
    async def two(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.2", "127.0.0.1"]

    async with fetcher([f"a.example:{there.port}"], Equipment(resolve=two)) as web:
        assert (await web.get(f"http://a.example:{there.port}/end")).body == b"news"


async def test_no_way_leads_from_https_to_http(here: Site) -> None:
    async with site(tls=True) as safe:
        safe.pages["/"] = faults.leads(here.url("/end"), 301)
        equipment = Equipment(trusted=trusting())
        async with fetcher([safe.host, here.host], equipment) as web:
            why = await unheard(web, safe.url("/"))
    assert (why.why, str(why)) == (
        Why.REDIRECTED,
        f"{safe.url('/')} leads to {here.url('/end')}, without encryption.",
    )


async def test_what_one_host_is_told_no_other_hears(here: Site, there: Site) -> None:
    here.pages |= {"/": faults.leads("/1"), "/1": faults.leads(there.url("/end"))}
    told = {"Accept": "text/html", "Authorization": "Bearer ours", "If-None-Match": '"1"'}
    async with fetcher([here.host, there.host]) as web:
        await web.get(here.url("/").replace("//", "//relay:word@"), told)
    assert [one.headers.get("if-none-match") for one in here.asked] == ['"1"', '"1"']
    [asked] = there.asked
    assert asked.headers["accept"] == "text/html"
    assert not asked.headers.keys() & {"authorization", "if-none-match", "cookie", "referer"}


async def test_telegram_alone_is_asked_by_way_of_the_proxy(here: Site) -> None:
    async with server(Act(http("a channel", kind="text/html"), goes=False)) as proxy:
        at = proxy.url.replace("//", "//relay:word@")
        async with fetcher(here, Equipment(proxy=at)) as web:
            assert (await web.get("http://t.me/s/sample")).body == b"a channel"
            await web.get(here.url("/end"))
    [heard] = proxy.heard
    assert heard.startswith(b"GET http://t.me/s/sample HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic" in heard


async def test_a_proxy_that_refuses_is_named_as_such(here: Site) -> None:
    async with server(Act(http("no", 407, "text/html"))) as proxy:
        at = proxy.url.replace("//", "//relay:word@")
        async with fetcher(here, Equipment(proxy=at)) as web:
            why = await unheard(web, "https://t.me/s/sample")
    assert str(why) == "https://t.me/s/sample cannot be reached: the proxy refused."


SHOWN = {
    "https://relay:word@a.example:8443/feed/1?key=secret#part": "https://a.example:8443/feed/1",
    "HTTP://A.example/rss": "http://a.example/rss",
    "http://[::1]:80/": "http://[::1]:80/",
    "https://t.me/\x1b[31m\u202eab": "https://t.me/?[31m?ab",
    "https://a.example/news/8f3ac0de/feed-2026.xml": "https://a.example/news/…/feed-2026.xml",
    "https://a.example/a1b2/c3d4e5f6": "https://a.example/…",
    "https://a.example/rss/correct-horse/battery/": "https://a.example/rss/…/",
    "https://a.example/1234-5678-9012/12345": "https://a.example/…",
    "https://a.example/cap.xml;key=word": "https://a.example/…",
    "https://t.me/s/sample_governor?before=7": "https://t.me/s/sample_governor",
    "https://губернатор.рф/лента": "https://губернатор.рф/лента",
    "http://[::1": "an unreadable address",
    "http://a:b/": "an unreadable address",
    "https:/relay:word@a.example/": "an unreadable address",
    "https:relay:word@a.example/": "an unreadable address",
}


@pytest.mark.parametrize("url", SHOWN)
def test_no_secret_of_an_address_is_shown(url: str) -> None:
    assert shown(url) == SHOWN[url]


def test_a_long_address_is_cut() -> None:
    assert len(shown(f"https://a.example/{'news/' * 1000}")) < 210


def test_every_spelling_of_a_host_has_one_name() -> None:
    assert host_of("https://T.me/s/a") == host_of("https://t.me.:443/") == "t.me:443"
    assert host_of("http://губернатор.рф/") == "xn--80abfj4bhldqe.xn--p1ai:80"
    assert host_of("http://[0:0::1]:8080/") == "[::1]:8080"


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450::1", "64:ff9b::808:808"])
def test_the_open_internet_is_open(address: str) -> None:
    assert is_open(address)
