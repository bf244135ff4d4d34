"""Decides which of several places wins a name, and which places are named most."""

import functools
from collections import defaultdict
from typing import Dict, List

from choose import Place, near

TOP = 920  # places of the popular tier
# The weight of a place's population for its own name, for another spelling of it, for any other
# name (search.cpp).
OWN_SHARE, VARIANT_SHARE, OTHER_SHARE = 40, 10, 1
SHARES = [OTHER_SHARE, VARIANT_SHARE, OWN_SHARE]  # by the closeness of an alias
BEATEN = 3  # instead of the closeness: another place wins the name, a qualifier may mean this one
MAX_RIVALS = 2  # places with a name by alias, beside the one that wins it
MIN_RIVAL = 50_000


@functools.lru_cache(maxsize=None)
def is_variant(key: str, other: str) -> bool:
    """Whether a name is a part of the other, or both begin alike and differ by two letters at most:
    Las Palmas of Gran Canaria, Bruges and Brugge, not Victoria and Hong Kong."""
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
    """The places of each key: those of that name, and those for which it is another name, as
    indexes into `places`.
    """

    def __init__(self, places: List[Place], homes: Dict[str, str]) -> None:
        """`homes`: the country that has a key as a name, too; its own cities win that name."""
        self.places, self.homes = places, homes
        self.own: Dict[str, List[int]] = defaultdict(list)
        others: Dict[str, List[int]] = defaultdict(list)
        for number, place in enumerate(places):  # in the order of population
            self.own[place.key].append(number)
            for key in place.aliases:
                others[key].append(number)
        self.also = {
            key: kept for key, numbers in others.items() if (kept := self.rivals(key, numbers))
        }

    def closeness(self, key: str, number: int) -> int:
        """Of a name to the own one: 2 as good, 1 another spelling, 0 any other."""
        place = self.places[number]
        return 2 if key in (place.key, place.short) else int(is_variant(key, place.key))

    def weight(self, key: str, number: int) -> int:
        """The weight as in the look-up (Search::add)."""
        city = self.places[number].city
        home = 100 if self.homes.get(key) == city.country else 1
        return max(city.population, 1) * SHARES[self.closeness(key, number)] * home

    def best(self, key: str, numbers: List[int]) -> int:
        """The place with the greatest weight; of equals the first."""
        return max(numbers, key=lambda n: (self.weight(key, n), -n))

    def rivals(self, key: str, numbers: List[int]) -> List[int]:
        """Of the places with this other name, those that may win it, and large ones that a
        qualifier may mean.
        """
        own = self.own.get(key, [])
        if not own and len(numbers) == 1:
            return numbers
        numbers = [
            n
            for n in numbers
            if not any(near(self.places[n].city, self.places[o].city) for o in own)
        ]
        kept = [n for n in numbers if self.places[n].short == key]
        if numbers and (best := self.best(key, own + numbers)) in numbers and best not in kept:
            kept.append(best)
        large = [
            n for n in numbers if n not in kept and self.places[n].city.population >= MIN_RIVAL
        ]
        return kept + large[:MAX_RIVALS]

    def bearers(self, key: str) -> List[int]:
        return self.own.get(key, []) + self.also.get(key, [])

    def winner(self, key: str) -> int:
        """The place that wins."""
        bearers = self.bearers(key)
        return self.best(key, bearers) if len(bearers) > 1 else bearers[0]

    def alias_closeness(self, key: str, number: int) -> int:
        """A shard's entry for another name; its weight is irrelevant when no other place has the
        name."""
        if len(self.bearers(key)) == 1:
            return 0
        return self.closeness(key, number) if self.winner(key) == number else BEATEN


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
