#!/usr/bin/env python3
"""Writes the Unicode tables of core/text/unicode.cpp, packed, from Python's own unicodedata.

    unicode_tables.py OUTPUT

All numbers are varints: seven bits a byte, the least first, the high bit set on all bytes but the
last."""

import sys
import unicodedata

# Circled and squared letters are symbols by category, but alphabetic.
ALPHABETIC_SYMBOLS = "24b6-24e9 1f130-1f149 1f150-1f169 1f170-1f189"


def code_points(ranges: str) -> set:
    found = set()
    for item in ranges.split():
        first, _, last = item.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


SYMBOLS = code_points(ALPHABETIC_SYMBOLS)


def is_sign(point: int) -> bool:
    """Part of a word, but no letter, mark or decimal number: slugs leave these out."""
    return unicodedata.category(chr(point)) in ("Nl", "Pc") or point in SYMBOLS


def is_word(point: int) -> bool:
    category = unicodedata.category(chr(point))
    return category[0] in "LM" or category == "Nd" or is_sign(point)


def runs(belongs) -> list:
    """[begin, end) of the code points beyond ASCII that belong."""
    found = []
    for point in range(128, 0x110000):
        if not belongs(point):
            continue
        if found and found[-1][1] == point:
            found[-1][1] = point + 1
        else:
            found.append([point, point + 1])
    return found


def varint(number: int) -> bytes:
    packed = bytearray()
    while number > 127:
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)


def is_assigned(point: int) -> bool:
    return unicodedata.category(chr(point)) != "Cn"


def bridged(found: list) -> list:
    """Runs without the unassigned gaps in a block: the unassigned code points differ from one
    version of Unicode to the next, Python's and Ruby's are not the same, and half of the table
    would be spent on them."""
    joined = []
    for begin, end in found:
        gap = range(joined[-1][1], begin) if joined else range(0)
        if gap and len(gap) < 256 and not any(map(is_assigned, gap)):
            joined[-1][1] = end
        else:
            joined.append([begin, end])
    return joined


def pack_runs(belongs) -> bytes:
    """Lengths, less one, of the runs from U+0080 on: those that don't belong and those that do in
    turns.
    """
    packed, last = b"", 128
    for begin, end in bridged(runs(belongs)):
        packed += varint(begin - last - 1) + varint(end - begin - 1)
        last = end
    return packed


def case_pairs() -> dict:
    """(letter, partner) -> 1 if the first becomes the second by upcase, + 2 if the second becomes
    the first by downcase.
    """
    pairs = {}
    for point in range(128, 0x110000):
        character = chr(point)
        up, down = character.upper(), character.lower()
        if len(up) == 1 and up != character:
            pairs[point, ord(up)] = 1 | 2 * (up.lower() == character)
        if len(down) == 1 and down != character and down.upper() != character:
            pairs[ord(down), point] = pairs.get((ord(down), point), 0) | 2
    return pairs


def pack_cases() -> bytes:
    """Runs of letters that lie one or two apart and whose partners are equally far away: gap to the
    run before, (count - 1) * 8 + 4 if two apart + the number of case_pairs(), and twice the
    distance, plus one when the partner lies before."""
    runs = []
    for (point, partner), how in sorted(case_pairs().items()):
        last = runs[-1] if runs else None
        if last and last["distance"] == partner - point and last["how"] == how:
            gap = point - last["end"]
            if gap in (1, 2) and last["step"] in (0, gap):
                last.update(end=point, step=gap, count=last["count"] + 1)
                continue
        runs.append(
            {
                "start": point,
                "end": point,
                "step": 0,
                "count": 1,
                "distance": partner - point,
                "how": how,
            }
        )
    packed, end = b"", 0
    for run in runs:
        distance = run["distance"]
        packed += varint(run["start"] - end)
        packed += varint((run["count"] - 1) << 3 | (run["step"] == 2) << 2 | run["how"])
        packed += varint(2 * distance if distance > 0 else -2 * distance + 1)
        end = run["end"]
    return packed


def pack_specials() -> bytes:
    """Letters that become several, as text: the letter, its upper case, a slash and its title case
    if that does not follow from the upper case, a space. unicode.cpp knows those of Greek that have
    a capital with iota by itself."""
    entries = []
    for point in range(128, 0x110000):
        character = chr(point)
        up, title = character.upper(), character.title()
        if len(up) == 1 or 0x1F80 <= point < 0x1FB0:
            continue
        rest = up[1:].replace("\u0399", "\u0345")
        entries.append(
            character + up + ("" if title == up[0] + rest.lower() else "/" + title) + " "
        )
    return "".join(entries).encode()


def pack_latin() -> bytes:
    """The unaccented forms of the letters from U+00C0 to U+017E, each ended by a space."""
    names = {
        "Æ": "AE",
        "Ð": "D",
        "×": "x",
        "Ø": "O",
        "Þ": "Th",
        "ß": "ss",
        "æ": "ae",
        "ð": "d",
        "÷": "?",
        "ø": "o",
        "þ": "th",
        "Đ": "D",
        "đ": "d",
        "Ħ": "H",
        "ħ": "h",
        "ı": "i",
        "ĸ": "k",
        "Ł": "L",
        "ł": "l",
        "Ŀ": "L",
        "ŀ": "l",
        "ŉ": "'n",
        "Ŋ": "NG",
        "ŋ": "ng",
        "Œ": "OE",
        "œ": "oe",
        "Ŧ": "T",
        "ŧ": "t",
    }

    def plain(character: str) -> str:
        decomposed = unicodedata.normalize("NFKD", character)
        return names.get(character) or "".join(
            c for c in decomposed if not unicodedata.combining(c)
        )

    return "".join(plain(chr(point)) + " " for point in range(0xC0, 0x17F)).encode()


def main() -> None:
    tables = {
        "kWords": pack_runs(is_word),
        "kSigns": pack_runs(is_sign),
        "kCases": pack_cases(),
        "kSpecials": pack_specials(),
        "kLatin": pack_latin(),
    }
    lines = [
        f"// Generated by unicode_tables.py from Unicode {unicodedata.unidata_version}. Do not edit."
    ]
    lines.append(f"constexpr std::uint32_t kWordEnd = {runs(is_word)[-1][1]};")
    lines.append(
        f"constexpr std::uint32_t kCaseEnd = {max(max(pair) for pair in case_pairs()) + 1};"
    )
    for name, packed in tables.items():
        lines.append(f"constexpr unsigned char {name}[] = {{")
        lines += [
            "  " + ", ".join(map(str, packed[i : i + 32])) + "," for i in range(0, len(packed), 32)
        ]
        lines.append("};")
    with open(sys.argv[1], "w", encoding="ascii") as output:
        output.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
