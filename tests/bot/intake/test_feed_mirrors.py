"""Two mirrors of a feed that are not equal, and a publisher who changes its mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.intake.faults import in_turn, page, versioned
from tests.bot.intake.site import site
from tests.bot.intake.test_feed import PATH, Reader
from tests.feed_documents import RSS_TYPE, numbered, rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OLD, NEW = "Сбито 4 беспилотника.", "Сбито 5 беспилотников."
LATER = "Thu, 05 Mar 2026 06:58:00 +0300"


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with site() as one:
        yield Reader(one)


async def says(reader: Reader, said: str, **fields: str) -> bool:
    """Whether these words are taken in, where the feed shows them a minute later."""
    reports = await reader.sees(numbered(1, said, **fields))
    return any(said in one.text for one in reports)


async def test_mirrors_that_take_turns_make_one_edit(reader: Reader) -> None:
    shown = [OLD, NEW] * 20
    assert [await says(reader, one) for one in shown[:2]] == [True, True]
    # What stands already is given again: the desk knows it. What stood before is not.
    assert [await says(reader, one) for one in shown[2:]] == [False, True] * 19


async def test_an_earlier_wording_that_stays_is_believed(reader: Reader) -> None:
    for said in (OLD, NEW):
        await says(reader, said)
    assert [await says(reader, OLD) for _ in range(6)] == [False] * 5 + [True]
    assert await says(reader, OLD) is False  # the same page is not read again


async def test_it_is_believed_also_where_the_server_says_that_nothing_changed(
    reader: Reader,
) -> None:
    for said in (OLD, NEW):
        await says(reader, said)
    same = versioned(rss(numbered(1, OLD)), RSS_TYPE)
    reader.at.pages[PATH] = same
    told = [[one.text for one in (await reader.later()).reports] for _ in range(6)]
    assert [len(one) for one in told] == [0] * 5 + [1]


async def test_one_with_a_newer_time_is_believed_at_once(reader: Reader) -> None:
    for said in (OLD, NEW):
        await says(reader, said)
    assert await says(reader, OLD, pubDate=LATER)


async def test_danger_that_is_back_after_long_is_believed_at_once(reader: Reader) -> None:
    for said in (OLD, NEW):
        await says(reader, said, pubDate="")
    for _ in range(40):
        await says(reader, NEW, pubDate="")
    assert await says(reader, OLD, pubDate="")


async def test_a_third_wording_is_news(reader: Reader) -> None:
    third = "Сбито 6 беспилотников."
    assert [await says(reader, one) for one in (OLD, NEW, OLD, third)] == [True, True, False, True]


async def test_mirrors_of_which_one_lacks_an_entry_make_nothing_new(reader: Reader) -> None:
    both, one = (numbered(1), numbered(2)), (numbered(1),)
    answers = [page(rss(*items), RSS_TYPE) for items in (both, one, both, one)]
    reader.at.pages[PATH] = in_turn(*answers)
    found = [await reader.later() for _ in answers]
    assert {(report.id, report.text) for each in found for report in each.reports} == {
        (report.id, report.text) for report in found[0].reports
    }
