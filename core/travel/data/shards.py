"""The format of the gazetteer's files, which core/travel/shard.cpp reads. docs/gazetteer.md has the
format.

The fields of places are packed as bits, names and countries by Huffman codes that the index holds:
many hosts send .bin files as they are, and pieces of half a kilobyte leave a compressor nothing to
find. Shards lie one after the other in packs, of which a browser reads ranges."""

import heapq
import struct
from collections import Counter
from typing import Iterable, List, NamedTuple, Tuple

MAX_CODE_BITS = 24
COUNT_BITS, REF_TOP_BITS, REF_PAGE_BITS, REF_SLOT_BITS = 12, 11, 12, 7
# A shard's number is the lower 12 bits of the hashes in it.
HASH_BITS, TOP_HASH_BITS, CLOSENESS_BITS = 20, 24, 2
PACK = 256  # shards of a file
# Bytes: a shard's size is a multiple. 16 would cost a kilobyte more in the index, and save 24 bytes
# in a shard.
UNIT = 64
DEGREE_BITS = 16  # of half the circle for latitudes, of the whole one for longitudes
MANTISSA_BITS, EXPONENT_BITS, MANTISSA = 10, 3, 1000


class Record(NamedTuple):
    """A place under its own name. `region` counts from 1 in the country's list, 0 is none."""

    name: str
    country: int
    region: int
    population: int
    latitude: float
    longitude: float


class Alias(NamedTuple):
    """The hash of another name of a place, which is at `slot` of `page`; of the popular tier when
    `page` is negative. `closeness` to its own name: 2 as good, 1 another spelling, 0 any other; 3:
    the name is another place's."""

    hash: int
    closeness: int
    page: int
    slot: int


