"""Chooses the places of the gazetteer, and the names by which they are found."""

import bisect
import re
from collections import defaultdict
from typing import List, NamedTuple, Tuple

import sources
from keys import MAX_KEY

# Historical, abandoned and destroyed places are excluded; a section of a city is included when it
# is well known.
DROPPED = {"PPLH", "PPLQ", "PPLW", "PPLCH"}
SECTION, MIN_SECTION = "PPLX", 10_000
MIN_POPULATION = 1000  # below, only seats of the upper divisions
SEATS = {"PPLC", "PPLA", "PPLG"}
SAME_PLACE = 0.25  # degrees: two entries of a name in one region are one place

SCRIPTS = [
    (0x370, 0x3FF, "Greek"),
    (0x400, 0x52F, "Cyrillic"),
    (0x531, 0x58F, "Armenian"),
    (0x590, 0x5FF, "Hebrew"),
    (0x600, 0x77F, "Arabic"),
    (0x780, 0x7BF, "Thaana"),
    (0x900, 0x97F, "Devanagari"),
    (0x980, 0x9FF, "Bengali"),
    (0xA00, 0xDFF, "Indian"),
    (0xE00, 0xE7F, "Thai"),
    (0xE80, 0xEFF, "Lao"),
    (0xF00, 0xFFF, "Tibetan"),
    (0x1000, 0x109F, "Burmese"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1800, 0x18AF, "Mongolian"),
    (0x3040, 0x30FF, "Kana"),
    (0x3400, 0x9FFF, "Han"),
    (0xAC00, 0xD7A3, "Hangul"),
]
# The countries of a script: there small places are found by it, too.
HOME = {
    "Greek": "GR CY",
    "Cyrillic": "RU UA BY BG RS MK KZ KG TJ MN ME BA XK",
    "Armenian": "AM",
    "Hebrew": "IL",
    "Arabic": "AE AF BH DJ DZ EG EH ER IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE",
    "Thaana": "MV",
    "Devanagari": "IN NP",
    "Bengali": "BD IN",
    "Indian": "IN LK",
    "Thai": "TH",
    "Lao": "LA",
    "Tibetan": "CN BT",
    "Burmese": "MM",
    "Georgian": "GE",
    "Hangul": "KR KP",
    "Ethiopic": "ET ER",
    "Khmer": "KH",
    "Mongolian": "MN CN",
    "Kana": "JP",
    "Han": "CN JP TW HK MO SG",
}
HOME = {script: set(countries.split()) for script, countries in HOME.items()}

BRACKETS = re.compile(r" \(.*\)$")
CITY = " city"
MIN_KNOWN, MIN_FAMOUS = 16, 25  # other names
KNOWN_AS = {5128581: ["NYC"]}  # letters that are no airport's
CODE = re.compile(r"[A-Z]{3,5}$")  # of an airport


class Place(NamedTuple):
    city: sources.City
    key: str
    # the key of the short form of its name, equivalent to its own: Frankfurt of "Frankfurt (Oder)"
    short: str
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
    return bool(text) and not (
        text.isascii() and (text[0].islower() or text.isupper() and CODE.match(text))
    )


def is_at_home(name: str, country: str) -> bool:
    return not name.isascii() and country in HOME.get(script(name), ())


def is_beginning(name: str, of: str) -> bool:
    """Whether it is the first words of a longer name."""
    return len(name) < len(of) and of.startswith(name) and not of[len(name)].isalnum()


def other_keys(names: List[str], key: str, of) -> List[str]:
    keys = dict.fromkeys(of(name) for name in names)
    return [other for other in keys if other and other != key and len(other.encode()) <= MAX_KEY]


def wanted(city: sources.City, key: str, of) -> Tuple[List[str], int]:
    """Keys of the other names that a place is found by, and how many it has: of a large or famous
    one all, of others those at home."""
    names = [
        *KNOWN_AS.get(city.geonameid, ()),
        *(name for name in city.alternatenames if is_name(name)),
    ]
    if city.population < 15_000 and len(names) < MIN_KNOWN:
        home = [name for name in names if is_at_home(name, city.country)]
        first_words = [name for name in names if is_beginning(name, city.name)]
        return other_keys(home[:2] + first_words, key, of), len(names)
    keys = other_keys(names, key, of)
    if city.population >= 100_000 or city.feature_code == "PPLC" or len(keys) >= MIN_FAMOUS:
        return keys, len(keys)
    return [k for k in keys if not script(k) or is_at_home(k, city.country)], len(keys)


def short_name(city: sources.City, aliases: List[str], of) -> str:
    """Without the part in brackets, and without "City" where the place is also known without it:
    New York."""
    short = of(BRACKETS.sub("", city.name))
    without = short[: -len(CITY)] if short.endswith(CITY) else ""
    return without if without in aliases else short


def is_stop(city: sources.City) -> bool:
    if city.feature_code in DROPPED or (
        city.feature_code == SECTION and city.population < MIN_SECTION
    ):
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
    return (
        a.country == b.country
        and abs(a.latitude - b.latitude) < SAME_PLACE
        and abs(a.longitude - b.longitude) < SAME_PLACE
    )


def order(place: Place) -> Tuple:
    return (-place.city.population, -place.fame, place.city.geonameid)


def without_doubles(places: List[Place]) -> List[Place]:
    """A town and its commune are one place: the larger of two with one name beside each other
    stays.
    """
    kept, by_key = [], defaultdict(list)
    for place in sorted(places, key=order):
        if not any(near(place.city, other.city) for other in by_key[place.key]):
            by_key[place.key].append(place)
            kept.append(place)
    return kept
