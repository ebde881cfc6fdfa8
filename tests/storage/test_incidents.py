"""What is known of incidents, and who said so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import Kind
from storage import incidents
from storage.incidents import Heard, Stored
from tests.storage.world import NOW, World, attack, later, report

if TYPE_CHECKING:
    from datetime import datetime


async def _open(world: World, since: datetime = NOW) -> Stored | None:
    async with world.database.write() as tx:
        found = await incidents.standing(tx, "RU-KLU", Kind.AIR_ATTACK, since)
    return found[0] if found else None


async def test_an_incident_is_kept_with_its_evidence(world: World) -> None:
    number = await world.incident()
    async with world.database.read() as tx:
        known = await incidents.get(tx, number)
    assert known is not None
    assert known.incident == attack()


async def test_an_open_incident_is_found_by_region_and_kind(world: World) -> None:
    number = await world.incident()
    await world.incident("RU-MOW")
    found = await _open(world)
    assert found is not None
    assert found.number == number


async def test_an_incident_not_spoken_of_for_long_is_not_found(world: World) -> None:
    await world.incident()
    assert await _open(world, since=later(1)) is None


async def test_of_several_open_incidents_the_one_last_spoken_of_comes_first(world: World) -> None:
    first, second = await world.incident(), await world.incident()
    await _update(world, first, Heard(later(9), later(5), "Mayor"))
    async with world.database.write() as tx:
        found = await incidents.standing(tx, "RU-KLU", Kind.AIR_ATTACK, NOW)
    assert [one.number for one in found] == [first, second]


async def test_an_ended_incident_is_not_found(world: World) -> None:
    number = await world.incident()
    async with world.database.write() as tx:
        await incidents.end(tx, number, later(5))
    assert await _open(world) is None


async def test_an_incident_whose_end_was_of_elsewhere_is_found_again(world: World) -> None:
    number = await world.incident()
    async with world.database.write() as tx:
        await incidents.end(tx, number, later(5))
        await incidents.reopen(tx, number, later(6))
    found = await _open(world)
    assert found is not None
    assert (found.ended_at, found.updated_at) == (None, later(6))


async def test_a_newer_report_becomes_the_source(world: World) -> None:
    number = await world.incident()
    await _update(world, number, Heard(later(9), later(5), "Mayor", "https://example.org/2"))
    found = await _open(world)
    assert found is not None
    assert (found.source, found.url) == ("Mayor", "https://example.org/2")
    assert (found.last_published, found.updated_at) == (later(5), later(9))


async def test_an_older_report_adds_and_leaves_the_source(world: World) -> None:
    number = await world.incident()
    await _update(world, number, Heard(later(9), later(-5), "Mayor"))
    found = await _open(world)
    assert found is not None
    assert (found.source, found.last_published) == ("Gov", NOW)
    assert found.incident.preliminary


async def test_the_latest_come_newest_first_and_in_the_regions_asked_for(world: World) -> None:
    kaluga = await world.incident("RU-KLU")
    moscow = await world.incident("RU-MOW")
    await world.incident("RU-BEL")
    await _update(world, kaluga, Heard(later(9), later(5), "Mayor"))
    async with world.database.read() as tx:
        found = await incidents.recent(tx, ["RU-KLU", "RU-MOW"], NOW, 10)
        assert [one.number for one in found] == [kaluga, moscow]
        assert len(await incidents.recent(tx, None, NOW, 2)) == 2
        assert await incidents.recent(tx, [], NOW, 10) == []


async def test_numbers_are_never_used_again(world: World) -> None:
    assert [await world.incident() for _ in range(3)] == [1, 2, 3]


async def test_corrected_fields_are_held(world: World) -> None:
    number = await world.incident()
    await world.correct(number)
    async with world.database.read() as tx:
        assert await incidents.held_fields(tx, number) == {"destroyed"}


async def test_a_correction_replaces_what_is_known_and_not_who_said_it(world: World) -> None:
    number = await world.incident()
    async with world.database.write() as tx:
        known = await incidents.take(tx, number)
        assert known is not None
        await incidents.replace(tx, number, attack(destroyed=14), later(3))
    found = await _open(world)
    assert found == replace(known, incident=attack(destroyed=14), updated_at=later(3))


async def test_facts_lead_from_a_report_to_its_incidents(world: World) -> None:
    saved, number = await world.saved(report()), await world.incident()
    async with world.database.write() as tx:
        await incidents.add_facts(tx, number, saved.revision_id, attack())
    async with world.database.read() as tx:
        facts = (await tx.exec_driver_sql("SELECT field, said FROM fact ORDER BY id")).all()
    assert [tuple(one) for one in facts] == [("event", "stated"), ("destroyed", "stated")]


async def _update(world: World, number: int, heard: Heard) -> None:
    async with world.database.write() as tx:
        await incidents.update(tx, number, replace(attack(), preliminary=True), heard)
