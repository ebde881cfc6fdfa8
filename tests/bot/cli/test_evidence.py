import io
from datetime import UTC, datetime
from functools import cache
from typing import Literal

import pytest
from rich.console import Console

from bot.cli.evidence import explained, quotes
from bot.cli.places import REASONS
from reports.model import Fact, Incident, Kind, Outcome, Reading, Report, Said, Source, Span, Target
from reports.placed import Placed, Why
from reports.reading import Reader
from reports.regions import Catalog

TEXT = "Калужская область: сбито 4 БПЛА [red]. Данных о пострадавших нет."
INCIDENT = Incident(
    "RU-KLU",
    Kind.AIR_ATTACK,
    Target.DRONE,
    destroyed=Fact(Said.STATED, 4, (Span(19, 31),)),
    injured=Fact(Said.NONE_REPORTED, None, (Span(39, 64),)),
    evidence=(Span(0, 17),),
)
PLACES = (Placed(Span(0, 17), ("RU-KLU",), Why.NAMED),)
READING = Reading(Outcome.INCIDENTS, (INCIDENT,), places=PLACES)
REPORT = Report("17", Source("Governor [bold]"), datetime(2026, 3, 5, tzinfo=UTC), TEXT)


def _shown(reading: Reading, report: Report = REPORT, console: Console | None = None) -> str:
    console = console or _terminal()
    console.print(explained(report, reading, Catalog.load()))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _terminal(width: int = 140, *, styled: bool = False) -> Console:
    colours: Literal["256"] | None = "256" if styled else None
    return Console(file=io.StringIO(), width=width, color_system=colours, force_terminal=styled)


@cache
def _reader() -> Reader:
    return Reader(Catalog.load())


def _read(text: str, width: int = 140, name: str = "Regional review") -> str:
    """What a person is shown of a text that is read in earnest."""
    report = Report("17", Source(name, "governor"), datetime(2026, 3, 5, tzinfo=UTC), text)
    return _shown(_reader().explain(report), report, _terminal(width))


def test_each_thing_is_beside_its_words() -> None:
    assert quotes(TEXT, INCIDENT, PLACES) == {
        "event": ["Калужская область"],
        "region": ["Калужская область"],
        "destroyed": ["сбито 4 БПЛА"],
        "injured": ["Данных о пострадавших нет"],
    }


def test_a_person_sees_the_text_and_what_was_understood() -> None:
    shown = _shown(READING)
    assert TEXT in shown
    assert "Kaluga Region" in shown
    assert "destroyed: 4" in shown
    assert "«сбито 4 БПЛА»" in shown
    assert "injured: none reported" in shown


def test_a_person_sees_why_nothing_was_understood() -> None:
    shown = _shown(Reading(Outcome.UNCLEAR, reason="no place is named"))
    assert "unclear: no place is named" in shown
    assert "Governor [bold] · 17" in shown


def test_no_region_code_is_shown() -> None:
    assert "RU-" not in _shown(READING)
    assert "RU-" not in _read("В Железногорске и Октябрьском районе сбит дрон.")


def test_a_person_sees_why_each_place_became_its_region() -> None:
    shown = _read("Курская область: в Железногорске сбит дрон.")
    assert "It is the region's own name." in shown
    assert "Of several of this name, the one in a region in the text." in shown


def test_a_namesake_that_stayed_open_is_told_with_its_regions() -> None:
    shown = _read("В Железногорске сбит дрон.")
    assert "open: Kursk Region or Krasnoyarsk Territory" in shown
    assert "Several places have this name, and nothing says which is meant." in shown


def test_of_many_namesakes_the_first_are_told() -> None:
    assert "Voronezh Region or 14 others" in _read("Над ЦФО сбито 30 беспилотников.")


def test_a_place_that_is_named_again_is_told_once() -> None:
    assert "Туле ×2" in _read("В Туле сбит дрон. В Туле тихо.")


def test_lines_that_end_as_on_windows_keep_their_marks() -> None:
    text = "Утро.\r\n\r\nВ Туле сбит дрон."
    report = Report("17", REPORT.source, REPORT.published, text)
    shown = _shown(_reader().explain(report), report, _terminal(styled=True))
    assert "mТуле\x1b[0m" in shown
    assert "mсбит\x1b[0m" in shown


def test_a_reports_text_cannot_steer_the_terminal() -> None:
    shown = _read("В Туле \x1b[2Jсбит\x9b дрон \u202eнорд.", name="A\x1b]0;title\x07")
    assert "В Туле \ufffd[2Jсбит\ufffd дрон \ufffdнорд." in shown
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown)


def test_a_region_by_the_source_says_so() -> None:
    shown = _read("Сбито 4 беспилотника.", name="Губернатор Калужской области")
    assert "region: by the source  Губернатор Калужской области" in shown


def test_a_region_from_an_earlier_sentence_says_so() -> None:
    shown = _read("Над Брянской областью сбит дрон. Объявлена ракетная опасность.")
    assert "region: named before  «Брянской областью»" in shown


def test_only_marks_that_occur_are_in_the_legend() -> None:
    assert "event · stated · denied\u00a0or\u00a0none\u00a0reported · place" in _shown(READING)
    assert "no\u00a0region" not in _shown(READING)
    assert " · " not in _shown(Reading(Outcome.NOT_A_REPORT)).splitlines()[1]


def test_without_colours_the_marks_still_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = _shown(READING, console=_terminal(styled=True))
    assert "38;5" not in shown
    assert "\x1b[1;4mсбито 4 БПЛА" in shown
    assert "\x1b[1;3mДанных о пострадавших нет" in shown
    assert "\x1b[4mКалужская область" in shown


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_word_is_cut_at_a_narrow_terminal(width: int) -> None:
    shown = _read("В Железногорске и Туле сбиты дроны. Пострадавших нет.", width)
    assert "…" not in shown


def test_every_reason_is_told_as_a_sentence() -> None:
    assert REASONS.keys() == set(Why)
    assert all(told[0].isupper() and told.endswith(".") for told in REASONS.values())


def test_a_figure_is_told_as_exactly_as_the_report_gives_it() -> None:
    assert "destroyed: more than 10 " in _read("Над Тульской областью сбито более 10 БПЛА.")
    assert "destroyed: 2 more " in _read("Над Тульской областью сбито ещё 2 БПЛА.")
