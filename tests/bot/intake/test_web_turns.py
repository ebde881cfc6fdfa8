"""Each host is asked by one at a time, and not too often."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.intake.polled import Unheard
from bot.intake.web.fetcher import Equipment, PoliteWeb
from bot.intake.web.hosts import FORGET_AT, Hosts
from tests.bot.intake import faults
from tests.bot.intake.site import site


@dataclass(slots=True)
class Time:
    """Goes on where somebody sleeps."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def ticks(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def _hosts(time: Time) -> Hosts:
    return Hosts(time.ticks, time.sleep, lambda low, high: (low + high) / 2)


async def test_a_gap_is_left_between_two_requests() -> None:
    time = Time()
    hosts = _hosts(time)
    for _ in range(3):
        async with hosts.turn("t.me:443", (2, 4)):
            time.now += 1
    async with hosts.turn("a.example:443", (2, 4)):
        pass
    assert time.slept == [2, 2]


async def test_who_asked_first_goes_first() -> None:
    hosts, order = _hosts(Time()), []

    async def ask(number: int) -> None:
        async with hosts.turn("t.me:443", (2, 4)):
            order.append(number)

    await asyncio.gather(*map(ask, range(5)))
    assert order == [0, 1, 2, 3, 4]


async def test_who_gives_up_keeps_nobody_waiting() -> None:
    hosts = _hosts(Time())

    async def ask() -> None:
        async with hosts.turn("t.me:443", (0, 0)):
            pass

    async with hosts.turn("t.me:443", (0, 0)):
        waiting = asyncio.create_task(ask())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.wait_for(ask(), 1)


async def test_a_host_is_left_alone_for_as_long_as_it_asked() -> None:
    time = Time()
    hosts = _hosts(time)
    hosts.hold("t.me:443", 60)
    hosts.hold("t.me:443", 5)
    with pytest.raises(Unheard, match=r"^t\.me:443 asked to be left alone, for 60 sec"):
        async with hosts.turn("t.me:443", (0, 0)):
            pytest.fail("it was asked")
    time.now += 60
    async with hosts.turn("t.me:443", (0, 0)):
        pass


async def test_who_waits_hears_that_the_host_is_to_be_left_alone() -> None:
    hosts = _hosts(Time())

    async def ask() -> None:
        async with hosts.turn("t.me:443", (0, 0)):
            pytest.fail("it was asked")

    async with hosts.turn("t.me:443", (0, 0)):
        waiting = asyncio.create_task(ask())
        await asyncio.sleep(0)
        hosts.hold("t.me:443", 60)
    with pytest.raises(Unheard):
        await waiting


async def test_hosts_that_nobody_asks_any_more_are_forgotten() -> None:
    time = Time()
    hosts = _hosts(time)
    hosts.hold("held.example:443", 10_000)
    for number in range(3 * FORGET_AT):
        time.now += 1
        async with hosts.turn(f"{number}.example:443", (1, 1)):
            pass
    assert len(hosts) <= FORGET_AT
    with pytest.raises(Unheard):
        async with hosts.turn("held.example:443", (0, 0)):
            pass


async def test_no_two_requests_go_to_one_host_at_once() -> None:
    async with site() as one, PoliteWeb({one.host: (0, 0)}) as web:
        one.pages["/"] = faults.dripping("news", 0.001)
        await asyncio.gather(*(web.get(one.url("/")) for _ in range(9)))
        assert one.most_at_once == {one.host: 1}


async def test_nor_where_two_hosts_lead_to_each_other() -> None:
    async with site() as one, site() as other:
        for a, b in ((one, other), (other, one)):
            a.pages |= {"/": faults.leads(b.url("/end")), "/end": faults.dripping("ab", 0.001)}
        async with PoliteWeb({one.host: (0, 0), other.host: (0, 0)}) as web:
            asking = (web.get(a.url("/")) for a in (one, other) * 4)
            pages = await asyncio.wait_for(asyncio.gather(*asking), 10)
        assert [page.body for page in pages] == [b"ab"] * 8
        assert one.most_at_once + other.most_at_once == {one.host: 1, other.host: 1}


async def test_what_answers_at_two_ports_is_one_host() -> None:
    async with site() as one, site() as other:
        let_go = asyncio.Event()
        for each in (one, other):
            each.pages["/"] = faults.held("news", let_go)
        async with PoliteWeb({one.host: (0, 0), other.host: (0, 0)}) as web:
            asking = [asyncio.create_task(web.get(each.url("/"))) for each in (one, other)]
            await asyncio.sleep(0.05)
            assert (len(one.asked), len(other.asked)) == (1, 0)
            let_go.set()
            assert [page.body for page in await asyncio.gather(*asking)] == [b"news"] * 2


async def test_a_host_that_is_to_be_left_alone_is_so_at_all_its_ports() -> None:
    async with site() as one, site() as other:
        one.pages["/"] = faults.busy(60)
        async with PoliteWeb({one.host: (0, 0), other.host: (0, 0)}) as web:
            for each in (one, other):
                with pytest.raises(Unheard, match=r"Too Many|left alone"):
                    await web.get(each.url("/"))
        assert not other.asked


async def test_a_sources_own_gap_is_kept_on_every_hop() -> None:
    time = Time()
    async with site() as one:
        one.pages |= dict(faults.chain(2, faults.page("news")))
        equipment = Equipment(hosts=_hosts(time))
        async with PoliteWeb({one.host: (2, 4)}, equipment) as web:
            await web.get(one.url("/0"))
    assert time.slept == [3, 3]
