"""Writes reports/regions/catalog.json out of tools/catalog_data.

    python -m tools.build_catalog

Needs pymorphy3 (a development dependency) for the case forms, nothing else. Another country is
a `regions.<cc>.toml` and a name in COUNTRIES.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.catalog_rows import Place, airport_row, is_word, joined, respellings
from tools.inflection import adjective_stem, fold, forms, is_adjective
from tools.spellings import spellings, transliterated

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parent / "catalog_data"
TARGET = Path(__file__).parents[1] / "reports" / "regions" / "catalog.json"
COUNTRIES = ("ru", "ua")
CITIES = frozenset({"RU-MOW", "RU-SPE", "UA-30", "UA-40"})
"""Cities that are regions: what GeoNames calls towns there are their districts."""
PEOPLE_OF_FORMER = 10
"""By how much fewer people a town's former name is counted with."""
PEOPLE_OF_PART = 3_000
"""People that a part of a city is counted with, so that a town of its name comes first."""
HEADS = {"область": "o", "край": "k", "республика": "r", "округ": "a"}
HEADS_EN = {"Region": "o", "Oblast": "o", "Territory": "k", "Krai": "k", "Republic": "r"}
HEADS_EN |= {"Area": "a", "Okrug": "a"}
SOURCES = "GeoNames (CC BY 4.0), changed: names chosen, declined, corrected; own tables"


