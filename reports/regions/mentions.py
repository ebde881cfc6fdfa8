"""Places in running text: from items and the nouns they lean on to regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Span
from reports.regions.governments import CAPITALS, speaks_for_a_state
from reports.regions.guards import bears_a_name, is_a_code, speaks_of_flights
from reports.regions.heads import (
    REGION_KINDS,
    Head,
    codes_under,
    find_heads,
    heads_lines,
    stands_bare,
    stands_for,
)
from reports.regions.items import Item, Words, find_items
from reports.regions.model import Mention, Place
from reports.regions.tables import load_words

if TYPE_CHECKING:
    from reports.regions.tables import Entry, Tables
    from reports.text import Folded

CLEAR_RATIO = 8
"""How many times more people than its next namesake a town needs to be meant without a word."""
_MARKED_BELOW = 50_000
_SMALL = 5_000
"""People below which a name that is a word too is a place only where something says so."""
_KNOWN_FROM = 50_000
_KNOWN_ALONE_FROM = 15_000
"""People of a town that is known, and of one that has no namesake in the catalog."""
_WORDS = load_words()
_VILLAGES = frozenset(_WORDS["settlements"]["small"].split())
_VILLAGES_LISTED = frozenset(_WORDS["settlements"]["listed"].split())
_SETTLEMENTS = _VILLAGES | _VILLAGES_LISTED | frozenset(_WORDS["settlements"]["large"].split())
_BETWEEN_NAMES = frozenset(_WORDS["between"]["list"].split())
_AROUND = _WORDS["around"]
_NEAR = frozenset(_WORDS["near"]["words"].split())
_AND, _SKIPPED, _ITS_REGION = (
    frozenset(_WORDS["surroundings"][part].split()) for part in ("and", "skipped", "region")
)
_AFTER_HEADING = frozenset(":.—|(\n")
_LONGEST_VILLAGE_LIST = 30
_LARGEST_VILLAGE = 40_000
"""Words back to "сёлам", before a list of them; people of what is still called one."""


def find_mentions(text: Folded, tables: Tables) -> list[Mention]:
    """The places that a text names, in their order. Linear in the text's length."""
    words = Words(text)
    items = find_items(words, tables)
    heads = find_heads(words, items)
    area_named = any(head and head.kind in {*REGION_KINDS, "x"} for head in heads)
    area_named = area_named or heads_lines(words, items)
    district_named = any(head and head.kind == "d" for head in heads)
    found = []
    for item, head in zip(items, heads, strict=True):
        mention = _under_head(words, item, head, tables) if head else None
        mention = mention or _by_name(words, item)
        if area_named and (mention is None or mention.shy):
            mention = _bare(words, item) or mention
        if district_named and (mention is None or mention.shy):
            mention = _bare_district(words, item) or mention
        mention = mention or _adjective_alone(words, item)
        if mention:
            found.append(mention)
            found += filter(None, [_surroundings(words, mention, item.last)])
    return found


def _under_head(words: Words, item: Item, head: Head, tables: Tables) -> Mention | None:
    """What an item means before "области", "района", "аэропорта"."""
    codes = codes_under(item, head.kind)
    if not codes:
        return None
    last = head.at if head.own else item.last
    span = Span(words.starts[item.first], words.ends[last])
    if head.kind in {"p", "h"}:
        return _airports_under(span, codes, tables) if item.adjective else None
    district = head.kind == "d" or not set(codes) & _area_codes(item)
    return Mention(span, Place.DISTRICT if district else Place.REGION, codes)


def _area_codes(item: Item) -> set[str]:
    return {code for kind in REGION_KINDS for code in item.heads.get(kind, ())}


def _airports_under(span: Span, codes: tuple[str, ...], tables: Tables) -> Mention | None:
    """ "саратовский аэропорт", "московских аэропортов": the airports of the main city."""
    region = "RU-MOW" if codes[0] == "RU-MOS" else codes[0]
    city = next(iter(tables.regions[region].city.values()))
    airports = tuple(icao for icao, name in tables.airport_cities.items() if name == city)
    if not airports:
        return None
    what = Place.HUB if len(airports) > 1 else Place.AIRPORT
    return Mention(span, what, (region,), airports, known=True)


def _by_name(words: Words, item: Item) -> Mention | None:
    if not item.entries or not words.capital(item.first):
        return None
    if bears_a_name(words, item):
        return None
    span = Span(words.starts[item.first], words.ends[item.last])
    if _is_capital(item) and speaks_for_a_state(words, item):
        return None
    for wanted in (Place.GROUP, Place.REGION):
        for entry in item.entries:
            if entry.what is wanted and _fits(words, item, entry):
                return Mention(span, wanted, entry.regions)
    if airport := _airport(words, item):
        known = speaks_of_flights(words, item)
        return Mention(span, Place.AIRPORT, airport.regions, airport.airports, known=known)
    return _city(words, item, span)


def _airport(words: Words, item: Item) -> Entry | None:
    for entry in item.entries:
        if entry.what is Place.AIRPORT and _is_of_flights(words, item, entry):
            return entry
    return None


def _is_of_flights(words: Words, item: Item, entry: Entry) -> bool:
    """Whether a name that may be a town's, a person's or none at all is an airport's here."""
    if "i" in entry.flags:
        return is_a_code(words, item)
    return "s" not in entry.flags or speaks_of_flights(words, item)


