"""Posts that vanish, and pages that lead nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.intake.polled import Unheard, Why
from tests.bot.intake.channel_site import ChannelSite, Reader
from tests.telegram_pages import document


@pytest.fixture
def site() -> ChannelSite:
    site = ChannelSite()
    for number in range(1, 13):
        site.post(number)
    return site


@pytest.fixture
async def reader(site: ChannelSite) -> Reader:
    """One that has read all twelve."""
    reader = Reader(site)
    assert len(await reader.numbers()) == 12
    site.asked.clear()
    return reader


async def _gone(reader: Reader, *, polls: int) -> list[tuple[str, ...]]:
    return [(await reader.poll()).gone for _ in range(polls)]


async def test_a_post_that_is_missing_twice_is_gone_once(reader: Reader) -> None:
    del reader.site.texts[10]
    assert await _gone(reader, polls=4) == [(), ("10",), (), ()]


async def test_a_post_that_was_missing_for_a_moment_is_not_gone(reader: Reader) -> None:
    text = reader.site.texts.pop(10)
    await reader.poll()
    reader.site.texts[10] = text
    await reader.poll()
    del reader.site.texts[10]
    assert await _gone(reader, polls=1) == [()]


async def test_a_post_that_comes_back_is_a_post_again(reader: Reader) -> None:
    text = reader.site.texts.pop(10)
    await _gone(reader, polls=2)
    reader.site.texts[10] = text
    assert 10 in await reader.numbers()
    del reader.site.texts[10]
    assert await _gone(reader, polls=2) == [(), ("10",)]


async def test_that_the_newest_post_is_gone_shows_with_the_next(reader: Reader) -> None:
    del reader.site.texts[12]
    assert await _gone(reader, polls=3) == [(), (), ()]
    reader.site.post(13)
    assert await _gone(reader, polls=2) == [(), ("12",)]


async def test_what_has_left_the_newest_page_is_not_gone(reader: Reader) -> None:
    for number in range(13, 30):
        reader.site.post(number)
        assert await _gone(reader, polls=1) == [()]


async def test_an_older_post_is_gone_after_two_readings_of_the_day(reader: Reader) -> None:
    del reader.site.texts[3]
    ten = timedelta(minutes=10)
    assert [(await reader.poll(after=ten)).gone for _ in range(3)] == [(), ("3",), ()]


async def test_the_pictures_of_an_album_are_not_gone(site: ChannelSite) -> None:
    reader = Reader(site)
    await reader.poll()
    site.albums.add(8)
    del site.texts[9], site.texts[10]
    assert await _gone(reader, polls=3) == [(), (), ()]


async def test_a_post_that_cannot_be_read_is_not_gone(reader: Reader) -> None:
    site = reader.site
    blocks = [site.channel.says(number, f"Sample {number}") for number in (8, 9, 11, 12)]
    torn = site.channel.says(10, "Sample 10", date="soon")
    site.answers[None] = site.channel.page(*blocks, torn)
    found = await reader.poll()
    assert found.notes == ("Post 10 has no date with a time zone.",)
    assert await _gone(reader, polls=2) == [(), ()]


async def test_a_page_that_fails_on_the_way_back_costs_no_new_post(reader: Reader) -> None:
    for number in range(13, 25):
        reader.site.post(number)
    reader.site.answers[20] = Unheard(Why.SERVER, "t.me answers 502.")
    found = await reader.poll()
    assert [report.id for report in found.reports] == ["20", "21", "22", "23", "24"]
    assert found.notes == ("The posts before 20 were not read: t.me answers 502.",)
    del reader.site.answers[20]
    assert set(range(13, 25)) <= set(await reader.numbers())


async def test_a_first_contact_that_was_broken_off_is_made_again(site: ChannelSite) -> None:
    reader = Reader(site)
    site.answers[8] = Unheard(Why.SERVER, "t.me answers 502.")
    assert await reader.numbers() == [8, 9, 10, 11, 12]
    del site.answers[8]
    assert await reader.numbers() == list(range(1, 13))


async def test_what_was_read_before_the_time_was_up_is_told(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.telegram.walk.PATIENCE", -1.0)
    for number in range(13, 25):
        reader.site.post(number)
    found = await reader.poll()
    assert [report.id for report in found.reports] == ["20", "21", "22", "23", "24"]
    assert found.notes == ("The posts before 20 were not read: there was no time left.",)
    monkeypatch.undo()
    assert set(range(13, 25)) <= set(await reader.numbers())


async def test_posts_are_found_also_where_no_link_leads_to_them(reader: Reader) -> None:
    for number in range(13, 22):
        reader.site.post(number)
    reader.site.answers[None] = (
        reader.site.page().replace(b"before=", b"earlier=").replace(b"data-before", b"data-earlier")
    )
    assert set(range(13, 22)) <= set(await reader.numbers())


async def test_posts_that_are_not_shown_are_noted(reader: Reader) -> None:
    for number in range(13, 22):
        reader.site.post(number)
    reader.site.answers[17] = reader.site.channel.page()
    assert (await reader.poll()).notes == ("The posts between 12 and 17 are not shown.",)


@pytest.mark.parametrize("cursor", [10, 12, 13, 9999])
async def test_a_cursor_that_leads_nowhere_is_no_circle(site: ChannelSite, cursor: int) -> None:
    """Each page says the same, whatever is asked for."""
    reader = Reader(site)
    block = site.channel.says(12, "Sample")
    for before in (None, *range(1, 14), 9999):
        site.answers[before] = site.channel.page(block, before=cursor)
    found = await reader.poll()
    assert [report.id for report in found.reports] == ["12"]
    assert len(site.asked) <= 3


async def test_pages_out_of_order_end_the_way_back(site: ChannelSite) -> None:
    site.answers[8] = site.page(None)
    found = await Reader(site).poll()
    assert [report.id for report in found.reports] == ["8", "9", "10", "11", "12"]
    assert found.notes == ("The page of posts before 8 shows later ones.",)


async def test_an_empty_page_ends_the_way_back(site: ChannelSite) -> None:
    site.answers[8] = site.channel.page()
    assert await Reader(site).numbers() == [8, 9, 10, 11, 12]
    assert site.asked == [None, 8]


async def test_a_page_of_telegrams_own_remarks_is_heard(site: ChannelSite) -> None:
    site.answers[None] = site.channel.page(document("pinned_post"))
    assert await Reader(site).numbers() == []
