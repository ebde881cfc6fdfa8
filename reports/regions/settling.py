"""Namesakes: which of several places of one name a text means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.placed import Why
from reports.regions.model import Mention, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OF_ITS_CITY = 4
"""At most so many characters stand in "district of Perm", "районе г. Перми"."""


def settle(mentions: Iterable[Mention], home: Sequence[str]) -> list[Mention]:
    """Namesakes settled by a region that the text names, by `home`, by clear size.

    A district that is known in one region alone, where the text and its source speak of others,
    is left open as well: the lists of districts have gaps.
    """
    known = list(mentions)
    hints = {
        Why.REGION_IN_TEXT: _regions(known, Place.REGION),
        Why.HOME: set(home),
        Why.CITY_IN_TEXT: _regions(known, Place.CITY),
    }
    expected = set().union(*hints.values())
    following = [*known[1:], None]
    settled = [_settled(*pair, hints) for pair in zip(known, following, strict=False)]
    return [_doubted(mention, expected, home) for mention in settled]


def _regions(mentions: list[Mention], what: Place) -> set[str]:
    return {m.regions[0] for m in mentions if m.what is what and len(m.regions) == 1}


def _settled(mention: Mention, following: Mention | None, hints: dict[Why, set[str]]) -> Mention:
    if len(mention.regions) == 1 or mention.what is Place.GROUP:
        return mention
    if mention.what is Place.DISTRICT and following and _is_its_city(mention, following):
        return _moved(mention, following.regions[0], Why.ITS_CITY)
    for why, hint in hints.items():
        fitting = [code for code in mention.regions if code in hint]
        if len(fitting) == 1:
            return _moved(mention, fitting[0], why)
    return _moved(mention, mention.regions[0], Why.SIZE) if mention.clear else mention


def _is_its_city(district: Mention, following: Mention) -> bool:
    """ "Калининский район Новосибирска": the city says which district."""
    near = following.span.start - district.span.end <= _OF_ITS_CITY
    return near and following.what is Place.CITY and len(following.regions) == 1


def _moved(mention: Mention, code: str, why: Why) -> Mention:
    airports = mention.airports if code == mention.regions[0] else ()
    return replace(mention, regions=(code,), airports=airports, clear=True, why=why)


def _doubted(mention: Mention, expected: set[str], home: Sequence[str]) -> Mention:
    if mention.what is not Place.DISTRICT or len(mention.regions) != 1 or not home:
        return mention
    if mention.regions[0] in expected or mention.clear:
        return mention
    return replace(mention, regions=(*mention.regions, *home), why=Why.FAR)
