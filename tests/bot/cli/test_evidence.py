import io
from datetime import UTC, datetime

from rich.console import Console

from bot.cli.evidence import explained, quotes
from reports.model import Fact, Incident, Kind, Outcome, Reading, Report, Said, Source, Span, Target
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
REPORT = Report("17", Source("Governor [bold]"), datetime(2026, 3, 5, tzinfo=UTC), TEXT)


def _shown(reading: Reading) -> str:
    paper = io.StringIO()
    console = Console(file=paper, width=120, force_terminal=False)
    console.print(explained(REPORT, reading, Catalog.load()))
    return paper.getvalue()


def test_each_thing_is_beside_its_words() -> None:
    assert quotes(TEXT, INCIDENT) == {
        "event": ["Калужская область"],
        "destroyed": ["сбито 4 БПЛА"],
        "injured": ["Данных о пострадавших нет"],
    }


def test_a_person_sees_the_text_and_what_was_understood() -> None:
    shown = _shown(Reading(Outcome.INCIDENTS, (INCIDENT,)))
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
    assert "RU-" not in _shown(Reading(Outcome.INCIDENTS, (INCIDENT,)))
