"""What the playground's samples say is what the reader reads: nobody is shown a false lesson."""

from datetime import UTC, datetime

import pytest

from bot.intake import KINDS
from bot.playground.publishers import playground_sources
from bot.playground.samples import Sample, load_samples
from reports.model import Kind, Outcome, Report, Said
from reports.reading import Reader
from reports.regions import Catalog

CATALOG = Catalog.load()
READER = Reader(CATALOG)
SOURCES = playground_sources(KINDS, CATALOG.regions)
SAMPLES = {sample.id: sample for sample in load_samples()}

ATTACK, CLOSED, OPEN = Kind.AIR_ATTACK, Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED
DIGEST = {("RU-KLU", ATTACK), ("RU-MOW", ATTACK), ("RU-MOW", CLOSED), ("RU-VOR", ATTACK)}
LISTED = {(region, ATTACK) for region in ("RU-KLU", "RU-VOR", "RU-TUL", "RU-MOS")}

SAYS = {
    "night-digest-ru": DIGEST,
    "night-digest-en": DIGEST,
    "night-kaluga": {("RU-KLU", ATTACK)},
    "ministry-list": LISTED,
    "airports-closed": {("RU-MOW", CLOSED), ("RU-KLU", CLOSED)},
    "airports-reopened": {("RU-MOW", OPEN), ("RU-KLU", OPEN)},
    "mayor-update": {("RU-MOW", ATTACK)},
    "alert-voronezh": {("RU-VOR", Kind.AIR_ALERT)},
    "all-clear-voronezh": {("RU-VOR", Kind.ALL_CLEAR)},
    "later-figure-voronezh": {("RU-VOR", ATTACK)},
}
UNTOLD = {
    "greeting": Outcome.NOT_A_REPORT,
    "road-works": Outcome.NOT_A_REPORT,
    "loud-night": Outcome.UNCLEAR,
}


def report(sample: Sample) -> Report:
    listed = SOURCES.by_id(sample.source)
    assert listed is not None
    return Report("1", listed.source, datetime.now(UTC), sample.text, sample.language)


@pytest.mark.parametrize("name", SAYS)
def test_a_sample_tells_of_its_regions_and_no_others(name: str) -> None:
    reading = READER.read(report(SAMPLES[name]))
    assert {(one.region, one.kind) for one in reading.incidents} == SAYS[name]


@pytest.mark.parametrize("name", UNTOLD)
def test_what_is_no_incident_is_not_told_as_one(name: str) -> None:
    assert READER.read(report(SAMPLES[name])).outcome is UNTOLD[name]


@pytest.mark.parametrize("name", ["night-digest-ru", "night-digest-en"])
def test_none_reported_is_not_a_denial_in_the_digest(name: str) -> None:
    reading = READER.read(report(SAMPLES[name]))
    kaluga = next(one for one in reading.incidents if one.region == "RU-KLU")
    assert (kaluga.destroyed.number, kaluga.injured.said) == (40, Said.NONE_REPORTED)


@pytest.mark.parametrize("name", ["mayor-update", "later-figure-voronezh"])
def test_a_later_figure_is_two_injured(name: str) -> None:
    [incident] = READER.read(report(SAMPLES[name])).incidents
    assert incident.injured.number == 2


def test_every_sample_has_its_expected_reading() -> None:
    assert SAMPLES.keys() == SAYS.keys() | UNTOLD.keys()