class Builder:
    """Collects the catalog's tables."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.adjectives: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.cores: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.typed: dict[str, str] = {}
        self.overrides = read("overrides.toml")
        self.airports = read("airports.toml")
        rows = rows_of("town_names.tsv")
        self.names = {(code, given): names.split("|") for code, given, names, _ in rows}
        self.english = {
            (code, names.split("|")[0]): also.split("|") for code, _, names, also in rows if also
        }
        self.towns = self._towns()

    def _towns(self) -> list[tuple[str, str, str, int]]:
        rows = [(r, ru, en, int(n)) for r, ru, en, n in rows_of("towns.tsv")]
        rows = [town for row in rows for town in self._as_called(row)]
        rows += [(r, ru, en, n) for r, ru, en, n in self.overrides["towns"]]
        unwanted = set(map(fold, self.overrides["not_towns"]))
        largest: dict[tuple[str, str], tuple[str, str, str, int]] = {}
        for row in sorted(rows, key=lambda row: row[3]):
            if fold(row[1]) not in unwanted:
                largest[row[0], fold(row[1])] = row
        return sorted(largest.values())

    def _as_called(self, row: tuple[str, str, str, int]) -> list[tuple[str, str, str, int]]:
        """A town under each of its names. Parts of large cities have fewer people than they have,
        and so have former names, lest they hide towns that are called so now.
        """
        code, given, english, people = row
        own = code not in CITIES or given in self.overrides["own_towns"]
        if not own or [code, given] in self.overrides["parts"]:
            people = min(people, PEOPLE_OF_PART)
        now, *formerly = self.names.get((code, given), [given])
        former = [(code, name, english, people // PEOPLE_OF_FORMER) for name in formerly]
        return [(code, now, english, people), *former]

    def add_region(self, code: str, region: dict[str, Any]) -> None:
        also = region.get("also", {})
        if name := region.get("uk"):
            self.places.append(Place("region", (code,), ukrainian_forms(name)))
        if region["ru"] == region["city"]["ru"]:
            self._add_main_city(code, region, also)
            self._add_short(code, region)
            return
        for name in [region["ru"], *also.get("ru", ())]:
            self._add_russian_region(code, name)
        for name in [region["en"], *also.get("en", ())]:
            self._add_english_region(code, name)
        for head, adjective in region.get("adjectives", {}).items():
            self.adjectives[adjective_stem(adjective)][head].append(code)
        city_also = region.get("city_also", {})
        self._add_main_city(code, region, city_also)
        core = self.cores.get(fold(region["city"]["en"]), {})
        for name in city_also.get("en", ()):
            for head in core:
                self.cores[fold(name)][head].append(code)
        self._add_short(code, region)

    def _add_short(self, code: str, region: dict[str, Any]) -> None:
        for name in region.get("fixed", ()):
            self.places.append(Place("region", (code,), (fold(name),), flags="c"))
        self.typed |= {fold(name): code for name in region.get("typed", ())}

    def _add_russian_region(self, code: str, name: str) -> None:
        words = name.split()
        head = HEADS.get(words[-1].lower())
        if head and is_adjective(words[0]):
            self.adjectives[adjective_stem(words[0])][head].append(code)
        elif "и" not in words:
            self.places.append(Place("region", (code,), tuple(forms(name))))

    def _add_english_region(self, code: str, name: str) -> None:
        core, _, last = name.rpartition(" ")
        head = HEADS_EN.get(last)
        if head and core and not core.endswith(("People's", "Autonomous")):
            self.cores[fold(core)][head].append(code)
        elif " and " not in name:
            self.places.append(Place("region", (code,), english_forms(name)))

    def _add_main_city(self, code: str, region: dict[str, Any], also: dict[str, list[str]]) -> None:
        name, english = region["city"]["ru"], region["city"]["en"]
        people = max(
            (n for r, ru, _, n in self.towns if r == code and fold(ru) == fold(name)), default=0
        )
        airports = self.airports_of(name, code)
        people = max(people, 30_000)
        for ru in (name, *also.get("ru", ())):
            flags = "m" + "w" * (ru in self.overrides["words"])
            self.places.append(Place("city", (code,), tuple(forms(ru)), airports, people, flags))
        for en in (english, *also.get("en", ())):
            self.places.append(Place("city", (code,), english_forms(en), airports, people, "m"))

    def airports_of(self, city: str, code: str) -> tuple[str, ...]:
        return tuple(
            icao
            for icao, airport in self.airports.items()
            if airport["city"]["ru"] == city and code in airport["regions"]
        )

    def add_towns(self, main: set[tuple[str, str]]) -> None:
        for code, name, english, people in self.towns:
            if (code, fold(name)) in main:
                continue
            adjective = is_adjective(name.split()[-1])
            if adjective and code in CITIES:
                self.adjectives[adjective_stem(name)]["d"].append(code)
                continue
            airports = self.airports_of(name, code)
            flags = "w" * is_word(name) + "j" * adjective
            place = Place("city", (code,), tuple(forms(name)), airports, people, flags)
            self.places.append(place)
            spelled = self._spelled(code, name, english)
            self.places += [Place("city", (code,), each, airports, people) for each in spelled]

    def _spelled(self, code: str, name: str, english: str) -> list[tuple[str, ...]]:
        """The ways to write a town in Latin letters: as it is given, and as Russian is spelled."""
        found: dict[str, None] = {}
        for way in (english, transliterated(name), *self.english.get((code, name), ())):
            found |= dict.fromkeys(english_forms(way))
        return [tuple(found)]

    def add_districts(self) -> None:
        rows = list(rows_of("districts.tsv"))
        rows += [
            [code, name] for code, names in self.overrides["districts"].items() for name in names
        ]
        wrong = self.overrides["not_districts"]
        rows += [[code, respelled] for code, name in rows for respelled in respellings(name)]
        for code, name in rows:
            codes = self.adjectives[adjective_stem(name)]["d"]
            if code not in codes and name not in wrong.get(code, ()):
                codes.append(code)

    def add_latin_adjectives(self) -> None:
        """ "Kharkivska", "Chuhuivskyi": adjectives that are spelled as in Ukrainian."""
        for kind, by_region in read("latin_adjectives.toml").items():
            for code, stems in by_region.items():
                for stem in stems.split():
                    self.adjectives[stem.replace("-", " ")][kind].append(code)

    def add_airports(self) -> None:
        for icao, airport in self.airports.items():
            codes = fold(airport["iata"]), fold(icao)
            self.add_airport(icao, codes, "i")
            named = [form for name in airport.get("by_person", ()) for form in forms(name)]
            self.add_airport(icao, named, "s")
            if "ru" in airport:
                own = (*forms(airport["ru"]), *map(fold, (airport["en"], *airport.get("also", ()))))
                self.add_airport(icao, own, "s" * airport.get("shy", False))

    def add_airport(self, icao: str, spelled: Iterable[str], flags: str) -> None:
        region = self.airports[icao]["regions"][0]
        if spelled:
            self.places.append(Place("airport", (region,), tuple(spelled), (icao,), 0, flags))

    def add_groups(self) -> None:
        for group in read("groups.toml")["group"]:
            codes = tuple(group["regions"])
            spelled = [form for name in group["names"] for form in forms(name)]
            spelled += map(fold, group["en"])
            self.places.append(Place("group", codes, tuple(spelled)))
            self.places += [Place("group", codes, (fold(f),), flags="c") for f in group["fixed"]]

    def add_landmarks(self) -> None:
        for code, name in self.overrides["landmarks"]:
            self.places.append(Place("city", (code,), tuple(forms(name))))
        for code, name in self.overrides["landmarks_en"]:
            self.places.append(Place("city", (code,), (fold(name),)))

    def add_dwellers(self) -> None:
        for code, name in self.overrides["dwellers"].items():
            cases = (name, name[:-1] + "ам", name[:-1] + ("" if name.endswith("не") else "ев"))
            self.places.append(Place("region", (code,), cases, flags="o"))

    def table(self, regions: dict[str, Any]) -> dict[str, Any]:
        """Everything, as it is written."""
        names = {
            c: [r["ru"], r["en"], r["city"]["ru"], r["city"]["en"], r["timezone"]]
            for c, r in regions.items()
        }
        return {
            "sources": [SOURCES],
            "regions": names,
            "airports": {icao: airport_row(airport) for icao, airport in self.airports.items()},
            "adjectives": {stem: joined(heads) for stem, heads in sorted(self.adjectives.items())},
            "cores": {core: joined(heads) for core, heads in sorted(self.cores.items())},
            "typed": dict(sorted(self.typed.items())),
            "places": sorted(place.row() for place in self.places),
        }


def ukrainian_forms(name: str) -> tuple[str, ...]:
    """Of an adjective with its "область", the cases; any other name as it stands."""
    stem, _, head = name.partition("а область")
    if head or stem == name:
        return (fold(name),)
    endings = ("а область", "ої області", "ій області", "у область", "ою областю", "а обл")
    return tuple(fold(f"{stem}{ending}") for ending in endings)


def english_forms(name: str) -> tuple[str, ...]:
    """An English name and the spellings that only differ in how ы, й and ё are written."""
    return tuple(spellings(name))


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


def rows_of(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


def build() -> dict[str, Any]:
    """The whole catalog's table."""
    regions = {
        code: region for cc in COUNTRIES for code, region in read(f"regions.{cc}.toml").items()
    }
    builder = Builder()
    for code, region in regions.items():
        builder.add_region(code, region)
    builder.add_towns({(code, fold(region["city"]["ru"])) for code, region in regions.items()})
    builder.add_districts()
    builder.add_latin_adjectives()
    builder.add_airports()
    builder.add_groups()
    builder.add_landmarks()
    builder.add_dwellers()
    return builder.table(regions)


def dumped(table: dict[str, Any]) -> str:
    """JSON with a line for each entry, so that a change can be read."""

    def lines(value: object) -> str:
        if isinstance(value, dict):
            pairs = (f"{compact(k)}:{compact(v)}" for k, v in value.items())
            return "{\n" + ",\n".join(pairs) + "\n}"
        return "[\n" + ",\n".join(map(compact, value)) + "\n]"

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    body = ",\n".join(f'"{name}":{lines(value)}' for name, value in table.items())
    return "{\n" + body + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(dumped(build()), "utf-8")
