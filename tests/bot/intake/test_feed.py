"""Feeds over the wire, and which of their entries is which report."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.entries import understood
from bot.intake import KINDS
from bot.intake.feed.entry import FeedEntry, FeedPolls
from bot.intake.polled import Unheard, Why
from bot.trouble import Trouble
from tests.bot.intake.asking import fetcher
from tests.bot.intake.faults import busy, cut, flood, leads, packed, page, status, versioned
from tests.bot.intake.site import Site, site
from tests.feed_documents import RSS_TYPE, SAID, item, numbered, rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.intake.polled import Found, State
    from reports.model import Report
    from tests.bot.intake.faults import Answer

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
PATH = "/feed.xml"


def entry(address: str = "https://example.org/feed.xml", **more: object) -> FeedEntry:
    given = {"id": "ministry", "kind": "feed", "name": "Sample", "address": address, **more}
    return understood(given, FeedEntry)


class Reader:
    """The relay's side: asks again and again, and keeps what is to be kept, as JSON."""

    def __init__(self, at: Site) -> None:
        self.at, self.now = at, NOW
        self.state: State = {}

    async def poll(self) -> Found:
        one = entry(self.at.url(PATH), language="ru")
        async with fetcher([one.host]) as web:
            found = await FeedPolls(one.address, one.source, lambda: self.now).poll(web, self.state)
        self.state = json.loads(json.dumps(found.state))
        return found

    async def later(self) -> Found:
        """The poll of a minute later."""
        self.now += timedelta(minutes=1)
        return await self.poll()

    async def sees(self, *items: str) -> tuple[Report, ...]:
        """What it takes in where these stand in the feed."""
        self.at.pages[PATH] = page(rss(*items), RSS_TYPE)
        self.now += timedelta(minutes=1)
        return (await self.poll()).reports


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    async with site() as one:
        yield Reader(one)


def ids(reports: tuple[Report, ...]) -> list[str]:
    return [one.id for one in reports]


async def test_a_feeds_secret_is_in_no_link(reader: Reader) -> None:
    reader.at.pages[PATH] = page(rss(numbered(1, link="#now")), RSS_TYPE)
    one = entry(reader.at.url(f"{PATH}?token=swordfish"))
    async with fetcher([one.host]) as web:
        found = await FeedPolls(one.address, one.source, lambda: NOW).poll(web, {})
    assert [report.url for report in found.reports] == [reader.at.url(f"{PATH}#now")]


async def test_entries_become_reports_of_the_source_oldest_first(reader: Reader) -> None:
    reports = await reader.sees(numbered(2), numbered(1, pubDate="2026-03-05T06:00:00+03:00"))
    assert ids(reports) == ["sample-1", "sample-2"]
    assert reports[1].text == f"Sample 2\n{SAID}"
    assert (reports[1].source.id, reports[1].lang) == ("ministry", "ru")
    assert reports[1].url == "https://example.org/2"


async def test_who_has_the_newest_is_told_so_and_reads_nothing_again(reader: Reader) -> None:
    reader.at.pages[PATH] = versioned(rss(numbered(1)), RSS_TYPE, NOW)
    assert len((await reader.poll()).reports) == 1
    before = reader.state
    assert (await reader.poll()).reports == ()
    assert reader.state == before
    assert "if-none-match" in reader.at.asked[1].headers
    assert "if-modified-since" in reader.at.asked[1].headers


async def test_the_same_body_from_a_server_without_conditions_is_not_read(reader: Reader) -> None:
    assert len(await reader.sees(numbered(1))) == 1
    assert await reader.sees(numbered(1)) == ()


async def test_conditions_of_another_address_are_not_asked_with(reader: Reader) -> None:
    reader.at.pages[PATH] = versioned(rss(numbered(1)), RSS_TYPE)
    reader.state = {"of": "other", "etag": '"x"', "known": []}
    await reader.poll()
    assert "if-none-match" not in reader.at.asked[0].headers


async def test_an_edit_is_the_same_report_with_other_words(reader: Reader) -> None:
    (first,) = await reader.sees(numbered(1))
    (second,) = await reader.sees(numbered(1, "Сбито 5 беспилотников."))
    assert (second.id, second.published) == (first.id, first.published)
    assert second.text != first.text


async def test_guids_that_change_at_each_fetch_name_the_same_reports(reader: Reader) -> None:
    first = await reader.sees(numbered(1, guid="a1"), numbered(2, guid="a2"))
    second = await reader.sees(numbered(1, guid="b1"), numbered(2, guid="b2"))
    third = await reader.sees(*(numbered(n, guid=f"c{n}", pubDate="") for n in (1, 2)))
    assert sorted(ids(first)) == sorted(ids(second)) == sorted(ids(third)) == ["a1", "a2"]