def hash_of(key: str) -> int:
    """FNV-1a, 32 bits."""
    value = 0x811C9DC5
    for byte in key.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def number(value: int) -> bytes:
    """An unsigned LEB128 number."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value: int) -> bytes:
    return number(value * 2 if value >= 0 else -value * 2 - 1)


def strings(items: Iterable[str]) -> bytes:
    return b"".join(number(len(item.encode())) + item.encode() for item in items)


class Bits:
    """Bits, the highest of a value first, the highest of a byte first."""

    def __init__(self) -> None:
        self.value, self.size = 0, 0

    def add(self, value: int, size: int) -> None:
        if value >> size:
            raise SystemExit(f"{value} takes more than {size} bits")
        self.value, self.size = self.value << size | value, self.size + size

    def bytes(self) -> bytes:
        size = (self.size + 7) // 8
        return (self.value << size * 8 - self.size).to_bytes(size, "big")


class Code:
    """A canonical Huffman code of symbols below `size`, each with its bits; those that don't occur
    have none.
    """

    def __init__(self, counts: Counter, size: int) -> None:
        self.lengths = [0] * size
        heap = [(count, symbol, (symbol,)) for symbol, count in sorted(counts.items())]
        heapq.heapify(heap)
        while len(heap) > 1:
            (a, tie, left), (b, _, right) = heapq.heappop(heap), heapq.heappop(heap)
            for symbol in left + right:
                self.lengths[symbol] += 1
            heapq.heappush(heap, (a + b, tie, left + right))
        if max(self.lengths) > MAX_CODE_BITS:
            raise SystemExit("a code is too long")
        self.codes = {}
        code = before = 0
        for symbol in sorted(
            (s for s in range(size) if self.lengths[s]), key=lambda s: (self.lengths[s], s)
        ):
            code <<= self.lengths[symbol] - before
            before = self.lengths[symbol]
            self.codes[symbol] = (code, before)
            code += 1

    def add(self, bits: Bits, symbol: int) -> None:
        bits.add(*self.codes[symbol])


CONTEXTS = 4


def context(before: int) -> int:
    """What the byte before says of the next one in a name; 0 stands before the first."""
    if before in b"\0 -'":
        return 0  # a word begins
    if before in b"AEIOUYaeiouy":
        return 1
    return 3 if before >= 128 else 2


def in_context(name: str) -> Iterable[Tuple[int, int]]:
    """The bytes of a name, 0 at its end, each with its context."""
    text = name.encode() + b"\0"
    return zip(map(context, b"\0" + text), text)


class Packing(NamedTuple):
    tag: int  # the same in all files of a build
    names: List[Code]  # of the bytes of names, for each context
    countries: Code
    region_bits: List[int]  # of each country


def packing(tag: int, records: List[Record], regions: List[int]) -> Packing:
    """`regions`: how many each country has."""
    letters: List[Counter] = [Counter() for _ in range(CONTEXTS)]
    for record in records:
        for before, byte in in_context(record.name):
            letters[before][byte] += 1
    countries = Counter(record.country for record in records)
    return Packing(
        tag,
        [Code(counts, 256) for counts in letters],
        Code(countries, len(regions)),
        [count.bit_length() for count in regions],
    )


def pack_population(people: int, bits: Bits) -> None:
    """Three digits and a power of ten."""
    power = 0
    while people >= MANTISSA:
        people = (people + 5) // 10
        power += 1
    bits.add(people, MANTISSA_BITS)
    bits.add(power, EXPONENT_BITS)


def page(
    form: Packing, records: List[Record], aliases: List[Alias], hash_bits: int = HASH_BITS
) -> bytes:
    bits = Bits()
    bits.add(len(records), COUNT_BITS)
    bits.add(len(aliases), COUNT_BITS)
    for record in records:
        for before, byte in in_context(record.name):
            form.names[before].add(bits, byte)
        form.countries.add(bits, record.country)
        bits.add(record.region, form.region_bits[record.country])
        pack_population(record.population, bits)
        bits.add(round((record.latitude + 90) / 180 * ((1 << DEGREE_BITS) - 1)), DEGREE_BITS)
        bits.add(
            round((record.longitude + 180) / 360 * (1 << DEGREE_BITS)) % (1 << DEGREE_BITS),
            DEGREE_BITS,
        )
    for alias in aliases:
        bits.add(alias.hash >> 32 - hash_bits, hash_bits)
        bits.add(alias.closeness, CLOSENESS_BITS)
        bits.add(alias.page < 0, 1)
        if alias.page < 0:
            bits.add(alias.slot, REF_TOP_BITS)
        else:
            bits.add(alias.page, REF_PAGE_BITS)
            bits.add(alias.slot, REF_SLOT_BITS)
    return struct.pack("<H", form.tag) + bits.bytes()


def filled(page: bytes) -> bytes:
    """A shard with zeros behind it up to the next unit."""
    return page + bytes(-len(page) % UNIT)


def sizes(pages: List[bytes]) -> bytes:
    """The sizes of filled shards, in units: a code of their number, and their codes as bits."""
    units = [len(page) // UNIT for page in pages]
    code, bits = Code(Counter(units), max(units) + 1), Bits()
    for size in units:
        code.add(bits, size)
    return number(len(code.lengths)) + bytes(code.lengths) + bits.bytes()


def folds(table: dict) -> bytes:
    """Code points and their replacements: none, one other, or two ASCII letters, as steps from one
    to the next.
    """
    out, code, target = bytearray(number(len(table))), 0, 0
    for key, text in table.items():
        value = (
            ord(text)
            if len(text) == 1
            else 0
            if not text
            else 0x110000 + (ord(text[0]) << 8 | ord(text[1]))
        )
        out += number(key - code) + signed(value - target)
        code, target = key, value
    return bytes(out)


def index(
    form: Packing,
    table: dict,
    pages: List[bytes],
    countries: List[Tuple[str, str, int, int, int, List[str]]],
) -> bytes:
    """`countries`: ISO 3166 codes of two and three letters, continent, group of regions, number
    (from 1) of the country that it belongs to or 0, name and other names' keys. `pages`: the filled
    shards."""
    return b"".join(
        [
            struct.pack("<4sHH", b"MPL2", form.tag, len(pages)),
            folds(table),
            *(bytes(code.lengths) for code in form.names),
            number(len(countries)),
            bytes(form.countries.lengths),
            bytes(form.region_bits),
            "".join(c[0] for c in countries).encode(),
            "".join(c[1] for c in countries).encode(),
            bytes(c[2] for c in countries),
            bytes(c[3] for c in countries),
            bytes(c[4] for c in countries),
            strings("\t".join(c[5]) for c in countries),
            sizes(pages),
        ]
    )


def regions(form: Packing, lists: List[Tuple[int, List[List[str]]]]) -> bytes:
    """For each country of a group its number and its regions, each with other names."""
    return (
        struct.pack("<H", form.tag)
        + number(len(lists))
        + b"".join(
            bytes([country]) + number(len(names)) + strings("\t".join(n) for n in names)
            for country, names in lists
        )
    )
