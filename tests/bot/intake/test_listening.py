"""Sources are asked in turn; what they publish is kept before it is noted that it was seen."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.intake.polled import Found, Unheard, Why
from storage.errors import DatabaseBusy, NotText
from tests.bot.intake.hearers import ANSWERS, Place, again, page, post

if TYPE_CHECKING:
    from storage.database import Database

SLOW = Unheard(Why.TOO_SLOW, "It took too long.")


@pytest.fixture
def place(database: Database) -> Place:
    ANSWERS.clear()
    return Place(database)


async def test_what_is_new_is_taken_in_once_oldest_first(place: Place) -> None:
    answers = place.lists("kaluga")
    first, second = post(place, "kaluga", "1"), post(place, "kaluga", "2")
    answers.given.extend([page(first, last=1), page(first, second, last=2)])
    listening = await place.starts()
    for _ in range(3):
        await place.asks(listening, "kaluga")
    assert [number for number, _ in place.taken] == ["1", "2"]
    assert answers.states == [{}, {"last": 1}, {"last": 2}]


async def test_an_edited_post_is_taken_in_again(place: Place) -> None:
    answers = place.lists("kaluga")
    first = post(place, "kaluga", "1")
    answers.given.extend([page(first), page(again(first, "Добрый вечер!"))])
    listening = await place.starts()
    for _ in range(3):
        await place.asks(listening, "kaluga")
    assert [number for number, _ in place.taken] == ["1", "1"]


async def test_two_posts_of_one_id_do_not_take_turns(place: Place) -> None:
    answers = place.lists("kaluga")
    first = post(place, "kaluga", "1")
    answers.given.append(page(first, again(first, "Добрый вечер!")))
    listening = await place.starts()
    for _ in range(3):
        await place.asks(listening, "kaluga")
    assert len(place.taken) == 1


async def test_after_a_restart_what_is_kept_is_not_taken_in_again(place: Place) -> None:
    answers = place.lists("kaluga")
    answers.given.append(page(post(place, "kaluga", "1"), last=1))
    await place.asks(await place.starts(), "kaluga")
    await place.asks(await place.starts(), "kaluga")
    assert (len(place.taken), answers.states) == (1, [{}, {"last": 1}])


@pytest.mark.parametrize(
    ("every", "hours", "taken"),
    [
        (60, 0.9, ("1", False)),
        (60, 1.1, ("1", True)),
        (7200, 2.2, ("1", False)),
        (7200, 4.1, ("1", True)),
    ],
)
async def test_who_was_not_heard_for_long_is_caught_up_with(
    place: Place, every: int, hours: float, taken: tuple[str, bool]
) -> None:
    answers = place.lists("kaluga", page(), every=every)
    listening = await place.starts()
    await place.asks(listening, "kaluga")
    place.clock.passed += hours * 3600
    answers.given[0] = page(post(place, "kaluga", "1"))
    await place.asks(listening, "kaluga")
    assert place.taken == [taken]


@pytest.mark.allowed_logs
async def test_the_state_is_kept_only_once_all_reports_are(place: Place) -> None:
    answers = place.lists("kaluga")
    answers.given.append(page(*(post(place, "kaluga", str(n)) for n in range(3)), last=2))
    listening = await place.starts()
    place.refuses["1"] = DatabaseBusy("Somebody holds it.")
    assert await place.asks(listening, "kaluga") < 10
    place.refuses.clear()
    await place.asks(listening, "kaluga")
    assert [number for number, _ in place.taken] == ["0", "1", "2"]
    assert answers.states == [{}, {}]


@pytest.mark.allowed_logs
@pytest.mark.parametrize("error", [NotText("It holds a NUL."), ZeroDivisionError()])
async def test_a_report_that_the_desk_refuses_bars_no_other(place: Place, error: Exception) -> None:
    answers = place.lists("kaluga")
    answers.given.append(page(*(post(place, "kaluga", str(n)) for n in range(3))))
    listening = await place.starts()
    place.refuses["1"] = error
    await place.asks(listening, "kaluga")
    place.refuses.clear()
    await place.asks(listening, "kaluga")
    assert [number for number, _ in place.taken] == ["0", "2"]


@pytest.mark.allowed_logs
async def test_ids_that_no_database_keeps_bar_nothing(place: Place) -> None:
    odd = ["\0", "\ud800"]
    answers = place.lists("kaluga")
    answers.given.append(page(*(post(place, "kaluga", n) for n in [*odd, "2"]), last=odd))
    listening = await place.starts()
    for _ in range(2):
        await place.asks(listening, "kaluga")
    assert [number for number, _ in place.taken] == ["2"]
    assert (await place.health("kaluga")).trouble is None


@pytest.mark.allowed_logs
async def test_metrics_tell_how_each_source_is(place: Place) -> None:
    answers, kaluga = place.lists("kaluga"), {"source": "kaluga"}
    answers.given.extend([page(post(place, "kaluga", "1")), SLOW])
    listening = await place.starts()
    for _ in range(2):
        await place.asks(listening, "kaluga")
    await listening.watched()
    told = listening.asking.metrics.registry.get_sample_value
    start = place.clock.now().timestamp()
    assert told("relay_source_last_answer_timestamp_seconds", kaluga) == start
    assert told("relay_source_last_report_timestamp_seconds", kaluga) == start - 60
    assert told("relay_source_failures_total", kaluga) == 1
    assert told("relay_source_trouble", kaluga | {"trouble": "too_slow"}) == 1
    assert told("relay_source_poll_seconds_count", {"kind": "fake"}) == 2


@pytest.mark.allowed_logs
async def test_a_source_that_is_not_heard_is_asked_less_and_less(place: Place) -> None:
    place.lists("kaluga", SLOW, every=60)
    listening = await place.starts()
    waits = [await place.asks(listening, "kaluga") for _ in range(9)]
    assert [round(wait / 60) for wait in waits[:3]] == [1, 2, 4]
    assert 1600 < waits[-1] < 2000
    known = await place.health("kaluga")
    assert (known.trouble, known.failures, known.why) == ("too_slow", 9, "It took too long.")


@pytest.mark.allowed_logs
async def test_a_server_that_names_a_time_is_left_alone_for_so_long(place: Place) -> None:
    place.lists("kaluga", Unheard(Why.TOO_MANY, "Asked too often.", 7_200))
    listening = await place.starts()
    assert await place.asks(listening, "kaluga") == 7_200
    assert listening.heeded["kaluga"].left(place.clock.now() + timedelta(hours=2),
                                           place.clock.now()) == 7_200  # fmt: skip


@pytest.mark.allowed_logs
async def test_a_defect_in_one_kind_is_that_sources_trouble_alone(place: Place) -> None:
    place.lists("kaluga", ZeroDivisionError("ours"))
    place.lists("moscow", page())
    listening = await place.starts()
    async with listening.at_work():
        await place.passes(listening, 61)
    assert (await place.health("kaluga")).trouble == "malformed"
    assert (await place.health("moscow")).trouble is None


@pytest.mark.allowed_logs
async def test_an_answer_ends_trouble(place: Place) -> None:
    place.lists("kaluga", SLOW, page())
    listening = await place.starts()
    for _ in range(2):
        await place.asks(listening, "kaluga")
    known = await place.health("kaluga")
    assert (known.trouble, known.failures, known.why) == (None, 0, None)


async def test_a_poll_that_takes_for_ever_ends(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.intake.listening.asking.LONGEST", 0.01)
    place.lists("kaluga", page()).held = asyncio.Event()
    await place.asks(await place.starts(), "kaluga")
    assert (await place.health("kaluga")).trouble == "too_slow"
    assert "a source is not heard" in caplog.text
    caplog.clear()


async def test_answers_that_change_nothing_are_written_down_together(place: Place) -> None:
    place.lists("kaluga", page(last=1))
    listening = await place.starts()
    await place.asks(listening, "kaluga")
    place.clock.passed += 60
    await place.asks(listening, "kaluga")
    assert (await place.health("kaluga")).asked_at == place.clock.now() - timedelta(minutes=1)
    await listening.asking.write_down()
    known = await place.health("kaluga")
    assert known.asked_at == known.answered_at == place.clock.now()
    assert known.next_at
    assert known.next_at > place.clock.now()


@pytest.mark.allowed_logs
async def test_a_move_is_shown_until_the_list_says_so_too(place: Place) -> None:
    place.lists("kaluga", Found((), {}, moved_to="https://new.example"), page())
    listening = await place.starts()
    await place.asks(listening, "kaluga")
    known = await place.health("kaluga")
    assert (known.trouble, "https://new.example" in (known.why or "")) == (None, True)
    await place.asks(listening, "kaluga")
    assert (await place.health("kaluga")).why is None


async def test_a_vanished_post_is_told_to_admins_once_and_ends_nothing(place: Place) -> None:
    answers = place.lists("kaluga")
    first = post(place, "kaluga", "1", "Над Калужской областью сбито 40 беспилотников.")
    answers.given.extend([page(first), Found((), {}, gone=("1", "never seen"))])
    listening = await place.starts()
    for _ in range(3):
        await place.asks(listening, "kaluga")
    assert (await place.told())[1:] == [("Mayor of kaluga", "vanished")]


async def test_only_one_poll_at_a_time_goes_to_a_host(place: Place) -> None:
    answers = place.lists("kaluga", page(), address="one.example")
    place.lists("moscow", page(), address="one.example")
    answers.held = held = asyncio.Event()
    listening = await place.starts()
    async with listening.at_work():
        await place.passes(listening, 61)
        assert (await place.health("moscow")).asked_at is None
        held.set()
        await place.passes(listening, 0)
        assert (await place.health("moscow")).asked_at


async def test_sources_do_not_begin_all_at_once(place: Place) -> None:
    for number in range(40):
        place.lists(f"s{number}", page())
    listening = await place.starts()
    async with listening.at_work():
        await place.passes(listening, 0.5)
        begun = [(await place.health(f"s{n}")).asked_at for n in range(40)]
        assert 1 <= sum(at is not None for at in begun) < 10
        await place.passes(listening, 8)
        assert (await place.health("s39")).asked_at


async def test_a_restart_does_not_ask_before_the_time(place: Place) -> None:
    answers = place.lists("kaluga", page(), every=600)
    await place.asks(await place.starts(), "kaluga")
    listening = await place.starts()
    async with listening.at_work():
        await place.passes(listening, 400)
        assert len(answers.states) == 1
        await place.passes(listening, 300)
        assert len(answers.states) == 2


async def test_a_wall_clock_that_is_set_stalls_nothing(place: Place) -> None:
    answers = place.lists("kaluga", page(), every=60)
    await place.asks(await place.starts(), "kaluga")
    place.clock.wall = timedelta(days=-400)
    listening = await place.starts()
    async with listening.at_work():
        await place.passes(listening, 70)
        place.clock.wall = timedelta(days=400)
        await place.passes(listening, 70)
    assert len(answers.states) == 3


async def test_a_stop_waits_for_no_page(place: Place) -> None:
    place.lists("kaluga", page()).held = asyncio.Event()
    listening = await place.starts()
    async with asyncio.timeout(2), listening.at_work():
        await place.passes(listening, 61)
    assert (await place.health("kaluga")).asked_at is None


@pytest.mark.allowed_logs
async def test_when_our_own_line_is_back_all_are_asked_soon(place: Place) -> None:
    cut = Unheard(Why.UNREACHABLE, "No connection.")
    for number in range(6):
        place.lists(f"s{number}", cut, every=60)
    listening = await place.starts()
    for source_id in listening.heeded:
        for _ in range(8):
            await place.asks(listening, source_id)
    async with listening.at_work():
        for answers in ANSWERS.values():
            answers.given[0] = page()
        await place.passes(listening, 61)
        await place.passes(listening, 5)
    assert [(await place.health(one)).trouble for one in listening.heeded] == [None] * 6
