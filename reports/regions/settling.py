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
    is left open as well: the lists of districts have gaps. A word that seldom names a place is
    none unless its region is named or the source's.
    """
    known = list(mentions)
    hints = {
        Why.REGION_IN_TEXT: _regions(known, Place.REGION),
        Why.HOME: set(home),
        Why.CITY_IN_TEXT: _regions(known, Place.CITY),
    }
    expected = set().union(*hints.values())
    told = hints[Why.REGION_IN_TEXT] | hints[Why.HOME]
    known = [m for m in known if not m.shy or not told.isdisjoint(m.regions)]
    settled, nearest = [], ""
    for mention, following in zip(known, [*known[1:], None], strict=False):
        if mention.what is Place.REGION:
            nearest = mention.regions[0]
        settled.append(_settled(mention, following, hints, nearest))
    return [_doubted(mention, expected, home) for mention in settled]


def _regions(mentions: list[Mention], what: Place) -> set[str]:
    return {m.regions[0] for m in mentions if m.what is what and len(m.regions) == 1 and not m.shy}


def _settled(
    mention: Mention, following: Mention | None, hints: dict[Why, set[str]], nearest: str
) -> Mention:
    """`nearest`: the last region that was named before, "" if none was."""
    if mention.what is Place.GROUP:
        return mention
    if following and (why := _belongs_to(mention, following)):
        return _moved(mention, following.regions[0], why)
    if len(mention.regions) == 1:
        return mention
    for why, hint in hints.items():
        fitting = [code for code in mention.regions if code in hint]
        if len(fitting) > 1 and nearest in fitting:
            fitting = [nearest]
        if len(fitting) == 1:
            return _moved(mention, fitting[0], why)
    return _moved(mention, mention.regions[0], Why.SIZE) if mention.clear else mention


def _belongs_to(mention: Mention, following: Mention) -> Why | None:
    """ "Калининский район Новосибирска", "Каменка Пензенской области": what follows says which."""
    if len(following.regions) != 1 or mention.what not in {Place.DISTRICT, Place.CITY}:
        return None
    gap = following.span.start - mention.span.end
    if following.what is Place.REGION and not mention.known:
        return Why.REGION_IN_TEXT if gap <= 1 + (mention.what is Place.DISTRICT) else None
    if following.what is not Place.CITY or mention.what is not Place.DISTRICT or following.shy:
        return None
    return Why.ITS_CITY if gap == 1 or (gap <= _OF_ITS_CITY and len(mention.regions) > 1) else None


def _moved(mention: Mention, code: str, why: Why) -> Mention:
    airports = mention.airports if code == mention.regions[0] else ()
    return replace(mention, regions=(code,), airports=airports, clear=True, why=why)


def _doubted(mention: Mention, expected: set[str], home: Sequence[str]) -> Mention:
    if mention.what is not Place.DISTRICT or len(mention.regions) != 1 or not home:
        return mention
    if mention.regions[0] in expected or mention.clear:
        return mention
    return replace(mention, regions=(*mention.regions, *home), why=Why.FAR)
