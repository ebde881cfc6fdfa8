import json
import logging

import pytest

from bot.intake.push.pushed import LARGEST
from handlers.desk import Receipt
from reports.model import Outcome
from storage.errors import DatabaseBusy
from tests.bot.intake.pushing import ENTRY, NEXT, OURS, REPORT, Desk


async def test_a_pushed_report_is_answered_with_what_became_of_it(desk: Desk) -> None:
    answer = await desk.send()
    assert answer == (202, {"id": "17", "outcome": "incidents", "incidents": [118]})


async def test_an_unclear_report_is_answered_with_the_reason(desk: Desk) -> None:
    desk.receipt = Receipt("17", Outcome.UNCLEAR, reason="no place is named")
    _, told = await desk.send()
    assert (told["outcome"], told["reason"]) == ("unclear", "no place is named")


async def test_10_a_report_is_that_tokens_source_whatever_it_claims(desk: Desk) -> None:
    await desk.send({**REPORT, "source": {"name": "Mayor of Moscow", "id": "moscow-mayor"}})
    assert desk.taken[0].source == ENTRY.source
    assert desk.taken[0].lang == "ru"


async def test_while_a_token_is_changed_both_are_good(desk: Desk) -> None:
    for token in (OURS, NEXT):
        assert (await desk.send(token=token))[0] == 202
    assert {one.source for one in desk.taken} == {ENTRY.source}


@pytest.mark.parametrize("token", [None, "", "wrong", OURS[:-1], f"{OURS} x"])
async def test_10_who_has_no_listed_token_is_not_heard(token: str | None, desk: Desk) -> None:
    status, told = await desk.send(token=token)
    assert status == 401
    assert "Authorization: Bearer TOKEN" in str(told["detail"])
    assert desk.taken == []


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "nested too deep"),
        (7, "A report is a JSON object"),
        ("{}", "A report is a JSON object"),
        ([], "The list is empty"),
        ({**REPORT, "text": None}, '"text" is missing'),
        ({**REPORT, "published": "2026-03-05T06:48:00"}, "needs an offset from UTC"),
        ({**REPORT, "id": ""}, '"id" is missing'),
    ],
)
async def test_what_is_no_report_is_refused_with_what_to_mend(
    body: object, detail: str, desk: Desk
) -> None:
    status, told = await desk.send(body)
    assert status == 400
    assert detail in str(told["detail"])


async def test_a_report_that_is_too_large_is_refused(desk: Desk) -> None:
    status, told = await desk.send({**REPORT, "text": "x" * LARGEST})
    assert (status, told["title"]) == (413, "Request Entity Too Large")
    assert desk.taken == []


async def test_the_largest_report_is_taken(desk: Desk) -> None:
    room = LARGEST - len(json.dumps({**REPORT, "text": ""}))
    status, _ = await desk.send({**REPORT, "text": "x" * room})
    assert status == 202


@pytest.mark.allowed_logs
async def test_a_report_that_cannot_be_stored_is_asked_for_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.trouble = DatabaseBusy("The database is busy.")
    with caplog.at_level(logging.ERROR):
        status, told = await desk.send()
    assert status == 503
    assert "Send it again" in str(told["detail"])