def _city(words: Words, item: Item, span: Span) -> Mention | None:
    """A town, with its namesakes by size."""
    cities = [entry for entry in item.entries if entry.what is Place.CITY]
    fits = any(_fits(words, item, town) for town in cities)
    shy = not fits and _may_be_meant(words, item)
    towns = cities if fits or shy else []
    village = _is_called_a_village(words, item)
    if village:
        towns = [town for town in towns if town.people <= _LARGEST_VILLAGE]
    if not towns:
        return None
    towns.sort(key=lambda town: town.people, reverse=True)
    regions = tuple(dict.fromkeys(town.regions[0] for town in towns))
    first, others = towns[0], [town for town in towns if town.regions != towns[0].regions]
    clear = all(_outweighs(first, other) for other in others)
    known = _is_main(first) or first.people >= (_KNOWN_FROM if others else _KNOWN_ALONE_FROM)
    known = known and not (village or shy)
    if around := _is_near(words, item, regions[0]):
        return Mention(span, Place.REGION, (around,))
    return Mention(span, Place.CITY, regions, first.airports, clear=clear, known=known, shy=shy)


def _is_capital(item: Item) -> bool:
    return any(not CAPITALS.isdisjoint(entry.regions) for entry in item.entries)


def _is_near(words: Words, item: Item, code: str) -> str | None:
    """The region around a city that is one itself: "под Москвой", "near Kyiv"."""
    before = words.words[item.first - 1] if item.first else ""
    return _AROUND.get(code) if before in _NEAR else None


def _surroundings(words: Words, mention: Mention, last: int) -> Mention | None:
    """ "Москва и область", "Kyiv and its region": the region around the city is named as well."""
    around, at = _AROUND.get(mention.regions[0]), last + 1
    if not around or mention.what is not Place.CITY or at >= len(words):
        return None
    if words.words[at] not in _AND or not words.adjacent(at):
        return None
    at += 1 + (at + 1 < len(words) and words.words[at + 1] in _SKIPPED)
    if at >= len(words) or words.words[at] not in _ITS_REGION:
        return None
    return Mention(Span(words.starts[at], words.ends[at]), Place.REGION, (around,))


def _is_called_a_village(words: Words, item: Item) -> bool:
    """ "В селе Отрадное", "по сёлам Бессоновка, Отрадное и Муром": no town of that name."""
    if item.first and words.words[item.first - 1] in _VILLAGES:
        return True
    for at in range(item.first - 1, max(-1, item.first - _LONGEST_VILLAGE_LIST), -1):
        if words.words[at] in _VILLAGES_LISTED:
            return True
        if words.opens_sentence(at + 1):
            return False
        if not (words.words[at] in _BETWEEN_NAMES or words.capital(at)):
            return False
    return False


def _outweighs(town: Entry, other: Entry) -> bool:
    if _is_main(town) and not _is_main(other):
        return True
    return town.people >= CLEAR_RATIO * other.people


def _is_main(town: Entry) -> bool:
    """Whether it is its region's main city."""
    return "m" in town.flags


def _fits(words: Words, item: Item, entry: Entry) -> bool:
    """Whether a name that is an ordinary word too is meant as a place here."""
    if "c" in entry.flags:
        written = words.text.cased[words.starts[item.first] : words.ends[item.last]]
        return sum(map(str.isupper, written)) >= 2
    if not entry.flags or entry.flags == "m" or ("m" in entry.flags and not words.lower_only):
        return True
    marked = item.first > 0 and words.words[item.first - 1] in _SETTLEMENTS
    if "o" in entry.flags:
        return words.opens_sentence(item.first) and not words.lower_only
    if entry.people < (_MARKED_BELOW if "j" in entry.flags else _SMALL):
        return marked or (entry.what is not Place.CITY)
    if marked or not (words.opens_sentence(item.first) or words.lower_only):
        return True
    return _stands_alone(words, item)


def _stands_alone(words: Words, item: Item) -> bool:
    """ "Апатиты: сбит дрон", "Салават. Около шести утра": a heading is no ordinary word."""
    if not item.nominative or words.lower_only:
        return False
    after = item.last + 1
    return after < len(words) and words.gap(after).strip(" ")[:1] in _AFTER_HEADING


def _may_be_meant(words: Words, item: Item) -> bool:
    """Whether a word can be a place's name if the region is the right one."""
    if words.lower_only or not words.capital(item.first):
        return False
    return not words.opens_sentence(item.first) or _stands_alone(words, item)


def _adjective_alone(words: Words, item: Item) -> Mention | None:
    code = stands_for(words, item)
    span = Span(words.starts[item.first], words.ends[item.last])
    return Mention(span, Place.CITY, (code,)) if code else None


def _bare(words: Words, item: Item) -> Mention | None:
    """A region's adjective whose noun is left out."""
    codes = tuple(_area_codes(item))
    if not item.adjective or len(codes) != 1 or not stands_bare(words, item):
        return None
    return Mention(Span(words.starts[item.first], words.ends[item.last]), Place.REGION, codes)


def _bare_district(words: Words, item: Item) -> Mention | None:
    """ "Два в Россошанском районе, три — в Кантемировском"."""
    codes = tuple(item.heads.get("d", ()))
    if not item.adjective or not codes or not stands_bare(words, item):
        return None
    return Mention(Span(words.starts[item.first], words.ends[item.last]), Place.DISTRICT, codes)
