"""What is heard from a public Telegram channel, poll by poll."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.intake.polled import Page, Unheard, Why
from tests.bot.intake.channel_site import BEGIN, SOURCE, ChannelSite, Reader
from tests.telegram_pages import Channel, document

HOUR = timedelta(hours=1)


@pytest.fixture
def site() -> ChannelSite:
    """A channel with twelve posts, an hour apart."""
    site = ChannelSite()
    for number in range(1, 13):
        site.post(number, at=BEGIN - (12 - number) * HOUR)
    return site


@pytest.fixture
def reader(site: ChannelSite) -> Reader:
    return Reader(site)


def _redirect(to: str) -> Page:
    return Page("https://t.me/s/sample_governor", 302, {"location": to}, b"")


async def test_a_post_becomes_a_report_of_the_source(site: ChannelSite, reader: Reader) -> None:
    site.post(13, "Sample. 40 drones were shot down.", at=BEGIN)
    report = (await reader.poll()).reports[-1]
    assert (report.id, report.url) == ("13", "https://t.me/sample_governor/13")
    assert (report.source, report.lang) == (SOURCE, "ru")
    assert (report.text, report.published) == ("Sample. 40 drones were shot down.", BEGIN)


async def test_who_said_it_first_is_kept(site: ChannelSite, reader: Reader) -> None:
    block = site.channel.block(13, document("forwarded_from_a_channel"))
    site.answers[None] = site.channel.page(block)
    assert (await reader.poll()).reports[0].first_said == "Sample: a ministry (Press office)"


async def test_a_picture_without_words_is_no_report(site: ChannelSite, reader: Reader) -> None:
    picture = site.channel.block(14, document("photo_without_a_text"))
    site.answers[None] = site.channel.page(site.channel.says(13, "Sample"), picture)
    assert await reader.numbers() == [13]
    assert reader.state["last"] == 14


async def test_first_contact_reads_a_day_back(site: ChannelSite, reader: Reader) -> None:
    for number in range(1, 4):
        site.post(number, at=BEGIN - timedelta(days=2))
    assert await reader.numbers() == list(range(3, 13))
    assert site.asked == [None, 8]


async def test_first_contact_reads_five_pages_at_most(reader: Reader) -> None:
    for number in range(1, 100):
        reader.site.post(number)
    assert await reader.numbers() == list(range(75, 100))
    assert len(reader.site.asked) == 5


async def test_what_is_unchanged_is_not_told_again(site: ChannelSite, reader: Reader) -> None:
    await reader.poll()
    state = reader.state
    assert await reader.numbers() == []
    assert reader.state == state
    assert len(site.asked) == 4


async def test_a_new_post_costs_one_request(site: ChannelSite, reader: Reader) -> None:
    await reader.poll()
    site.asked.clear()
    site.post(13)
    assert await reader.numbers() == [9, 10, 11, 12, 13]
    assert site.asked == [None]


async def test_many_new_posts_are_read_back_to_the_last_known(reader: Reader) -> None:
    await reader.poll()
    reader.site.asked.clear()
    for number in range(13, 35):
        reader.site.post(number)
    assert (await reader.numbers())[-22:] == list(range(13, 35))
    assert reader.site.asked == [None, 30, 25, 20, 15]


async def test_what_is_too_much_to_read_is_said(site: ChannelSite, reader: Reader) -> None:
    await reader.poll()
    for number in range(13, 200):
        site.post(number)
    found = await reader.poll()
    assert len(found.reports) == 100
    assert found.notes == ("The posts between 12 and 100 were not read: too many.",)


async def test_an_edited_post_on_the_newest_page_is_told_at_once(
    site: ChannelSite, reader: Reader
) -> None:
    await reader.poll()
    site.post(11, "Sample. Two people after all.")
    reports = (await reader.poll()).reports
    assert {report.id: report.text for report in reports}["11"] == "Sample. Two people after all."


async def test_an_older_post_of_the_day_is_read_again_every_ten_minutes(reader: Reader) -> None:
    await reader.poll()
    reader.site.post(2, "Sample. Two people after all.", at=BEGIN)
    assert 2 not in await reader.numbers(after=timedelta(minutes=9))
    assert 2 in await reader.numbers(after=timedelta(minutes=1))
    assert await reader.numbers() == []


async def test_new_posts_do_not_wait_while_old_ones_are_read_again(reader: Reader) -> None:
    await reader.poll()
    reader.site.post(2, "Sample. Two people after all.", at=BEGIN)
    reader.site.post(13)
    reader.site.asked.clear()
    assert 13 in await reader.numbers(after=timedelta(minutes=11))
    assert reader.site.asked == [None]
    assert 2 in await reader.numbers()


async def test_where_news_follows_news_old_posts_are_read_again_all_the_same(
    reader: Reader,
) -> None:
    await reader.poll()
    reader.site.post(2, "Sample. Two people after all.", at=BEGIN)
    read = set()
    for number in range(13, 34):
        reader.site.post(number)
        read.update(await reader.numbers())
    assert 2 in read


async def test_what_first_contact_left_out_is_late_when_it_is_found(reader: Reader) -> None:
    for number in range(1, 41):
        reader.site.post(number, at=BEGIN)
    assert (await reader.poll()).late == frozenset()
    reader.site.post(41)
    await reader.poll()
    found = await reader.poll(after=timedelta(minutes=11))
    assert {report.id for report in found.reports} == {str(number) for number in range(1, 42)}
    assert found.late == {str(number) for number in range(1, 42)}


async def test_a_new_post_is_not_late(reader: Reader) -> None:
    await reader.poll()
    reader.site.post(13)
    found = await reader.poll()
    assert (found.reports[-1].id, "13" in found.late) == ("13", False)


async def test_the_state_is_json(site: ChannelSite, reader: Reader) -> None:
    await reader.poll()
    del site.texts[10]
    await reader.poll()
    assert json.loads(json.dumps(reader.state)) == reader.state
    assert reader.state["missed"] == [10]


async def test_a_state_of_another_kind_is_first_contact(reader: Reader) -> None:
    reader.state = {"etag": "x"}
    assert 12 in await reader.numbers()


async def test_a_channel_without_posts_is_heard(reader: Reader) -> None:
    reader.site.texts.clear()
    assert (await reader.poll()).reports == ()
    reader.site.post(1)
    assert await reader.numbers() == [1]


@pytest.mark.parametrize(
    ("to", "why", "told"),
    [
        ("https://t.me/sample_governor", Why.NO_PREVIEW, "its preview is off, it is a group, or"),
        ("/Sample_Governor", Why.NO_PREVIEW, "nobody has that name."),
        (
            "https://example.org/sample_governor?token=1",
            Why.REDIRECTED,
            "leads elsewhere: https://example.org/….",
        ),
        ("https://t.me/", Why.REDIRECTED, "leads elsewhere: https://t.me/."),
        ("http://[", Why.REDIRECTED, "an unreadable address."),
    ],
)
async def test_where_a_channel_leads_away_is_told(
    reader: Reader, to: str, why: Why, told: str
) -> None:
    reader.site.answers[None] = _redirect(to)
    with pytest.raises(Unheard, match=told.replace(".", r"\.")) as caught:
        await reader.poll()
    assert caught.value.why is why


@pytest.mark.parametrize(
    ("situation", "why"),
    [
        ("landing", Why.NO_PREVIEW),
        ("challenge", Why.BLOCKED),
        ("something_else", Why.LAYOUT),
        ("text", Why.MALFORMED),
    ],
)
async def test_a_page_that_is_no_channels_is_trouble(
    reader: Reader, situation: str, why: Why
) -> None:
    reader.site.answers[None] = document(situation).encode()
    with pytest.raises(Unheard, match=r"^https://t\.me/s/sample_governor: The page") as caught:
        await reader.poll()
    assert caught.value.why is why


async def test_another_channel_under_the_same_name_is_not_heard(
    site: ChannelSite, reader: Reader
) -> None:
    await reader.poll()
    site.channel = Channel(peer=-2002)
    site.post(13, "Sample. All clear.")
    with pytest.raises(Unheard, match="another channel has this name now") as caught:
        await reader.poll()
    assert caught.value.why is Why.LAYOUT


async def test_posts_counted_anew_under_another_title_are_anothers(reader: Reader) -> None:
    reader.site.channel = Channel(peer=None)
    await reader.poll()
    reader.site.texts.clear()
    reader.site.channel = Channel(peer=None, title="Sample: somebody")
    reader.site.post(3, "Sample. All clear.")
    with pytest.raises(Unheard, match="another channel has this name now"):
        await reader.poll()


async def test_a_channel_may_change_its_title(site: ChannelSite, reader: Reader) -> None:
    await reader.poll()
    site.channel = Channel(title="Sample: a new governor")
    site.post(13)
    assert 13 in await reader.numbers()
    assert reader.state["title"] == "Sample: a new governor"
