"""CAP files, and indexes that lead to them, as a poll finds them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.intake.cap.polls import CapPolls
from bot.intake.polled import Unheard, Why
from tests.bot.intake.asking import fetcher, unheard
from tests.bot.intake.faults import busy, in_turn, page, status, versioned
from tests.bot.intake.site import site
from tests.reports.formats.caps import SENT, SOURCE, alert, info, sample, written

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.intake.polled import Found, State
    from bot.intake.web.fetcher import PoliteWeb
    from tests.bot.intake.site import Site

CAP = "application/cap+xml"
ATOM = "application/atom+xml"
NOBODY = "127.0.0.1:9"


@pytest.fixture
async def one() -> AsyncIterator[Site]:
    async with site() as publisher:
        yield publisher


@pytest.fixture
async def web(one: Site) -> AsyncIterator[PoliteWeb]:
    async with fetcher(one) as fetching:
        yield fetching


def message(number: int) -> str:
    """The messages in the order of their numbers, one a minute."""
    sent = SENT + timedelta(minutes=number)
    return written(replace(alert(info(f"Пожар {number}")), identifier=f"S-{number}", sent=sent))


def entry(address: str, minute: int, kind: str = CAP, content: str = "") -> str:
    updated = (SENT + timedelta(minutes=minute)).isoformat()
    link = f'<link href="{address}" type="{kind}"/>'
    return (
        f"<entry><id>{address}</id><title>Sample</title><updated>{updated}</updated>{link}"
        f"{content}</entry>"
    )


def atom(*entries: str) -> str:
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Samples</title><id>samples</id>'
    return f"{head}<updated>2026-03-05T06:00:00Z</updated>{''.join(entries)}</feed>"


def publish(one: Site, *numbers: int) -> None:
    """An index of these messages, the newest first as publishers have it."""
    for number in numbers:
        one.pages[f"/{number}.cap"] = page(message(number), CAP)
    entries = [entry(one.url(f"/{number}.cap"), number) for number in sorted(numbers)[::-1]]
    one.pages["/index.atom"] = versioned(atom(*entries), ATOM)


async def ask(one: Site, web: PoliteWeb, state: State | None = None) -> Found:
    found = await CapPolls(one.url("/index.atom"), SOURCE).poll(web, state or {})
    return replace(found, state=json.loads(json.dumps(found.state)))


def names(found: Found) -> list[str]:
    return [report.text.partition("\n")[0] for report in found.reports]


async def test_a_file_at_the_address_itself_is_a_report(one: Site, web: PoliteWeb) -> None:
    one.pages["/index.atom"] = versioned(sample("air_alert_in_two_languages"), "text/xml")
    first = await ask(one, web)
    again = await ask(one, web, first.state)
    (report,) = first.reports
    assert report.id == "duty@sample.example,SAMPLE-2026-0001,2026-03-05T06:00:00+00:00"
    assert (report.source, again.reports) == (SOURCE, ())
    assert "if-none-match" in one.asked[-1].headers


async def test_an_index_leads_to_its_files_which_come_oldest_first(
    one: Site, web: PoliteWeb
) -> None:
    publish(one, 1, 2, 3)
    found = await ask(one, web)
    assert names(found) == ["Пожар 1", "Пожар 2", "Пожар 3"]
    assert (found.gone, found.notes) == ((), ())


async def test_each_file_is_fetched_once(one: Site, web: PoliteWeb) -> None:
    publish(one, 1, 2)
    first = await ask(one, web)
    publish(one, 1, 2, 3)
    second = await ask(one, web, first.state)
    third = await ask(one, web, second.state)
    assert (names(second), names(third)) == (["Пожар 3"], [])
    assert [one.count(f"/{number}.cap") for number in (1, 2, 3)] == [1, 1, 1]


async def test_a_file_that_the_index_says_has_changed_is_fetched_again(
    one: Site, web: PoliteWeb
) -> None:
    publish(one, 1)
    first = await ask(one, web)
    one.pages["/1.cap"] = page(message(5), CAP)
    one.pages["/index.atom"] = page(atom(entry(one.url("/1.cap"), 5)), ATOM)
    assert names(await ask(one, web, first.state)) == ["Пожар 5"]


async def test_what_leaves_the_index_is_not_gone(one: Site, web: PoliteWeb) -> None:
    publish(one, 1, 2)
    first = await ask(one, web)
    publish(one, 2)
    second = await ask(one, web, first.state)
    assert (second.reports, second.gone) == ((), ())
    assert len(second.state["files"]) == 1


async def test_at_most_fifty_files_are_fetched_and_the_rest_at_the_next_poll(
    one: Site, web: PoliteWeb
) -> None:
    publish(one, *range(1, 61))
    first = await ask(one, web)
    second = await ask(one, web, first.state)
    assert names(first) == [f"Пожар {number}" for number in range(11, 61)]
    assert names(second) == [f"Пожар {number}" for number in range(1, 11)]
    assert (await ask(one, web, second.state)).reports == ()


async def test_a_broken_file_is_noted_and_the_others_go_on(one: Site, web: PoliteWeb) -> None:
    publish(one, 1, 2, 3)
    one.pages["/2.cap"] = page("<alert>", CAP)
    found = await ask(one, web)
    assert names(found) == ["Пожар 1", "Пожар 3"]
    assert found.notes[0].startswith(
        f"{one.url('/2.cap')} (file 2 of the index): It is not well-formed XML"
    )
    assert (await ask(one, web, found.state)).reports == ()
    assert one.count("/2.cap") == 1


async def test_a_file_that_cannot_be_had_is_asked_for_again_but_not_for_ever(
    one: Site, web: PoliteWeb
) -> None:
    publish(one, 1, 2)
    one.pages["/1.cap"] = status(404)
    found = await ask(one, web)
    for _ in range(8):
        found = await ask(one, web, found.state)
    assert (one.count("/1.cap"), one.count("/2.cap")) == (5, 1)
    assert one.asked[-1].headers["if-none-match"]


async def test_a_file_that_comes_late_is_not_missed(one: Site, web: PoliteWeb) -> None:
    publish(one, 1)
    one.pages["/1.cap"] = in_turn(status(503), page(message(1), CAP))
    first = await ask(one, web)
    assert (first.reports, len(first.notes)) == ((), 1)
    assert names(await ask(one, web, first.state)) == ["Пожар 1"]


async def test_a_server_that_asks_for_patience_is_not_asked_for_more(
    one: Site, web: PoliteWeb
) -> None:
    publish(one, 1, 2, 3)
    one.pages["/3.cap"] = busy(1)
    found = await ask(one, web)
    assert (found.reports, one.count("/2.cap")) == ((), 0)


async def test_messages_inside_of_the_index_are_read(one: Site, web: PoliteWeb) -> None:
    inside = message(7).partition("?>")[2]
    held = f'<content type="text/xml">{inside}</content>'
    one.pages["/index.atom"] = page(atom(entry(one.url("/page"), 7, "text/html", held)), ATOM)
    found = await ask(one, web)
    assert (names(found), found.notes) == (["Пожар 7"], ())
    assert found.reports[0].document is not None


async def test_rss_leads_to_files_by_how_their_names_end(one: Site, web: PoliteWeb) -> None:
    one.pages["/a/1.xml"] = page(message(1), CAP)
    item = "<item><title>Sample</title><link>{}</link></item>"
    items = item.format(one.url("/a/1.xml")) + item.format(one.url("/about"))
    rss = f'<rss version="2.0"><channel><title>S</title>{items}</channel></rss>'
    one.pages["/index.atom"] = page(rss, "application/rss+xml")
    found = await ask(one, web)
    assert names(found) == ["Пожар 1"]
    assert "An entry leads to no CAP file." in found.notes


async def test_an_index_leads_nowhere_that_it_may_not(one: Site, web: PoliteWeb) -> None:
    entries = [entry(f"http://{NOBODY}/1.cap", 1), entry(f"https://{NOBODY}/2.cap", 2)]
    one.pages["/index.atom"] = page(atom(*entries), ATOM)
    found = await ask(one, web)
    refused, elsewhere = sorted(found.notes, key=len, reverse=True)
    assert "2.cap" in refused
    assert elsewhere == f"It leads elsewhere without https, to http://{NOBODY}/1.cap."


async def test_addresses_with_secrets_are_neither_noted_nor_kept(one: Site, web: PoliteWeb) -> None:
    one.pages["/index.atom"] = page(atom(entry(one.url("/1.cap?key=hush"), 1)), ATOM)
    found = await ask(one, web)
    assert found.notes
    assert "hush" not in f"{found.notes} {found.state}"


@pytest.mark.parametrize("body", ["Hello", "<html><body>Hi</body></html>", "<alert/>"])
async def test_what_is_no_cap_is_told(one: Site, web: PoliteWeb, body: str) -> None:
    one.pages["/index.atom"] = page(body, "text/xml")
    with pytest.raises(Unheard) as caught:
        await ask(one, web)
    assert caught.value.why is Why.MALFORMED


async def test_an_index_that_cannot_be_had_is_told(one: Site, web: PoliteWeb) -> None:
    assert (await unheard(web, one.url("/index.atom"))).why is Why.REFUSED
    with pytest.raises(Unheard):
        await ask(one, web)


async def test_a_state_that_another_kind_wrote_is_first_contact(one: Site, web: PoliteWeb) -> None:
    publish(one, 1)
    assert names(await ask(one, web, {"peer": 1, "etag": "x"})) == ["Пожар 1"]


async def test_what_was_said_of_one_index_is_not_asked_of_another(
    one: Site, web: PoliteWeb
) -> None:
    one.pages |= dict.fromkeys(("/a", "/b"), versioned(atom(), ATOM, SENT))
    state = (await CapPolls(one.url("/a"), SOURCE).poll(web, {})).state
    for path in ("/b", "/a"):
        await CapPolls(one.url(path), SOURCE).poll(web, state)
    assert ["if-modified-since" in asked.headers for asked in one.asked] == [False, False, True]
