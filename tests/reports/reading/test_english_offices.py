"""English airports, alerts and texts that report nothing, in the words of different offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Outcome, Said, Target

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A ground stop is in effect at Kaluga airport.", Kind.AIRPORT_RESTRICTION),
        ("Kaluga airport is neither receiving nor sending planes.", Kind.AIRPORT_RESTRICTION),
        ("Kaluga airport ceased handling flights at 4 a.m.", Kind.AIRPORT_RESTRICTION),
        ("Kaluga airport: planes handled only upon agreement.", Kind.AIRPORT_RESTRICTION),
        ("The ground stop at Kaluga airport was lifted.", Kind.AIRPORT_REOPENED),
        ("Kaluga airport, shut at midnight, was back in business by 7.", Kind.AIRPORT_REOPENED),
        ("Kaluga airport: flights both ways allowed again.", Kind.AIRPORT_REOPENED),
        ("The all-clear has sounded in Kaluga.", Kind.ALL_CLEAR),
        ("Threat of strike UAVs in Kaluga Region.", Kind.AIR_ALERT),
        ("Ballistic missile threat in Kaluga Region, go to shelter.", Kind.AIR_ALERT),
    ],
)
def test_airports_and_alerts(read: Read, text: str, kind: Kind) -> None:
    assert [(i.region, i.kind) for i in read(text).incidents] == [("RU-KLU", kind)]


@pytest.mark.parametrize(
    "text",
    [
        "What to do when you hear the siren: go to a shelter. Should someone be wounded, call 112.",
        "If a drone comes down near your house, keep away. Never pick up debris of a UAV.",
        "Civil defence training: a drone hit with six wounded will be played out on Friday.",
        "Tomorrow 400 re-enactors will show the storming. Leave your quadcopters at home.",
        "The region dismisses talk of a drone strike on the refinery.",
        "Mine clearance teams destroyed 340 items, including 12 drones.",
        "Explosions of firecrackers frighten pets.",
        "Farms took delivery of 22 agricultural drones; the machines attack locusts.",
    ],
)
def test_drills_advice_and_denied_talk_are_no_reports(read: Read, text: str) -> None:
    assert read(text).outcome is Outcome.NOT_A_REPORT


@pytest.mark.parametrize(
    ("name", "region"),
    [("Rivnenska", "UA-56"), ("Odeshchyna", "UA-51"), ("Kharkivska oblast", "UA-63")],
)
def test_ukrainian_names_of_regions_in_latin_letters(read: Read, name: str, region: str) -> None:
    reading = read(f"{name}: two Shaheds were intercepted.", home=None, role="media")
    assert [i.region for i in reading.incidents] == [region]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No one was hurt in a drone attack on Kaluga.", Kind.AIR_ATTACK),
        ("There were no injuries when a drone damaged a roof in Kaluga.", Kind.AIR_ATTACK),
        ("There were no casualties after the shelling of Kaluga.", Kind.SHELLING),
        ("Nobody was killed by the explosion in Kaluga.", Kind.EXPLOSION),
    ],
)
def test_a_denial_does_not_deny_what_caused_it(read: Read, text: str, kind: Kind) -> None:
    (incident,) = read(text).incidents
    assert incident.kind is kind
    assert Said.DENIED in {incident.killed.said, incident.injured.said}


@pytest.mark.parametrize("text", ["No explosions were heard in Kaluga.", "No drones hit Kaluga."])
def test_what_is_denied_itself_is_none(read: Read, text: str) -> None:
    assert read(text).outcome is Outcome.NOT_A_REPORT


def test_orders_beside_an_alert_do_not_hide_it(read: Read) -> None:
    reading = read("UAV attack alert in Kaluga: stay indoors, keep away from windows.")
    assert [i.kind for i in reading.incidents] == [Kind.AIR_ALERT]


def test_a_threat_that_passed_is_no_attack(read: Read) -> None:
    reading = read("All clear in Kaluga Region! The threat of a UAV attack has passed.")
    assert [i.kind for i in reading.incidents] == [Kind.ALL_CLEAR]


def test_drones_named_once_are_what_was_brought_down_later(read: Read) -> None:
    (incident,) = read("The enemy sent 18 Shaheds. 16 of them were destroyed.").incidents
    assert (incident.destroyed.number, incident.target) == (16, Target.DRONE)
