"""Several reports in one call."""

import asyncio
import json

import pytest

from bot.intake.push.pushed import LARGEST, LARGEST_LIST, MOST
from storage.errors import DatabaseBusy
from tests.bot.intake.pushing import ENTRY, OURS, REPORT, THEIRS, Desk


def _list(*ids: str) -> list[dict[str, str]]:
    return [{**REPORT, "id": one} for one in ids]


async def test_each_report_of_a_list_is_answered_in_its_place(desk: Desk) -> None:
    status, told = await desk.send(_list("1", "2", "3"))
    assert status == 202
    assert [one["id"] for one in told["reports"]] == ["1", "2", "3"]
    assert told["reports"][0] == {"id": "1", "outcome": "incidents", "incidents": [118]}


async def test_they_are_taken_in_one_after_another_as_that_sources_own(desk: Desk) -> None:
    sent = [{**one, "source": {"name": "Mayor", "id": "moscow-mayor"}} for one in _list("2", "1")]
    await desk.send(sent)
    assert desk.ids == ["2", "1"]
    assert {one.source for one in desk.taken} == {ENTRY.source}


async def test_a_list_of_one_is_answered_as_a_list(desk: Desk) -> None:
    _, told = await desk.send(_list("1"))
    assert len(told["reports"]) == 1


async def test_what_is_no_report_is_named_and_the_others_are_taken_in(desk: Desk) -> None:
    status, told = await desk.send([{**REPORT, "text": None}, *_list("2"), 7, {"id": "\ud800"}])
    assert (status, desk.ids) == (202, ["2"])
    first, _, third, fourth = told["reports"]
    assert first == {"id": "17", "problem": '"text" is missing: give the statement word for word.'}
    assert third == {"problem": "A report is a JSON object in braces."}
    assert fourth["problem"].startswith('"published" is missing')


async def test_a_list_without_any_report_is_refused_with_what_to_mend(desk: Desk) -> None:
    status, told = await desk.send([{"id": "\ud800"}, None])
    assert (status, desk.taken) == (400, [])
    assert [one["problem"][:20] for one in told["reports"]] == [
        '"published" is missi',
        "A report is a JSON o",
    ]


async def test_100_reports_are_taken_and_101_are_not(desk: Desk) -> None:
    ids = [str(number) for number in range(MOST + 1)]
    assert (await desk.send(_list(*ids)))[0] == 413
    assert (await desk.send(_list(*ids[:MOST])))[0] == 202
    assert desk.ids == ids[:MOST]


async def test_a_list_is_no_larger_than_1_mib_and_none_of_its_reports_than_256_kib(
    desk: Desk,
) -> None:
    status, told = await desk.send([{**REPORT, "text": "x" * LARGEST}, *_list("2")])
    assert (status, desk.ids) == (202, ["2"])
    assert "larger than 256 KiB" in told["reports"][0]["problem"]
    assert (await desk.send(b" " * LARGEST_LIST + b"[]"))[0] == 413


async def test_brackets_within_a_list_may_not_be_nested_too_deep(desk: Desk) -> None:
    status, told = await desk.send(b"[" + b"[" * 50_000 + b"]" * 50_000 + b"]")
    assert status == 400
    assert "nested too deep" in told["detail"]


@pytest.mark.allowed_logs
async def test_trouble_in_the_middle_tells_what_was_kept_and_to_send_it_again(desk: Desk) -> None:
    desk.trouble, desk.good_for = DatabaseBusy("The database is busy."), 2
    status, told = await desk.send(_list("1", "2", "3"))
    assert (status, desk.headers["Retry-After"]) == (503, "5")
    assert [one["id"] for one in told["reports"]] == ["1", "2"]
    assert "Send it again" in told["detail"]


async def test_a_list_that_takes_too_long_is_broken_off_between_two_reports(desk: Desk) -> None:
    desk.each = 15
    status, told = await desk.send(_list("1", "2", "3"))
    assert status == 503
    assert [one["id"] for one in told["reports"]] == ["1", "2"] == desk.ids


async def test_what_a_source_sends_at_once_waits_for_what_it_sent_before(desk: Desk) -> None:
    desk.open.clear()
    first = asyncio.create_task(desk.send(_list("1", "2")))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(desk.send(_list("3")))
    await asyncio.sleep(0.02)
    desk.open.set()
    await asyncio.gather(first, second)
    assert desk.ids == ["1", "2", "3"]


async def test_no_other_source_waits_for_it(desk: Desk) -> None:
    desk.open.clear()
    waiting = [asyncio.create_task(desk.send(token=one)) for one in (OURS, OURS, THEIRS)]
    await asyncio.sleep(0.03)
    desk.open.set()
    assert [status for status, _ in await asyncio.gather(*waiting)] == [202] * 3
    assert [one.source.id for one in desk.taken[:2]] == ["kaluga-governor", "moscow-mayor"]


async def test_a_list_in_utf_16_is_read_as_one_report_is(desk: Desk) -> None:
    assert (await desk.send(json.dumps(_list("1")).encode("utf-16")))[0] == 202
