"""A channel's pages over the wire, with what goes wrong there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.entries import understood
from bot.intake.polled import Unheard, Why
from bot.intake.telegram import TelegramEntry
from tests.bot.intake.asking import fetcher
from tests.bot.intake.faults import busy, cut, flood, leads, packed, page, status
from tests.bot.intake.site import Site, site
from tests.telegram_pages import Channel

if TYPE_CHECKING:
    from bot.intake.polled import Found, State
    from tests.bot.intake.faults import Answer

GOVERNOR = Channel()
PATH = "/s/sample_governor"


async def _poll(one: Site, state: State) -> Found:
    given = {"id": "kaluga", "kind": "telegram", "name": "Sample", "address": one.url(PATH)}
    entry = understood(given, TelegramEntry)
    async with fetcher([entry.host]) as web:
        return await entry.polls().poll(web, state)


async def test_a_channel_is_read_and_unchanged_the_next_time() -> None:
    async with site() as one:
        one.pages[PATH] = packed(_page(3, 4, before=3))
        one.pages[f"{PATH}?before=3"] = page(_page(1, 2))
        found = await _poll(one, {})
        assert [report.text for report in found.reports] == [f"Sample {n}" for n in (1, 2, 3, 4)]
        assert (await _poll(one, found.state)).reports == ()
        assert [asked.target for asked in one.asked] == [PATH, f"{PATH}?before=3", PATH]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (leads("/sample_governor"), Why.NO_PREVIEW),
        (leads("/elsewhere"), Why.REDIRECTED),
        (busy(retry_after=60), Why.TOO_MANY),
        (status(404), Why.REFUSED),
        (status(502), Why.SERVER),
        (flood(), Why.TOO_LARGE),
        (cut(GOVERNOR.page(GOVERNOR.says(1, "Sample")), after=3000), Why.UNREACHABLE),
    ],
)
async def test_what_goes_wrong_is_told_apart(answer: Answer, why: Why) -> None:
    async with site() as one:
        one.pages[PATH] = answer
        with pytest.raises(Unheard) as caught:
            await _poll(one, {})
        assert caught.value.why is why
        assert len(one.asked) == 1


def _page(*numbers: int, before: int | None = None) -> bytes:
    date = datetime.now(UTC).isoformat()
    blocks = (GOVERNOR.says(number, f"Sample {number}", date=date) for number in numbers)
    return GOVERNOR.page(*blocks, before=before)
