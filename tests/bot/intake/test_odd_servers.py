"""What servers do that no document of HTTP's has: found by trying it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.entries import understood
from bot.intake.cap import CapEntry
from bot.intake.feed import FeedEntry
from bot.intake.polled import PolledEntry, Unheard, Why
from tests.bot.intake import faults
from tests.bot.intake.asking import fetcher, unheard
from tests.bot.intake.site import site
from tests.bot.wire import Act, server
from tests.feed_documents import RSS_TYPE, numbered, rss
from tests.reports.formats.caps import alert, info, written

if TYPE_CHECKING:
    from bot.intake.polled import Found, State

FEED, CAP = rss(numbered(1)), written(alert(info("Пожар")))
BODIES = {"feed": FEED.encode(), "cap": CAP.encode()}
KINDS: dict[str, type[PolledEntry]] = {"feed": FeedEntry, "cap": CapEntry}


def entry(kind: str, address: str) -> PolledEntry:
    given = {"id": "one", "kind": kind, "name": "Sample", "address": address}
    return understood(given, KINDS[kind])


async def poll(one: PolledEntry, state: State | None = None) -> Found:
    async with fetcher([one.host]) as web:
        return await one.polls().poll(web, state or {})


ODD_TAGS = {
    "Latin": b'ETag: "\xff\xfe"',
    "Cyrillic": 'ETag: "жук"'.encode(),
    "huge": b'ETag: "' + b"x" * 60_000 + b'"',
    "a tab": b'ETag: "a\tb"',
    "no time": b"Last-Modified: \xff soon",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", ODD_TAGS)
async def test_an_odd_version_of_a_page_does_not_silence_its_source(case: str, kind: str) -> None:
    body = BODIES[kind]
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n" % len(body)
    act = Act(head + ODD_TAGS[case] + b"\r\n\r\n" + body, goes=False)
    async with server(act) as one:
        first = await poll(entry(kind, one.url))
        await poll(entry(kind, one.url), json.loads(json.dumps(first.state)))
        assert len(one.heard) == 2
    assert b"If-" not in one.heard[1]


@pytest.mark.parametrize("tag", ['W/"1"', '"1"'])
async def test_a_version_is_given_back_as_it_came_weak_or_strong(tag: str) -> None:
    async with site() as one:
        one.pages["/rss"] = faults.page(FEED, RSS_TYPE, ETag=tag)
        first = await poll(entry("feed", one.url("/rss")))
        await poll(entry("feed", one.url("/rss")), first.state)
    assert one.asked[1].headers["if-none-match"] == tag


PARTS = {
    204: "204 (No Content)",
    205: "205 (Reset Content)",
    206: "206 (Partial Content)",
    226: "226 (IM Used)",
}


@pytest.mark.parametrize("code", PARTS)
async def test_a_part_of_a_document_is_none(code: int) -> None:
    async with site() as one, fetcher(one) as web:
        one.pages["/rss"] = faults.status(code, FEED if code in {206, 226} else b"")
        why = await unheard(web, one.url("/rss"))
    assert (why.why, str(why)) == (Why.MALFORMED, f"{one.url('/rss')} answered {PARTS[code]}.")


async def test_a_page_to_sign_in_at_is_no_silence() -> None:
    async with site() as one:
        one.pages["/rss"] = faults.page("<!doctype html><html><title>Sign in</title></html>")
        for kind in KINDS:
            with pytest.raises(Unheard, match="This is a web page, not a feed"):
                await poll(entry(kind, one.url("/rss")))


FEEDS = {
    "as a picture": (FEED.encode(), "image/png"),
    "as JSON": (FEED.encode(), "application/json"),
    "as another alphabet": (FEED.encode(), "text/xml; charset=koi8-r"),
    "two marks": (b"\xef\xbb\xbf" * 2 + FEED.encode(), "text/xml"),
    "UTF-16": (FEED.replace('encoding="utf-8"', "").encode("utf-16"), "text/xml"),
    "without a mark": (FEED.replace('encoding="utf-8"', "").encode("utf-16-be"), "text/xml"),
    "not declared": (FEED.replace('encoding="utf-8"', "").encode("windows-1251"), "text/xml"),
}


@pytest.mark.parametrize("case", FEEDS)
async def test_a_feed_is_read_whatever_is_said_of_it(case: str) -> None:
    body, kind = FEEDS[case]
    async with site() as one:
        one.pages["/rss"] = faults.page(body, kind)
        [report] = (await poll(entry("feed", one.url("/rss")))).reports
    assert report.text.endswith("сбито 4 беспилотника.")


BARE = CAP.replace(' encoding="UTF-8"', "")
CAPS = {
    "by its header": (BARE.encode("windows-1251"), "text/xml; charset=windows-1251"),
    "by its mark": (BARE.encode("utf-16"), "text/xml; charset=windows-1251"),
    "wrong in the header": (BARE.encode(), "text/xml; charset=koi8-r"),
    "nonsense in the header": (BARE.encode(), "text/xml; charset=zlib"),
}


@pytest.mark.parametrize("case", CAPS)
async def test_the_characters_of_a_cap_message_are_found(case: str) -> None:
    body, kind = CAPS[case]
    async with site() as one:
        one.pages["/cap"] = faults.page(body, kind)
        [report] = (await poll(entry("cap", one.url("/cap")))).reports
    assert report.text.startswith("Пожар")


async def test_a_cap_message_in_an_alphabet_that_nobody_names_is_not_guessed() -> None:
    async with site() as one:
        one.pages["/cap"] = faults.page(BARE.encode("windows-1251"), "text/xml")
        with pytest.raises(Unheard, match="Its characters are not utf-8"):
            await poll(entry("cap", one.url("/cap")))


async def test_a_thousand_entries_of_one_name_are_told_apart_by_their_words() -> None:
    same = (numbered(n, f"Сбито {n}.", guid="same", link="", pubDate="") for n in range(1000))
    async with site() as one:
        one.pages["/rss"] = faults.page(rss(*same), RSS_TYPE)
        reports = (await poll(entry("feed", one.url("/rss")))).reports
    assert len({report.id for report in reports}) == 500


async def test_a_source_at_a_number_of_ipv6_is_asked_however_it_is_spelled() -> None:
    one = entry("feed", "http://[0:0:0::1]:9/rss")
    assert one.host == "[::1]:9"
    with pytest.raises(Unheard, match=r"http://\[0:0:0::1\]:9/rss refused the connection"):
        await poll(one)
