"""An address may hold a secret in its path or its query: nobody is shown it but at a terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.cli.sources_view import json_of
from bot.entries import understood
from bot.intake.cap import CapEntry
from bot.intake.feed import FeedEntry
from bot.intake.listening.heeded import listing
from bot.intake.polled import Found, PolledEntry, Unheard, Why
from bot.intake.telegram import TelegramEntry
from bot.sources import ListedSource
from storage import sources
from tests.bot.intake import faults
from tests.bot.intake.asking import fetcher
from tests.bot.intake.hearers import ANSWERS, Place, page
from tests.bot.intake.site import site

if TYPE_CHECKING:
    from storage.database import Database
    from storage.sources import Health
    from tests.bot.intake.faults import Answer

SECRET = "swordfish"  # noqa: S105 - a sample
PATH = f"/rss/{SECRET}/feed.xml"
BROKEN_CAP = '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>'
INDEX = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>A</title><entry><id>b</id>'
    f'<title>B</title><link href="/{SECRET}.cap"/></entry><entry><id>c</id><title>C</title>'
    f'<link href="http://elsewhere.example/{SECRET}.cap"/></entry></feed>'
)
PAGE = f'<html><link rel=alternate type="application/rss+xml" href="/{SECRET}">'
ANSWERED: dict[str, Answer] = {
    "nothing": faults.status(404),
    "too often": faults.busy(),
    "cut": faults.cut("news" * 9, 7),
    "packed": faults.packed("no gzip", "br"),
    "elsewhere": faults.leads(f"http://127.0.0.1:9/{SECRET}"),
    "a circle": faults.leads(PATH),
    "a page": faults.page(PAGE),
    "a layout": faults.page('<html><section class="tgme_channel_history">'),
    "a message": faults.page(BROKEN_CAP, "application/cap+xml"),
    "an index": faults.page(INDEX, "application/atom+xml"),
}
KINDS: dict[str, type[PolledEntry]] = {
    "feed": FeedEntry,
    "cap": CapEntry,
    "telegram": TelegramEntry,
}


def entry(kind: str, address: str) -> PolledEntry:
    given = {"id": "one", "kind": kind, "name": "Sample", "address": address}
    return understood(given, KINDS[kind])


async def said(one: PolledEntry) -> str:
    """All that a poll says, as a log or an admin would be told."""
    async with fetcher([one.host]) as web:
        try:
            found = await one.polls().poll(web, {})
        except Unheard as why:
            return f"{why} {why!r}"
    return f"{found.notes} {found.state}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", ANSWERED)
async def test_11_no_sentence_on_a_source_holds_its_secret(case: str, kind: str) -> None:
    async with site() as one:
        one.pages[PATH] = ANSWERED[case]
        query = "" if kind == "telegram" else f"?key={SECRET}"
        assert SECRET not in await said(entry(kind, one.url(f"{PATH}{query}")))


def _health(one: PolledEntry) -> str:
    return json.dumps(str(listing(ListedSource(one.source, one.kind, one))))


@pytest.mark.parametrize("kind", KINDS)
def test_11_the_listing_holds_no_secret_and_tells_two_addresses_apart(kind: str) -> None:
    told = [_health(entry(kind, f"https://a.example/rss/{key}/")) for key in (SECRET, "other")]
    assert SECRET not in told[0]
    assert told[0] != told[1]


async def _known(database: Database, address: str) -> Health:
    one = entry("feed", address)
    async with database.write() as tx:
        listed = listing(ListedSource(one.source, one.kind, one))
        await sources.enlist(tx, [listed], Place(database).clock.now())
    async with database.read() as tx:
        [known] = await sources.health(tx)
    return known


async def test_11_the_terminal_and_its_json_show_what_may_be_shown(database: Database) -> None:
    known = await _known(database, f"https://a.example{PATH}?key={SECRET}")
    assert json_of(known)["address"] == "https://a.example/rss/…/feed.xml"


@pytest.mark.allowed_logs
async def test_11_where_a_source_has_moved_is_told_in_part(database: Database) -> None:
    ANSWERS.clear()
    place = Place(database)
    to = f"https://a.example{PATH}"
    place.lists("kaluga", page(), Found((), {}, moved_to=to))
    listening = await place.starts()
    for _ in range(2):
        await place.asks(listening, "kaluga")
    why = (await place.health("kaluga")).why
    assert why
    assert "to https://a.example/rss/…/feed.xml: change its address" in why
    assert why.endswith("`alert-relay sources try` shows it whole.")


@pytest.mark.parametrize(("path", "link"), [("/rss.xml", "/rss.xml"), (PATH, None)])
@pytest.mark.allowed_logs
async def test_11_admins_are_linked_to_what_may_be_shown_alone(
    database: Database, path: str, link: str | None
) -> None:
    ANSWERS.clear()
    place = Place(database)
    place.lists("kaluga", Unheard(Why.GONE, "Gone."), address=f"https://a.example{path}")
    listening = await place.starts()
    for _ in range(2):
        await place.asks(listening, "kaluga")
    await listening.watched()
    [told] = await place.bulletins()
    assert told.url == (link and f"https://a.example{link}")
