"""How English offices word it: separated verbs, model names, ages in a list, bare participles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Said, Target

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


@pytest.mark.parametrize(
    ("text", "destroyed"),
    [
        ("Crews shot 8 enemy drones down.", 8),
        ("Gunners knocked eleven attack drones out of the sky.", 11),
        ("Nine, not eleven, drones were shot down.", 9),
        ("Eight drones were stopped by gunners and one by rifle fire.", 9),
        ("Half a dozen drones were neutralised.", 6),
        ("One hundred and four drones were brought down.", 104),
        ("Air defence downed 12 Geran-2 drones.", 12),
        ("Mobile groups spent the night shooting down 7 Shaheds.", 7),
        ("A lone Shahed was shot to pieces by guards.", 1),
    ],
)
def test_what_was_brought_down_is_counted_in_any_wording(
    read_one: ReadOne, text: str, destroyed: int
) -> None:
    told = read_one(text)
    assert (told.destroyed.number, told.target) == (destroyed, Target.DRONE)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Two men, 44 and 61, were cut by glass.", None, 2),
        ("Three women (19, 23 and 70) were hospitalised.", None, 3),
        ("Two tenants, 71 and 44, could not be saved.", 2, None),
        ("The strike claimed the lives of two people.", 2, None),
        ("A man died of his wounds.", 1, None),
        ("The driver has shrapnel wounds.", None, 1),
        ("There were no injured or dead.", 0, 0),
        ("A man (a guard, 66) has multiple fractures.", None, 1),
        ("Two factory guards received cuts.", None, 2),
        ("No wounded.", None, 0),
        ("It injured no one.", 0, 0),
        ("It killed nobody.", 0, None),
        ("Residents suffered no injuries.", None, 0),
        ("Everyone is alive and well.", 0, 0),
    ],
)
def test_ages_and_bare_participles(
    read_one: ReadOne, text: str, killed: int | None, injured: int | None
) -> None:
    told = read_one("A drone hit a bus. " + text)
    numbers = [
        0 if fact.said is Said.DENIED else fact.number for fact in (told.killed, told.injured)
    ]
    assert numbers == [killed, injured]


def test_a_denied_outage_is_none(read: Read) -> None:
    assert not read("There were no power outages.").incidents


def test_a_squall_leaves_consumers_without_light(read_one: ReadOne) -> None:
    told = read_one("A squall left 900 consumers without light.", Kind.POWER_OUTAGE)
    assert told.injured.said is Said.NOT_SAID


@pytest.mark.parametrize(
    ("text", "destroyed", "damage"),
    [
        ("The missile destroyed an entire section of the block.", None, Said.STATED),
        ("A drone destroyed two houses.", None, Said.STATED),
        ("Three drones destroyed overnight.", 3, Said.NOT_SAID),
        ("Drones: 7. Downed: 7. Damage: none.", 7, Said.DENIED),
    ],
)
def test_what_flies_may_destroy_or_be_destroyed(
    read_one: ReadOne, text: str, destroyed: int | None, damage: Said
) -> None:
    told = read_one(text)
    assert (told.destroyed.number, told.damage.said) == (destroyed, damage)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("Nobody, he added, was hurt.", 0),
        ("Casualties: none.", 0),
        ("There is no harm to people or buildings.", 0),
        ("Sixteen were injured. Six of the injured are in hospital.", 16),
        ("A boy lost three of his fingers and was wounded.", 1),
        ("The wounded now number eleven.", 11),
    ],
)
def test_asides_answers_and_parts_of_the_body(read_one: ReadOne, text: str, injured: int) -> None:
    told = read_one("A drone hit a depot. " + text).injured
    assert (0 if told.said is Said.DENIED else told.number) == injured
