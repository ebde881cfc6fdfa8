"""How much a source may push, and how little whoever is none."""

from bot.intake.push.quota import Quota, neighbourhood
from tests.bot.intake.pushing import NEXT, OURS, REPORT, THEIRS, Desk


def _list(count: int) -> list[dict[str, str]]:
    return [{**REPORT, "id": str(number)} for number in range(count)]


async def test_a_source_may_push_240_reports_at_once_and_then_2_a_second(desk: Desk) -> None:
    for count in (100, 100, 40):
        assert (await desk.send(_list(count)))[0] == 202
    status, told = await desk.send()
    assert (status, desk.headers["Retry-After"]) == (429, "1")
    assert desk.headers["Content-Type"].startswith("application/problem+json")
    assert "Send it again in 1 s." in told["detail"]
    desk.now += 1
    assert [(await desk.send())[0] for _ in range(3)] == [202, 202, 429]


async def test_a_list_that_would_be_too_many_is_refused_whole(desk: Desk) -> None:
    for count in (100, 100):
        await desk.send(_list(count))
    assert (await desk.send(_list(41)))[0] == 429
    assert len(desk.taken) == 200
    desk.now += float(desk.headers["Retry-After"])
    assert (await desk.send(_list(41)))[0] == 202


async def test_a_second_token_is_no_second_allowance(desk: Desk) -> None:
    for token in (OURS, NEXT, OURS):
        await desk.send(_list(80), token)
    assert (await desk.send(token=NEXT))[0] == 429


async def test_a_flood_from_one_source_costs_the_others_nothing(desk: Desk) -> None:
    while (await desk.send(_list(100)))[0] == 202:
        pass
    assert (await desk.send(_list(100), THEIRS))[0] == 202


async def test_who_has_no_token_may_try_20_times_a_minute(desk: Desk) -> None:
    tried = [(await desk.send(token=f"not-{OURS}"))[0] for _ in range(21)]
    assert tried == [401] * 20 + [429]
    assert int(desk.headers["Retry-After"]) == 3
    desk.now += 3
    assert [(await desk.send(token=None))[0] for _ in range(2)] == [401, 429]


async def test_a_right_token_is_good_whatever_others_try_from_there(desk: Desk) -> None:
    for _ in range(30):
        await desk.send(token=f"not-{OURS}")
    assert (await desk.send())[0] == 202


def test_who_has_not_asked_for_longest_is_forgotten_first() -> None:
    quota = Quota(per_minute=1, burst=1, ticks=lambda: 0.0, most=2)
    assert [quota.take(who) for who in ("a", "b", "c")] == [0, 0, 0]
    assert quota.take("c") == quota.take("b") == 60
    assert quota.take("a") == 0


def test_no_fraction_that_is_left_over_keeps_anybody_waiting() -> None:
    now = [0.0]
    quota = Quota(per_minute=70, burst=7, ticks=lambda: now[0])
    for _ in range(1000):
        assert quota.take("a", 7) == 0
        now[0] += 6


def test_addresses_that_are_one_persons_share_an_allowance() -> None:
    assert neighbourhood("2001:db8:1:2::1") == neighbourhood("2001:db8:1:2:ffff::9")
    assert neighbourhood("2001:db8:1:2::1") != neighbourhood("2001:db8:1:3::1")
    assert neighbourhood("::ffff:192.0.2.1") == neighbourhood("192.0.2.1") == "192.0.2.1"
    assert neighbourhood("fe80::1%eth0") == neighbourhood("fe80::2")
    assert neighbourhood(None) == neighbourhood("a socket") == ""
