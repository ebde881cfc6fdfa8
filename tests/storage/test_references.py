"""Which messages refer to which, as it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from reports.incidents.chains import Message
from reports.model import Incident, Kind, MessageType, Outcome, Reading, Relation
from storage import incidents, references, reports
from storage.incidents import Heard
from storage.references import Word
from tests.storage.world import GOVERNOR, NOW, World, later, report

if TYPE_CHECKING:
    from reports.incidents.chains import Chain
    from reports.model import Report

ALERT, UPDATE, CANCEL = MessageType.ALERT, MessageType.UPDATE, MessageType.CANCEL
MAYOR = replace(GOVERNOR, id="mayor")


def read_as(type_: MessageType, *of: str, outcome: Outcome = Outcome.INCIDENTS) -> Reading:
    """A reading of a message that refers to these."""
    return Reading(outcome, relation=Relation(type_, of, later(60)))


async def kept(world: World, name: str, reading: Reading, **changed: object) -> int:
    """A message that came in; its revision."""
    said: Report = replace(report(external_id=name), **changed)  # type: ignore[arg-type]
    async with world.database.write() as tx:
        saved = await reports.save(tx, said, NOW)
        await references.keep(tx, said, reading)
    return saved.revision_id


async def chain(world: World, name: str) -> Chain:
    """The governor's messages beside that one."""
    async with world.database.read() as tx:
        return await references.chain(tx, GOVERNOR.id, name)


async def test_a_chain_is_found_from_any_of_its_messages(world: World) -> None:
    await kept(world, "A", read_as(ALERT))
    await kept(world, "U", read_as(UPDATE, "A"))
    await kept(world, "V", read_as(UPDATE, "U"))
    await kept(world, "C", read_as(CANCEL, "V"))
    for name in "AUVC":
        assert (await chain(world, name)).messages.keys() == set("AUVC")


async def test_a_message_is_known_by_what_it_was_read_as(world: World) -> None:
    await kept(world, "U", read_as(UPDATE, "A", outcome=Outcome.UNCLEAR))
    expected = Message(UPDATE, frozenset("A"), understood=False, expires=later(60))
    assert (await chain(world, "A")).messages == {"U": expected}


async def test_only_what_replaces_or_cancels_refers_to_anything(world: World) -> None:
    await kept(world, "A", read_as(ALERT, "B", "A"))
    assert (await chain(world, "A")).messages["A"].references == frozenset()
    await kept(world, "U", read_as(UPDATE, "U"))
    assert (await chain(world, "U")).messages["U"].references == frozenset()


async def test_another_sources_messages_are_not_in_it(world: World) -> None:
    await kept(world, "A", read_as(ALERT))
    await kept(world, "C", read_as(CANCEL, "A"), source=MAYOR)
    assert (await chain(world, "A")).messages.keys() == {"A"}


async def test_the_same_message_again_adds_nothing(world: World) -> None:
    for _ in range(2):
        await kept(world, "U", read_as(UPDATE, "A", "B", "A"))
    assert (await chain(world, "U")).messages["U"].references == {"A", "B"}


async def test_a_long_chain_is_followed_to_its_nearest_part(world: World) -> None:
    many = [str(n) for n in range(references.MOST + 5)]
    async with world.database.write() as tx:
        for before, name in zip(["", *many], many, strict=False):
            said = report(external_id=name)
            await reports.save(tx, said, NOW)
            await references.keep(tx, said, read_as(UPDATE, before))
    known = (await chain(world, many[-1])).messages
    assert many[-1] in known
    assert many[0] not in known
    assert len(known) > references.MOST


async def _spoken_of(world: World, *revisions: int) -> int:
    fire = Incident("RU-KLU", Kind.FIRE)
    async with world.database.write() as tx:
        number = await incidents.create(tx, fire, Heard(NOW, NOW, "Gov"))
        for one in revisions:
            await incidents.add_facts(tx, number, one, fire)
    return number


async def test_messages_lead_to_the_incidents_that_they_speak_of(world: World) -> None:
    one, other = await kept(world, "A", read_as(ALERT)), await kept(world, "B", read_as(ALERT))
    first, second = await _spoken_of(world, one), await _spoken_of(world, one, other)
    async with world.database.read() as tx:
        assert await references.incidents_of(tx, GOVERNOR.id, ["A"]) == [first, second]
        assert await references.incidents_of(tx, GOVERNOR.id, ["B"]) == [second]
        assert await references.incidents_of(tx, MAYOR.id, ["A", "B"]) == []


async def test_an_incident_leads_to_all_who_spoke_of_it(world: World) -> None:
    early = NOW - timedelta(minutes=5)
    one = await kept(world, "A", read_as(ALERT), published=early)
    other = await kept(world, "M", read_as(ALERT), source=MAYOR, published=later(900))
    number = await _spoken_of(world, one, other)
    async with world.database.read() as tx:
        words = await references.words_on(tx, number)
    assert set(words) == {Word(GOVERNOR.id, "A", early), Word(MAYOR.id, "M", NOW)}


async def test_what_is_to_be_read_again_is_unread_in_its_newest_words(world: World) -> None:
    reading = read_as(CANCEL, "A")
    for text in ("Cancelled.", "Cancelled!"):
        revision = await kept(world, "C", reading, text=text)
        async with world.database.write() as tx:
            await reports.mark_read(tx, revision, reading, NOW)
    async with world.database.write() as tx:
        await references.to_be_read_again(tx, GOVERNOR.id, ["C"])
        unread = await reports.unread(tx, limit=9)
    assert [said.text for _, said in unread] == ["Cancelled!"]


async def test_an_incident_ran_out_when_all_that_was_said_of_it_did(world: World) -> None:
    one = await kept(world, "A", read_as(ALERT))
    post = (await world.saved(report(external_id="post"))).revision_id
    alone, beside = await _spoken_of(world, one), await _spoken_of(world, one, post)
    async with world.database.read() as tx:
        assert await references.expired(tx, [alone, beside], later(59)) == set()
        assert await references.expired(tx, [alone, beside], later(60)) == {alone}
