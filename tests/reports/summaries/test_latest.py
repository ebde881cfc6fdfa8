"""/latest, and a reading in plain words."""

from __future__ import annotations

from datetime import timedelta

from reports.model import Incident, Item, Kind, Language, Outcome, Reading, Report
from reports.summaries import Latest, latest, page, summary
from reports.summaries.markup import units
from tests.reports.summaries.tellings import (
    DENIED,
    FORTY_DRONES,
    GOVERNOR,
    PUBLISHED,
    corrected,
    reader,
)

FIRE = Incident("RU-TUL", Kind.FIRE, killed=DENIED)


def test_the_newest_comes_first_each_with_its_own_source_and_time() -> None:
    older = Latest(Item(118, FORTY_DRONES), GOVERNOR, PUBLISHED)
    newer = Latest(Item(119, FIRE), GOVERNOR, PUBLISHED + timedelta(hours=1), "https://example.org")
    first, second = latest([older, newer], reader())
    assert first == (
        "<b>Тульская область: пожар</b> #119\nПогибших нет, сообщает источник.\n"
        'Источник: <a href="https://example.org">Губернатор Калужской области</a>, 07:48, 5 марта'
    )
    assert second.startswith("<b>Калужская область")


def test_a_reader_sees_only_the_regions_they_follow_and_figures_as_corrected() -> None:
    entries = [
        Latest(corrected(FORTY_DRONES, "destroyed", "40", "14"), GOVERNOR, PUBLISHED),
        Latest(Item(119, FIRE), GOVERNOR, PUBLISHED),
    ]
    (only,) = latest(entries, reader(Language.RU, "RU-KLU"))
    assert only.startswith("<b>Калужская область: сбито 14 беспилотников</b> #118")


def test_a_page_holds_whole_paragraphs_and_counts_the_rest() -> None:
    entries = [Latest(Item(n, FIRE), GOVERNOR, PUBLISHED) for n in range(1, 60)]
    told = page(latest(entries, reader()), reader())
    assert units(told) <= 4096
    assert told.split("\n")[-1].startswith("Ещё ")


def test_a_summary_is_plain_text_without_numbers_of_incidents_source_and_time() -> None:
    report = Report("1", GOVERNOR, PUBLISHED, "...")
    reading = Reading(Outcome.INCIDENTS, (FORTY_DRONES, FIRE))
    assert summary(report, reading, reader()) == (
        "Калужская область: сбито 40 беспилотников\n"
        "Тульская область: пожар\nПогибших нет, сообщает источник."
    )