async def test_the_same_warning_given_again_later_is_another_report(reader: Reader) -> None:
    words = {"title": "Опасность", "link": "https://example.org/status"}
    (first,) = await reader.sees(item(guid="1", pubDate="2026-03-05T06:00:00+03:00", **words))
    (second,) = await reader.sees(item(guid="2", pubDate="2026-03-05T07:00:00+03:00", **words))
    assert first.id != second.id


async def test_a_warning_without_name_and_date_is_new_when_it_comes_back(reader: Reader) -> None:
    danger, calm = item(title="Опасность"), item(title="Отбой")
    (first,) = await reader.sees(danger)
    await reader.sees(calm)
    (again,) = await reader.sees(danger)
    still = await reader.sees(danger, item(title="Сбор"))
    assert first.id != again.id
    assert again.id in ids(still)


async def test_one_guid_for_several_texts_tells_none_of_them_apart(reader: Reader) -> None:
    given = [numbered(n, f"Сбито {n}.", guid="https://example.org/") for n in (1, 2)]
    first = await reader.sees(*given)
    assert len(set(ids(first))) == 2
    second = await reader.sees(*given, numbered(3, guid="https://example.org/"))
    assert set(ids(first)) < set(ids(second))


async def test_without_a_guid_the_page_names_it_and_without_that_its_words(reader: Reader) -> None:
    given = [item(title="a", link="https://example.org/a"), item(title="b"), item(title="c")]
    first = await reader.sees(*given)
    assert "https://example.org/a" in ids(first)
    assert set(ids(await reader.sees(*given, item(title="d")))) > set(ids(first))


async def test_a_long_guid_becomes_a_short_id(reader: Reader) -> None:
    (report,) = await reader.sees(numbered(1, guid="x" * 500))
    assert len(report.id) <= 200


async def test_what_has_no_date_was_published_when_it_was_first_seen(reader: Reader) -> None:
    await reader.sees(numbered(1))
    seen = (await reader.sees(numbered(1), numbered(2, pubDate="")))[-1]
    assert seen.published == reader.now
    later = await reader.sees(numbered(3), numbered(2, "Другое.", pubDate=""))
    assert next(one for one in later if one.id == "sample-2").published == seen.published


async def test_what_has_no_date_at_first_contact_is_no_news(reader: Reader) -> None:
    (report,) = await reader.sees(numbered(1, pubDate=""))
    assert reader.now - report.published >= timedelta(days=2)
    assert reader.state["notes"] == ["1 entries have no date that can be used."]


async def test_a_time_still_to_come_is_the_time_of_first_sight(reader: Reader) -> None:
    await reader.sees(numbered(2))
    (report,) = await reader.sees(numbered(1, pubDate="2026-03-05T12:00:00+03:00"))
    assert report.published == reader.now
    assert "still to come" in reader.state["notes"][0]


async def test_a_time_still_to_come_is_no_news_at_first_contact(reader: Reader) -> None:
    (zone_not_named,) = await reader.sees(numbered(1, pubDate="2026-03-05T06:30:00"))
    assert reader.now - zone_not_named.published >= timedelta(days=2)
    (later,) = await reader.sees(numbered(2, pubDate="2026-03-05T06:40:00"))
    assert later.published == reader.now


async def test_undated_posts_of_a_new_address_are_no_news(reader: Reader) -> None:
    await reader.sees(numbered(1))
    reader.state = {**reader.state, "of": "another address"}
    (report,) = await reader.sees(numbered(2, pubDate=""))
    assert reader.now - report.published >= timedelta(days=2)


@pytest.mark.parametrize(("minutes", "news"), [(1, True), (44, True), (61, False), (3000, False)])
async def test_what_has_no_date_is_news_where_the_feed_was_asked_shortly_before(
    reader: Reader, minutes: int, *, news: bool
) -> None:
    await reader.sees(numbered(1))
    reader.now += timedelta(minutes=minutes - 1)
    reports = await reader.sees(numbered(1), numbered(2, pubDate=""))
    [found] = [one for one in reports if one.id == "sample-2"]
    assert reader.now - found.published == timedelta(days=0 if news else 2)


@pytest.mark.parametrize("unchanged", [False, True])
async def test_a_feed_that_says_nothing_new_for_hours_is_heard_all_the_same(
    reader: Reader, *, unchanged: bool
) -> None:
    await reader.sees(numbered(1))
    if unchanged:
        reader.at.pages[PATH] = versioned(rss(numbered(1)), RSS_TYPE)
    for _ in range(10):
        reader.now += timedelta(minutes=20)
        await reader.poll()
    found = (await reader.sees(numbered(1), numbered(2, pubDate="")))[-1]
    assert (found.id, found.published) == ("sample-2", reader.now)


async def test_that_a_feed_is_heard_is_not_written_down_each_time(reader: Reader) -> None:
    await reader.sees(numbered(1))
    before = reader.state
    for _ in range(10):
        await reader.poll()
        reader.now += timedelta(minutes=1)
    assert reader.state == before


