from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Incident, Kind, Outcome, Said, Target

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

ARTICLE = """
Tula Region Downs 26 Drones as Night Raids Spread

Before dawn on Friday, the Tula region found itself at the centre of another large raid: air
defence crews intercepted and destroyed 26 drones over the area, regional governor Ivan Petrov
wrote in his channel.

He added that no casualties or property damage had been reported so far.

Analysts say that unmanned aerial vehicles remain a growing threat to Russian regions far from
the border, and that an early warning is what counts.

The raid on Tula was part of a wider wave of drone attacks across the country.

In Moscow, the mayor's office confirmed that 19 drones were shot down on their way to the
capital the same night, which led to the temporary closure of several airports.

Planes were redirected to other hubs, including Samara, Kazan and Saint Petersburg, and
thousands of travellers waited until noon.

The closure of Moscow's airports showed how far the raids reach.

Meanwhile, in the Lipetsk region, governor Pyotr Sidorov reported the destruction of a
'high-speed air target' near the city.

The attack brought shattered windows, a damaged school roof, a fire in a warehouse, and power
outages in two districts.

It all comes days after a similar incident in the Kursk region, where an FPV drone was used in
an attack on a farmer's car.

FPV drones, which are steered through a camera, have become a common weapon.

The Kursk attack, though less severe in terms of casualties, has raised alarm about the months
ahead.

The recent successes of crews in intercepting drones have been praised, but experts warn of new
challenges.
"""


@pytest.fixture(scope="module")
def told(read: Read) -> dict[tuple[str, Kind], Incident]:
    reading = read(ARTICLE, home=None, role="media")
    assert reading.outcome is Outcome.INCIDENTS
    return {(i.region, i.kind): i for i in reading.incidents}


def test_a_long_article_gives_each_region_its_own_incident(
    told: dict[tuple[str, Kind], Incident],
) -> None:
    assert set(told) == {
        ("RU-TUL", Kind.AIR_ATTACK),
        ("RU-MOW", Kind.AIR_ATTACK),
        ("RU-MOW", Kind.AIRPORT_RESTRICTION),
        ("RU-LIP", Kind.AIR_ATTACK),
        ("RU-KRS", Kind.AIR_ATTACK),
    }


def test_a_headline_repeats_a_figure_and_does_not_add_to_it(
    told: dict[tuple[str, Kind], Incident],
) -> None:
    assert told["RU-TUL", Kind.AIR_ATTACK].destroyed.number == 26
    assert told["RU-MOW", Kind.AIR_ATTACK].destroyed.number == 19


def test_none_reported_is_no_denial(told: dict[tuple[str, Kind], Incident]) -> None:
    tula = told["RU-TUL", Kind.AIR_ATTACK]
    assert {tula.killed.said, tula.injured.said, tula.damage.said} == {Said.NONE_REPORTED}
    assert (tula.killed.number, tula.injured.number) == (None, None)


def test_airports_that_are_not_named_are_not_guessed(
    told: dict[tuple[str, Kind], Incident],
) -> None:
    assert told["RU-MOW", Kind.AIRPORT_RESTRICTION].airports == ()


def test_each_region_keeps_its_own_target_and_consequences(
    told: dict[tuple[str, Kind], Incident],
) -> None:
    lipetsk, kursk = told["RU-LIP", Kind.AIR_ATTACK], told["RU-KRS", Kind.AIR_ATTACK]
    assert (lipetsk.target, lipetsk.destroyed.number) == (Target.HIGH_SPEED_TARGET, 1)
    assert lipetsk.damage.said is Said.STATED
    assert kursk.target is Target.FPV_DRONE
    assert kursk.destroyed.said is kursk.injured.said is Said.NOT_SAID
