"""From the words of a report to the places that people read of: no more, and no finer."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from reports.model import Language, Report, Source
from reports.reading import Reader
from reports.regions import Catalog
from reports.summaries import For, summary

CATALOG = Catalog.load()
READER = Reader(CATALOG)
NAMES = {code: region.name[Language.RU] for code, region in CATALOG.regions.items()}
FORMS = {"RU-KLU": "Калужской", "RU-BRY": "Брянской", "RU-TUL": "Тульской", "RU-ORL": "Орловской"}


def _summary(text: str) -> str:
    report = Report("1", Source("Дежурный", "mod"), datetime(2026, 3, 5, tzinfo=UTC), text)
    return summary(report, READER.read(report), For(Language.RU, None, CATALOG))


@given(st.lists(st.sampled_from(sorted(FORMS)), min_size=1, unique=True), st.integers(2, 90))
def test_every_place_in_a_summary_is_in_the_evidence(codes: list[str], number: int) -> None:
    told = _summary(" ".join(f"Над {FORMS[code]} областью сбито {number} БПЛА." for code in codes))
    named = {code for code, name in NAMES.items() if name in told}
    assert named == set(codes)


def test_nothing_finer_than_a_region_or_an_airport_is_relayed() -> None:
    told = _summary(
        "Калужская область: у деревни Сугоново (54.4123, 36.0567), на улице Полевой, в 300 метрах "
        "от позиции расчёта ПВО, сбито 2 беспилотника. Аэропорт Калуга (Грабцево) закрыт."
    )
    assert "Калужская область: сбито 2 беспилотника" in told
    for finer in ("Сугоново", "54.4", "36.0", "Полев", "300", "позици", "расчёт"):
        assert finer not in told