async def test_what_broke_off_on_the_way_is_asked_for_again(reader: Reader) -> None:
    whole = rss(numbered(1), numbered(2))
    reader.at.pages[PATH] = page(whole[: whole.rindex("<item>")], RSS_TYPE, ETag='"1"')
    assert ids((await reader.poll()).reports) == ["sample-1"]
    reader.at.pages[PATH] = versioned(whole, RSS_TYPE)
    assert "sample-2" in ids((await reader.poll()).reports)
    assert "if-none-match" not in reader.at.asked[1].headers


async def test_what_is_missing_where_a_feed_broke_off_has_not_left_it(reader: Reader) -> None:
    danger, whole = item(title="Опасность"), rss(numbered(1), item(title="Опасность"))
    (first, _) = await reader.sees(numbered(1), danger)
    reader.at.pages[PATH] = page(whole[: whole.rindex("<item>")], RSS_TYPE)
    await reader.poll()
    reader.at.pages[PATH] = page(whole, RSS_TYPE)
    assert first.id in ids((await reader.poll()).reports)


async def test_what_could_not_be_kept_has_the_same_id_when_it_is_read_again(reader: Reader) -> None:
    danger, calm = item(title="Опасность"), item(title="Отбой")
    for one in (danger, calm):
        await reader.sees(one)
    before = reader.state
    (first,) = await reader.sees(danger)
    reader.state = before
    (again,) = await reader.sees(danger)
    assert again.id == first.id


async def test_a_key_in_the_address_is_in_no_link(reader: Reader) -> None:
    reader.at.pages[PATH] = page(rss(numbered(1, link="#1")), RSS_TYPE)
    one = entry(f"{reader.at.url(PATH)}?key=secret")
    async with fetcher([one.host]) as web:
        found = await one.polls().poll(web, {})
    assert found.reports[0].url == f"{reader.at.url(PATH)}#1"


async def test_an_empty_feed_is_fine_and_forgets_nothing(reader: Reader) -> None:
    (first,) = await reader.sees(numbered(1, guid="", link="", pubDate=""))
    reader.at.pages[PATH] = page(rss(), RSS_TYPE)
    found = await reader.poll()
    assert (found.reports, found.notes) == ((), ("The feed is empty, and was not before.",))
    assert (await reader.sees(numbered(1, guid="", link="", pubDate="")))[0].id == first.id


async def test_a_moved_feed_says_where_it_lives_now(reader: Reader) -> None:
    reader.at.pages |= {PATH: leads("/new.xml", 301), "/new.xml": page(rss(numbered(1)), RSS_TYPE)}
    assert (await reader.poll()).moved_to == reader.at.url("/new.xml")


async def test_a_web_page_in_place_of_a_feed_is_refused_with_the_feed_it_names(
    reader: Reader,
) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/real.xml">'
    reader.at.pages[PATH] = page(f"<!doctype html><html><head>{head}</head></html>")
    with pytest.raises(Unheard, match=r"not a feed\. It names this feed: http.+/…") as e:
        await reader.poll()
    assert (e.value.why, e.value.address) == (Why.MALFORMED, reader.at.url("/real.xml"))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (status(410), Why.GONE),
        (status(404), Why.REFUSED),
        (status(503), Why.SERVER),
        (busy(retry_after=60), Why.TOO_MANY),
        (flood(), Why.TOO_LARGE),
        (cut(rss(numbered(1)), after=200), Why.UNREACHABLE),
        (page("nonsense"), Why.MALFORMED),
    ],
)
async def test_what_goes_wrong_is_told_apart_and_forgets_nothing(
    answer: Answer, why: Why, reader: Reader
) -> None:
    await reader.sees(numbered(1))
    before, reader.at.pages[PATH] = reader.state, answer
    with pytest.raises(Unheard) as caught:
        await reader.poll()
    assert (caught.value.why, reader.state) == (why, before)


async def test_a_packed_feed_in_another_encoding_is_read(reader: Reader) -> None:
    reader.at.pages[PATH] = packed(rss(numbered(1)).encode("windows-1251"), kind=RSS_TYPE)
    assert (await reader.poll()).reports[0].text == f"Sample 1\n{SAID}"


async def test_fifty_thousand_entries_are_not_too_many(reader: Reader) -> None:
    assert len(await reader.sees(*(numbered(n) for n in range(50_000)))) == 500


async def test_what_is_kept_stays_small(reader: Reader) -> None:
    for start in (0, 500, 1000):
        await reader.sees(*(numbered(n) for n in range(start, start + 500)))
    assert len(reader.state["known"]) == 1000
    assert len(json.dumps(reader.state)) < 150_000


def test_an_entry_of_the_list_needs_a_web_address_and_patience() -> None:
    assert KINDS["feed"] is FeedEntry
    assert entry().host == "example.org:443"
    for wrong in ({"address": "file:///etc/passwd"}, {"every": 5}):
        with pytest.raises(Trouble):
            entry(**{"address": "https://example.org/feed.xml", **wrong})  # type: ignore[arg-type]  # wrong on purpose
