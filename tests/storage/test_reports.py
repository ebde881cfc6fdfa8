"""Reports are kept as they came."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from reports.model import Outcome, Reading, Report, Source
from storage import bulletins, incidents, reports
from storage.errors import NotText
from tests.storage.world import NOW, World, attack, bulletin, report

if TYPE_CHECKING:
    from storage.database import Database

ODD = "Сбито\u200b 40 😀\r\n\tБПЛА — «все» \u202e''\";--\n"


async def test_invariant_1_a_report_is_kept_verbatim_until_it_is_read(world: World) -> None:
    saved = await world.saved(report(ODD))
    async with world.database.read() as tx:
        assert await reports.unread(tx, 10) == [(saved.revision_id, report(ODD))]


async def test_the_offset_of_the_publication_is_kept(world: World) -> None:
    await world.saved(report())
    async with world.database.read() as tx:
        ((_, kept),) = await reports.unread(tx, 10)
    assert kept.published.isoformat() == "2026-03-05T06:48:00+03:00"


async def test_the_same_report_again_is_not_fresh(world: World) -> None:
    first, again = await world.saved(report()), await world.saved(report())
    assert (first.fresh, again.fresh) == (True, False)
    assert again.revision_id == first.revision_id


async def test_other_words_are_the_next_revision(world: World) -> None:
    first = await world.saved(report("Сбито 40."))
    second = await world.saved(report("Сбито 14."))
    assert (second.fresh, second.revision) == (True, 2)
    assert second.report_id == first.report_id


async def test_all_wordings_of_a_report_are_known_newest_first(world: World) -> None:
    for text in ("Сбито 40.", "Сбито 14."):
        await world.saved(report(text))
    async with world.database.read() as tx:
        one = report()
        assert await reports.wordings(tx, one.source.id, one.id) == ["Сбито 14.", "Сбито 40."]
        assert await reports.wordings(tx, "somebody", one.id) == []


async def test_words_taken_back_are_a_revision_too(world: World) -> None:
    for text in ("Сбито 40.", "Сбито 14."):
        await world.saved(report(text))
    back = await world.saved(report("Сбито 40."))
    assert (back.fresh, back.revision) == (True, 3)


async def test_another_document_with_the_same_words_is_a_revision(world: World) -> None:
    draft = await world.saved(replace(report(), document="<status>Draft</status>"))
    final = await world.saved(replace(report(), document="<status>Actual</status>"))
    assert (draft.revision, final.revision, final.fresh) == (1, 2, True)


async def test_the_same_id_of_two_sources_is_two_reports(world: World) -> None:
    async with world.database.write() as tx:
        one = await reports.save(tx, report(), NOW)
        mayor = _by_another_source()
        other = await reports.save(tx, mayor, NOW)
    assert other.fresh
    assert other.report_id != one.report_id


async def test_twenty_copies_at_once_are_one_report(world: World) -> None:
    saved = await asyncio.gather(*(world.saved(report()) for _ in range(20)))
    assert sorted(one.fresh for one in saved) == [False] * 19 + [True]
    assert len({one.revision_id for one in saved}) == 1


async def test_a_read_report_says_what_it_came_to(database: Database) -> None:
    async with database.write() as tx:
        saved = await reports.save(tx, report(), NOW)
        heard = incidents.Heard(NOW, NOW, "Gov")
        numbers = [await incidents.create(tx, attack(one), heard) for one in ("RU-KLU", "RU-MOW")]
        for number in reversed(numbers):
            await incidents.add_facts(tx, number, saved.revision_id, attack())
        await reports.mark_read(tx, saved.revision_id, Reading(Outcome.INCIDENTS), NOW)
    async with database.read() as tx:
        outcome = await reports.outcome_of(tx, saved.revision_id)
        assert outcome == (Outcome.INCIDENTS, None, numbers[::-1])
        assert await reports.unread(tx, 10) == []


async def test_a_report_that_was_read_is_known_as_read(world: World) -> None:
    saved = await world.saved(report())
    async with world.database.write() as tx:
        unclear = Reading(Outcome.UNCLEAR, reason="two regions of that name")
        await reports.mark_read(tx, saved.revision_id, unclear, NOW)
    assert (saved.read, (await world.saved(report())).read) == (False, True)


async def test_a_bulletin_leads_back_to_the_words_of_its_report(world: World) -> None:
    saved = await world.saved(report("Сбито 40."))
    await world.saved(report("Сбито 14."))
    async with world.database.write() as tx:
        told = await bulletins.create(tx, bulletin(), saved.revision_id, NOW)
        alone = await bulletins.create(tx, bulletin(), None, NOW)
        assert await reports.told_by(tx, told) == report("Сбито 40.")
        assert await reports.told_by(tx, alone) is None


async def test_an_unread_report_has_no_outcome(world: World) -> None:
    saved = await world.saved(report())
    async with world.database.read() as tx:
        with pytest.raises(LookupError, match="has not been read"):
            await reports.outcome_of(tx, saved.revision_id)


@pytest.mark.parametrize("text", ["сбито\0", "сбито \ud83d"])
async def test_what_is_no_text_is_refused_with_a_sentence(world: World, text: str) -> None:
    with pytest.raises(NotText, match="The report's text holds"):
        await world.saved(report(text))


def _by_another_source() -> Report:
    return replace(report(), source=Source("Мэр", "mayor", "kaluga-mayor"))


async def test_what_is_known_of_reports_is_their_newest_words(world: World) -> None:
    for text, post in (("Сбито 40.", "1"), ("Сбито 14.", "1"), ("Сбито 3.", "2")):
        await world.saved(report(text, post))
    asked = [str(number) for number in range(2_500)]
    async with world.database.read() as tx:
        known = await reports.known(tx, report().source.id, asked)
        assert await reports.known(tx, "somebody-else", asked) == {}
    assert known == {
        "1": sha256("Сбито 14.".encode()).hexdigest(),
        "2": sha256("Сбито 3.".encode()).hexdigest(),
    }


async def test_that_a_post_vanished_is_news_once(world: World) -> None:
    await world.saved(report("Сбито 40.", "1"))
    source = report().source.id
    async with world.database.write() as tx:
        first = await reports.vanish(tx, source, ["1", "never seen"], NOW)
        again = await reports.vanish(tx, source, ["1"], NOW)
    assert ([(one.id, one.url) for one in first], again) == ([("1", "https://example.org/1")], [])
