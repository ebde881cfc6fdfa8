"""Short ways to say what a test is about."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache

from reports.model import (
    Bulletin,
    BulletinClass,
    BulletinType,
    Correction,
    Fact,
    Incident,
    Item,
    Kind,
    Language,
    Said,
    Source,
    Span,
    Target,
)
from reports.regions import Catalog
from reports.summaries import For

MOSCOW_TIME = timezone(timedelta(hours=3))
PUBLISHED = datetime(2026, 3, 5, 6, 48, tzinfo=MOSCOW_TIME)
GOVERNOR = Source("Губернатор Калужской области", "governor")

DENIED = Fact(Said.DENIED, evidence=(Span(0, 9),))
"""By the source, in words that are there to be shown."""
UNREPORTED, STATED = Fact(Said.NONE_REPORTED), Fact(Said.STATED)
FORTY_DRONES = Incident("RU-KLU", Kind.AIR_ATTACK, Target.DRONE, destroyed=Fact(Said.STATED, 40))


@cache
def catalog() -> Catalog:
    return Catalog.load()


def reader(language: Language = Language.RU, *regions: str) -> For:
    """Someone who follows these regions; all of them where none is named."""
    return For(language, frozenset(regions) or None, catalog())


def number(n: int) -> Fact:
    return Fact(Said.STATED, n)


def bulletin(*told: Incident | Item, kind: BulletinType = BulletinType.NEW) -> Bulletin:
    """A bulletin of these; incidents get the numbers 118, 119 ..."""
    items = tuple(
        one if isinstance(one, Item) else Item(118 + place, one) for place, one in enumerate(told)
    )
    return Bulletin(
        kind, BulletinClass.DANGER, GOVERNOR, PUBLISHED, items, "https://example.org/news/7"
    )


def corrected(incident: Incident, field: str, old: str, new: str) -> Item:
    """An incident with one correction, made at 08:12 Moscow time on the same day."""
    made = datetime(2026, 3, 5, 8, 12, tzinfo=MOSCOW_TIME)
    return Item(118, incident, corrections=(Correction(field, old, new, made),))
